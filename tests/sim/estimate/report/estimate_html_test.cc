// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/estimate_html.h"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "sim/estimate/report/estimate_json.h"
#include "tests/sim/estimate/report/sample_estimates.h"
#include "tests/sim/html_text.h"
#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

using Json = nlohmann::json;

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
  ExpectSameMarkup(hostile, plain);
  EXPECT_EQ(Between(hostile, "<title>", "</title>"),
            "&lt;b&gt;\"net\"&lt;/b&gt;&lt;/title&gt;&lt;script&gt;throw new Error('title "
            "ran')&lt;/script&gt;@ESTIMATE@ on 16x16");
}

TEST(EstimateHtml, NamesNoOtherAddress) {
  const std::string page = EstimateHtml(SmallEstimate());
  ExpectNoOtherAddress(page);
  for (const char* part : {"@STYLE@", "@SCRIPT@", "@BODY@", "@TITLE@", "@ESTIMATE@", "@TIMELINE@"})
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
