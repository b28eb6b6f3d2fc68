// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/csv_row.h"

#include <fmt/format.h>
#include <string_view>

namespace denseshift::sim {

namespace {

std::string Field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos)
    return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"')
      quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

std::string MakeCsvRow(const std::vector<std::string>& fields) {
  std::vector<std::string> quoted;
  quoted.reserve(fields.size());
  for (const std::string& field : fields)
    quoted.push_back(Field(field));
  return fmt::format("{}\n", fmt::join(quoted, ","));
}

}  // namespace denseshift::sim
