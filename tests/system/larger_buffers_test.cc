// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Claim: larger buffers take no more cycles; of networks too large to be searched for, hardly ever
// a thousandth more.
//
// DENSESHIFT_PAIRS is the number of random pairs (default 1,000), DENSESHIFT_SEED the first seed.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/config/config.h"
#include "sim/device_capabilities.h"
#include "sim/estimate/estimate.h"
#include "sim/estimate/estimate_topology.h"
#include "sim/estimate/topology/topology.h"
#include "sim/keep_memory.h"
#include "sim/source_root.h"
#include "tests/driver/resnet18.h"
#include "tests/system/random_case.h"
#include "tests/system/random_device.h"

namespace denseshift::testing {
namespace {

constexpr std::uint32_t kPairs = 1000;

// The tiler compares plans by a model that is not exact, layer by layer: docs/estimate.md "Larger
// buffers". A larger buffer that costs more than this part of the cycles makes a network slower.
constexpr double kMostMore = 0.001;

// Pairs of devices, of which one has a larger buffer.
class Pairs {
 public:
  void Add(std::uint64_t small_cycles, std::uint64_t large_cycles) {
    const double ratio = static_cast<double>(large_cycles) / static_cast<double>(small_cycles);
    ++count_;
    more_ += ratio > 1 ? 1 : 0;
    slower_ += ratio > 1 + kMostMore ? 1 : 0;
    worst_ = std::max(worst_, ratio);
    speedup_ += 1 / ratio;
  }

  void Print(const std::string& what) const {
    fmt::print(
        "{}: {} pairs, {} with more cycles, {} by more than 0.1 %, the worst by {:.3f} %; mean "
        "speed-up {:.3f}\n",
        what,
        count_,
        more_,
        slower_,
        (worst_ - 1) * 100,
        mean_speedup());
  }

  [[nodiscard]] double count() const { return count_; }

  [[nodiscard]] int more() const { return more_; }

  [[nodiscard]] int slower() const { return slower_; }

  [[nodiscard]] double mean_speedup() const { return speedup_ / count_; }

