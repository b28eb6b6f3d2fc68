// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_NPY_NPY_HEADER_H_
#define DENSESHIFT_SIM_NPY_NPY_HEADER_H_

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>
#include <vector>

namespace denseshift::sim {

// What the header of a .npy file says.
struct NpyHeader {
  std::string descr;  // "|u1", "<f4", ...
  bool fortran_order = false;
  std::vector<std::size_t> shape;
};

// Reads magic string, version and header; the stream is then at the first value. `file_bytes` is
// the size of the whole file.
//
// Errors  std::runtime_error saying what is wrong.
[[nodiscard]] NpyHeader ReadNpyHeader(std::istream& in, std::uint64_t file_bytes);

// Product of the dimensions. Throws std::runtime_error if it is more than `limit`.
[[nodiscard]] std::uint64_t CheckedElements(const std::vector<std::size_t>& shape,
                                            std::uint64_t limit);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_NPY_NPY_HEADER_H_
