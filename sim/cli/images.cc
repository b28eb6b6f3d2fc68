// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/images.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <type_traits>

namespace denseshift::sim {

namespace {

// Height, width and channels of a tensor.
struct Size {
  std::size_t h, w, c;
};

Size SizeOf(const driver::Tensor& t) {
  return {static_cast<std::size_t>(t.height),
          static_cast<std::size_t>(t.width),
          static_cast<std::size_t>(t.channels)};
}

std::string Expected(const driver::Tensor& input) {
  const Size s = SizeOf(input);
  std::string shapes =
      fmt::format("(N, {}, {}, {}) or (N, {}, {}, {})", s.h, s.w, s.c, s.c, s.h, s.w);
  if (s.c == 1)
    shapes += fmt::format(" or (N, {}, {})", s.h, s.w);
  if (s.h == 1 && s.w == 1)
    shapes += fmt::format(" or (N, {})", s.c);
  return fmt::format("{} quantized or float32 real values of shape {}",
                     input.is_unsigned ? "uint8" : "int8",
                     shapes);
}

[[noreturn]] void Mismatch(const NpyArray& array, const driver::Tensor& input) {
  throw std::runtime_error(fmt::format("input '{}' of the network takes {}, got {}",
                                       input.name,
                                       Expected(input),
                                       array.Description()));
}

// Whether the channels of an array come before rows and columns.
bool ChannelsComeFirst(const NpyArray& array, const driver::Tensor& input, Layout layout) {
  using Shape = std::vector<std::size_t>;
  const Size s = SizeOf(input);
  if (array.shape.empty())
    Mismatch(array, input);
  const Shape rest(array.shape.begin() + 1, array.shape.end());
  const bool nhwc = layout != Layout::kNchw && rest == Shape{s.h, s.w, s.c};
  const bool nchw = layout != Layout::kNhwc && rest == Shape{s.c, s.h, s.w};
  const bool same_order = s.c == 1 || (s.h == 1 && s.w == 1);
  if (nhwc && nchw && !same_order) {
    throw std::runtime_error(
        fmt::format("shape {} fits both layouts; say which with --layout nhwc or --layout nchw",
                    ShapeText(array.shape)));
  }
  const bool without_channels = s.c == 1 && rest == Shape{s.h, s.w};
  const bool vector = s.h == 1 && s.w == 1 && rest == Shape{s.c};
  if (!nhwc && !nchw && !without_channels && !vector)
    Mismatch(array, input);
  return nchw && !same_order;
}

// Device values of quantized or real ones.
class ToDevice {
 public:
  explicit ToDevice(const driver::Tensor& input) : input_(input) {}

  std::int8_t operator()(std::uint8_t value) const { return static_cast<std::int8_t>(value - 128); }

  std::int8_t operator()(std::int8_t value) const { return value; }

  std::int8_t operator()(float value) const {
    if (std::isnan(value)) {
      throw std::runtime_error(
          fmt::format("input '{}' holds a value that is not a number", input_.name));
    }
    const float steps = std::nearbyint(value / static_cast<float>(input_.scale));
    const float quantized = steps + static_cast<float>(input_.zero_point);
    return static_cast<std::int8_t>(std::min(127.0F, std::max(-128.0F, quantized)));
  }

  std::int8_t operator()(double value) const { return (*this)(static_cast<float>(value)); }

