// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/csv_table.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csv.h>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

namespace denseshift::sim {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBlockBytes = 65536;
constexpr std::size_t kMaxShown = 40;  // bytes of a field in a message
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// The last does not break a line; tables copied from the web hold it.
constexpr std::array<std::string_view, 3> kSpaces = {" ", "\t", "\xC2\xA0"};

bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

bool IsText(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte != 0x7F) || c == '\t' || c == '\n' || c == '\r';
}

// The text without spaces of any kind around it.
std::string Trimmed(std::string_view text) {
  bool again = true;
  while (again) {
    again = false;
    for (const std::string_view space : kSpaces) {
      if (text.substr(0, space.size()) == space) {
        text.remove_prefix(space.size());
        again = true;
      } else if (text.size() >= space.size() && text.substr(text.size() - space.size()) == space) {
        text.remove_suffix(space.size());
        again = true;
      }
    }
  }
  return std::string(text);
}

// Splits text that comes in pieces, and knows where each field is. The library gets one byte at a
// time, so that its calls tell where a field ends.
class CsvSplitter {
 public:
  CsvSplitter(const fs::path& file, const std::function<void(const CsvRow&)>& visit)
      : file_(file), visit_(visit) {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) {
      throw std::runtime_error("the CSV library cannot be initialised");
    }
  }

  CsvSplitter(const CsvSplitter&) = delete;
  CsvSplitter& operator=(const CsvSplitter&) = delete;

  ~CsvSplitter() { csv_free(&parser_); }

  void Take(char c) {
    if (!IsText(c)) {
      FailAt(file_,
             place_,
             fmt::format("byte 0x{:02x} is no text; save the table as CSV in UTF-8",
                         static_cast<unsigned char>(c)));
    }
    const bool space = c == ' ' || c == '\t';
    const bool starts = !in_field_ && !space;
    if (starts) {
      in_field_ = true;
      field_place_ = place_;
    }
    if (csv_parse(&parser_, &c, 1, OnField, OnRow, this) != 1) {
      Refuse();
    }
    const bool line_ends = c == '\n' || c == '\r';
    if (starts && line_ends) {
      in_field_ = false;  // an empty line, or the end of a row
    }
    Advance(c);
    Emit();
  }

  void Finish() {
    if (csv_fini(&parser_, OnField, OnRow, this) != 0) {
      FailAt(file_, field_place_, "the quotes that begin here do not end");
    }
    Emit();
  }

 private:
  static void OnField(void* bytes, std::size_t count, void* self) {
    auto* splitter = static_cast<CsvSplitter*>(self);
    const auto* text = static_cast<const char*>(bytes);
    splitter->in_field_ = false;
    splitter->row_.push_back(
        {text == nullptr ? "" : Trimmed({text, count}), splitter->field_place_});
  }

  static void OnRow(int /*end*/, void* self) { static_cast<CsvSplitter*>(self)->complete_ = true; }

  [[noreturn]] void Refuse() {
    if (csv_error(&parser_) == CSV_EPARSE) {
      FailAt(file_,
             place_,
             "a quote inside a field; put the whole field in quotes and write each quote twice");
    }
    throw std::runtime_error(
        fmt::format("{}: {}", file_.string(), csv_strerror(csv_error(&parser_))));
  }

  void Advance(char c) {
    const bool second_half = c == '\n' && last_ == '\r';
    if ((c == '\n' || c == '\r') && !second_half) {
      ++place_.line;
      place_.column = 1;
    } else if (!second_half && !IsContinuation(c)) {
      ++place_.column;
    }
    last_ = c;
  }

  void Emit() {
    if (row_.size() > kMaxTableFields) {
      FailAt(file_,
             row_.front().place,
             fmt::format("the row has more than {} fields", kMaxTableFields));
    }
    if (!complete_) {
      return;
    }
    complete_ = false;
    const CsvRow row = std::exchange(row_, {});
    const bool has_text =
        std::any_of(row.begin(), row.end(), [](const CsvField& f) { return !f.text.empty(); });
    if (has_text) {
      visit_(row);
    }
  }

  const fs::path& file_;
  const std::function<void(const CsvRow&)>& visit_;
  csv_parser parser_{};
  CsvRow row_;
  bool complete_ = false;
  bool in_field_ = false;
  char last_ = '\0';
  TextPlace place_;        // of the next character
  TextPlace field_place_;  // of the field that is being read
};

std::string LastError() {
  return std::generic_category().message(errno);
}

std::ifstream Open(const fs::path& file) {
  std::error_code error;
  if (fs::is_directory(file, error)) {
    throw std::runtime_error(fmt::format("{}: is a folder; give a table (CSV)", file.string()));
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    throw std::runtime_error(fmt::format("{}: cannot be read: {}", file.string(), LastError()));
  }
  return in;
}

}  // namespace

void FailAt(const fs::path& file, const TextPlace& place, const std::string& message) {
  throw std::runtime_error(
      fmt::format("{}:{}:{}: {}", file.string(), place.line, place.column, message));
}

std::string Quoted(const std::string& text) {
  if (text.size() <= kMaxShown) {
    return fmt::format("'{}'", text);
  }
  std::size_t end = kMaxShown;
  while (end > 0 && IsContinuation(text[end])) {
    --end;
  }
  return fmt::format("'{}...'", text.substr(0, end));
}

void ReadCsv(const fs::path& file, const std::function<void(const CsvRow&)>& visit) {
  std::ifstream in = Open(file);
  CsvSplitter splitter(file, visit);
  std::array<char, kBlockBytes> block{};
  std::int64_t taken = 0;
  while (in) {
    in.read(block.data(), block.size());
    if (in.bad()) {
      throw std::runtime_error(fmt::format("{}: cannot be read: {}", file.string(), LastError()));
    }
    const auto count = static_cast<std::size_t>(in.gcount());
    const bool marked =
        taken == 0 &&
        std::string_view(block.data(), std::min<std::size_t>(count, 3)) == kByteOrderMark;
    for (std::size_t i = marked ? kByteOrderMark.size() : 0; i < count; ++i) {
      splitter.Take(block[i]);
    }
    taken += in.gcount();
    if (taken > kMaxTableBytes) {
      throw std::runtime_error(
          fmt::format("{}: more than {} bytes; split the table", file.string(), kMaxTableBytes));
    }
  }
  splitter.Finish();
}

}  // namespace denseshift::sim
