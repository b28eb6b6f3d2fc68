// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/program/program_file.h"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/compiler/compile.h"
#include "driver/program/program_convert.h"
#include "tests/driver/random_network.h"

namespace denseshift::driver::testing {
namespace {

namespace fs = std::filesystem;

Program SmallProgram() {
  NetworkBuilder builder(3, {});
  const int a = builder.Conv(builder.Input(4, 4, 3), {}, 4, 3);
  builder.Add(a, builder.MaxPool(a, {}));
  return Compile(builder.Finish(), {});
}

// A folder of this test's own, removed at the end.
class ProgramFile : public ::testing::Test {
 protected:
  ProgramFile() : folder_(fs::temp_directory_path() / ("ds_program_" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }

  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string Path(const std::string& name) const { return folder_ / name; }

  fs::path folder_;
};

TEST_F(ProgramFile, ComesBackTheSame) {
  const Program program = SmallProgram();
  SaveProgram(program, Path("a.dsp"));
  EXPECT_TRUE(IsProgramFile(Path("a.dsp")));
  const Program loaded = LoadProgram(Path("a.dsp"));
  EXPECT_EQ(SerializeProgram(loaded), SerializeProgram(program));
  EXPECT_EQ(loaded.name, program.name);
  EXPECT_EQ(loaded.commands, program.commands);
  EXPECT_EQ(loaded.memory_bytes, program.memory_bytes);
  EXPECT_EQ(DescribeDifference(loaded.capabilities, program.capabilities), "");
  ASSERT_EQ(loaded.segments.size(), program.segments.size());
  EXPECT_EQ(loaded.segments[0].bytes, program.segments[0].bytes);
  ASSERT_EQ(loaded.tensors.size(), program.tensors.size());
  EXPECT_EQ(loaded.tensors[1].tensor.zero_point, program.tensors[1].tensor.zero_point);
  EXPECT_EQ(loaded.tensors[1].address, program.tensors[1].address);
  ASSERT_EQ(loaded.layers.size(), program.layers.size());
  EXPECT_EQ(loaded.layers[0].name, program.layers[0].name);
  EXPECT_EQ(loaded.layers[0].macs, std::uint64_t{4} * 4 * 3 * 4);
  EXPECT_EQ(loaded.layers[1].op, Operator::kMaxPool);
}

TEST_F(ProgramFile, LeavesNothingBesideItself) {
  SaveProgram(SmallProgram(), Path("a.dsp"));
  SaveProgram(SmallProgram(), Path("a.dsp"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(ProgramFile, ErrorsNameThePath) {
  for (const bool save : {true, false}) {
    try {
      if (save) {
        SaveProgram(SmallProgram(), Path("missing/a.dsp"));
      } else {
        static_cast<void>(LoadProgram(Path("missing/a.dsp")));
      }
      FAIL() << "worked";
    } catch (const std::runtime_error& error) {
      EXPECT_NE(std::string(error.what()).find("missing/a.dsp"), std::string::npos);
    }
  }
  EXPECT_THROW(static_cast<void>(LoadProgram(folder_)), std::runtime_error);  // a folder
}

TEST_F(ProgramFile, IsToldFromOtherFiles) {
  std::ofstream(Path("empty")).close();
  std::ofstream(Path("other")) << "something else that is long enough";
  EXPECT_FALSE(IsProgramFile(Path("empty")));
  EXPECT_FALSE(IsProgramFile(Path("other")));
  EXPECT_FALSE(IsProgramFile(Path("missing")));
  EXPECT_THROW(static_cast<void>(LoadProgram(Path("other"))), std::runtime_error);
}

TEST(ProgramBytes, EveryTruncationIsRefused) {
  const std::vector<std::uint8_t> bytes = SerializeProgram(SmallProgram());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const std::vector<std::uint8_t> cut(bytes.begin(),
                                        bytes.begin() + static_cast<std::ptrdiff_t>(length));
    ASSERT_THROW(static_cast<void>(ParseProgram(cut, "cut")), std::runtime_error) << length;
  }
  std::vector<std::uint8_t> longer = bytes;
  longer.push_back(0);
  EXPECT_THROW(static_cast<void>(ParseProgram(longer, "longer")), std::runtime_error);
}

TEST(ProgramBytes, EveryDamagedByteIsRefused) {
  const std::vector<std::uint8_t> bytes = SerializeProgram(SmallProgram());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const unsigned flip : {0x01U, 0x80U, 0xFFU}) {
      std::vector<std::uint8_t> damaged = bytes;
      damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ flip);
      ASSERT_THROW(static_cast<void>(ParseProgram(damaged, "damaged")), std::runtime_error)
          << "byte " << at << " flip " << flip;
    }
  }
}

// Without the checksum's help: a FlatBuffer with any byte changed is refused or read, never a
// crash.
TEST(ProgramBytes, DamagedFlatBuffersNeverCrash) {
  const std::vector<std::uint8_t> bytes = ToFlatBuffer(SmallProgram());
  int refused = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::vector<std::uint8_t> damaged = bytes;
    damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ 0xFFU);
    try {
      ValidateProgram(FromFlatBuffer(damaged));
    } catch (const std::runtime_error&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 100);
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const std::vector<std::uint8_t> cut(bytes.begin(),
                                        bytes.begin() + static_cast<std::ptrdiff_t>(length));
    try {
      ValidateProgram(FromFlatBuffer(cut));
      EXPECT_GT(length + 4, bytes.size());  // only padding at the end is missing
    } catch (const std::runtime_error&) {}
  }
}

TEST(ProgramBytes, AnotherVersionIsNamed) {
  std::vector<std::uint8_t> bytes = SerializeProgram(SmallProgram());
  bytes[8] = 77;
  try {
    static_cast<void>(ParseProgram(bytes, "file"));
    FAIL() << "accepted";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("version 77"), std::string::npos) << error.what();
  }
}

TEST(Program, ValidationFindsPartsThatDoNotFit) {
  const Program good = SmallProgram();
  EXPECT_NO_THROW(ValidateProgram(good));
  const std::vector<void (*)(Program&)> breaks = {
      [](Program& p) { p.memory_bytes = 100; },
      [](Program& p) { p.memory_bytes = std::uint64_t{1} << 33U; },
      [](Program& p) { p.command_address = p.tensors[0].address; },
      [](Program& p) { p.command_address += 1; },
      [](Program& p) { p.segments[0].address = p.segments[1].address; },
      [](Program& p) { p.tensors[0].row_pitch = 1; },
      [](Program& p) { p.tensors[0].tensor.height = 0; },
      [](Program& p) { p.tensors[0].tensor.width = 1 << 30; },
      [](Program& p) { p.input = 99; },
      [](Program& p) { p.output = -1; },
      [](Program& p) { p.layers[0].output = 99; },
      [](Program& p) { p.layers.pop_back(); },
      [](Program& p) { p.batch = 0; },
      [](Program& p) { p.batch = 1 << 20; },
      [](Program& p) { p.capabilities.lanes = 5; },
      [](Program& p) { p.commands[0][0] = 0; },
  };
  for (std::size_t i = 0; i < breaks.size(); ++i) {
    Program bad = good;
    breaks[i](bad);
    EXPECT_THROW(ValidateProgram(bad), std::runtime_error) << "break " << i;
  }
}

}  // namespace
}  // namespace denseshift::driver::testing
