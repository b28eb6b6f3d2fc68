// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/program/program_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <unistd.h>
#include <zlib.h>

#include "driver/program/program_convert.h"

namespace denseshift::driver {
namespace {

// Header: magic, then three little-endian 32-bit words: version, bytes of the FlatBuffer, its
// CRC-32.
constexpr std::array<std::uint8_t, 8> kMagic = {'D', 'S', 'P', 'R', 'O', 'G', '\r', '\n'};
constexpr std::size_t kHeaderBytes = 20;
constexpr std::uint32_t kVersion = 1;

std::uint32_t ReadWord(const std::vector<std::uint8_t>& bytes, std::size_t at) {
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    word |= std::uint32_t{bytes[at + i]} << (8 * i);
  }
  return word;
}

void AppendWord(std::vector<std::uint8_t>& bytes, std::uint32_t word) {
  for (std::size_t i = 0; i < 4; ++i) {
    bytes.push_back(static_cast<std::uint8_t>(word >> (8 * i)));
  }
}

std::uint32_t Checksum(const std::uint8_t* data, std::size_t bytes) {
  return static_cast<std::uint32_t>(crc32_z(0, data, bytes));
}

[[noreturn]] void FailFile(const std::string& path, const char* what) {
  const std::error_code code(errno, std::generic_category());
  throw std::runtime_error(fmt::format("{}: {}: {}", path, what, code.message()));
}

// Removes a temporary file unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string path) : path_(std::move(path)) {}

  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  ~TemporaryFile() {
    if (!renamed_) {
      std::remove(path_.c_str());
    }
  }

  void RenameTo(const std::string& path) {
    if (std::rename(path_.c_str(), path.c_str()) != 0) {
      FailFile(path, "cannot be written");
    }
    renamed_ = true;
  }

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool renamed_ = false;
};

}  // namespace

std::vector<std::uint8_t> SerializeProgram(const Program& program) {
  const std::vector<std::uint8_t> payload = ToFlatBuffer(program);
  std::vector<std::uint8_t> bytes(kMagic.begin(), kMagic.end());
  AppendWord(bytes, kVersion);
  AppendWord(bytes, static_cast<std::uint32_t>(payload.size()));
  AppendWord(bytes, Checksum(payload.data(), payload.size()));
  bytes.insert(bytes.end(), payload.begin(), payload.end());
  return bytes;
}

Program ParseProgram(const std::vector<std::uint8_t>& bytes, const std::string& source) {
  const auto fail = [&](const std::string& what) {
    throw std::runtime_error(fmt::format("{}: {}", source, what));
  };
  if (bytes.size() < kHeaderBytes || !std::equal(kMagic.begin(), kMagic.end(), bytes.begin())) {
    fail("is not a DenseShift program");
  }
  const std::uint32_t version = ReadWord(bytes, 8);
  if (version != kVersion) {
    fail(
        fmt::format("has program format version {}; this build reads version {}, compile the "
                    "network again",
                    version,
                    kVersion));
  }
  const std::size_t payload_bytes = bytes.size() - kHeaderBytes;
  if (ReadWord(bytes, 12) != payload_bytes) {
    fail(fmt::format("holds {} bytes of program, its header says {}: the file is damaged",
                     payload_bytes,
                     ReadWord(bytes, 12)));
  }
  // The FlatBuffer needs its alignment back.
  const std::vector<std::uint8_t> payload(bytes.begin() + kHeaderBytes, bytes.end());
  if (Checksum(payload.data(), payload.size()) != ReadWord(bytes, 16)) {
    fail("checksum does not match: the file is damaged");
  }
  try {
    Program program = FromFlatBuffer(payload);
    ValidateProgram(program);
    return program;
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(fmt::format("{}: {}", source, error.what()));
  }
}

void SaveProgram(const Program& program, const std::string& path) {
  const std::vector<std::uint8_t> bytes = SerializeProgram(program);
  TemporaryFile temporary(fmt::format("{}.{}.tmp", path, getpid()));
  errno = 0;
  std::ofstream file(temporary.path(), std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) {
    FailFile(path, "cannot be written");
  }
  temporary.RenameTo(path);
}

Program LoadProgram(const std::string& path) {
  std::error_code code;
  const std::uintmax_t size = std::filesystem::file_size(path, code);
  if (code) {
    throw std::runtime_error(fmt::format("{}: cannot be read: {}", path, code.message()));
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::vector<std::uint8_t> bytes(size);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!file) {
    FailFile(path, "cannot be read");
  }
  return ParseProgram(bytes, path);
}

bool IsProgramFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, kMagic.size()> start{};
  file.read(start.data(), start.size());
  return file && std::memcmp(start.data(), kMagic.data(), kMagic.size()) == 0;
}

}  // namespace denseshift::driver
