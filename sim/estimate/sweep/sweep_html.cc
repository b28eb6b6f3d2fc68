// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_html.h"

#include <fmt/format.h>
#include <stdexcept>
#include <string_view>

#include "sim/atomic_file.h"
#include "sim/estimate/report/html_page.h"
#include "sim/estimate/sweep/sweep_output.h"
#include "sim/estimate/sweep/sweep_page_template.h"

namespace denseshift::sim {

void CheckPageHolds(std::uint64_t points) {
  if (points > kMaxPagePoints) {
    throw std::runtime_error(fmt::format(
        "--html: {} configurations, a page shows at most {}; leave out --html, or sweep fewer",
        points,
        kMaxPagePoints));
  }
}

std::string SweepHtml(const SweepResult& result) {
  CheckPageHolds(result.outcomes.size());
  std::string json;
  WriteSweepJson(result, [&](std::string_view piece) { json += EscapedJson(piece); });
  return FilledPage(
      kSweepPageTemplate,
      {{"@TITLE@", EscapedText(fmt::format("{} on {}: sweep", result.network, result.config))},
       {"@SWEEP@", json}});
}

void WriteSweepHtml(const std::filesystem::path& path, const SweepResult& result) {
  WriteFileAtomically(path, SweepHtml(result));
}

}  // namespace denseshift::sim
