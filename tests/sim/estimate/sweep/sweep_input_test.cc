// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_input.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

using Texts = std::vector<std::string>;

std::string ArgumentError(const Texts& arguments) {
  return ErrorOf([&] { (void)ParseSweep(arguments); });
}

// The message about a table with this text, without its folder.
std::string FileError(const std::string& text) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("sweep.csv", text).string();
  const std::string error = ErrorOf([&] { (void)ReadSweepFile(file); });
  return error.compare(0, file.size(), file) == 0 ? error.substr(file.size()) : error;
}

TEST(SweepInput, ArgumentsAreAxes) {
  const SweepSpace space = ParseSweep({"array.lanes=8,16", " memory.bytes_per_cycle = 0.5 , 1e2"});
  ASSERT_EQ(space.Axes().size(), 2U);
  EXPECT_EQ(space.Axes()[0].key, "array.lanes");
  EXPECT_EQ(space.Axes()[0].values, (Texts{"8", "16"}));
  EXPECT_EQ(space.Axes()[1].key, "memory.bytes_per_cycle");
  EXPECT_EQ(space.Axes()[1].values, (Texts{"0.5", "1e2"}));
}

TEST(SweepInput, AnErrorNamesItsArgument) {
  const std::string form = "; write --sweep SECTION.KEY=NUMBER,NUMBER,...";
  EXPECT_EQ(ArgumentError({"array.lanes"}), "--sweep 'array.lanes': has no '='" + form);
  for (const char* text :
       {"array.lanes=", "array.lanes=8,", "array.lanes=,8", "array.lanes=8,,9"}) {
    EXPECT_EQ(ArgumentError({text}),
              "--sweep '" + std::string(text) + "': a value is missing" + form);
  }
  EXPECT_EQ(ArgumentError({"array.lanes=8,16,8"}),
            "--sweep 'array.lanes=8,16,8': the value 8 is there twice");
  EXPECT_EQ(ArgumentError({"array.lanes=8", "array.lanes=16"}),
            "--sweep 'array.lanes=16': array.lanes is there twice");
  EXPECT_EQ(ArgumentError({"array.width=8"}),
            "--sweep 'array.width=8': unknown key array.width; [array] has lanes, columns, "
            "max_code_bits");
  EXPECT_EQ(ArgumentError({"buffers.weight_kib=1", "buffers.weight_bytes=1024"}),
            "--sweep 'buffers.weight_bytes=1024': buffers.weight_kib and buffers.weight_bytes set "
            "the same");
  EXPECT_EQ(ArgumentError({"array.lanes=8,x"}),
            "--sweep 'array.lanes=8,x': array.lanes has the value 'x'; values are decimal numbers, "
            "as 8, 0.5 or 1e6");
  std::string many = "memory.seed=0";
  for (int i = 1; i < 4000; ++i)
    many += "," + std::to_string(i);
  std::string others = "memory.latency_cycles" + many.substr(many.find('='));
  EXPECT_EQ(ArgumentError({many, others}),
            "--sweep 'memory.latency_cycles=0,1,2,3,4,5,6,7,8,...': more than 10000000 "
            "configurations; give fewer values, or several sweeps");
}

TEST(SweepInput, AFileHasOneRowForEachConfiguration) {
  const TemporaryFolder folder;
  const SweepSpace space =
      ReadSweepFile(folder.Write("sweep.csv",
                                 "\xEF\xBB\xBF"
                                 "array.lanes, memory.seed\r\n8,1\r\n\r\n16, 2\r\n"));
  EXPECT_EQ(space.Keys(), (Texts{"array.lanes", "memory.seed"}));
  EXPECT_EQ(space.Rows(), (std::vector<Texts>{{"8", "1"}, {"16", "2"}}));
}

TEST(SweepInput, AnErrorInAFileNamesItsPlace) {
  EXPECT_EQ(FileError("array.lanes,array.width\n8,8\n"),
            ":1:13: unknown key array.width; [array] has lanes, columns, max_code_bits");
  EXPECT_EQ(FileError("array.lanes,array.lanes\n8,8\n"), ":1:13: array.lanes is there twice");
  EXPECT_EQ(FileError("array.lanes,memory.seed\n8,1\n16\n"),
            ":3:1: the row has 1 fields, the first row 2; give a value for each key");
  EXPECT_EQ(FileError("array.lanes,memory.seed\n8,1\n16,\n"),
            ":3:4: memory.seed has the value ''; values are decimal numbers, as 8, 0.5 or 1e6");
  const std::string empty =
      ": has no configurations; give a row of keys, then one row of numbers for each";
  EXPECT_EQ(FileError("array.lanes\n"), empty);
  EXPECT_EQ(FileError(""), empty);
  EXPECT_NE(ErrorOf([] { (void)ReadSweepFile("no_such.csv"); }).find("no_such.csv: cannot be read"),
            std::string::npos);
}

}  // namespace
}  // namespace denseshift::sim
