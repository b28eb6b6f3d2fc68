// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/text_table.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace denseshift::sim {
namespace {

TEST(TextTable, NumbersRightWordsLeft) {
  TextTable table({"layer", "cycles", "type"});
  table.AddRow({"a", "5", "Conv"});
  table.AddRow({"total", "1234567", ""});
  EXPECT_EQ(table.Text(),
            "layer   cycles  type\n"
            "a            5  Conv\n"
            "total  1234567\n");
}

TEST(TextTable, Utf8CharactersAreOneColumnEach) {
  TextTable table({"name", "n"});
  table.AddRow({"\xC3\xA4\xC3\xB6\xC3\xBC", "1"});
  table.AddRow({"abcde", "2"});
  EXPECT_EQ(table.Text(),
            "name   n\n"
            "\xC3\xA4\xC3\xB6\xC3\xBC    1\n"
            "abcde  2\n");
}

TEST(TextTable, RowsHaveAsManyCellsAsTheHeader) {
  TextTable table({"a", "b"});
  EXPECT_THROW(table.AddRow({"1"}), std::invalid_argument);
  EXPECT_THROW(table.AddRow({"1", "2", "3"}), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::sim
