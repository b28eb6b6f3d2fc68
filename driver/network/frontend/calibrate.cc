// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/calibrate.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

#include "driver/network/frontend/operators.h"

namespace denseshift::driver::frontend {
namespace {

constexpr std::size_t kBins = std::size_t{1} << 13;

// Values of one tensor over all images.
struct Statistics {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  std::vector<std::uint64_t> bins;  // over low .. high; filled in a second pass
};

using StatisticsMap = std::map<std::string, Statistics>;

// Splits the samples into images [1, C, H, W].
std::vector<Array> Images(const GraphInput& input, const ImportOptions& options) {
  std::vector<std::int64_t> dims = input.dims;
  dims[0] = 1;
  const std::size_t size = ElementCount(dims);
  std::vector<Array> images;
  for (const std::vector<float>& sample : options.calibration) {
    if (sample.empty() || size == 0 || sample.size() % size != 0) {
      throw std::invalid_argument(fmt::format(
          "calibration: {} values are not a number of images of {} values", sample.size(), size));
    }
    for (std::size_t i = 0; i < sample.size(); i += size) {
      const auto from = sample.begin() + static_cast<std::ptrdiff_t>(i);
      Array image(input.type, dims);
      std::copy(from, from + static_cast<std::ptrdiff_t>(size), image.values.begin());
      images.push_back(std::move(image));
    }
  }
  return images;
}

void CountBins(const Array& value, Statistics* statistics) {
  statistics->bins.resize(kBins);
  const double range = statistics->high - statistics->low;
  for (const double v : value.values) {
    const double at =
        range > 0.0 ? (v - statistics->low) / range * static_cast<double>(kBins) : 0.0;
    ++statistics->bins[std::min(kBins - 1, static_cast<std::size_t>(at))];
  }
}

// Narrows low .. high to the bins that hold `percentile` percent counted from either side.
void ApplyPercentile(double percentile, Statistics* statistics) {
  std::uint64_t total = 0;
  for (const std::uint64_t count : statistics->bins) {
    total += count;
  }
  const auto allowed = static_cast<std::uint64_t>(
      std::floor(static_cast<double>(total) * (100.0 - percentile) / 100.0));
  std::size_t first = 0;
  std::uint64_t below = statistics->bins[0];
  while (below <= allowed && first + 1 < kBins) {
    below += statistics->bins[++first];
  }
  std::size_t last = kBins - 1;
  std::uint64_t above = statistics->bins[last];
  while (above <= allowed && last > first) {
    above += statistics->bins[--last];
  }
  const double step = (statistics->high - statistics->low) / static_cast<double>(kBins);
  const double low = statistics->low;
  statistics->low = low + step * static_cast<double>(first);
  statistics->high = low + step * static_cast<double>(last + 1);
}

Quantization Choose(const Statistics& statistics, bool symmetric) {
  const double low = std::min(0.0, statistics.low);
  const double high = std::max(0.0, statistics.high);
  const double exact = symmetric ? std::max(-low, high) / 127.0 : (high - low) / 255.0;
  Quantization result;
  result.scale = RoundTo(ElementType::kFloat32, exact);
  if (result.scale < SmallestNormal(ElementType::kFloat32)) {
    result.scale = 1.0;
  }
  if (!symmetric) {
    const double zero_point = std::round(-128.0 - low / result.scale);
    result.zero_point = static_cast<int>(std::clamp(zero_point, -128.0, 127.0));
  }
  return result;
}

// The same quantization for all tensors that the graph does not quantize.
Calibration UnitCalibration(const Graph& graph) {
  Calibration result;
  for (const GraphInput& input : graph.inputs) {
    result[input.name] = {};
  }
  for (const Node& node : graph.nodes) {
    result[node.outputs.front()] = {};
  }
  return result;
}

}  // namespace

void Execute(const Graph& graph,
             const std::map<std::string, Array>& feeds,
             const std::function<void(const std::string&, const Array&)>& visit) {
  std::map<std::string, Array> values = feeds;
  for (const auto& [name, value] : values) {
    visit(name, value);
  }
  for (const Node& node : graph.nodes) {
    Inputs inputs;
    for (const std::string& name : node.inputs) {
      const auto value = values.find(name);
      const auto constant = graph.constants.find(name);
      if (name.empty()) {
        inputs.push_back(nullptr);
      } else if (value != values.end()) {
        inputs.push_back(&value->second);
      } else if (constant != graph.constants.end()) {
        inputs.push_back(&constant->second);
      } else {
        FailAt(node, fmt::format("tensor '{}' has no value", name));
      }
    }
    Array result = Evaluate(node, inputs);
    visit(node.outputs.front(), result);
    values[node.outputs.front()] = std::move(result);
  }
}

Calibration Calibrate(const Graph& graph, const ImportOptions& options) {
  if (options.weights == ImportWeights::kShapesOnly) {
    return UnitCalibration(graph);
  }
  StatisticsMap all;
  const std::vector<Array> images = Images(graph.inputs.front(), options);
  const auto run = [&](const auto& visit) {
    for (const Array& image : images) {
      Execute(graph, {{graph.inputs.front().name, image}}, visit);
    }
  };
  run([&all](const std::string& name, const Array& value) {
    Statistics& statistics = all[name];
    for (const double v : value.values) {
      if (!std::isfinite(v)) {
        throw std::invalid_argument(
            fmt::format("calibration: tensor '{}' becomes infinite or not a number", name));
      }
      statistics.low = std::min(statistics.low, v);
      statistics.high = std::max(statistics.high, v);
    }
  });
  if (options.calibration_percentile < 100.0) {
    run([&all](const std::string& name, const Array& value) { CountBins(value, &all[name]); });
    for (auto& [name, statistics] : all) {
      ApplyPercentile(options.calibration_percentile, &statistics);
    }
  }
  Calibration result;
  for (const auto& [name, statistics] : all) {
    result[name] = Choose(statistics, options.calibration_symmetric);
  }
  return result;
}

}  // namespace denseshift::driver::frontend
