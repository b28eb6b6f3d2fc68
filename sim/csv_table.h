// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CSV_TABLE_H_
#define DENSESHIFT_SIM_CSV_TABLE_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace denseshift::sim {

// Larger files are refused; no more than this is read of them.
inline constexpr std::int64_t kMaxTableBytes = std::int64_t{16} << 20;

// Fields of one row, at most.
inline constexpr std::size_t kMaxTableFields = 1000;

// Where a field begins: line and character in it, both from 1.
struct TextPlace {
  int line = 1;
  int column = 1;
};

struct CsvField {
  std::string text;  // without the spaces around it
  TextPlace place;
};

using CsvRow = std::vector<CsvField>;

// Throws std::runtime_error "FILE:LINE:COLUMN: message".
[[noreturn]] void FailAt(const std::filesystem::path& file,
                         const TextPlace& place,
                         const std::string& message);

// 'text', cut off where it is long.
[[nodiscard]] std::string Quoted(const std::string& text);

// Reads a comma-separated file and calls `visit` for each row in order, the first one included.
// Fields may be in double quotes; lines end in LF, CRLF or CR; a byte order mark is skipped. Rows
// without any text are left out.
//
// Errors  std::runtime_error "FILE: ..." if the file cannot be read, "FILE:LINE:COLUMN: ..." for
//         bytes that are no text, quotes that do not match, a file or row that is too long.
void ReadCsv(const std::filesystem::path& file, const std::function<void(const CsvRow&)>& visit);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CSV_TABLE_H_
