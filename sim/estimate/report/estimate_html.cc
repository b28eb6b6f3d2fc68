// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/estimate_html.h"

#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "sim/atomic_file.h"
#include "sim/estimate/report/estimate_json.h"
#include "sim/estimate/report/html_page.h"
#include "sim/estimate/report/measures.h"
#include "sim/estimate/report/page_template.h"
#include "sim/estimate/report/timeline_tracks.h"

namespace denseshift::sim {

using Json = nlohmann::ordered_json;

namespace {

// {"names": [of commands], "tracks": [{"name", "unit", "spans": [[layer, name, command, tile,
// begin, end]]}]}
std::string TimelineJson(const NetworkEstimate& estimate) {
  std::map<std::string, std::size_t> numbers;
  Json names = Json::array();
  Json tracks = Json::array();
  for (const TimelineTrack& track : TimelineTracks(estimate)) {
    Json spans = Json::array();
    for (const std::size_t i : track.spans) {
      const TimelineSpan& span = estimate.timeline[i];
      const auto [name, is_new] = numbers.emplace(span.name, numbers.size());
      if (is_new)
        names.push_back(span.name);
      spans.push_back({span.layer, name->second, span.command, span.tile, span.begin, span.end});
    }
    tracks.push_back({{"name", track.name},
                      {"unit", track.name.substr(0, track.name.find(' '))},
                      {"spans", std::move(spans)}});
  }
  const Json json = {{"names", std::move(names)}, {"tracks", std::move(tracks)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string EstimateHtml(const NetworkEstimate& estimate) {
  CheckReportable(estimate);
  return FilledPage(
      kPageTemplate,
      {{"@TITLE@", EscapedText(fmt::format("{} on {}", estimate.network, estimate.config.name))},
       {"@ESTIMATE@", EscapedJson(EstimateJson(estimate, -1))},
       {"@TIMELINE@", EscapedJson(TimelineJson(estimate))}});
}

void WriteHtml(const std::filesystem::path& path, const NetworkEstimate& estimate) {
  WriteFileAtomically(path, EstimateHtml(estimate));
}

}  // namespace denseshift::sim
