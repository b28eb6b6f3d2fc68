// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/rtl/post_bench.h"

#include <algorithm>
#include <numeric>

#include "golden/arithmetic/accumulator.h"
#include "golden/arithmetic/requantize.h"

namespace denseshift::rtl {
namespace {

std::int64_t Signed(std::uint32_t word) {
  return static_cast<std::int32_t>(word);
}

}  // namespace

PostBench::PostBench(const PostSizes& sizes, Random& random) : sizes_(sizes), random_(&random) {
  parameters_.resize(sizes.entries, std::vector<Parameter>(sizes.columns));
  for (std::vector<Parameter>& entry : parameters_) {
    for (Parameter& parameter : entry) {
      parameter.bias = static_cast<std::uint32_t>(random.Between(0, 4000)) - 2000U;
      parameter.multiplier = static_cast<std::uint16_t>(random.Between(0, 65535));
      parameter.shift = static_cast<int>(random.Between(8, 26));
    }
  }
}

// Any pitches and bounds that keep the outputs inside the buffer.
void PostBench::ChooseOutput(Walk& walk, std::uint32_t channels) {
  walk.columns = random_->Word(1, 6);
  walk.rows = random_->Word(1, 5);
  walk.position_pitch = random_->Chance(70) ? channels : random_->Word(0, 2 * channels);
  walk.row_pitch = random_->Word(0, 6);
  const std::uint32_t reach = (walk.rows - 1) * walk.row_pitch * sizes_.bus_bytes +
                              (walk.columns - 1) * walk.position_pitch + channels;
  walk.out_base = random_->Word(0, sizes_.out_bytes - reach);
  walk.zero_out = static_cast<std::int32_t>(random_->Between(0, 255)) - 128;
  walk.lo = static_cast<std::int32_t>(random_->Between(0, 100)) - 128;
  walk.hi = 127 - static_cast<std::int32_t>(random_->Between(0, 100));
}

Conv PostBench::MakeConv() {
  Conv conv;
  conv.tiles = random_->Word(1, 3);
  conv.valid = random_->Word(1, sizes_.columns);
  ChooseOutput(conv, (conv.tiles - 1) * sizes_.columns + conv.valid);
  conv.SplitInto(random_->Word(1, sizes_.depth));
  conv.parameter_base = random_->Word(0, sizes_.entries - conv.tiles);
  return conv;
}

Vector PostBench::MakeVector() {
  Vector vector;
  vector.operation = static_cast<Operation>(random_->Word(0, 2));
  vector.groups = random_->Word(1, 3);
  vector.valid = random_->Word(1, sizes_.VectorLanes());
  ChooseOutput(vector, (vector.groups - 1) * sizes_.VectorLanes() + vector.valid);
  vector.runs_x = random_->Word(1, 3);
  vector.runs_y = random_->Word(1, 3);
  vector.parameter_base = random_->Word(0, sizes_.entries - 1);
  if (vector.operation == Operation::kAddition) {
    vector.runs_x = random_->Word(1, 2);
    vector.runs_y = 3 - vector.runs_x;
    vector.parameter_base = random_->Word(0, sizes_.entries - 2);
  }
  return vector;
}

void PostBench::Finish(const Command& command, bool signal) {
  commands.push_back(command);
  if (signal) {
    commands.back().SignalB();
  }
  signals.push_back(signal);
  left.push_back(write_count_);
  ++command_count_;
}

OutputWrite PostBench::MakeWrite(const Walk& walk,
                                 std::uint32_t position,
                                 std::uint32_t channel) const {
  const std::uint64_t row = position / walk.columns;
  const std::uint64_t column = position % walk.columns;
  return {walk.out_base + row * walk.row_pitch * sizes_.bus_bytes + column * walk.position_pitch +
              channel,
          {}};
}

void PostBench::Add(const Conv& conv, bool signal) {
  for (std::uint32_t stripe = 0; stripe < conv.stripes; ++stripe) {
    const std::uint32_t length = stripe + 1 == conv.stripes ? conv.last_stripe : conv.stripe;
    for (std::uint32_t tile = 0; tile < conv.tiles; ++tile) {
      PostEvent event;
      event.command = command_count_;
      event.drains = conv.last;
      const std::uint32_t valid = tile + 1 == conv.tiles ? conv.valid : sizes_.columns;
      for (std::uint32_t p = 0; conv.last && p < length; ++p) {
        std::vector<std::uint32_t>& sums = event.sums.emplace_back(sizes_.columns);
        OutputWrite write = MakeWrite(conv, stripe * conv.stripe + p, tile * sizes_.columns);
        for (std::uint32_t column = 0; column < sizes_.columns; ++column) {
          sums[column] = static_cast<std::uint32_t>(random_->Any()) >> random_->Between(0, 31);
          const std::uint32_t entry = conv.parameter_base + tile;
          if (column < valid && entry < sizes_.entries) {
            const Parameter& parameter = parameters_[entry][column];
            const std::int64_t v = golden::WrapToAccumulator(
                Signed(sums[column]) + Signed(parameter.bias), sizes_.acc_bits);
            write.bytes.push_back(static_cast<std::uint8_t>(golden::Requantize(
                v, parameter.multiplier, parameter.shift, conv.zero_out, conv.lo, conv.hi)));
          }
        }
        writes.push_back(write);
        ++write_count_;
      }
      events.push_back(event);
    }
  }
  Finish(conv.Encode(), signal);
}

// docs/arithmetic.md sections 4 and 5.
std::uint8_t PostBench::PoolOutput(const Vector& vector,
                                   const std::vector<std::int8_t>& taps,
                                   std::uint32_t lane) const {
  const Parameter& parameter = parameters_[vector.parameter_base][lane];
  if (vector.operation == Operation::kAddition) {
    const Parameter& second = parameters_[vector.parameter_base + 1][lane];
    const std::int64_t sum = (taps[0] + Signed(parameter.bias)) * parameter.multiplier +
                             (taps[1] + Signed(second.bias)) * second.multiplier;
    return static_cast<std::uint8_t>(golden::Clamp(
        golden::ShiftHalfUp(sum, second.shift) + vector.zero_out, vector.lo, vector.hi));
  }
  const std::int64_t pooled = vector.operation == Operation::kMaximum
                                  ? *std::max_element(taps.begin(), taps.end())
                                  : std::accumulate(taps.begin(), taps.end(), std::int64_t{0});
  return static_cast<std::uint8_t>(golden::Requantize(pooled + Signed(parameter.bias),
                                                      parameter.multiplier,
                                                      parameter.shift,
                                                      vector.zero_out,
                                                      vector.lo,
                                                      vector.hi));
}

void PostBench::Add(const Vector& vector, bool signal) {
  const std::uint32_t taps = vector.runs_x * vector.runs_y;
  for (std::uint32_t position = 0; position < vector.Positions(); ++position) {
    for (std::uint32_t group = 0; group < vector.groups; ++group) {
      const std::uint32_t valid = group + 1 == vector.groups ? vector.valid : sizes_.VectorLanes();
      std::vector<std::vector<std::int8_t>> values(valid);
      for (std::uint32_t tap = 0; tap < taps; ++tap) {
        PostEvent event;
        event.command = command_count_;
        event.is_tap = true;
        event.first = tap == 0;
        event.last = tap + 1 == taps;
        event.operation = vector.operation;
        event.x = random_->ByteVector(sizes_.lanes);
        for (std::uint32_t lane = 0; lane < valid; ++lane) {
          values[lane].push_back(static_cast<std::int8_t>(event.x[lane]));
        }
        events.push_back(event);
      }
      OutputWrite write = MakeWrite(vector, position, group * sizes_.VectorLanes());
      for (std::uint32_t lane = 0; lane < valid; ++lane) {
        write.bytes.push_back(PoolOutput(vector, values[lane], lane));
      }
      writes.push_back(write);
      ++write_count_;
    }
  }
  Finish(vector.Encode(), signal);
}

}  // namespace denseshift::rtl
