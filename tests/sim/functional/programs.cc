// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/sim/functional/programs.h"

#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <string>

#include "golden/arithmetic/offset_binary.h"

namespace denseshift::sim {
namespace {

std::uint32_t U32(int value) {
  return static_cast<std::uint32_t>(value);
}

// One byte of the reduction: kernel row and column, channel.
struct Tap {
  int ky = 0;
  int kx = 0;
  int c = 0;
  int run = 0;  // number of its run in the command
};

// The kernel rows of one CONV command.
struct Part {
  int ky_begin = 0;
  int ky_end = 0;
};

int RunsX(const golden::Window& window) {
  return window.dilation_w > 1 ? window.kernel_w : 1;
}

std::vector<Tap> TapsOf(const golden::Window& window, int channels, Part part) {
  std::vector<Tap> taps;
  for (int ky = part.ky_begin; ky < part.ky_end; ++ky) {
    for (int kx = 0; kx < window.kernel_w; ++kx) {
      for (int c = 0; c < channels; ++c) {
        const int row = ky - part.ky_begin;
        taps.push_back({ky, kx, c, RunsX(window) == 1 ? row : row * window.kernel_w + kx});
      }
    }
  }
  return taps;
}

// The bytes each step takes, one byte at a time: a step ends when its lanes are full
// or when the next byte is of a run it must not take from.
std::vector<std::vector<Tap>> StepsOf(const std::vector<Tap>& taps, int lanes, bool dual) {
  std::vector<std::vector<Tap>> steps;
  for (const Tap& tap : taps) {
    const bool needs_step = steps.empty() ||
                            steps.back().size() == static_cast<std::size_t>(lanes) ||
                            tap.run - steps.back().front().run > (dual ? 1 : 0);
    if (needs_step) {
      steps.emplace_back();
    }
    steps.back().push_back(tap);
  }
  return steps;
}

// A bit stream, first bit in the lowest bit of the first byte.
class BitWriter {
 public:
  void Put(unsigned value, int bits) {
    for (int i = 0; i < bits; ++i) {
      if (count_ % 8 == 0) {
        bytes_.push_back(0);
      }
      bytes_.back() =
          static_cast<std::uint8_t>(bytes_.back() | ((value >> i) & 1U) << (count_ % 8));
      ++count_;
    }
  }

