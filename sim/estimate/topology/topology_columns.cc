// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/topology/topology_columns.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>
#include <string_view>

namespace denseshift::sim {

namespace {

enum class Group {
  kRequired,
  kSparsity,  // SCALE-Sim's, but not needed
  kSuperset   // not SCALE-Sim's
};

struct ColumnInfo {
  Column column;
  const char* name;
  Group group;
  bool convolution;
  bool gemm;
};

constexpr std::array<ColumnInfo, 22> kColumns = {{
    {Column::kName, "Layer Name", Group::kRequired, true, true},
    {Column::kInHeight, "IFMAP Height", Group::kRequired, true, false},
    {Column::kInWidth, "IFMAP Width", Group::kRequired, true, false},
    {Column::kKernelHeight, "Filter Height", Group::kRequired, true, false},
    {Column::kKernelWidth, "Filter Width", Group::kRequired, true, false},
    {Column::kChannels, "Channels", Group::kRequired, true, false},
    {Column::kFilters, "Num Filter", Group::kRequired, true, false},
    {Column::kStride, "Strides", Group::kRequired, true, false},
    {Column::kM, "M", Group::kRequired, false, true},
    {Column::kN, "N", Group::kRequired, false, true},
    {Column::kK, "K", Group::kRequired, false, true},
    {Column::kSparsity, "Sparsity", Group::kSparsity, true, true},
    {Column::kPadTop, "Pad Top", Group::kSuperset, true, false},
    {Column::kPadLeft, "Pad Left", Group::kSuperset, true, false},
    {Column::kPadBottom, "Pad Bottom", Group::kSuperset, true, false},
    {Column::kPadRight, "Pad Right", Group::kSuperset, true, false},
    {Column::kStrideWidth, "Stride W", Group::kSuperset, true, false},
    {Column::kDilationHeight, "Dilation H", Group::kSuperset, true, false},
    {Column::kDilationWidth, "Dilation W", Group::kSuperset, true, false},
    {Column::kGroups, "Groups", Group::kSuperset, true, false},
    {Column::kBatch, "Batch", Group::kSuperset, true, true},
    {Column::kBits, "Bits", Group::kSuperset, true, true},
}};

// Further spellings, in lower case.
struct Spelling {
  const char* text;
  Column column;
};

constexpr std::array<Spelling, 9> kSpellings = {{
    {"layer", Column::kName},
    {"l", Column::kName},
    {"channel", Column::kChannels},
    {"num filters", Column::kFilters},
    {"stride", Column::kStride},
    {"stride h", Column::kStride},
    {"stride height", Column::kStride},
    {"stride width", Column::kStrideWidth},
    {"batch size", Column::kBatch},
}};

const ColumnInfo& InfoOf(Column column) {
  return *std::find_if(kColumns.begin(), kColumns.end(), [column](const ColumnInfo& info) {
    return info.column == column;
  });
}

bool Serves(const ColumnInfo& info, TopologyKind kind) {
  return kind == TopologyKind::kGemm ? info.gemm : info.convolution;
}

// In lower case, with one space where there are any between words.
std::string Normalized(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space) {
      result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  return result;
}

std::optional<Column> FindColumn(const std::string& text) {
  const std::string name = Normalized(text);
  for (const ColumnInfo& info : kColumns) {
    if (Normalized(info.name) == name) {
      return info.column;
    }
  }
  for (const Spelling& spelling : kSpellings) {
    if (name == spelling.text) {
      return spelling.column;
    }
  }
  return std::nullopt;
}

std::string KnownNames(TopologyKind kind) {
  std::string names;
  for (const ColumnInfo& info : kColumns) {
    if (Serves(info, kind)) {
      names += (names.empty() ? "" : ", ") + std::string(info.name);
    }
  }
  return names;
}

bool IsWholeNumber(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
}

// Refuses a first row that is a layer and no header.
void CheckIsHeader(const std::filesystem::path& file, TopologyKind kind, const CsvRow& header) {
  for (const CsvField& field : header) {
    if (IsWholeNumber(field.text)) {
      FailAt(file,
             field.place,
             fmt::format("the number {} in the first row, which must name the columns: {}",
                         Quoted(field.text),
                         KnownNames(kind)));
    }
  }
}

Column ResolveName(const std::filesystem::path& file, TopologyKind kind, const CsvField& field) {
  const std::optional<Column> column = FindColumn(field.text);
  if (!column) {
    FailAt(file,
           field.place,
           fmt::format("unknown column {}; known ones, separated by commas, are: {}",
                       Quoted(field.text),
                       KnownNames(kind)));
  }
  if (!Serves(InfoOf(*column), kind)) {
    const bool gemm = kind == TopologyKind::kGemm;
    FailAt(file,
           field.place,
           fmt::format("column {} is for {}, the table was read as one of {}; {} --gemm, or use "
                       "the columns: {}",
                       Quoted(field.text),
                       gemm ? "convolutions" : "matrix products",
                       gemm ? "matrix products" : "convolutions",
                       gemm ? "leave out" : "give",
                       KnownNames(kind)));
  }
  return *column;
}

}  // namespace

std::string ColumnName(Column column) {
  return InfoOf(column).name;
}

TopologyColumns::TopologyColumns(const std::filesystem::path& file,
                                 TopologyKind kind,
                                 const CsvRow& header) {
  CheckIsHeader(file, kind, header);
  for (const CsvField& field : header) {
    if (field.text.empty()) {
      columns_.emplace_back();
      continue;
    }
    columns_.emplace_back(ResolveName(file, kind, field));
  }
  // Some of SCALE-Sim's files name both sizes of the input a width; the first is the height.
  const auto width = std::find(columns_.begin(), columns_.end(), Column::kInWidth);
  if (std::count(columns_.begin(), columns_.end(), Column::kInWidth) == 2 &&
      std::count(columns_.begin(), columns_.end(), Column::kInHeight) == 0) {
    *width = Column::kInHeight;
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i] && !index_.emplace(*columns_[i], i).second) {
      FailAt(file,
             header[i].place,
             fmt::format("column {} a second time ('{}'); keep one of them",
                         Quoted(header[i].text),
                         ColumnName(*columns_[i])));
    }
  }
  for (const ColumnInfo& info : kColumns) {
    if (Serves(info, kind) && info.group == Group::kRequired && !Has(info.column)) {
      FailAt(file,
             header.front().place,
             fmt::format("the header has no column '{}'; it is needed", info.name));
    }
  }
}

bool TopologyColumns::HasSuperset() const {
  return std::any_of(index_.begin(), index_.end(), [](const auto& entry) {
    return InfoOf(entry.first).group == Group::kSuperset;
  });
}

std::optional<Column> TopologyColumns::At(std::size_t index) const {
  return index < columns_.size() ? columns_[index] : std::nullopt;
}

std::size_t TopologyColumns::Count() const {
  std::size_t count = 0;
  for (const auto& [column, index] : index_) {
    count = std::max(count, index + 1);
  }
  return count;
}

}  // namespace denseshift::sim
