// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_input.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "sim/config/config.h"
#include "sim/csv_table.h"

namespace denseshift::sim {

namespace {

constexpr const char* kForm = "write --sweep SECTION.KEY=NUMBER,NUMBER,...";

[[noreturn]] void Fail(const std::string& argument, const std::string& problem) {
  throw std::runtime_error(fmt::format("--sweep {}: {}", Quoted(argument), problem));
}

std::string Trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos)
    return "";
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

SweepAxis ParseAxis(const std::string& argument) {
  const std::size_t equals = argument.find('=');
  if (equals == std::string::npos)
    Fail(argument, fmt::format("has no '='; {}", kForm));
  SweepAxis axis{Trimmed(argument.substr(0, equals)), {}};
  std::size_t begin = equals + 1;
  while (begin <= argument.size()) {
    const std::size_t end = std::min(argument.find(',', begin), argument.size());
    std::string value = Trimmed(std::string_view(argument).substr(begin, end - begin));
    if (value.empty())
      Fail(argument, fmt::format("a value is missing; {}", kForm));
    if (std::find(axis.values.begin(), axis.values.end(), value) != axis.values.end())
      Fail(argument, fmt::format("the value {} is there twice", value));
    axis.values.push_back(std::move(value));
    begin = end + 1;
  }
  return axis;
}

// Reads the table's rows one after the other.
class SweepTable {
 public:
  explicit SweepTable(const std::filesystem::path& file) : file_(file) {}

  void Take(const CsvRow& row) {
    if (keys_.empty()) {
      TakeKeys(row);
      return;
    }
    if (row.size() != keys_.size()) {
      FailAt(file_,
             row.front().place,
             fmt::format("the row has {} fields, the first row {}; give a value for each key",
                         row.size(),
                         keys_.size()));
    }
    std::vector<std::string> values;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!IsNumber(row[i].text)) {
        FailAt(file_,
               row[i].place,
               fmt::format("{} has the value {}; values are decimal numbers, as 8, 0.5 or 1e6",
                           keys_[i],
                           Quoted(row[i].text)));
      }
      values.push_back(row[i].text);
    }
    rows_.push_back(std::move(values));
  }

  SweepSpace Finish() {
    if (rows_.empty()) {
      throw std::runtime_error(fmt::format(
          "{}: has no configurations; give a row of keys, then one row of numbers for each",
          file_.string()));
    }
    return SweepSpace::List(std::move(keys_), std::move(rows_));
  }

 private:
  void TakeKeys(const CsvRow& row) {
    for (const CsvField& field : row) {
      keys_.push_back(field.text);
      if (const std::string problem = KeyProblem(keys_); !problem.empty())
        FailAt(file_, field.place, problem);
    }
  }

  const std::filesystem::path& file_;
  std::vector<std::string> keys_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace

SweepSpace ParseSweep(const std::vector<std::string>& arguments) {
  std::vector<SweepAxis> axes;
  for (const std::string& argument : arguments) {
    axes.push_back(ParseAxis(argument));
    try {
      // Checks what is there so far, so that a message has the argument to blame.
      static_cast<void>(SweepSpace::Product(axes));
    } catch (const std::runtime_error& e) {
      Fail(argument, e.what());
    }
  }
  return SweepSpace::Product(std::move(axes));
}

SweepSpace ReadSweepFile(const std::filesystem::path& file) {
  SweepTable table(file);
  ReadCsv(file, [&](const CsvRow& row) { table.Take(row); });
  return table.Finish();
}

}  // namespace denseshift::sim
