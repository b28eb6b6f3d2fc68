// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/rtl/steps.h"

#include <algorithm>

namespace denseshift::rtl {
namespace {

// Bytes of a row that windows of `length` bytes per run reach.
std::uint32_t RowBytes(const Walk& walk, std::uint32_t length) {
  return walk.x0 + (walk.columns - 1) * walk.x_stride + (walk.runs_x - 1) * walk.run_step + length;
}

// Chooses what lies around the window; returns whether the rows fit.
bool PlaceRows(
    Random& random, Walk& walk, std::uint32_t length, std::uint32_t bus, std::uint32_t group) {
  const std::uint32_t words = (RowBytes(walk, length) + bus - 1) / bus;
  walk.pitch = words + random.Word(0, 2);
  walk.parity = random.Word(0, 1);
  const std::uint32_t rows =
      (walk.rows - 1) * walk.row_stride + (walk.runs_y - 1) * walk.kernel_step + 1;
  const std::uint32_t used = ((walk.parity + rows - 1) / 2) * walk.pitch + words;
  if (used > group / bus) {
    return false;
  }
  walk.base = random.Word(0, group / bus - used);
  return true;
}

void ShapeWindow(Random& random, Walk& walk, std::uint32_t channels) {
  walk.columns = random.Word(1, 6);
  walk.rows = random.Word(1, 5);
  walk.row_stride = random.Word(1, 3);
  walk.kernel_step = random.Word(1, 3);
  walk.runs_y = random.Word(1, 4);
  walk.x0 = random.Word(0, 40);
  walk.x_stride = random.Word(1, 3) * channels;
}

}  // namespace

std::vector<Step> StepsOf(const Conv& conv, std::uint32_t lanes) {
  std::vector<Step> steps;
  const std::uint32_t runs = conv.runs_x * conv.runs_y;
  std::uint32_t run = 0;
  std::uint32_t offset = 0;
  while (run < runs) {
    Step step{run, offset, std::min(lanes, conv.run_length - offset), 0};
    if (step.length_a < lanes && conv.dual && run != runs - 1) {
      step.length_b = std::min(lanes - step.length_a, conv.run_length);
    }
    steps.push_back(step);
    if (step.length_b > 0) {
      const bool whole = step.length_b == conv.run_length;
      run += whole ? 2 : 1;
      offset = whole ? 0 : step.length_b;
    } else if (offset + step.length_a < conv.run_length) {
      offset += step.length_a;
    } else {
      ++run;
      offset = 0;
    }
  }
  return steps;
}

Place PlaceOf(const Walk& walk, std::uint32_t bus_bytes, std::uint64_t row, std::uint64_t x) {
  const std::uint64_t from_parity = walk.parity + row;
  const std::uint64_t slot = (walk.base + (from_parity >> 1) * walk.pitch) % (1U << 17);
  return {static_cast<std::uint32_t>(from_parity % 2), (slot * bus_bytes + x) % (1U << 24)};
}

Conv RandomConv(Random& random,
                std::uint32_t lanes,
                std::uint32_t bus_bytes,
                std::uint32_t group_bytes) {
  while (true) {
    Conv conv;
    const std::uint32_t channels = random.Word(1, random.Chance(50) ? 6 : 3 * lanes);
    const std::uint32_t kernel = random.Word(1, 4);
    ShapeWindow(random, conv, channels);
    if (random.Chance(30)) {
      conv.runs_x = kernel;
      conv.run_step = random.Word(1, 3) * channels;
      conv.run_length = channels;
    } else {
      conv.run_length = kernel * channels;
    }
    conv.dual = conv.runs_x == 1 && conv.kernel_step % 2 == 1 && random.Chance(70);
    if (PlaceRows(random, conv, conv.run_length, bus_bytes, group_bytes)) {
      return conv;
    }
  }
}

Vector RandomVector(Random& random,
                    std::uint32_t lanes,
                    std::uint32_t bus_bytes,
                    std::uint32_t group_bytes) {
  while (true) {
    Vector vector;
    vector.operation = static_cast<Operation>(random.Word(0, 2));
    vector.groups = random.Word(1, 3);
    vector.valid = random.Word(1, lanes);
    const std::uint32_t channels = (vector.groups - 1) * lanes + vector.valid;
    ShapeWindow(random, vector, channels);
    vector.runs_x = random.Word(1, 3);
    if (vector.operation == Operation::kAddition) {
      vector.runs_x = random.Word(1, 2);
      vector.runs_y = 3 - vector.runs_x;
    }
    vector.run_step = random.Word(1, 2) * channels;
    if (PlaceRows(random, vector, channels, bus_bytes, group_bytes)) {
      return vector;
    }
  }
}

}  // namespace denseshift::rtl
