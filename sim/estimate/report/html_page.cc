// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/html_page.h"

#include <fmt/format.h>
#include <stdexcept>

namespace denseshift::sim {

std::string EscapedText(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string EscapedJson(std::string_view json) {
  // A "</script>" in a name would end the element. In JSON a '<' is always part of a string.
  std::string escaped;
  escaped.reserve(json.size());
  for (const char c : json) {
    if (c == '<')
      escaped += "\\u003c";
    else
      escaped += c;
  }
  return escaped;
}

std::string FilledPage(std::string_view page, const std::vector<HtmlField>& fields) {
  std::string filled;
  // From front to back, so that nothing is looked for in what was filled in.
  for (const HtmlField& field : fields) {
    const std::size_t place = page.find(field.mark);
    if (place == std::string_view::npos)
      throw std::logic_error(fmt::format("the page has no {}", field.mark));
    filled += page.substr(0, place);
    filled += field.html;
    page.remove_prefix(place + field.mark.size());
  }
  filled += page;
  return filled;
}

}  // namespace denseshift::sim