  [[nodiscard]] const std::vector<std::uint8_t>& Bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
  std::size_t count_ = 0;
};

// One sweep: tiles of lanes x columns codes, column tile outermost. Columns past the
// last output channel hold codes of all ones, which must not show.
std::vector<std::uint8_t> PackWeights(const Machine& machine,
                                      const golden::ConvLayer& layer,
                                      int channels,
                                      const std::vector<std::vector<Tap>>& steps,
                                      int code_bits) {
  const int columns = machine.parameters.columns;
  const golden::Window& window = layer.window;
  BitWriter writer;
  for (int t = 0; t * columns < layer.out_channels; ++t) {
    for (const std::vector<Tap>& step : steps) {
      for (int i = 0; i < machine.parameters.lanes; ++i) {
        for (int j = 0; j < columns; ++j) {
          const int m = t * columns + j;
          unsigned code = 0;
          if (m >= layer.out_channels) {
            code = (1U << code_bits) - 1;
          } else if (static_cast<std::size_t>(i) < step.size()) {
            const Tap& tap = step[static_cast<std::size_t>(i)];
            const int index =
                ((m * window.kernel_h + tap.ky) * window.kernel_w + tap.kx) * channels + tap.c;
            code = golden::EncodeCode(layer.weights[static_cast<std::size_t>(index)], code_bits);
          }
          writer.Put(code, code_bits);
        }
      }
    }
  }
  return writer.Bytes();
}

std::vector<TestParameterSet> FoldedParameters(const Machine& machine,
                                               const golden::ConvLayer& layer) {
  const auto channels = static_cast<std::size_t>(layer.out_channels);
  const std::size_t taps = layer.weights.size() / channels;
  std::vector<TestParameterSet> sets;
  for (std::size_t m = 0; m < channels; ++m) {
    const auto begin = layer.weights.begin() + static_cast<std::ptrdiff_t>(m * taps);
    const std::vector<golden::Code> weights(begin, begin + static_cast<std::ptrdiff_t>(taps));
    sets.push_back(
        {golden::FoldBias(weights, layer.bias[m], layer.zero_in, machine.parameters.acc_bits),
         layer.scale[m].multiplier,
         layer.scale[m].shift});
  }
  return sets;
}

// What all CONV commands of a convolution have in common.
struct ConvSetting {
  const golden::ConvLayer& layer;
  const golden::Tensor& in;
  const golden::Tensor& out;  // shape only
  const LoadedImage& image;
  const ConvPlan& plan;
};

// The CONV command of one part without its weights.
TestCommand ConvPart(const Machine& machine, const ConvSetting& setting, Part part) {
  const golden::Window& window = setting.layer.window;
  const golden::Tensor& in = setting.in;
  const golden::Tensor& out = setting.out;
  const ConvPlan& plan = setting.plan;
  golden::Window rows = window;
  rows.kernel_h = part.ky_end - part.ky_begin;
  TestCommand conv = Command(TestOpcode::kConv);
  const Walk walk = {part.ky_begin * window.dilation_h, 0, out.height, out.width};
  SetWindow(conv, setting.image, rows, walk, in.channels);
  SetOutput(conv, machine, out.width, out.channels);
  SetRange(conv, setting.layer.output);
  const int runs_x = RunsX(window);
  conv.Set(5, 15, 0, U32(runs_x == 1 ? window.kernel_w * in.channels : in.channels));
  conv.Set(6, 7, 0, U32(runs_x));
  conv.Set(15, 23, 0, U32(runs_x == 1 ? 0 : window.dilation_w * in.channels));

  const int positions = out.height * out.width;
  const int stripes = (positions + plan.stripe_length - 1) / plan.stripe_length;
  const int tiles = (out.channels + machine.parameters.columns - 1) / machine.parameters.columns;
  conv.Set(8, 15, 0, U32(plan.stripe_length)).Set(8, 31, 16, U32(stripes));
  conv.Set(9, 15, 0, U32(positions - (stripes - 1) * plan.stripe_length))
      .Set(9, 31, 16, U32(tiles));
  conv.Set(10, 7, 0, U32(out.channels - (tiles - 1) * machine.parameters.columns));
  conv.Set(10, 10, 8, U32(plan.code_bits)).Set(10, 11, 11, plan.dual ? 1 : 0);
  conv.Set(10, 12, 12, part.ky_begin == 0 ? 1 : 0);
  conv.Set(10, 13, 13, part.ky_end == window.kernel_h ? 1 : 0);
  return conv;
}

}  // namespace

LoadedImage LoadImage(Machine& machine,
                      const golden::Tensor& in,
                      const golden::Window& window,
                      int fill,
                      std::uint32_t base,
                      std::uint32_t par) {
  const std::uint32_t bus = machine.BusBytes();
  const std::uint32_t row_bytes = U32(in.width * in.channels);
  const std::uint32_t words = machine.Words(row_bytes);
  const std::uint32_t left = machine.Words(U32(window.pad_left * in.channels));
  const std::uint32_t right =
      machine.Words(row_bytes + U32(window.pad_right * in.channels)) - words;

  const std::uint32_t address = machine.Allocate(std::size_t{words} * bus * U32(in.height));
  for (int h = 0; h < in.height; ++h) {
    machine.device.WriteMemory(
        address + U32(h) * words * bus, in.data.data() + in.Index(h, 0, 0), row_bytes);
  }
  LoadedImage image;
  image.x0 = left * bus - U32(window.pad_left * in.channels);
  image.pitch = left + words + right;
  image.base = base;
  image.par = par;
  image.load = Load(kToActivation, address, U32(in.height), words, bus);
  image.load.Set(5, 2, 2, par)
      .Set(5, 15, 8, U32(fill))
      .Set(5, 21, 16, row_bytes - (words - 1) * bus);
  image.load.Set(6, 15, 0, left).Set(6, 31, 16, right);
  image.load.Set(7, 15, 0, U32(window.pad_top)).Set(7, 31, 16, U32(window.pad_bottom));
  image.load.Set(8, 15, 0, base).Set(8, 31, 16, image.pitch);
  return image;
}

void SetWindow(TestCommand& command,
               const LoadedImage& image,
               const golden::Window& window,
               const Walk& walk,
               int in_channels) {
  const std::uint32_t parity_row = image.par + U32(walk.first_row);
  command.Set(2, 15, 0, image.base + parity_row / 2 * image.pitch).Set(2, 31, 16, image.pitch);
  command.Set(3, 23, 0, image.x0 + U32(walk.first_byte));
  command.Set(4, 23, 0, U32(window.stride_w * in_channels));
  command.Set(4, 24, 24, U32(window.stride_h % 2));
  command.Set(5, 31, 16, U32(window.dilation_h / 2) * image.pitch);
  command.Set(6, 7, 0, U32(window.kernel_w)).Set(6, 15, 8, U32(window.kernel_h));
  command.Set(6, 31, 16, U32(window.stride_h / 2) * image.pitch);
  command.Set(7, 15, 0, U32(walk.output_width)).Set(7, 31, 16, U32(walk.output_height));
  command.Set(10, 14, 14, parity_row % 2);
  command.Set(15, 23, 0, U32(window.dilation_w * in_channels));
  command.Set(15, 24, 24, U32(window.dilation_h % 2));
}

void SetOutput(TestCommand& command, const Machine& machine, int width, int channels, int base) {
  command.Set(12, 23, 0, U32(base));
  command.Set(13, 15, 0, U32(channels)).Set(13, 31, 16, machine.Words(U32(width * channels)));
}

void SetRange(TestCommand& command, const golden::OutputRange& range) {
  command.Set(12, 31, 24, U32(range.zero_out));
  command.Set(14, 23, 16, U32(range.lo)).Set(14, 31, 24, U32(range.hi));
}

std::uint32_t TensorBytes(const Machine& machine, const golden::Tensor& shape) {
  return machine.Words(U32(shape.width * shape.channels)) * machine.BusBytes() * U32(shape.height);
}

TestCommand StoreTensor(const Machine& machine,
                        const golden::Tensor& shape,
                        std::uint32_t address) {
  const std::uint32_t row_bytes = U32(shape.width * shape.channels);
  const std::uint32_t words = machine.Words(row_bytes);
  TestCommand store = Store(address, U32(shape.height), words, machine.BusBytes());
  store.Set(5, 21, 16, row_bytes - (words - 1) * machine.BusBytes());
  return store;
}

golden::Tensor ReadTensor(Machine& machine, const golden::Tensor& shape, std::uint32_t address) {
  golden::Tensor out = shape;
  const std::uint32_t row_bytes = U32(shape.width * shape.channels);
  const std::uint32_t row_stride = machine.Words(row_bytes) * machine.BusBytes();
  for (int h = 0; h < out.height; ++h) {
    machine.device.ReadMemory(
        address + U32(h) * row_stride, out.data.data() + out.Index(h, 0, 0), row_bytes);
  }
  return out;
}

golden::Tensor RunConv(Machine& machine,
                       const golden::ConvLayer& layer,
                       const golden::Tensor& in,
                       const ConvPlan& plan) {
  const golden::Window& window = layer.window;
  const golden::Tensor out(
      golden::OutputHeight(window, in), golden::OutputWidth(window, in), layer.out_channels);
  const LoadedImage image = LoadImage(machine, in, window, layer.zero_in, 0, plan.par);
  std::vector<TestCommand> list = {image.load,
                                   machine.LoadParameters(FoldedParameters(machine, layer), 1)};
  std::vector<TestCommand> convs;
  std::uint32_t weight_word = 0;
  int ky_begin = 0;
  std::vector<int> ends = plan.cuts;
  ends.push_back(window.kernel_h);
  for (const int ky_end : ends) {
    const Part part = {ky_begin, ky_end};
    const auto steps =
        StepsOf(TapsOf(window, in.channels, part), machine.parameters.lanes, plan.dual);
    const auto sweep = PackWeights(machine, layer, in.channels, steps, plan.code_bits);
    list.push_back(machine.LoadWeights(sweep, weight_word));
    TestCommand conv = ConvPart(machine, {layer, in, out, image, plan}, part);
    conv.Set(10, 31, 16, static_cast<std::uint32_t>(steps.size()));
    conv.Set(11, 15, 0, weight_word).Set(11, 31, 16, machine.Words(sweep.size()));
    conv.Set(14, 15, 0, 1);  // parameter base
    convs.push_back(conv);
    weight_word += machine.Words(sweep.size());
    ky_begin = ky_end;
  }
  list.back().SignalA();
  convs.front().WaitA(1);
  convs.back().SignalB();
  list.insert(list.end(), convs.begin(), convs.end());
  const std::uint32_t address = machine.Allocate(TensorBytes(machine, out));
  list.push_back(StoreTensor(machine, out, address).WaitA(1));
  const std::uint32_t error = machine.Run(list);
  if (error != 0) {
    throw std::runtime_error("job ended with error " + std::to_string(error) + ", command " +
                             std::to_string(machine.ErrorCommand()));
  }
  return ReadTensor(machine, out, address);
}

}  // namespace denseshift::sim
