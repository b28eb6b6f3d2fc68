// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/npy/npy.h"

#include <filesystem>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

// A file of version 1.0 with this dictionary and data, padded as NumPy does.
std::string File(std::string dictionary, const std::string& data) {
  while ((10 + dictionary.size() + 1) % 64 != 0)
    dictionary += ' ';
  dictionary += '\n';
  const auto bytes = dictionary.size();
  return std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(bytes & 255U) +
         static_cast<char>(bytes >> 8U) + dictionary + data;
}

NpyArray Read(const std::string& content) {
  const TemporaryFolder folder;
  return ReadNpy(folder.Write("a.npy", content));
}

std::string Complaint(const std::string& content) {
  const std::string error = ErrorOf([&] { (void)Read(content); });
  const std::size_t name = error.find("a.npy: ");
  return name == std::string::npos ? error : error.substr(name);
}

const char* const kBytes = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }";

TEST(Npy, ReadsWhatNumPyWrites) {
  const NpyArray array = Read(File(kBytes, "abcdef"));
  EXPECT_EQ(array.Description(), "uint8 (2, 3)");
  EXPECT_EQ(std::get<0>(array.values), (std::vector<std::uint8_t>{'a', 'b', 'c', 'd', 'e', 'f'}));
}

TEST(Npy, ReadsHeadersOfAnyLengthAndKeyOrder) {
  std::string header = "{'shape': (6,), \"fortran_order\": False, 'descr': '|i1'}";
  for (int padding = 0; padding < 400; padding += 50) {
    EXPECT_EQ(Read(File(header + std::string(static_cast<std::size_t>(padding), ' '), "abcdef"))
                  .Description(),
              "int8 (6,)");
  }
  EXPECT_EQ(Read(File("{'descr': '|u1', 'fortran_order': False, 'shape': ()}", "a")).Description(),
            "uint8 ()");
  EXPECT_EQ(Read(File("{'descr': '|u1', 'fortran_order': False, 'shape': (0, 9)}", "")).Elements(),
            0U);
}

TEST(Npy, ReadsVersionTwo) {
  std::string file = File(kBytes, "abcdef");
  file[6] = 2;
  file.insert(10, 2, '\0');
  EXPECT_EQ(Read(file).Description(), "uint8 (2, 3)");
}

TEST(Npy, TurnsFortranOrder) {
  const NpyArray array =
      Read(File("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", "adbecf"));
  EXPECT_EQ(std::get<0>(array.values), (std::vector<std::uint8_t>{'a', 'b', 'c', 'd', 'e', 'f'}));
}

TEST(Npy, EveryTypeSurvivesARoundTrip) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "a.npy";
  const std::vector<NpyArray::Values> all = {std::vector<std::uint8_t>{0, 255},
                                             std::vector<std::int8_t>{-128, 127},
                                             std::vector<std::int16_t>{-32768, 1},
                                             std::vector<std::int32_t>{-2147483647, 2},
                                             std::vector<std::int64_t>{std::int64_t{1} << 60U, -3},
                                             std::vector<float>{0.5F, -1e30F},
                                             std::vector<double>{0.1, -1e300}};
  for (const NpyArray::Values& values : all) {
    WriteNpy(file, {{2, 1}, values});
    const NpyArray back = ReadNpy(file);
    EXPECT_EQ(back.shape, (std::vector<std::size_t>{2, 1}));
    EXPECT_EQ(back.values, values);
  }
  EXPECT_THROW(WriteNpy(file, {{3}, all[0]}), std::invalid_argument);
}

TEST(Npy, WritesOneDimensionAsATuple) {
  const TemporaryFolder folder;
  WriteNpy(folder.path() / "a.npy", {{2}, std::vector<std::uint8_t>{1, 2}});
  const std::string content = FileContent(folder.path() / "a.npy");
  EXPECT_NE(content.find("'shape': (2,), }"), std::string::npos);
  EXPECT_EQ((content.size() - 2) % 64, 0U);
}

TEST(Npy, NamesWhatIsWrong) {
  const std::string start = "a.npy: ";
  EXPECT_EQ(Complaint("PK\x03\x04 something else"), start + "not a .npy file");
  EXPECT_EQ(Complaint(""), start + "not a .npy file");
  EXPECT_EQ(Complaint(File("{'descr': '>i4', 'fortran_order': False, 'shape': (1,)}", "abcd")),
            start +
                "values of type '>i4' are not supported; taken are uint8, int8, int16, int32, "
                "int64, float32 and float64, little-endian");
  EXPECT_EQ(Complaint(File(kBytes, "abcde")),
            start + "the shape needs more values than the file holds (5)");
  EXPECT_EQ(Complaint(File(kBytes, "abcdefg")),
            start + "shape (2, 3) needs 6 bytes of values, the file holds 7");
  EXPECT_EQ(Complaint(File("{'descr': '|u1', 'shape': (2, 3), }", "abcdef")),
            start + "damaged header: descr, fortran_order or shape is missing");
  EXPECT_EQ(
      Complaint(File("{'descr': '|u1', 'fortran_order': False, 'shape': (-2, 3), }", "abcdef")),
      start + "damaged header: a dimension expected");
}

TEST(Npy, RefusesSizesThatOverflow) {
  const std::string huge =
      "{'descr': '<i8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }";
  EXPECT_EQ(Complaint(File(huge, "12345678")),
            "a.npy: the shape needs more values than the file holds (1)");
  const std::string number =
      "{'descr': '<i8', 'fortran_order': False, 'shape': (99999999999999999999999, ), }";
  EXPECT_EQ(Complaint(File(number, "12345678")), "a.npy: damaged header: a dimension is too large");
}

TEST(Npy, RefusesEveryTruncation) {
  const std::string whole = File(kBytes, "abcdef");
  for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
    EXPECT_NE(Complaint(whole.substr(0, bytes)), "") << bytes;
  }
}

TEST(Npy, SurvivesEveryFlippedBit) {
  const TemporaryFolder folder;
  const std::string whole = File(kBytes, "abcdef");
  for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    std::string damaged = whole;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    try {
      EXPECT_EQ(ReadNpy(folder.Write("a.npy", damaged)).Elements(), 6U) << bit;
    } catch (const std::runtime_error&) {}
  }
}

TEST(Npy, NamesAFileThatIsMissingOrAFolder) {
  const TemporaryFolder folder;
  EXPECT_NE(ErrorOf([] { (void)ReadNpy("nowhere.npy"); }).find("nowhere.npy: No such file"),
            std::string::npos);
  EXPECT_NE(ErrorOf([&] { (void)ReadNpy(folder.path()); }), "");
}

TEST(Npy, AFailedWriteLeavesNothingBehind) {
  const TemporaryFolder folder;
  const NpyArray array = {{2}, std::vector<std::uint8_t>{1, 2}};
  EXPECT_NE(ErrorOf([&] { WriteNpy(folder.path() / "no/such/a.npy", array); }).find("cannot write"),
            std::string::npos);
  EXPECT_NE(ErrorOf([&] { WriteNpy("/dev/full", array); }).find("No space left"),
            std::string::npos);
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/full"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace denseshift::sim
