// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/driver/resnet18.h"

namespace denseshift::driver::testing {
namespace {

Window SquareWindow(int kernel, int stride, int pad) {
  Window window;
  window.kernel_h = window.kernel_w = kernel;
  window.stride_h = window.stride_w = stride;
  window.pad_top = window.pad_left = window.pad_bottom = window.pad_right = pad;
  return window;
}

// Two convolutions and a way around them.
int AddBlock(NetworkBuilder& builder, int input, int channels, int stride, int code_bits) {
  const int first = builder.Conv(input, SquareWindow(3, stride, 1), channels, code_bits);
  const int second = builder.Conv(first, SquareWindow(3, 1, 1), channels, code_bits);
  const bool changes = stride != 1;
  const int around =
      changes ? builder.Conv(input, SquareWindow(1, stride, 0), channels, code_bits) : input;
  return builder.Add(second, around);
}

}  // namespace

void AddResNet18(NetworkBuilder& builder, int code_bits) {
  int tensor = builder.Input(224, 224, 3);
  tensor = builder.Conv(tensor, SquareWindow(7, 2, 3), 64, code_bits);
  tensor = builder.MaxPool(tensor, SquareWindow(3, 2, 1));
  for (const int channels : {64, 128, 256, 512}) {
    tensor = AddBlock(builder, tensor, channels, channels == 64 ? 1 : 2, code_bits);
    tensor = AddBlock(builder, tensor, channels, 1, code_bits);
  }
  tensor = builder.AveragePool(tensor, SquareWindow(7, 1, 0), false);
  builder.Gemm(tensor, 1000, code_bits);
}

}  // namespace denseshift::driver::testing
