// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_record.h"

#include <array>
#include <cerrno>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "sim/estimate/report/measures.h"

namespace denseshift::sim {

using Json = nlohmann::ordered_json;

namespace {

constexpr int kVersion = 1;

constexpr std::array<std::uint64_t SweepMeasures::*, 5> kCounts = {&SweepMeasures::cycles,
                                                                   &SweepMeasures::macs,
                                                                   &SweepMeasures::pes,
                                                                   &SweepMeasures::buffer_bytes,
                                                                   &SweepMeasures::bus_bits};

std::string Line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json SpaceJson(const SweepSpace& space) {
  if (space.Axes().empty())
    return {{"keys", space.Keys()}, {"rows", space.Rows()}};
  Json axes = Json::array();
  for (const SweepAxis& axis : space.Axes())
    axes.push_back({{"key", axis.key}, {"values", axis.values}});
  return {{"axes", std::move(axes)}};
}

SweepSpace SpaceFromJson(const Json& json) {
  if (!json.contains("axes")) {
    return SweepSpace::List(json.at("keys").get<std::vector<std::string>>(),
                            json.at("rows").get<std::vector<std::vector<std::string>>>());
  }
  std::vector<SweepAxis> axes;
  for (const Json& axis : json.at("axes")) {
    axes.push_back(
        {axis.at("key").get<std::string>(), axis.at("values").get<std::vector<std::string>>()});
  }
  return SweepSpace::Product(std::move(axes));
}

SweepPoint ParsePoint(const std::string& line) {
  const Json json = Json::parse(line);
  SweepPoint point;
  point.point = json.at("point").get<std::uint64_t>();
  if (json.contains("error")) {
    point.outcome.error = json.at("error").get<std::string>();
    return point;
  }
  const Json& counts = json.at("counts");
  const Json& breakdown = json.at("breakdown");
  SweepMeasures& measures = point.outcome.measures;
  for (std::size_t i = 0; i < kCounts.size(); ++i)
    measures.*kCounts.at(i) = counts.at(i).get<std::uint64_t>();
  for (std::size_t i = 0; i < kCycleCategories.size(); ++i) {
    measures.breakdown.*kCycleCategories.at(i).cycles = breakdown.at(i).get<std::uint64_t>();
  }
  measures.roofline_cycles = json.at("roofline_cycles").get<double>();
  return point;
}

[[noreturn]] void FailToRead(const std::filesystem::path& file) {
  throw std::runtime_error(
      fmt::format("{}: cannot be read: {}", file.string(), std::generic_category().message(errno)));
}

}  // namespace

std::vector<std::uint64_t> PointsOf(const SweepSpace& space, const SweepShard& shard) {
  std::vector<std::uint64_t> points;
  for (std::uint64_t point = shard.index - 1; point < space.Size(); point += shard.count)
    points.push_back(point);
  return points;
}

bool Belongs(const SweepIdentity& identity, std::uint64_t point) {
  return point < identity.space.Size() && point % identity.shard.count == identity.shard.index - 1;
}

std::string IdentityLine(const SweepIdentity& identity) {
  return Line({{"denseshift_sweep", kVersion},
               {"inputs", identity.inputs},
               {"network", identity.network},
               {"config", identity.config},
               {"settings", identity.settings},
               {"space", SpaceJson(identity.space)},
               {"shard", {identity.shard.index, identity.shard.count}}});
}

SweepIdentity ParseIdentity(const std::string& line) {
  try {
    const Json json = Json::parse(line);
    const Json& numbers = json.at("shard");
    const SweepShard shard{numbers.at(0).get<std::uint64_t>(), numbers.at(1).get<std::uint64_t>()};
    if (json.at("denseshift_sweep").get<int>() == kVersion && shard.index >= 1 &&
        shard.index <= shard.count) {
      return {json.at("inputs").get<std::string>(),
              json.at("network").get<std::string>(),
              json.at("config").get<std::string>(),
              json.at("settings").get<std::vector<std::string>>(),
              SpaceFromJson(json.at("space")),
              shard};
    }
  } catch (const Json::exception&) {
    // As below.
  }
  throw std::runtime_error("is not the output of a shard of a sweep");
}

std::string PointLine(std::uint64_t point, const SweepOutcome& outcome) {
  if (!outcome.error.empty())
    return Line({{"point", point}, {"error", outcome.error}});
  Json counts = Json::array();
  for (const auto member : kCounts)
    counts.push_back(outcome.measures.*member);
  Json breakdown = Json::array();
  for (const CycleCategory& category : kCycleCategories)
    breakdown.push_back(outcome.measures.breakdown.*category.cycles);
  return Line({{"point", point},
               {"counts", std::move(counts)},
               {"breakdown", std::move(breakdown)},
               {"roofline_cycles", outcome.measures.roofline_cycles}});
}

SweepRecordEnd ReadSweepRecord(const std::filesystem::path& file, const SweepRecordReader& reader) {
  std::error_code error;
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file, error))
    FailToRead(file);
  SweepRecordEnd end;
  std::string line;
  for (std::uint64_t number = 1; std::getline(in, line); ++number) {
    if (in.eof()) {  // no line feed
      end.rest = line;
      break;
    }
    end.whole_bytes += line.size() + 1;
    if (number == 1) {
      reader.begin(line);
      continue;
    }
    try {
      reader.take(ParsePoint(line));
    } catch (const Json::exception&) {
      throw std::runtime_error(
          fmt::format("{}:{}: is no point of a sweep; the file is damaged, delete it and run its "
                      "sweep again",
                      file.string(),
                      number));
    }
  }
  if (in.bad())
    FailToRead(file);
  return end;
}

}  // namespace denseshift::sim
