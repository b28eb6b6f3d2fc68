// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/denseshift_weights.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fmt/format.h>
#include <stdexcept>

namespace denseshift::driver::frontend {
namespace {

constexpr int kMinBits = 2;

// One channel of the tensor, with what is needed to name it.
struct Channel {
  const std::string& name;
  std::size_t index;
  const double* weights;
  std::size_t count;
  ElementType type;
};

[[noreturn]] void Fail(const Channel& channel, const std::string& why) {
  throw std::runtime_error(
      fmt::format("tensor '{}', output channel {}: not DenseShift weights: {}; every channel must "
                  "be +-2^p times one positive factor: train the layer with DenseShift weights",
                  channel.name,
                  channel.index,
                  why));
}

bool IsDead(const Channel& channel) {
  return std::all_of(
      channel.weights, channel.weights + channel.count, [](double w) { return w == 0.0; });
}

// Refuses a live channel that cannot be DenseShift; returns the exponent of its smallest magnitude.
int CheckMantissas(const Channel& channel) {
  int first_exponent = 0;
  int lowest = 0;
  const double first = std::frexp(std::fabs(channel.weights[0]), &first_exponent);
  for (std::size_t k = 0; k < channel.count; ++k) {
    const double magnitude = std::fabs(channel.weights[k]);
    if (!std::isfinite(magnitude)) {
      Fail(channel, fmt::format("element {} is {}", k, channel.weights[k]));
    }
    if (magnitude == 0.0) {
      Fail(channel, fmt::format("element {} is zero but others are not", k));
    }
    if (magnitude < SmallestNormal(channel.type)) {
      Fail(channel, fmt::format("element {} is subnormal ({})", k, channel.weights[k]));
    }
    int exponent = 0;
    if (std::frexp(magnitude, &exponent) != first) {
      Fail(channel,
           fmt::format("mantissas differ at element {} ({} against {} at element 0)",
                       k,
                       channel.weights[k],
                       channel.weights[0]));
    }
    lowest = k == 0 ? exponent : std::min(lowest, exponent);
  }
  return lowest;
}

int BitsFor(int span) {
  int bits = kMinBits;
  while (span >= (1 << (bits - 1))) {
    ++bits;
  }
  return bits;
}

// Output channels of a weight tensor that is not empty.
std::size_t CountChannels(const std::string& name, const Array& weight) {
  const std::size_t channels = weight.dims.empty() ? 0 : static_cast<std::size_t>(weight.dims[0]);
  if (weight.values.empty() || channels == 0) {
    throw std::runtime_error(
        fmt::format("tensor '{}': weights of shape {} are empty", name, DimsText(weight.dims)));
  }
  return channels;
}

}  // namespace

DenseShiftTensor UnknownWeights(const std::string& name, const Array& weight, int code_bits) {
  DenseShiftTensor result;
  result.code_bits = code_bits;
  result.alpha.assign(CountChannels(name, weight), 1.0);
  return result;
}

DenseShiftTensor RecognizeDenseShift(const std::string& name, const Array& weight, int max_bits) {
  const std::size_t channels = CountChannels(name, weight);
  const std::size_t count = weight.values.size() / channels;
  DenseShiftTensor result;
  result.codes.resize(weight.values.size());
  result.alpha.resize(channels);
  std::vector<int> exponents(weight.values.size(), 0);
  for (std::size_t c = 0; c < channels; ++c) {
    const double* weights = weight.values.data() + c * count;
    const Channel channel{name, c, weights, count, weight.type};
    if (IsDead(channel)) {
      continue;
    }
    const int lowest = CheckMantissas(channel);
    int span = 0;
    for (std::size_t k = 0; k < count; ++k) {
      int exponent = 0;
      const double mantissa = std::frexp(std::fabs(weights[k]), &exponent);
      result.alpha[c] = std::ldexp(mantissa, lowest);
      exponents[c * count + k] = exponent - lowest;
      span = std::max(span, exponent - lowest);
    }
    const int bits = BitsFor(span);
    if (bits > max_bits) {
      Fail(channel,
           fmt::format(
               "exponent span {} needs {} bits, codes have at most {}", span, bits, max_bits));
    }
    result.code_bits = std::max(result.code_bits, bits);
  }
  const int sign_bit = result.code_bits - 1;
  for (std::size_t i = 0; i < result.codes.size(); ++i) {
    const bool negative = weight.values[i] < 0.0;
    result.codes[i] = static_cast<std::uint8_t>((negative ? 1 << sign_bit : 0) | exponents[i]);
  }
  return result;
}

}  // namespace denseshift::driver::frontend
