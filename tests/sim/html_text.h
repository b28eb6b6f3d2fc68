// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SIM_HTML_TEXT_H_
#define DENSESHIFT_TESTS_SIM_HTML_TEXT_H_

#include <nlohmann/json.hpp>
#include <string>

#include <gtest/gtest.h>

namespace denseshift::sim {

// Text from after `begin` to the next `end`.
inline std::string Between(const std::string& text,
                           const std::string& begin,
                           const std::string& end) {
  const std::size_t from = text.find(begin);
  EXPECT_NE(from, std::string::npos) << begin;
  const std::size_t start = from + begin.size();
  return text.substr(start, text.find(end, start) - start);
}

inline std::size_t Count(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size())
    ++count;
  return count;
}

// The JSON in a page's script element.
inline nlohmann::json Embedded(const std::string& page, const std::string& id) {
  return nlohmann::json::parse(
      Between(page, R"(<script type="application/json" id=")" + id + "\">", "</script>"));
}

// Finds markup that is in one of two pages only.
inline void ExpectSameMarkup(const std::string& page, const std::string& expected) {
  for (const char* part : {"<script", "</script", "<!--", "<img", "</title", "<b>", "<i>"})
    EXPECT_EQ(Count(page, part), Count(expected, part)) << part;
}

// Finds what a browser would read from elsewhere.
inline void ExpectNoOtherAddress(const std::string& page) {
  EXPECT_EQ(Count(page, "http://www.w3.org/2000/svg"), Count(page, "http:"));  // a name, not read
  for (const char* part : {"https:", "src=", "@import", "url(", "fetch(", "import("})
    EXPECT_EQ(Count(page, part), 0U) << part;
}

}  // namespace denseshift::sim

#endif  // DENSESHIFT_TESTS_SIM_HTML_TEXT_H_
