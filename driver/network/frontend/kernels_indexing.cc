// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "driver/network/frontend/kernels.h"

namespace denseshift::driver::frontend {
namespace {

using Dims = std::vector<std::int64_t>;

// Elements between neighbours along each axis.
std::vector<std::size_t> Strides(const Dims& dims) {
  std::vector<std::size_t> strides(dims.size(), 1);
  for (std::size_t i = dims.size(); i-- > 1;) {
    strides[i - 1] = strides[i] * static_cast<std::size_t>(dims[i]);
  }
  return strides;
}

// Fills a tensor of shape `dims`: element (i0, i1, ..) is source[origin + sum of i_k * step_k].
Array Gathered(const Array& source,
               const Dims& dims,
               std::int64_t origin,
               const std::vector<std::int64_t>& steps) {
  Array result(source.type, dims);
  Dims at(dims.size(), 0);
  std::int64_t from = origin;
  for (double& value : result.values) {
    value = source.values.at(static_cast<std::size_t>(from));
    for (std::size_t axis = dims.size(); axis-- > 0;) {
      from += steps[axis];
      if (++at[axis] < dims[axis]) {
        break;
      }
      from -= steps[axis] * dims[axis];
      at[axis] = 0;
    }
  }
  return result;
}

}  // namespace

Array Concat(const Node& node, const Inputs& inputs) {
  for (const Array* input : inputs) {
    if (input == nullptr || input->Rank() != inputs[0]->Rank() || input->type != inputs[0]->type) {
      FailAt(node, "inputs must have the same type and rank");
    }
  }
  const std::size_t axis = NormalizeAxis(node, node.Int("axis", 0), inputs[0]->Rank());
  Dims dims = inputs[0]->dims;
  dims[axis] = 0;
  for (const Array* input : inputs) {
    for (std::size_t i = 0; i < dims.size(); ++i) {
      if (i != axis && input->dims[i] != dims[i]) {
        FailAt(node,
               fmt::format("shapes {} and {} differ outside axis {}",
                           DimsText(inputs[0]->dims),
                           DimsText(input->dims),
                           axis));
      }
    }
    dims[axis] += input->dims[axis];
  }
  Array result(inputs[0]->type, dims);
  const auto outer = static_cast<std::size_t>(
      std::accumulate(dims.begin(),
                      dims.begin() + static_cast<std::ptrdiff_t>(axis),
                      std::int64_t{1},
                      [](std::int64_t a, std::int64_t b) { return a * b; }));
  auto to = result.values.begin();
  for (std::size_t i = 0; i < outer; ++i) {
    for (const Array* input : inputs) {
      const std::size_t run = input->values.size() / std::max<std::size_t>(outer, 1);
      const auto from = input->values.begin() + static_cast<std::ptrdiff_t>(i * run);
      to = std::copy(from, from + static_cast<std::ptrdiff_t>(run), to);
    }
  }
  return result;
}

Array Gather(const Node& node, const Inputs& inputs) {
  const Array& data = *inputs[0];
  const std::size_t axis = NormalizeAxis(node, node.Int("axis", 0), data.Rank());
  const auto split = static_cast<std::ptrdiff_t>(axis);
  Dims dims(data.dims.begin(), data.dims.begin() + split);
  dims.insert(dims.end(), inputs[1]->dims.begin(), inputs[1]->dims.end());
  dims.insert(dims.end(), data.dims.begin() + split + 1, data.dims.end());
  const std::size_t inner = Strides(data.dims)[axis];
  const auto size = static_cast<std::size_t>(data.dims[axis]);
  const std::size_t outer = data.values.size() / std::max<std::size_t>(1, size * inner);
  const Dims indices = ToIntegers(*inputs[1]);
  if (outer * indices.size() * inner != ElementCount(dims)) {
    FailAt(node, fmt::format("cannot gather from shape {}", DimsText(data.dims)));
  }
  Array result(data.type, dims);
  auto to = result.values.begin();
  for (std::size_t i = 0; i < outer; ++i) {
    for (const std::int64_t index : indices) {
      const std::size_t row = NormalizeAxis(node, index, size);
      const auto from = data.values.begin() + static_cast<std::ptrdiff_t>((i * size + row) * inner);
      to = std::copy(from, from + static_cast<std::ptrdiff_t>(inner), to);
    }
  }
  return result;
}

Array Slice(const Node& node, const Inputs& inputs) {
  const Array& data = *inputs[0];
  const std::optional<Dims> starts = IntegerOperand(node, inputs, 1, "starts");
  const std::optional<Dims> ends = IntegerOperand(node, inputs, 2, "ends");
  if (!starts || !ends || starts->size() != ends->size()) {
    FailAt(node, "needs as many starts as ends");
  }
  Dims axes(starts->size());
  std::iota(axes.begin(), axes.end(), 0);
  axes = IntegerOperand(node, inputs, 3, "axes").value_or(axes);
  const Dims given = IntegerOperand(node, inputs, 4, "steps").value_or(Dims(starts->size(), 1));
  if (axes.size() != starts->size() || given.size() != starts->size()) {
    FailAt(node, "needs as many axes and steps as starts");
  }
  const std::vector<std::size_t> strides = Strides(data.dims);
  std::vector<std::int64_t> steps(strides.begin(), strides.end());
  Dims dims = data.dims;
  std::int64_t origin = 0;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const std::size_t axis = NormalizeAxis(node, axes[i], data.Rank());
    const std::int64_t size = data.dims[axis];
    const std::int64_t step = given[i];
    if (step == 0 || std::abs(step) > kMaxElements) {
      FailAt(node, fmt::format("step {} is not supported", step));
    }
    const auto bounded = [size, step](std::int64_t at) {
      const std::int64_t from_front = at < 0 ? at + size : at;
      return step > 0 ? std::clamp<std::int64_t>(from_front, 0, size)
                      : std::clamp<std::int64_t>(from_front, -1, size - 1);
    };
    const std::int64_t start = bounded((*starts)[i]);
    const std::int64_t end = bounded((*ends)[i]);
    const std::int64_t span = step > 0 ? end - start : start - end;
    const std::int64_t stride = std::abs(step);
    dims[axis] = span <= 0 ? 0 : (span + stride - 1) / stride;
    origin += start * static_cast<std::int64_t>(strides[axis]);
    steps[axis] = step * static_cast<std::int64_t>(strides[axis]);
  }
  return Gathered(data, dims, origin, steps);
}

Array Transpose(const Node& node, const Inputs& inputs) {
  const Array& input = *inputs[0];
  Dims perm(input.Rank());
  std::iota(perm.rbegin(), perm.rend(), 0);
  perm = node.Ints("perm", perm);
  Dims sorted = perm;
  std::sort(sorted.begin(), sorted.end());
  Dims dims;
  std::vector<std::int64_t> steps;
  const std::vector<std::size_t> strides = Strides(input.dims);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (sorted.size() != input.Rank() || sorted[i] != static_cast<std::int64_t>(i)) {
      FailAt(node, fmt::format("perm {} is no order of the axes", DimsText(perm)));
    }
    dims.push_back(input.dims[static_cast<std::size_t>(perm[i])]);
    steps.push_back(static_cast<std::int64_t>(strides[static_cast<std::size_t>(perm[i])]));
  }
  if (sorted.size() != input.Rank()) {
    FailAt(node, fmt::format("perm {} is no order of the axes", DimsText(perm)));
  }
  return Gathered(input, dims, 0, steps);
}

}  // namespace denseshift::driver::frontend
