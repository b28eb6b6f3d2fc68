// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_html.h"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "sim/estimate/sweep/sweep_output.h"
#include "tests/sim/estimate/sweep/sample_sweeps.h"
#include "tests/sim/html_text.h"
#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

using Json = nlohmann::json;

Json JsonOf(const SweepResult& result) {
  std::string text;
  WriteSweepJson(result, [&](std::string_view piece) { text += piece; });
  return Json::parse(text);
}

TEST(SweepHtml, HoldsTheJson) {
  for (const SweepResult& result :
       {RandomSweep(1, false, 1), RandomSweep(2000, true, 2), FailedSweep(), HostileSweep()}) {
    EXPECT_EQ(Embedded(SweepHtml(result), "sweep"), JsonOf(result));
  }
}

TEST(SweepHtml, NamesAddNoMarkup) {
  const std::string hostile = SweepHtml(HostileSweep());
  ExpectSameMarkup(hostile, SweepHtml(RandomSweep(2, false, 1)));
  EXPECT_EQ(Between(hostile, "<title>", "</title>"),
            "&lt;b&gt;\"net\"&lt;/b&gt;&lt;/title&gt;&lt;script&gt;throw new Error('title "
            "ran')&lt;/script&gt;@SWEEP@ on &lt;i&gt;config&lt;/i&gt;&lt;/script&gt;&lt;script&gt;"
            "throw 1&lt;/script&gt;: sweep");
}

TEST(SweepHtml, NamesNoOtherAddress) {
  const std::string page = SweepHtml(RandomSweep(2, false, 1));
  ExpectNoOtherAddress(page);
  for (const char* part : {"@STYLE@", "@SCRIPT@", "@BODY@", "@TITLE@", "@SWEEP@"})
    EXPECT_EQ(Count(page, part), 0U) << part;
}

TEST(SweepHtml, IsWritten) {
  const TemporaryFolder folder;
  const SweepResult result = RandomSweep(2, false, 1);
  WriteSweepHtml(folder.path() / "page.html", result);
  EXPECT_EQ(FileContent(folder.path() / "page.html"), SweepHtml(result));
}

TEST(SweepHtml, TooManyPointsAreRefused) {
  EXPECT_NO_THROW(CheckPageHolds(kMaxPagePoints));
  try {
    (void)SweepHtml(RandomSweep(kMaxPagePoints + 1, false, 1));
    FAIL();
  } catch (const std::runtime_error& e) {
    EXPECT_EQ(std::string(e.what()),
              "--html: 50001 configurations, a page shows at most 50000; leave out --html, or "
              "sweep fewer");
  }
}

}  // namespace
}  // namespace denseshift::sim
