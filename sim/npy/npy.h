// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_NPY_NPY_H_
#define DENSESHIFT_SIM_NPY_NPY_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace denseshift::sim {

// A NumPy array: values in row-major order.
struct NpyArray {
  using Values = std::variant<std::vector<std::uint8_t>,
                              std::vector<std::int8_t>,
                              std::vector<std::int16_t>,
                              std::vector<std::int32_t>,
                              std::vector<std::int64_t>,
                              std::vector<float>,
                              std::vector<double>>;

  std::vector<std::size_t> shape;
  Values values;

  [[nodiscard]] std::size_t Elements() const;
  // "uint8", "float32", ...
  [[nodiscard]] const char* TypeName() const;
  // "uint8 (10000, 28, 28)"
  [[nodiscard]] std::string Description() const;
};

// "(10000, 28, 28)"
[[nodiscard]] std::string ShapeText(const std::vector<std::size_t>& shape);

// Reads a .npy file, format version 1.0, 2.0 or 3.0, of one of the types above, little-endian.
// Arrays in Fortran order are turned to row-major.
//
// Errors  std::runtime_error naming the file and what is wrong: not a .npy file, header damaged, an
//         unsupported type, or a size other than the header tells. Nothing is allocated before the
//         size of the file is known to be right.
[[nodiscard]] NpyArray ReadNpy(const std::filesystem::path& path);

// Writes a .npy file of format version 1.0; it is never half-written.
//
// Errors  std::runtime_error naming the file and reason; std::invalid_argument if the number of
// values
//         does not fit the shape.
void WriteNpy(const std::filesystem::path& path, const NpyArray& array);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_NPY_NPY_H_
