// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Topology files that are refused, and what is said about them.

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "sim/csv_table.h"
#include "sim/estimate/topology/topology.h"
#include "tests/sim/estimate/topology_file.h"

namespace denseshift::sim {
namespace {

// One row below SCALE-Sim's header is refused: where, and with what in the message.
struct RowCase {
  std::string row;
  std::string place;  // "LINE:COLUMN"
  std::string part;
};

void ExpectRefused(const std::string& text, const std::string& place, const std::string& part) {
  const std::string message = ComplaintAbout(text);
  EXPECT_EQ(message.rfind("net.csv:" + place + ": ", 0), 0U) << message << "\nfor\n" << text;
  EXPECT_NE(message.find(part), std::string::npos) << message << "\nlacks\n" << part;
}

TEST(TopologyErrors, Rows) {
  const std::string needed = "; a whole number, 1 .. 2147483647, is needed";
  for (const RowCase& c : std::vector<RowCase>{
           {"c,x,5,3,3,1,2,1,", "2:3", "IFMAP Height is 'x'" + needed},
           {"c, 6,-5,3,3,1,2,1,", "2:6", "IFMAP Width is '-5'" + needed},
           {"c,6,5,0,3,1,2,1,", "2:7", "Filter Height is '0'" + needed},
           {"c,6,5,3,3.0,1,2,1,", "2:9", "Filter Width is '3.0'" + needed},
           {"c,6,5,3,3,1e1,2,1,", "2:11", "Channels is '1e1'" + needed},
           {"c,6,5,3,3,1,,1,", "2:13", "Num Filter is empty" + needed},
           {"c,6,5,3,3,1,2,2147483648,", "2:15", "Strides is '2147483648'" + needed},
           {"c,99999999999999999999999,5,3,3,1,2,1,", "2:3", "IFMAP Height is '9999"},
           {"c,0x6,5,3,3,1,2,1,", "2:3", "'0x6'"},
           {"c,+6,5,3,3,1,2,1,", "2:3", "'+6'"},
           {"c,6 6,5,3,3,1,2,1,", "2:3", "'6 6'"},
           {"\xC3\xA4\xC3\xA4,x,5,3,3,1,2,1,", "2:4", "IFMAP Height is 'x'"},
           {"c," + std::string(100, '7') + ",5,3,3,1,2,1,",
            "2:3",
            "'" + std::string(40, '7') + "...'"},
           {"c,6,5,7,3,1,2,1,",
            "2:7",
            "the filter reaches over 7 elements; the padded input has 6"},
           {"c,6,5,3,6,1,2,1,", "2:9", "Filter Width is 6"},
           {"c,6,5,3,3,1,2", "2:13", "ends here after 7 fields; the header names 8 columns"},
           {"c,6,5,3,3,1,2,1,2:4,", "2:17", "sparsity is '2:4'; only 1:1"},
           {"c,6,5,3,3,1,2,1,1:1,1:1,", "2:21", "only 1:1, once"},
           {"c,6,5,3,3,1,2,1,7,", "2:17", "field 9, '7', has no column; the header names 8"},
           {"AlphaGoZero,", "2:1", "'AlphaGoZero' has no values; a title"},
           {"AlphaGoZero", "2:1", "'AlphaGoZero' has no values; a title"},
           {",6,5,3,3,1,2,1,", "2:1", "has no name"},
           {"\"a\nb\",6,5,3,3,1,2,1,", "2:1", "line break"},
           {"a\xFF,6,5,3,3,1,2,1,", "2:1", "not UTF-8"},
           {"\"a\"b,6,5,3,3,1,2,1,", "2:4", "quote"},
           {"a\"b,6,5,3,3,1,2,1,", "2:2", "quote"},
           {"c,6,5,3,3,1,\"2,1,\nd,1,1,1,1,1,1,1\n", "2:13", "quotes that begin here do not end"},
           {std::string("c,6,5,\0,3,1,2,1,", 15), "2:7", "byte 0x00 is no text"},
           {"c,6,5,3,\x1B[0m,1,2,1,", "2:9", "byte 0x1b is no text"},
           {"c,6,5,3,3,1,2,1" + std::string(2000, ','), "2:1", "more than 1000 fields"},
           {"c,65536,65536,1,1,65536,65536,1,",
            "2:1",
            "its multiply-accumulates do not fit 64 bits"},
           {"c,2147483647,2147483647,1,1,2147483647,1,2147483647,", "2:1", "its inputs do not fit"},
           {"cDP,6,5,3,3,100001,2,1,", "2:1", "more than 100000 layers"},
       }) {
    ExpectRefused(kConvHeader + c.row, c.place, c.part);
  }
}

TEST(TopologyErrors, LaterRowsAreNamedByTheirLine) {
  const std::string good = "c,6,5,3,3,1,2,1,\r\n";
  ExpectRefused(kConvHeader + good + "\r\n" + good + "c,6,5,3,3,1,2,?,", "5:15", "'?'");
  ExpectRefused(kConvHeader + "\"a\",6,5,3,3,1,2,1\r\rb,6,5,3,3,1,2,-\r", "4:15", "'-'");
  const std::string large = "c,65536,65536,1,1,65536,32768,1,\n";  // 2^63
  EXPECT_EQ(ComplaintAbout(kConvHeader + large), "");
  ExpectRefused(kConvHeader + large + large, "3:1", "of all layers up to this one");
}

TEST(TopologyErrors, SupersetColumns) {
  const std::string header = kConvHeader.substr(0, kConvHeader.size() - 1);
  const std::string at = std::to_string(header.size() + 1);
  ExpectRefused(
      header + "Groups\nc,6,5,3,3,9,6,1,4", "2:17", "4 Groups do not divide Channels = 9");
  ExpectRefused(
      header + "Groups\nc,6,5,3,3,8,6,1,4", "2:17", "4 Groups do not divide Num Filter = 6");
  ExpectRefused(header + "Groups\nc,6,5,3,3,8,6,1,0", "2:17", "Groups is '0'");
  ExpectRefused(header + "Groups\nc,6,5,3,3,8,6,1", "2:15", "after 8 fields; the header names 9");
  ExpectRefused(header + "Bits\nc,6,5,3,3,8,6,1,5", "2:17", "Bits is '5'; a whole number, 2 .. 4");
  ExpectRefused(header + "Bits\nc,6,5,3,3,8,6,1,1", "2:17", "Bits is '1'");
  ExpectRefused(header + "Batch\nc,6,5,3,3,8,6,1,0", "2:17", "Batch is '0'");
  ExpectRefused(
      header + "Pad Top\nc,6,5,3,3,8,6,1,-1", "2:17", "Pad Top is '-1'; a whole number, 0 ..");
  ExpectRefused(header + "Dilation H\nc,6,5,3,3,8,6,1,3", "2:7", "reaches over 7 elements");
  ExpectRefused(
      header + "Dilation W\nc,6,5,3,3,8,6,1,2147483647", "2:9", "reaches over 4294967295");
  ExpectRefused(header + "Pad Top\nc,2147483647,5,1,3,8,6,1,2147483647", "2:16", "too many");
  ExpectRefused(header + "Sparsity\nc,6,5,3,3,8,6,1,7", "2:17", "sparsity is '7'");
  ExpectRefused(header + "Stride W,Stride Width\n",
                "1:" + std::to_string(header.size() + 10),
                "column 'Stride Width' a second time ('Stride W')");
  ExpectRefused(header + "Padding\n", "1:" + at, "unknown column 'Padding'; known ones");
}

TEST(TopologyErrors, Headers) {
  ExpectRefused("", "1:1", "empty");
  ExpectRefused("\xEF\xBB\xBF", "1:1", "empty");
  ExpectRefused(",,\n\r\n \n", "1:1", "empty");
  ExpectRefused(kConvHeader, "1:1", "no layer");
  ExpectRefused("conv1,6,5,3,3,1,2,1,\n", "1:7", "the number '6' in the first row");
  ExpectRefused("Layer name;IFMAP Height;IFMAP Width\n", "1:1", "separated by commas");
  ExpectRefused("Layer name,IFMAP Height\n", "1:1", "no column 'IFMAP Width'");
  ExpectRefused("\xEF\xBB\xBFLayer name,X\n", "1:12", "unknown column 'X'");
  ExpectRefused("Layer name,M,N,K\n", "1:12", "give --gemm");
  const std::string gemm = ComplaintAbout(kConvHeader, TopologyKind::kGemm);
  EXPECT_NE(gemm.find("leave out --gemm"), std::string::npos) << gemm;
  const std::string known = ComplaintAbout("M,N,K,Layer,J\n", TopologyKind::kGemm);
  EXPECT_EQ(
      known,
      "net.csv:1:13: unknown column 'J'; known ones, separated by commas, are: Layer Name, M, "
      "N, K, Sparsity, Batch, Bits");
  ExpectRefused(std::string(1000000, ','), "1:1", "more than 1000 fields");
  ExpectRefused(kConvHeader.substr(0, 10) + std::string(1000000, 'x'), "1:1", "...'");
}

TEST(TopologyErrors, FilesThatAreNoTables) {
  const TemporaryFolder folder;
  const auto error_of = [](const std::filesystem::path& file) {
    return ErrorOf([&] { (void)ReadTopology(file, TopologyKind::kConvolution, 4); });
  };
  const std::string root = folder.path().string();
  EXPECT_EQ(error_of(folder.path()), root + ": is a folder; give a table (CSV)");
  EXPECT_EQ(error_of(root + "/none.csv"),
            root + "/none.csv: cannot be read: No such file or directory");
  EXPECT_EQ(error_of("/dev/zero"),
            "/dev/zero:1:1: byte 0x00 is no text; save the table as CSV in UTF-8");
  const std::string wide = "\xFF\xFEL";  // UTF-16
  EXPECT_EQ(error_of(folder.Write("wide.csv", wide + '\0'))
                .rfind(root + "/wide.csv:1:4: byte 0x00 is no text", 0),
            0U);
}

TEST(TopologyErrors, LargeFilesAreNotReadToTheirEnd) {
  const TemporaryFolder folder;
  const std::filesystem::path spaces = folder.Write("spaces.csv", "");
  std::ofstream out(spaces, std::ios::binary);
  const std::string block(std::size_t{1} << 20, '\n');
  for (int i = 0; i < 17; ++i) {
    out << block;
  }
  out.close();
  EXPECT_EQ(ErrorOf([&] { (void)ReadTopology(spaces, TopologyKind::kGemm, 4); }),
            spaces.string() + ": more than 16777216 bytes; split the table");
  const std::filesystem::path holes = folder.Write("holes.csv", "");
  std::filesystem::resize_file(holes, std::uintmax_t{1} << 40);
  EXPECT_EQ(ErrorOf([&] { (void)ReadTopology(holes, TopologyKind::kGemm, 4); }),
            holes.string() + ":1:1: byte 0x00 is no text; save the table as CSV in UTF-8");
}

TEST(TopologyErrors, BitsOfTheCallerAreChecked) {
  EXPECT_THROW((void)LayersOf(kConvHeader, TopologyKind::kConvolution, 5), std::invalid_argument);
  EXPECT_THROW((void)LayersOf(kConvHeader, TopologyKind::kConvolution, 1), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::sim
