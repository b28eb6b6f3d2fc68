// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/steps.h"

#include <algorithm>

#include "driver/compiler/integers.h"

namespace denseshift::driver {
namespace {

constexpr int kMaxRunLength = 65535;  // field run_len
constexpr int kMaxRuns = 255;         // fields runs_x, runs_y

// Walks the steps, calling visit(step) for each.
template <typename Visit>
void WalkSteps(int lanes, int runs, int run_len, bool dual, Visit visit) {
  int run = 0;
  int offset = 0;
  while (run < runs) {
    Step step{run, offset, std::min(lanes, run_len - offset), 0};
    if (step.length_a < lanes && dual && run + 1 < runs) {
      step.length_b = std::min(lanes - step.length_a, run_len);
    }
    visit(step);
    if (step.length_b > 0) {
      run += step.length_b == run_len ? 2 : 1;
      offset = step.length_b == run_len ? 0 : step.length_b;
    } else if (offset + step.length_a == run_len) {
      ++run;
      offset = 0;
    } else {
      offset += step.length_a;
    }
  }
}

// Fills in dual and steps.
KernelBlock Finish(KernelBlock block, bool odd_row_step, int lanes) {
  const int runs = block.runs_x * block.runs_y;
  block.steps = CountSteps(lanes, runs, block.run_len, false);
  if (odd_row_step && block.runs_x == 1) {
    const int dual_steps = CountSteps(lanes, runs, block.run_len, true);
    block.dual = dual_steps < block.steps;
    block.steps = std::min(block.steps, dual_steps);
  }
  return block;
}

// How many items of `steps_each` steps go into one block; 0 if not even one.
int PerBlock(int max_steps, int steps_each, int items) {
  return std::min({max_steps / steps_each, items, kMaxRuns});
}

}  // namespace

std::vector<Step> CutSteps(int lanes, int runs, int run_len, bool dual) {
  std::vector<Step> steps;
  WalkSteps(lanes, runs, run_len, dual, [&](const Step& step) { steps.push_back(step); });
  return steps;
}

int CountSteps(int lanes, int runs, int run_len, bool dual) {
  if (!dual) {
    return static_cast<int>(runs * CeilDivide(run_len, lanes));
  }
  int count = 0;
  WalkSteps(lanes, runs, run_len, dual, [&](const Step& /*step*/) { ++count; });
  return count;
}

KernelRuns MakeKernelRuns(
    int kernel_h, int kernel_w, int dilation_h, int dilation_w, int channels) {
  KernelRuns kernel;
  const bool contiguous = dilation_w == 1 || kernel_w == 1;
  kernel.runs_x = contiguous ? 1 : kernel_w;
  kernel.runs_y = kernel_h;
  kernel.run_len = contiguous ? kernel_w * channels : channels;
  kernel.run_step = contiguous ? 0 : dilation_w * channels;
  kernel.odd_row_step = dilation_h % 2 == 1;
  return kernel;
}

std::vector<KernelBlock> SplitKernel(const KernelRuns& kernel, int lanes, int max_steps) {
  const bool run_fits = kernel.run_len <= kMaxRunLength;
  KernelBlock whole{0, 0, 0, kernel.runs_y, kernel.runs_x, kernel.run_len, false, 1};
  if (run_fits && std::max(kernel.runs_x, kernel.runs_y) <= kMaxRuns) {
    whole = Finish(whole, kernel.odd_row_step, lanes);
    if (whole.steps <= max_steps) {
      return {whole};
    }
  }
  const int run_steps = (kernel.run_len + lanes - 1) / lanes;
  const int rows = run_fits && kernel.runs_x <= kMaxRuns
                       ? PerBlock(max_steps, run_steps * kernel.runs_x, kernel.runs_y)
                       : 0;
  const int runs = run_fits ? PerBlock(max_steps, run_steps, kernel.runs_x) : 0;
  const int bytes = std::min(max_steps, kMaxRunLength / lanes) * lanes;
  std::vector<KernelBlock> blocks;
  const auto add = [&](const KernelBlock& block) {
    blocks.push_back(Finish(block, kernel.odd_row_step, lanes));
  };
  for (int y = 0; y < kernel.runs_y; y += std::max(rows, 1)) {
    if (rows > 0) {
      const int count = std::min(rows, kernel.runs_y - y);
      add({y, 0, 0, count, kernel.runs_x, kernel.run_len, false, 1});
      continue;
    }
    for (int x = 0; x < kernel.runs_x; x += std::max(runs, 1)) {
      if (runs > 0) {
        add({y, x, 0, 1, std::min(runs, kernel.runs_x - x), kernel.run_len, false, 1});
        continue;
      }
      for (int byte = 0; byte < kernel.run_len; byte += bytes) {
        add({y, x, byte, 1, 1, std::min(bytes, kernel.run_len - byte), false, 1});
      }
    }
  }
  return blocks;
}

std::vector<KernelBlock> SplitBlock(const KernelRuns& kernel,
                                    const KernelBlock& block,
                                    int lanes,
                                    int max_steps) {
  KernelRuns part = kernel;
  part.runs_x = block.runs_x;
  part.runs_y = block.runs_y;
  part.run_len = block.run_len;
  std::vector<KernelBlock> blocks = SplitKernel(part, lanes, max_steps);
  for (KernelBlock& of_part : blocks) {
    of_part.run_y += block.run_y;
    of_part.run_x += block.run_x;
    of_part.offset += block.offset;
  }
  return blocks;
}

KernelByte LocateByte(
    const KernelRuns& kernel, const KernelBlock& block, int channels, int run, int byte) {
  const int in_run = block.offset + byte;
  KernelByte place;
  place.kernel_row = block.run_y + run / block.runs_x;
  place.channel = in_run % channels;
  place.kernel_column = kernel.runs_x == 1 ? in_run / channels : block.run_x + run % block.runs_x;
  return place;
}

}  // namespace denseshift::driver
