// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/estimate_timeline.h"

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <iterator>
#include <nlohmann/json.hpp>
#include <vector>

#include "sim/atomic_file.h"
#include "sim/estimate/report/gzip.h"
#include "sim/estimate/report/measures.h"
#include "sim/estimate/report/timeline_tracks.h"

namespace denseshift::sim {

using Json = nlohmann::ordered_json;

namespace {

constexpr int kProcess = 1;
constexpr int kLayerThread = 1;
constexpr const char* kTimeUnit = "1 us is 1 clock cycle";

// Events as JSON texts: a document of all of them at once would take ten times the memory.
class TraceEvents {
 public:
  void Add(const Json& event) {
    std::back_insert_iterator<std::string> out(text_);
    fmt::format_to(out,
                   "{}\n{}",
                   text_.empty() ? "" : ",",
                   event.dump(-1, ' ', false, Json::error_handler_t::replace));
  }

  void AddMetadata(const char* name, int thread, const Json& arguments) {
    Add({{"name", name}, {"ph", "M"}, {"pid", kProcess}, {"tid", thread}, {"args", arguments}});
  }

  void AddThread(int thread, const std::string& name) {
    AddMetadata("thread_name", thread, {{"name", name}});
    AddMetadata("thread_sort_index", thread, {{"sort_index", thread}});
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

struct CompleteEvent {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  int thread = 0;
  std::size_t index = 0;  // of the layer, or of the span
};

std::vector<CompleteEvent> CompleteEvents(const NetworkEstimate& estimate,
                                          const std::vector<TimelineTrack>& tracks) {
  std::vector<CompleteEvent> events;
  std::uint64_t begin = 0;
  for (std::size_t i = 0; i < estimate.layers.size(); ++i) {
    const std::uint64_t end = begin + estimate.layers[i].cycles;
    events.push_back({begin, end, kLayerThread, i});
    begin = end;
  }
  int thread = kLayerThread;
  for (const TimelineTrack& track : tracks) {
    ++thread;
    for (const std::size_t i : track.spans)
      events.push_back({estimate.timeline[i].begin, estimate.timeline[i].end, thread, i});
  }
  std::stable_sort(
      events.begin(), events.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  return events;
}

Json EventJson(const NetworkEstimate& estimate, const CompleteEvent& event) {
  Json json = {{"name", ""},
               {"cat", ""},
               {"ph", "X"},
               {"ts", event.begin},
               {"dur", event.end - event.begin},
               {"pid", kProcess},
               {"tid", event.thread}};
  if (event.thread == kLayerThread) {
    const LayerEstimate& layer = estimate.layers[event.index];
    json["name"] = layer.name;
    json["cat"] = "layer";
    json["args"] = {{"type", layer.type}, {"macs", layer.macs}, {"bottleneck", layer.bottleneck}};
  } else {
    const TimelineSpan& span = estimate.timeline[event.index];
    json["name"] = span.name;
    json["cat"] = span.unit;
    json["args"] = {{"layer", estimate.layers[span.layer].name},
                    {"command", span.command},
                    {"tile", span.tile}};
  }
  return json;
}

}  // namespace

std::string EstimateTimeline(const NetworkEstimate& estimate) {
  CheckReportable(estimate);
  const std::vector<TimelineTrack> tracks = TimelineTracks(estimate);
  TraceEvents events;
  events.AddMetadata(
      "process_name",
      0,
      {{"name", fmt::format("{} on {}, {}", estimate.network, estimate.config.name, kTimeUnit)}});
  events.AddThread(kLayerThread, "layers");
  int thread = kLayerThread;
  for (const TimelineTrack& track : tracks)
    events.AddThread(++thread, track.name);
  for (const CompleteEvent& event : CompleteEvents(estimate, tracks))
    events.Add(EventJson(estimate, event));
  const Json about = {{"network", estimate.network},
                      {"config", estimate.config.name},
                      {"cycles", estimate.cycles},
                      {"time_unit", kTimeUnit}};
  return fmt::format("{{\"displayTimeUnit\":\"ns\",\n\"otherData\":{},\n\"traceEvents\":[{}\n]}}\n",
                     about.dump(-1, ' ', false, Json::error_handler_t::replace),
                     events.text());
}

void WriteTimeline(const std::filesystem::path& path, const NetworkEstimate& estimate) {
  const std::string text = EstimateTimeline(estimate);
  WriteFileAtomically(path, path.extension() == ".gz" ? Gzip(text) : text);
}

}  // namespace denseshift::sim
