// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_TEXT_TABLE_H_
#define DENSESHIFT_SIM_TEXT_TABLE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace denseshift::sim {

// Characters of UTF-8 text.
[[nodiscard]] std::size_t CharacterCount(std::string_view text);

// Rows of text in columns as wide as their widest cell, UTF-8 characters counted as one column
// each. The first column and columns with a cell that starts with a letter are aligned left, others
// right.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> header);

  // Throws std::invalid_argument if the number of cells is not that of the header.
  void AddRow(const std::vector<std::string>& cells);

  [[nodiscard]] std::string Text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_TEXT_TABLE_H_
