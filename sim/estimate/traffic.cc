// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/traffic.h"

#include <cstddef>
#include <cstdint>
#include <variant>

namespace denseshift::sim {
namespace {

constexpr std::uint64_t kParameterBytes = 8;  // of a set

void Count(const driver::LoadCommand& load, std::uint64_t bytes, BusBytes& moved) {
  switch (static_cast<driver::Destination>(load.destination)) {
    case driver::Destination::kActivation:
      moved.input += bytes;
      break;
    case driver::Destination::kWeight:
      moved.weight += bytes;
      break;
    case driver::Destination::kParameter:
      moved.parameter += bytes;
      break;
  }
}

// Parameter sets a layer uses.
std::uint64_t ParameterSets(const driver::Layer& layer, const driver::Tensor& output) {
  switch (layer.op) {
    case driver::Operator::kConv:
      return static_cast<std::uint64_t>(output.channels);
    case driver::Operator::kMaxPool:
    case driver::Operator::kAveragePool:
      return layer.pool_scale.size();
    case driver::Operator::kAdd:
      break;
  }
  return 2;
}

}  // namespace

std::vector<BusBytes> MovedByLayer(const std::vector<driver::Command>& commands,
                                   std::size_t layers,
                                   int bus_bytes) {
  std::vector<BusBytes> moved(layers);
  const auto bytes_of = [bus_bytes](std::int64_t rows, std::int64_t words) {
    return static_cast<std::uint64_t>(rows * words * bus_bytes);
  };
  for (const driver::Command& command : commands) {
    if (const auto* load = std::get_if<driver::LoadCommand>(&command)) {
      Count(*load, bytes_of(load->rows, load->words), moved[static_cast<std::size_t>(load->layer)]);
    } else if (const auto* store = std::get_if<driver::StoreCommand>(&command)) {
      moved[static_cast<std::size_t>(store->layer)].output += bytes_of(store->rows, store->words);
    }
  }
  return moved;
}

BusBytes LeastBytes(const driver::Network& network, const driver::Layer& layer, int batch) {
  const auto images = static_cast<std::uint64_t>(batch);
  const driver::Tensor& output = network.tensors.at(static_cast<std::size_t>(layer.output));
  BusBytes least;
  for (const int input : layer.inputs)
    least.input += images * network.tensors.at(static_cast<std::size_t>(input)).Elements();
  if (layer.op == driver::Operator::kConv) {
    const std::uint64_t weights =
        layer.Macs(network.tensors) /
        (static_cast<std::uint64_t>(output.height) * static_cast<std::uint64_t>(output.width));
    least.weight = (weights * static_cast<std::uint64_t>(layer.code_bits) + 7) / 8;
  }
  least.parameter = kParameterBytes * ParameterSets(layer, output);
  least.output = images * output.Elements();
  return least;
}

}  // namespace denseshift::sim
