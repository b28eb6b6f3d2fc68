// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_RTL_SHAPE_NAMES_H_
#define DENSESHIFT_TESTS_RTL_SHAPE_NAMES_H_

#include <string>

namespace denseshift::rtl {

// Names the tests of a typed suite after the parameter sets: a shape says its own as kName.
struct ShapeNames {
  template <typename Shape>
  static std::string GetName(int /*index*/) {
    return Shape::kName;
  }
};

}  // namespace denseshift::rtl

#endif  // DENSESHIFT_TESTS_RTL_SHAPE_NAMES_H_
