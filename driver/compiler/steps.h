// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_STEPS_H_
#define DENSESHIFT_DRIVER_COMPILER_STEPS_H_

#include <cstdint>
#include <vector>

namespace denseshift::driver {

// One step of the array: up to Lanes bytes of the reduction; docs/commands.md "Steps".
struct Step {
  int run = 0;       // lanes 0 .. length_a - 1 read bytes offset .. of this run
  int offset = 0;    // bytes
  int length_a = 0;  // bytes
  int length_b = 0;  // bytes; the lanes after that read bytes 0 .. of run + 1
};

// Cuts `runs` runs of `run_len` bytes into steps of at most `lanes` bytes.
[[nodiscard]] std::vector<Step> CutSteps(int lanes, int runs, int run_len, bool dual);

// Number of steps CutSteps() gives.
[[nodiscard]] int CountSteps(int lanes, int runs, int run_len, bool dual);

// The kernel window of a layer as runs of consecutive bytes of a row.
struct KernelRuns {
  int runs_x = 1;
  int runs_y = 1;
  int run_len = 1;            // bytes
  int run_step = 0;           // bytes from one run of a kernel row to the next
  bool odd_row_step = false;  // kernel rows alternate between the groups of the activation buffer
};

// An undilated kernel row is one run, a row dilated horizontally has one run per tap.
[[nodiscard]] KernelRuns MakeKernelRuns(
    int kernel_h, int kernel_w, int dilation_h, int dilation_w, int channels);

// A part of the kernel window one CONV command can sum: bytes offset .. offset + run_len - 1 of the
// runs (run_y .. run_y + runs_y - 1) x (run_x .. run_x + runs_x - 1).
struct KernelBlock {
  int run_y = 0;
  int run_x = 0;
  int offset = 0;
  int runs_y = 1;
  int runs_x = 1;
  int run_len = 1;
  bool dual = false;  // set where it saves steps
  int steps = 1;
};

// Cuts a window into blocks of at most `max_steps` steps, whole kernel rows if they fit, else whole
// runs, else parts of runs whose lengths are multiples of `lanes`. One block if all fits.
[[nodiscard]] std::vector<KernelBlock> SplitKernel(const KernelRuns& kernel,
                                                   int lanes,
                                                   int max_steps);

// The same for a block of a window.
[[nodiscard]] std::vector<KernelBlock> SplitBlock(const KernelRuns& kernel,
                                                  const KernelBlock& block,
                                                  int lanes,
                                                  int max_steps);

// Where byte `byte` of run `run` of a block (counted within the block) lies in the window.
struct KernelByte {
  int kernel_row = 0;
  int kernel_column = 0;
  int channel = 0;
};

[[nodiscard]] KernelByte LocateByte(
    const KernelRuns& kernel, const KernelBlock& block, int channels, int run, int byte);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_STEPS_H_
