// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/estimate_html.h"

#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/atomic_file.h"
#include "sim/estimate/report/estimate_json.h"
#include "sim/estimate/report/measures.h"
#include "sim/estimate/report/page_template.h"
#include "sim/estimate/report/timeline_tracks.h"

namespace denseshift::sim {

using Json = nlohmann::ordered_json;

namespace {

// Text between tags.
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

// JSON inside a script element, which a "</script>" in a name would end. In JSON a '<' is always
// part of a string.
std::string EscapedJson(std::string_view json) {
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
  const std::vector<std::pair<std::string_view, std::string>> fields = {
      {"@TITLE@", EscapedText(fmt::format("{} on {}", estimate.network, estimate.config.name))},
      {"@ESTIMATE@", EscapedJson(EstimateJson(estimate, -1))},
      {"@TIMELINE@", EscapedJson(TimelineJson(estimate))}};
  std::string page;
  std::string_view rest = kPageTemplate;
  // From front to back, so that nothing is looked for in what was filled in.
  for (const auto& [mark, value] : fields) {
    const std::size_t place = rest.find(mark);
    if (place == std::string_view::npos)
      throw std::logic_error(fmt::format("the page has no {}", mark));
    page += rest.substr(0, place);
    page += value;
    rest.remove_prefix(place + mark.size());
  }
  page += rest;
  return page;
}

void WriteHtml(const std::filesystem::path& path, const NetworkEstimate& estimate) {
  WriteFileAtomically(path, EstimateHtml(estimate));
}

}  // namespace denseshift::sim
