// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SIM_FUNCTIONAL_PROGRAMS_H_
#define DENSESHIFT_TESTS_SIM_FUNCTIONAL_PROGRAMS_H_

#include <cstdint>
#include <vector>

#include "golden/layers/conv.h"
#include "golden/layers/window.h"
#include "golden/tensor.h"
#include "tests/sim/functional/machine.h"

namespace denseshift::sim {

// Command lists for layers that fit the buffers whole, written out by hand from
// docs/commands.md.

// An image in the activation buffer with its padding around it.
struct LoadedImage {
  TestCommand load;
  std::uint32_t x0 = 0;     // byte of the first padded pixel in a row
  std::uint32_t pitch = 0;  // words from one row of a group to the next
  std::uint32_t base = 0;   // words
  std::uint32_t par = 0;
};

// LOAD of an image with the padding of `window`, filled with `fill`, to word `base` on.
LoadedImage LoadImage(Machine& machine,
                      const golden::Tensor& in,
                      const golden::Window& window,
                      int fill,
                      std::uint32_t base = 0,
                      std::uint32_t par = 0);

// Where a CONV or VECTOR command starts in an image and how it walks over the outputs.
struct Walk {
  int first_row = 0;   // padded input row of output row 0
  int first_byte = 0;  // offset in the padded row
  int output_height = 1;
  int output_width = 1;
};

// Fills w2..w4, w6, w7, w15, the kernel row step and par for a window over an image, with a
// run for each tap.
void SetWindow(TestCommand& command,
               const LoadedImage& image,
               const golden::Window& window,
               const Walk& walk,
               int in_channels);

// w12, w13: dense outputs of `channels` bytes in rows of whole words from byte `base` on.
void SetOutput(TestCommand& command, const Machine& machine, int width, int channels, int base = 0);

// zero_out, lo and hi.
void SetRange(TestCommand& command, const golden::OutputRange& range);

// STORE of a dense output tensor from byte 0 of the output buffer on, and reading it back.
TestCommand StoreTensor(const Machine& machine, const golden::Tensor& shape, std::uint32_t address);
golden::Tensor ReadTensor(Machine& machine, const golden::Tensor& shape, std::uint32_t address);

// Bytes reserved in memory for a tensor stored by StoreTensor.
std::uint32_t TensorBytes(const Machine& machine, const golden::Tensor& shape);

// How a convolution is cut into commands.
struct ConvPlan {
  int code_bits = 4;
  bool dual = false;
  int stripe_length = 16;
  std::uint32_t par = 0;
  // Kernel rows after which a new CONV command of the same sum begins.
  std::vector<int> cuts;
};

// Runs a convolution on the machine and returns its output, read back from memory.
// Throws std::runtime_error if the job ends with an error.
golden::Tensor RunConv(Machine& machine,
                       const golden::ConvLayer& layer,
                       const golden::Tensor& in,
                       const ConvPlan& plan);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_TESTS_SIM_FUNCTIONAL_PROGRAMS_H_