 private:
  const driver::Tensor& input_;
};

template <typename T>
std::vector<driver::Image> Convert(const std::vector<T>& values,
                                   const driver::Tensor& input,
                                   bool channels_first) {
  const Size s = SizeOf(input);
  const std::size_t elements = input.Elements();
  const ToDevice to_device(input);
  std::vector<driver::Image> images(values.size() / elements, driver::Image(elements));
  for (std::size_t n = 0; n < images.size(); ++n) {
    for (std::size_t i = 0; i < elements; ++i) {
      const std::size_t pixel = i / s.c;
      const std::size_t channel = i % s.c;
      const std::size_t source = channels_first ? channel * s.h * s.w + pixel : i;
      images[n][i] = to_device(values[n * elements + source]);
    }
  }
  return images;
}

}  // namespace

std::vector<driver::Image> MakeImages(const NpyArray& array,
                                      const driver::Tensor& input,
                                      Layout layout) {
  const bool channels_first = ChannelsComeFirst(array, input, layout);
  if (array.Elements() == 0)
    throw std::runtime_error("there are no images");
  if (const auto* v = std::get_if<std::vector<std::uint8_t>>(&array.values)) {
    if (input.is_unsigned)
      return Convert(*v, input, channels_first);
  } else if (const auto* i = std::get_if<std::vector<std::int8_t>>(&array.values)) {
    if (!input.is_unsigned)
      return Convert(*i, input, channels_first);
  } else if (const auto* f = std::get_if<std::vector<float>>(&array.values)) {
    return Convert(*f, input, channels_first);
  } else if (const auto* d = std::get_if<std::vector<double>>(&array.values)) {
    return Convert(*d, input, channels_first);
  }
  Mismatch(array, input);
}

std::vector<int> MakeLabels(const NpyArray& array, std::size_t images, int classes) {
  const auto refuse = [&] {
    throw std::runtime_error(
        fmt::format("labels must be integers of shape ({},), one for each image, got {}",
                    images,
                    array.Description()));
  };
  if (array.shape != std::vector<std::size_t>{images})
    refuse();
  std::vector<int> labels;
  labels.reserve(images);
  const auto add = [&](std::int64_t label) {
    if (label < 0 || label >= classes) {
      throw std::runtime_error(fmt::format(
          "label {} of image {} is not a class, 0..{}", label, labels.size(), classes - 1));
    }
    labels.push_back(static_cast<int>(label));
  };
  const auto add_all = [&](const auto& values) {
    using Value = typename std::decay_t<decltype(values)>::value_type;
    if constexpr (std::is_integral_v<Value>) {
      for (const Value value : values)
        add(std::int64_t{value});
    } else {
      refuse();
    }
  };
  std::visit(add_all, array.values);
  return labels;
}

std::vector<std::vector<float>> MakeCalibration(const NpyArray& array) {
  const auto* values = std::get_if<std::vector<float>>(&array.values);
  if (values == nullptr || values->empty()) {
    throw std::runtime_error(
        fmt::format("calibration takes float32 values as the graph's input expects, got {}",
                    array.Description()));
  }
  return {*values};
}

NpyArray ImagesToArray(const std::vector<driver::Image>& images, const driver::Tensor& tensor) {
  const Size s = SizeOf(tensor);
  NpyArray array;
  array.shape = tensor.onnx_rank == 2 ? std::vector<std::size_t>{images.size(), s.c}
                                      : std::vector<std::size_t>{images.size(), s.c, s.h, s.w};
  std::vector<std::int8_t> values;
  values.reserve(images.size() * tensor.Elements());
  for (const driver::Image& image : images) {
    for (std::size_t c = 0; c < s.c; ++c) {
      for (std::size_t pixel = 0; pixel < s.h * s.w; ++pixel)
        values.push_back(image[pixel * s.c + c]);
    }
  }
  if (tensor.is_unsigned) {
    std::vector<std::uint8_t> shifted(values.size());
    std::transform(values.begin(), values.end(), shifted.begin(), [](std::int8_t v) {
      return static_cast<std::uint8_t>(v + 128);
    });
    array.values = std::move(shifted);
  } else {
    array.values = std::move(values);
  }
  return array;
}

NpyArray TensorToArray(const golden::Tensor& tensor) {
  return {{static_cast<std::size_t>(tensor.height),
           static_cast<std::size_t>(tensor.width),
           static_cast<std::size_t>(tensor.channels)},
          tensor.data};
}

int LargestIndex(const driver::Image& values) {
  return static_cast<int>(std::max_element(values.begin(), values.end()) - values.begin());
}

}  // namespace denseshift::sim
