// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/estimate_html.h"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "sim/estimate/report/estimate_json.h"
#include "tests/sim/estimate/report/sample_estimates.h"
#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

using Json = nlohmann::json;

// Text from after `begin` to the next `end`.
std::string Between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin);
  EXPECT_NE(from, std::string::npos) << begin;
  const std::size_t start = from + begin.size();
  return text.substr(start, text.find(end, start) - start);
}

std::size_t Count(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size())
    ++count;
  return count;
}

Json Embedded(const std::string& page, const std::string& id) {
  return Json::parse(
      Between(page, R"(<script type="application/json" id=")" + id + "\">", "</script>"));
}

TEST(EstimateHtml, HoldsTheJson) {
  for (const NetworkEstimate& estimate : {SmallEstimate(),
                                          RandomEstimate(1, 0, 1),
                                          RandomEstimate(1000, 20000, 2),
                                          HostileEstimate()}) {
    EXPECT_EQ(Embedded(EstimateHtml(estimate), "estimate"), Json::parse(EstimateJson(estimate)));
  }
}

TEST(EstimateHtml, HoldsTheTimeline) {
  EXPECT_EQ(Embedded(EstimateHtml(SmallEstimate()), "timeline-data"), Json::parse(R"({
    "names": ["LOAD", "CONV"],
    "tracks": [{"name": "load", "unit": "load", "spans": [[0, 0, 0, 0, 0, 400]]},
               {"name": "load 2", "unit": "load", "spans": [[0, 0, 1, 0, 300, 500]]},
               {"name": "array", "unit": "array", "spans": [[0, 1, 2, 0, 350, 900]]},
               {"name": "post", "unit": "post", "spans": []},
               {"name": "store", "unit": "store", "spans": []}]})"));
  EXPECT_EQ(Embedded(EstimateHtml(RandomEstimate(3, 0, 1)), "timeline-data"),
            Json::parse(R"({"names": [], "tracks": []})"));
}

TEST(EstimateHtml, NamesAddNoMarkup) {
  const std::string plain = EstimateHtml(SmallEstimate());
  const std::string hostile = EstimateHtml(HostileEstimate());
  for (const char* part : {"<script", "</script", "<!--", "<img", "</title", "<b>"})
    EXPECT_EQ(Count(hostile, part), Count(plain, part)) << part;
  EXPECT_EQ(Between(hostile, "<title>", "</title>"),
            "&lt;b&gt;\"net\"&lt;/b&gt;&lt;/title&gt;&lt;script&gt;throw new Error('title "
            "ran')&lt;/script&gt;@ESTIMATE@ on 16x16");
}

TEST(EstimateHtml, NamesNoOtherAddress) {
  const std::string page = EstimateHtml(SmallEstimate());
  EXPECT_EQ(Count(page, "http://www.w3.org/2000/svg"), Count(page, "http:"));  // a name, not read
  for (const char* part : {"https:", "src=", "@import", "url(", "fetch(", "import("})
    EXPECT_EQ(Count(page, part), 0U) << part;
  for (const char* part : {"@STYLE@", "@SCRIPT@", "@TITLE@", "@ESTIMATE@", "@TIMELINE@"})
    EXPECT_EQ(Count(page, part), 0U) << part;
}

TEST(EstimateHtml, IsWritten) {
  const TemporaryFolder folder;
  WriteHtml(folder.path() / "page.html", SmallEstimate());
  EXPECT_EQ(FileContent(folder.path() / "page.html"), EstimateHtml(SmallEstimate()));
}

TEST(EstimateHtml, NoLayersIsAnError) {
  EXPECT_THROW((void)EstimateHtml(NetworkEstimate{}), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::sim
