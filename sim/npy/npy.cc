// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/npy/npy.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>
#include <type_traits>
#include <xtensor/xadapt.hpp>
#include <xtensor/xarray.hpp>
#include <xtensor/xnpy.hpp>

#include "sim/atomic_file.h"
#include "sim/npy/npy_header.h"

namespace denseshift::sim {

namespace {

// The types in the order of NpyArray::Values.
struct Type {
  const char* descr;
  const char* name;
};

constexpr Type kTypes[] = {{"|u1", "uint8"},
                           {"|i1", "int8"},
                           {"<i2", "int16"},
                           {"<i4", "int32"},
                           {"<i8", "int64"},
                           {"<f4", "float32"},
                           {"<f8", "float64"}};

static_assert(std::size(kTypes) == std::variant_size_v<NpyArray::Values>);

// An empty vector of the type of index `type`.
template <std::size_t N = 0>
NpyArray::Values EmptyValues(std::size_t type) {
  if constexpr (N + 1 < std::variant_size_v<NpyArray::Values>) {
    if (type != N)
      return EmptyValues<N + 1>(type);
  }
  return NpyArray::Values(std::in_place_index<N>);
}

std::size_t TypeIndex(const std::string& descr) {
  const auto* type = std::find_if(
      std::begin(kTypes), std::end(kTypes), [&](const Type& t) { return descr == t.descr; });
  if (type == std::end(kTypes)) {
    throw std::runtime_error(fmt::format(
        "values of type '{}' are not supported; taken are uint8, int8, int16, int32, int64, "
        "float32 and float64, little-endian",
        descr));
  }
  return static_cast<std::size_t>(type - std::begin(kTypes));
}

template <typename T>
void ReadValues(std::istream& in,
                const NpyHeader& header,
                std::uint64_t data_bytes,
                std::vector<T>& values) {
  const std::uint64_t elements = CheckedElements(header.shape, data_bytes / sizeof(T));
  if (elements * sizeof(T) != data_bytes) {
    throw std::runtime_error(fmt::format("shape {} needs {} bytes of values, the file holds {}",
                                         ShapeText(header.shape),
                                         elements * sizeof(T),
                                         data_bytes));
  }
  values.resize(elements);
  in.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(data_bytes));
  if (!in)
    throw std::runtime_error("cannot be read to its end");
  if (header.fortran_order && header.shape.size() > 1) {
    const xt::xarray<T, xt::layout_type::row_major> row_major =
        xt::adapt<xt::layout_type::column_major>(values, header.shape);
    values.assign(row_major.begin(), row_major.end());
  }
}

}  // namespace

std::size_t NpyArray::Elements() const {
  return std::visit([](const auto& v) { return v.size(); }, values);
}

const char* NpyArray::TypeName() const {
  return kTypes[values.index()].name;
}

std::string NpyArray::Description() const {
  return fmt::format("{} {}", TypeName(), ShapeText(shape));
}

std::string ShapeText(const std::vector<std::size_t>& shape) {
  return fmt::format("({}{})", fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
}

NpyArray ReadNpy(const std::filesystem::path& path) {
  try {
    std::error_code error;
    const std::uint64_t file_bytes = std::filesystem::file_size(path, error);
    if (error)
      throw std::runtime_error(error.message());
    std::ifstream in(path, std::ios::binary);
    if (!in)
      throw std::runtime_error("cannot be opened");
    const NpyHeader header = ReadNpyHeader(in, file_bytes);
    NpyArray array;
    array.shape = header.shape;
    array.values = EmptyValues(TypeIndex(header.descr));
    const std::uint64_t data_bytes = file_bytes - static_cast<std::uint64_t>(in.tellg());
    std::visit([&](auto& values) { ReadValues(in, header, data_bytes, values); }, array.values);
    return array;
  } catch (const std::runtime_error& e) {
    throw std::runtime_error(fmt::format("{}: {}", path.string(), e.what()));
  }
}

void WriteNpy(const std::filesystem::path& path, const NpyArray& array) {
  std::uint64_t elements = 1;
  for (const std::size_t dimension : array.shape)
    elements *= dimension;
  if (elements != array.Elements()) {
    throw std::invalid_argument(
        fmt::format("{} values do not fit shape {}", array.Elements(), ShapeText(array.shape)));
  }
  const std::string content =
      std::visit([&](const auto& values) { return xt::dump_npy(xt::adapt(values, array.shape)); },
                 array.values);
  WriteFileAtomically(path, content);
}

}  // namespace denseshift::sim
