// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_RTL_COMBINATIONAL_H_
#define DENSESHIFT_TESTS_RTL_COMBINATIONAL_H_

#include <memory>

#include <verilated.h>

namespace denseshift::rtl {

// A Verilated module without a clock: outputs follow inputs at Settle().
template <typename Model>
class Combinational {
 public:
  Combinational()
      : context_(std::make_unique<VerilatedContext>()),
        model_(std::make_unique<Model>(context_.get())) {}

  ~Combinational() { model_->final(); }

  Combinational(const Combinational&) = delete;
  Combinational& operator=(const Combinational&) = delete;

  Model* operator->() { return model_.get(); }

  void Settle() { model_->eval(); }

 private:
  std::unique_ptr<VerilatedContext> context_;
  std::unique_ptr<Model> model_;
};

}  // namespace denseshift::rtl

#endif  // DENSESHIFT_TESTS_RTL_COMBINATIONAL_H_
