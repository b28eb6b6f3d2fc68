// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_REPORT_HTML_PAGE_H_
#define DENSESHIFT_SIM_ESTIMATE_REPORT_HTML_PAGE_H_

#include <string>
#include <string_view>
#include <vector>

namespace denseshift::sim {

// What comes where a page says `mark`.
struct HtmlField {
  std::string_view mark;
  std::string html;
};

// Text between tags.
[[nodiscard]] std::string EscapedText(std::string_view text);

// JSON inside a script element.
[[nodiscard]] std::string EscapedJson(std::string_view json);

// A page with its marks filled in; each is there once, in the order of `fields`.
//
// Errors  std::logic_error naming a mark that is missing.
[[nodiscard]] std::string FilledPage(std::string_view page, const std::vector<HtmlField>& fields);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_REPORT_HTML_PAGE_H_
