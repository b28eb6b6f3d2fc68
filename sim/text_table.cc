// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/text_table.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <stdexcept>
#include <utility>

namespace denseshift::sim {

namespace {

// A cell and the blanks it needs to be so many characters wide.
std::string Padded(const std::string& cell, std::size_t width, bool left) {
  const std::string blanks(width - CharacterCount(cell), ' ');
  return left ? cell + blanks : blanks + cell;
}

}  // namespace

std::size_t CharacterCount(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // not within a character
  }));
}

TextTable::TextTable(std::vector<std::string> header) {
  rows_.push_back(std::move(header));
}

void TextTable::AddRow(const std::vector<std::string>& cells) {
  if (cells.size() != rows_[0].size()) {
    throw std::invalid_argument("a table row has as many cells as the header");
  }
  rows_.push_back(cells);
}

std::string TextTable::Text() const {
  std::vector<std::size_t> widths(rows_[0].size());
  std::vector<bool> left(rows_[0].size());
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    for (std::size_t c = 0; c < widths.size(); ++c) {
      const std::string& cell = rows_[r][c];
      widths[c] = std::max(widths[c], CharacterCount(cell));
      const bool is_word =
          r > 0 && !cell.empty() && std::isalpha(static_cast<unsigned char>(cell[0])) != 0;
      left[c] = left[c] || c == 0 || is_word;
    }
  }
  std::string text;
  for (const std::vector<std::string>& row : rows_) {
    std::string line;
    for (std::size_t c = 0; c < widths.size(); ++c) {
      if (c > 0)
        line += "  ";
      line += Padded(row[c], widths[c], left[c]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace denseshift::sim
