// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/rtl/feeder_bench.h"

#include <cstddef>
#include <vector>

namespace denseshift::rtl {

Conv FeederBench::MakeConv() {
  Conv conv = RandomConv(*random_, sizes_.lanes, sizes_.bus_bytes, sizes_.group_bytes);
  conv.SplitInto(random_->Word(1, sizes_.depth));
  conv.tiles = random_->Word(1, 3);
  conv.valid = random_->Word(1, sizes_.columns);
  conv.steps = static_cast<std::uint32_t>(StepsOf(conv, sizes_.lanes).size());
  return conv;
}

Vector FeederBench::MakeVector() {
  return RandomVector(*random_, sizes_.VectorLanes(), sizes_.bus_bytes, sizes_.group_bytes);
}

void FeederBench::Add(const Conv& conv) {
  commands.push_back(conv.Encode());
  const std::vector<Step> steps = StepsOf(conv, sizes_.lanes);
  for (std::uint32_t stripe = 0; stripe < conv.stripes; ++stripe) {
    const std::uint32_t length = stripe + 1 == conv.stripes ? conv.last_stripe : conv.stripe;
    for (std::uint32_t tile = 0; tile < conv.tiles; ++tile) {
      for (std::size_t step = 0; step < steps.size(); ++step) {
        for (std::uint32_t p = 0; p < length; ++p) {
          Issue issue = MakeIssue(conv, steps[step], stripe * conv.stripe + p);
          issue.starts_tile = p == 0;
          issue.first = conv.first && step == 0;
          issue.claims = p == 0 && issue.first;
          issue.last = step + 1 == steps.size() && p + 1 == length;
          issue.drains = issue.last && conv.last;
          issue.position = p;
          issue.bank = bank_;
          issues.push_back(issue);
        }
      }
      bank_ = conv.last ? 1 - bank_ : bank_;
    }
  }
  issues.back().ends = true;
}

Issue FeederBench::MakeIssue(const Conv& conv, const Step& step, std::uint32_t position) const {
  const std::uint64_t row = std::uint64_t{position / conv.columns} * conv.row_stride;
  const std::uint64_t x = std::uint64_t{position % conv.columns} * conv.x_stride + conv.x0;
  const std::uint32_t ky = step.run / conv.runs_x;
  const std::uint32_t kx = step.run % conv.runs_x;
  Issue issue;
  issue.a = PlaceOf(conv,
                    sizes_.bus_bytes,
                    row + std::uint64_t{ky} * conv.kernel_step,
                    x + std::uint64_t{kx} * conv.run_step + step.offset);
  issue.length_a = step.length_a;
  if (step.length_b > 0) {
    issue.b = PlaceOf(conv, sizes_.bus_bytes, row + std::uint64_t{ky + 1} * conv.kernel_step, x);
    issue.length_b = step.length_b;
  }
  return issue;
}

void FeederBench::Add(const Vector& vector) {
  commands.push_back(vector.Encode());
  const std::uint32_t taps = vector.runs_x * vector.runs_y;
  for (std::uint32_t position = 0; position < vector.Positions(); ++position) {
    for (std::uint32_t group = 0; group < vector.groups; ++group) {
      for (std::uint32_t tap = 0; tap < taps; ++tap) {
        const std::uint64_t row = position / vector.columns * vector.row_stride +
                                  tap / vector.runs_x * vector.kernel_step;
        const std::uint64_t x = vector.x0 + position % vector.columns * vector.x_stride +
                                tap % vector.runs_x * vector.run_step +
                                group * sizes_.VectorLanes();
        Issue issue;
        issue.vector = true;
        issue.a = PlaceOf(vector, sizes_.bus_bytes, row, x);
        issue.length_a = group + 1 == vector.groups ? vector.valid : sizes_.VectorLanes();
        issue.first = tap == 0;
        issue.last = tap + 1 == taps;
        issue.operation = vector.operation;
        issues.push_back(issue);
      }
    }
  }
  issues.back().ends = true;
}

void FeederBench::Clear() {
  commands.clear();
  issues.clear();
  bank_ = 0;
}

}  // namespace denseshift::rtl
