// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <vector>

#include "golden/arithmetic/accumulator.h"
#include "golden/arithmetic/requantize.h"
#include "sim/functional/activation_rows.h"
#include "sim/functional/execute.h"

namespace denseshift::sim {
namespace {

constexpr int kVectorBits = 32;  // width of v

// Executes one VECTOR command, one output position and channel group at a time.
class VectorExecution {
 public:
  VectorExecution(const VectorCommand& vector, const DeviceParameters& parameters, Storage& storage)
      : vector_(vector),
        window_(vector.window),
        operation_(static_cast<VectorOperation>(vector.operation)),
        storage_(storage),
        bus_bytes_(static_cast<std::uint64_t>(parameters.bus_bytes)),
        group_lanes_(static_cast<std::uint32_t>(std::min(parameters.lanes, parameters.columns))) {
    const std::uint32_t used_lanes = vector.channel_groups > 1 ? group_lanes_ : vector.valid_lanes;
    first_set_ = ReadParameters(storage, parameters, window_.parameter_base, used_lanes);
    if (operation_ == VectorOperation::kAddition) {
      second_set_ = ReadParameters(storage, parameters, window_.parameter_base + 1, used_lanes);
    }
  }

  void Run() {
    for (std::uint32_t oh = 0; oh < window_.output_rows; ++oh) {
      for (std::uint32_t ow = 0; ow < window_.output_columns; ++ow) {
        for (std::uint32_t t = 0; t < vector_.channel_groups; ++t) {
          RunGroup({oh, ow}, t);
        }
      }
    }
  }

 private:
  void RunGroup(Position position, std::uint32_t t) {
    const bool is_last = t + 1 == vector_.channel_groups;
    const std::uint32_t lanes = is_last ? vector_.valid_lanes : group_lanes_;
    const std::uint64_t target =
        OutputAddress(window_, bus_bytes_, position) + std::uint64_t{t} * group_lanes_;
    if (operation_ == VectorOperation::kAddition) {
      const KernelRun second = window_.runs_x == 2 ? KernelRun{0, 1} : KernelRun{1, 0};
      const std::uint8_t* a = Tap(position, {0, 0}, t, lanes);
      const std::uint8_t* b = Tap(position, second, t, lanes);
      std::uint8_t* out = storage_.output.At(target, lanes, Unit::kPost);
      for (std::uint32_t i = 0; i < lanes; ++i) {
        out[i] = Add(static_cast<std::int8_t>(a[i]), static_cast<std::int8_t>(b[i]), i);
      }
      return;
    }
    Reduce(position, t, lanes);
    std::uint8_t* out = storage_.output.At(target, lanes, Unit::kPost);
    for (std::uint32_t i = 0; i < lanes; ++i) {
      const ParameterSet& set = first_set_[i];
      const std::int64_t v =
          golden::WrapToAccumulator(std::int64_t{reduced_[i]} + set.bias, kVectorBits);
      out[i] = static_cast<std::uint8_t>(golden::Requantize(
          v, set.multiplier, set.shift, window_.zero_out, window_.lo, window_.hi));
    }
  }

  // The bytes one tap reads for channel group t.
  const std::uint8_t* Tap(Position position, KernelRun run, std::uint32_t t, std::uint32_t lanes) {
    const RunAddress address = AddressOf(window_, bus_bytes_, position, run);
    return storage_.activation.at(address.group)
        .At(address.byte + std::uint64_t{t} * group_lanes_, lanes, Unit::kFeeder);
  }

  // Maximum or sum over all taps into reduced_.
  void Reduce(Position position, std::uint32_t t, std::uint32_t lanes) {
    const bool is_maximum = operation_ == VectorOperation::kMaximum;
    reduced_.assign(lanes, is_maximum ? -128 : 0);
    for (std::uint32_t ky = 0; ky < window_.runs_y; ++ky) {
      for (std::uint32_t kx = 0; kx < window_.runs_x; ++kx) {
        const std::uint8_t* tap = Tap(position, {ky, kx}, t, lanes);
        for (std::uint32_t i = 0; i < lanes; ++i) {
          const std::int32_t x = static_cast<std::int8_t>(tap[i]);
          reduced_[i] = is_maximum ? std::max(reduced_[i], x) : reduced_[i] + x;
        }
      }
    }
  }

  // docs/arithmetic.md section 5 for lane i.
  [[nodiscard]] std::uint8_t Add(std::int8_t a, std::int8_t b, std::size_t i) const {
    const ParameterSet& set_a = first_set_[i];
    const ParameterSet& set_b = second_set_[i];
    const std::int64_t v_a = golden::WrapToAccumulator(std::int64_t{a} + set_a.bias, kVectorBits);
    const std::int64_t v_b = golden::WrapToAccumulator(std::int64_t{b} + set_b.bias, kVectorBits);
    const std::int64_t product = v_a * set_a.multiplier + v_b * set_b.multiplier;
    const std::int64_t rescaled = golden::ShiftHalfUp(product, set_b.shift) + window_.zero_out;
    return static_cast<std::uint8_t>(golden::Clamp(rescaled, window_.lo, window_.hi));
  }

  const VectorCommand& vector_;
  const WindowFields& window_;
  VectorOperation operation_;
  Storage& storage_;
  std::uint64_t bus_bytes_;
  std::uint32_t group_lanes_;  // V
  std::vector<ParameterSet> first_set_;
  std::vector<ParameterSet> second_set_;
  std::vector<std::int32_t> reduced_;
};

}  // namespace

void ExecuteVector(const VectorCommand& vector,
                   const DeviceParameters& parameters,
                   Storage& storage) {
  VectorExecution(vector, parameters, storage).Run();
}

}  // namespace denseshift::sim
