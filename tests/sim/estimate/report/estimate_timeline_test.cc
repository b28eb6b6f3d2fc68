// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/estimate_timeline.h"

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>
#include <zlib.h>

#include <gtest/gtest.h>

#include "sim/estimate/report/gzip.h"
#include "sim/estimate/report/timeline_tracks.h"
#include "tests/sim/estimate/report/sample_estimates.h"
#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

using Json = nlohmann::json;

// Content of a .gz file.
std::string Unzipped(const std::filesystem::path& path) {
  const gzFile file = gzopen(path.c_str(), "rb");
  std::string text;
  std::vector<char> buffer(65536);
  for (int bytes = 0; (bytes = gzread(file, buffer.data(), 65536)) > 0;)
    text.append(buffer.data(), static_cast<std::size_t>(bytes));
  EXPECT_EQ(gzdirect(file), 0) << "not compressed";
  EXPECT_EQ(gzclose(file), Z_OK);
  return text;
}

std::map<int, std::string> ThreadNames(const Json& trace) {
  std::map<int, std::string> names;
  for (const Json& event : trace["traceEvents"]) {
    if (event["name"] == "thread_name")
      names[event["tid"]] = event["args"]["name"];
  }
  return names;
}

// What the published format asks of the events used here, and what viewers need besides: metadata
// first, then by time, and nothing at the same time in one thread.
void CheckFormat(const Json& trace) {
  ASSERT_TRUE(trace["traceEvents"].is_array());
  EXPECT_TRUE(trace["displayTimeUnit"] == "ns" || trace["displayTimeUnit"] == "ms");
  EXPECT_EQ(trace["otherData"]["time_unit"], "1 us is 1 clock cycle");
  const std::set<std::string> metadata = {"process_name", "thread_name", "thread_sort_index"};
  const std::map<int, std::string> threads = ThreadNames(trace);
  std::map<int, std::uint64_t> ends;
  std::uint64_t now = 0;
  bool timed = false;
  for (const Json& event : trace["traceEvents"]) {
    ASSERT_TRUE(event["name"].is_string() && event["pid"] == 1 &&
                event["tid"].is_number_integer() && event["args"].is_object())
        << event;
    if (event["ph"] == "M") {
      EXPECT_FALSE(timed) << event;
      EXPECT_EQ(metadata.count(event["name"]), 1U) << event;
      continue;
    }
    timed = true;
    ASSERT_EQ(event["ph"], "X");
    ASSERT_TRUE(event["cat"].is_string() && event["ts"].is_number_unsigned() &&
                event["dur"].is_number_unsigned())
        << event;
    EXPECT_EQ(threads.count(event["tid"]), 1U) << event;
    EXPECT_GE(event["ts"].get<std::uint64_t>(), now) << event;
    now = event["ts"];
    std::uint64_t& end = ends[event["tid"].get<int>()];
    EXPECT_GE(now, end) << event;
    end = now + event["dur"].get<std::uint64_t>();
  }
}

TEST(TimelineTracks, SpansAtTheSameTimeGetTracksOfTheirOwn) {
  const std::vector<TimelineTrack> tracks = TimelineTracks(SmallEstimate());
  ASSERT_EQ(tracks.size(), 5U);
  EXPECT_EQ(tracks[0].name, "load");
  EXPECT_EQ(tracks[0].spans, std::vector<std::size_t>{0});
  EXPECT_EQ(tracks[1].name, "load 2");
  EXPECT_EQ(tracks[1].spans, std::vector<std::size_t>{2});
  EXPECT_EQ(tracks[2].name, "array");
  EXPECT_EQ(tracks[2].spans, std::vector<std::size_t>{1});
  EXPECT_EQ(tracks[3].name, "post");
  EXPECT_TRUE(tracks[3].spans.empty());
  EXPECT_EQ(tracks[4].name, "store");
}

TEST(TimelineTracks, SpansThatTouchShareATrack) {
  NetworkEstimate estimate = SmallEstimate();
  estimate.timeline[2].begin = 400;
  EXPECT_EQ(TimelineTracks(estimate)[0].spans, (std::vector<std::size_t>{0, 2}));
}

TEST(TimelineTracks, NamesTheSpanThatIsWrong) {
  const auto error = [](void (*change)(TimelineSpan&)) {
    NetworkEstimate estimate = SmallEstimate();
    change(estimate.timeline[1]);
    return ErrorOf([&] { (void)TimelineTracks(estimate); });
  };
  EXPECT_EQ(error([](TimelineSpan& span) { span.unit = "dma"; }),
            "timeline span 1: unit is 'dma', allowed are load, array, post, store");
  EXPECT_EQ(error([](TimelineSpan& span) { span.layer = 2; }),
            "timeline span 1: layer is 2, allowed is less than 2, the layers");
  EXPECT_EQ(error([](TimelineSpan& span) { span.end = 349; }),
            "timeline span 1: ends in cycle 349, before it begins in 350");
}