 private:
  int count_ = 0;
  int more_ = 0;
  int slower_ = 0;
  double worst_ = 1;
  double speedup_ = 0;
};

// One of the buffers two to eight times as large.
sim::Config Larger(Draw& draw, sim::Config config) {
  sim::DeviceParameters& device = config.device;
  int* const sizes[] = {
      &device.act_bytes, &device.wgt_bytes, &device.out_bytes, &device.param_entries};
  *sizes[draw(0, 3)] <<= draw(1, 3);
  return config;
}

// Of so many pairs: a few gain much, and fewer pairs may have none of these.
constexpr double kMeanSpeedup = 1.01;
constexpr std::uint32_t kManyPairs = 10'000;

// Cycles of one network on two devices, of which the second has a larger buffer.
struct Pair {
  std::uint64_t small = 0;
  std::uint64_t large = 0;
};

// The pair of a seed; nothing if it does not fit.
std::optional<Pair> EstimatePair(std::uint32_t seed) {
  Draw draw(seed);
  const sim::Config small = DrawConfig(draw);
  const sim::Config large = Larger(draw, small);
  try {
    small.device.Validate();
    large.device.Validate();
    const driver::Network network = DrawNetwork(draw, small);
    const std::uint64_t cycles = sim::EstimateNetwork(network, small).cycles;
    return Pair{cycles, sim::EstimateNetwork(network, large).cycles};
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

TEST(LargerBuffers, OfRandomDevices) {
  sim::KeepMemory();
  const std::uint32_t wanted = FromEnvironment("DENSESHIFT_PAIRS", kPairs);
  Pairs pairs;
  for (std::uint32_t seed = FromEnvironment("DENSESHIFT_SEED", 1); pairs.count() < wanted; ++seed) {
    if (const auto pair = EstimatePair(seed)) {
      pairs.Add(pair->small, pair->large);
    }
  }
  pairs.Print("random networks");
  EXPECT_EQ(pairs.more(), 0);
  if (wanted >= kManyPairs) {
    EXPECT_GE(pairs.mean_speedup(), kMeanSpeedup);
  }
}

void ExpectNotSlower(std::initializer_list<std::uint32_t> seeds) {
  for (const std::uint32_t seed : seeds) {
    const auto pair = EstimatePair(seed);
    ASSERT_TRUE(pair.has_value());
    EXPECT_LE(pair->large, pair->small) << "seed " << seed;
  }
}

// Pairs of which the larger device only gets as good a program if the search goes on from programs
// that are up to a 6th slower than the best: docs/decisions/0016-fewer-commands.md.
TEST(LargerBuffers, SearchGoesOnFromProgramsThatAreLessGood) {
  ExpectNotSlower({4380, 5283, 10177});
}

// The same if the search does not end too early, and of 3649, a layer of a million weights, if
// there is one at all: docs/decisions/0017-searching-longer.md.
TEST(LargerBuffers, SearchIsLongEnough) {
  ExpectNotSlower({697, 3649, 10289});
}

using CyclesOf = std::function<std::uint64_t(const sim::Config&)>;

// All doublings of a buffer, four times as many parameter entries, of 300 devices, by powers of
// two.
Pairs Doublings(const sim::Config& usual, const CyclesOf& cycles_of) {
  using Sizes = std::array<int, 4>;  // KiB of activations, weights and outputs; parameter entries
  std::map<Sizes, std::uint64_t> cycles;
  for (const int act : {32, 64, 128, 256, 512}) {
    for (const int wgt : {8, 16, 32, 64, 128, 256}) {
      for (const int out : {8, 16, 32, 64, 128}) {
        for (const int entries : {64, 256}) {
          sim::Config config = usual;
          config.device.act_bytes = act * 1024;
          config.device.wgt_bytes = wgt * 1024;
          config.device.out_bytes = out * 1024;
          config.device.param_entries = entries;
          cycles[{act, wgt, out, entries}] = cycles_of(config);
        }
      }
    }
  }
  Pairs pairs;
  for (const auto& [sizes, small] : cycles) {
    for (std::size_t buffer = 0; buffer < sizes.size(); ++buffer) {
      Sizes larger = sizes;
      larger.at(buffer) *= buffer == 3 ? 4 : 2;
      if (const auto large = cycles.find(larger); large != cycles.end()) {
        pairs.Add(small, large->second);
      }
    }
  }
  return pairs;
}

class LargerBuffersOfKnownNetworks : public ::testing::TestWithParam<const char*> {
 protected:
  LargerBuffersOfKnownNetworks() : config_(sim::LoadConfig(GetParam())) { sim::KeepMemory(); }

  sim::Config config_;
};

// Every row by itself.
Pairs DoublingsOf(const std::string& topology, const sim::Config& usual) {
  const std::string file =
      (sim::SourceRoot() / "tests/data/topologies" / (topology + ".csv")).string();
  const auto layers = sim::ReadTopology(file, sim::TopologyKind::kConvolution, 4);
  Pairs pairs = Doublings(usual, [&](const sim::Config& config) {
    return sim::EstimateTopology(file, layers, config, false).cycles;
  });
  pairs.Print(topology);
  return pairs;
}

constexpr auto kTopologies = {"resnet18", "alexnet"};

TEST_P(LargerBuffersOfKnownNetworks, Topologies) {
  for (const std::string topology : kTopologies) {
    EXPECT_EQ(DoublingsOf(topology, config_).slower(), 0) << topology;
  }
}

constexpr double kMostSlowerOnSlowMemory = 0.003;  // of the pairs

TEST_P(LargerBuffersOfKnownNetworks, TopologiesOnSlowMemory) {
  config_.memory.bytes_per_cycle /= 2;
  config_.memory.latency_cycles *= 2;
  for (const std::string topology : kTopologies) {
    const Pairs pairs = DoublingsOf(topology, config_);
    EXPECT_LE(pairs.slower(), kMostSlowerOnSlowMemory * pairs.count()) << topology;
  }
}

TEST_P(LargerBuffersOfKnownNetworks, ResNet18) {
  driver::testing::NetworkBuilder builder(1, sim::CapabilitiesOf(config_.device));
  driver::testing::AddResNet18(builder, 4);
  const driver::Network network = builder.Finish();
  const Pairs pairs = Doublings(config_, [&](const sim::Config& config) {
    return sim::EstimateNetwork(network, config).cycles;
  });
  pairs.Print("ResNet-18");
  EXPECT_EQ(pairs.slower(), 0);
}

INSTANTIATE_TEST_SUITE_P(Devices,
                         LargerBuffersOfKnownNetworks,
                         ::testing::Values("16x16", "32x32"),
                         [](const auto& config) { return std::string("On") + config.param; });

}  // namespace
}  // namespace denseshift::testing
