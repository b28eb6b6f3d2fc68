// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/topology/topology_row.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>

namespace denseshift::sim {

namespace {

constexpr const char* kDense = "1:1";
constexpr const char* kComment = "#";  // as SCALE-Sim's MobileNet marks depthwise layers

std::optional<int> ParseInt(const std::string& text) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end ? std::optional<int>(value) : std::nullopt;
}

// True for "2:4".
bool IsSparsity(const std::string& text) {
  const std::size_t colon = text.find(':');
  return colon != std::string::npos && ParseInt(text.substr(0, colon)) &&
         ParseInt(text.substr(colon + 1));
}

bool IsUtf8(const std::string& text) {
  try {
    (void)nlohmann::json(text).dump();
    return true;
  } catch (const nlohmann::json::type_error&) {
    return false;
  }
}

}  // namespace

TopologyRow::TopologyRow(const std::filesystem::path& file,
                         const TopologyColumns& columns,
                         const CsvRow& row)
    : file_(file), columns_(columns), row_(row) {
  CheckFieldCount();
  CheckSparsity();
  CheckName();
}

const std::string& TopologyRow::Name() const {
  return row_[columns_.IndexOf(Column::kName)].text;
}

int TopologyRow::Number(Column column, int min, int max) const {
  const std::string& text = row_[columns_.IndexOf(column)].text;
  const std::optional<int> value = ParseInt(text);
  if (!value || *value < min || *value > max) {
    Fail(column,
         fmt::format("{} is {}; a whole number, {} .. {}, is needed",
                     ColumnName(column),
                     text.empty() ? "empty" : Quoted(text),
                     min,
                     max));
  }
  return *value;
}

int TopologyRow::NumberOr(int fallback, Column column, int min, int max) const {
  const bool given = Has(column) && !row_[columns_.IndexOf(column)].text.empty();
  return given ? Number(column, min, max) : fallback;
}

void TopologyRow::Fail(Column column, const std::string& message) const {
  FailAt(file_, row_[Has(column) ? columns_.IndexOf(column) : 0].place, message);
}

void TopologyRow::CheckName() const {
  const std::string& name = Name();
  if (name.empty()) {
    Fail(Column::kName, "the layer has no name; give it one");
  }
  if (name.find_first_of("\n\r\t") != std::string::npos) {
    Fail(Column::kName, "the layer's name has a line break or a tab; keep it to one line");
  }
  if (!IsUtf8(name)) {
    Fail(Column::kName, "the layer's name is not UTF-8; save the table as CSV in UTF-8");
  }
}

void TopologyRow::CheckFieldCount() const {
  const auto filled =
      std::count_if(row_.begin(), row_.end(), [](const CsvField& f) { return !f.text.empty(); });
  if (filled == 1 && !row_.front().text.empty()) {
    FailAt(file_,
           row_.front().place,
           fmt::format("{} has no values; a title is no layer, delete the row",
                       Quoted(row_.front().text)));
  }
  if (row_.size() < columns_.Count()) {
    FailAt(file_,
           row_.back().place,
           fmt::format("the row ends here after {} fields; the header names {} columns",
                       row_.size(),
                       columns_.Count()));
  }
}

void TopologyRow::CheckSparsity() const {
  bool found = false;
  for (std::size_t i = 0; i < row_.size(); ++i) {
    const CsvField& field = row_[i];
    const std::optional<Column> column = columns_.At(i);
    if (!column && field.text.compare(0, 1, kComment) == 0) {
      return;
    }
    if (field.text.empty() || (column && column != Column::kSparsity)) {
      continue;
    }
    if (!found && field.text == kDense) {
      found = true;
      continue;
    }
    if (!column && !IsSparsity(field.text)) {
      FailAt(file_,
             field.place,
             fmt::format("field {}, {}, has no column; the header names {}",
                         i + 1,
                         Quoted(field.text),
                         columns_.Count()));
    }
    FailAt(file_,
           field.place,
           fmt::format("the sparsity is {}; only {}, once, is taken: the array has no sparsity",
                       Quoted(field.text),
                       kDense));
  }
}

}  // namespace denseshift::sim