TEST(EstimateTimeline, SmallEstimate) {
  const Json trace = Json::parse(EstimateTimeline(SmallEstimate()));
  CheckFormat(trace);
  EXPECT_EQ(trace["otherData"],
            Json::parse(R"({"network": "small", "config": "16x16", "cycles": 1064,
                            "time_unit": "1 us is 1 clock cycle"})"));
  EXPECT_EQ(
      ThreadNames(trace),
      (std::map<int, std::string>{
          {1, "layers"}, {2, "load"}, {3, "load 2"}, {4, "array"}, {5, "post"}, {6, "store"}}));
  Json timed = Json::array();
  for (const Json& event : trace["traceEvents"]) {
    if (event["ph"] == "X")
      timed.push_back(event);
  }
  EXPECT_EQ(timed, Json::parse(R"([
    {"name": "conv,1", "cat": "layer", "ph": "X", "ts": 0, "dur": 1000, "pid": 1, "tid": 1,
     "args": {"type": "Conv", "macs": 51200, "bottleneck": "memory"}},
    {"name": "LOAD", "cat": "load", "ph": "X", "ts": 0, "dur": 400, "pid": 1, "tid": 2,
     "args": {"layer": "conv,1", "command": 0, "tile": 0}},
    {"name": "LOAD", "cat": "load", "ph": "X", "ts": 300, "dur": 200, "pid": 1, "tid": 3,
     "args": {"layer": "conv,1", "command": 1, "tile": 0}},
    {"name": "CONV", "cat": "array", "ph": "X", "ts": 350, "dur": 550, "pid": 1, "tid": 4,
     "args": {"layer": "conv,1", "command": 2, "tile": 0}},
    {"name": "pool", "cat": "layer", "ph": "X", "ts": 1000, "dur": 64, "pid": 1, "tid": 1,
     "args": {"type": "MaxPool", "macs": 0, "bottleneck": "memory"}}])"));
}

TEST(EstimateTimeline, ManyLayersAndSpans) {
  const Json trace = Json::parse(EstimateTimeline(RandomEstimate(1000, 20000, 9)));
  CheckFormat(trace);
  EXPECT_EQ(trace["traceEvents"].size(), 1U + 2 * 5 + 1000 + 20000);
}

TEST(EstimateTimeline, AnyNameAndNoSpans) {
  CheckFormat(Json::parse(EstimateTimeline(HostileEstimate())));
  const Json trace = Json::parse(EstimateTimeline(RandomEstimate(1, 0, 9)));
  CheckFormat(trace);
  EXPECT_EQ(ThreadNames(trace), (std::map<int, std::string>{{1, "layers"}}));
}

TEST(EstimateTimeline, NoLayersIsAnError) {
  EXPECT_THROW((void)EstimateTimeline(NetworkEstimate{}), std::invalid_argument);
}

TEST(EstimateTimeline, IsCompressedByTheNamesEnding) {
  const TemporaryFolder folder;
  const NetworkEstimate estimate = RandomEstimate(10, 3000, 3);
  WriteTimeline(folder.path() / "trace.json", estimate);
  WriteTimeline(folder.path() / "trace.json.gz", estimate);
  const std::string text = EstimateTimeline(estimate);
  EXPECT_EQ(FileContent(folder.path() / "trace.json"), text);
  EXPECT_EQ(Unzipped(folder.path() / "trace.json.gz"), text);
  EXPECT_EQ(FileContent(folder.path() / "trace.json.gz"), Gzip(text));
  EXPECT_LT(Gzip(text).size(), text.size() / 4);
}

TEST(Gzip, AnyLength) {
  const TemporaryFolder folder;
  for (const std::size_t size : {0U, 1U, 65535U, 65536U, 1000000U}) {
    std::string data;  // hardly compressible, so that output needs several pieces
    std::uint32_t state = 1;
    for (std::size_t i = 0; i < size; ++i) {
      state = state * 1664525U + 1013904223U;
      data += static_cast<char>(state >> 24U);
    }
    EXPECT_EQ(Unzipped(folder.Write("data.gz", Gzip(data))), data) << size;
  }
}

}  // namespace
}  // namespace denseshift::sim
