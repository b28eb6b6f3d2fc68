// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_RTL_CLOCKED_H_
#define DENSESHIFT_TESTS_RTL_CLOCKED_H_

#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

#include <gtest/gtest.h>

#include <verilated.h>

namespace denseshift::rtl {

// Whether a Verilated module has the port rst_ni.
template <typename Model, typename = void>
struct HasReset : std::false_type {};

template <typename Model>
struct HasReset<Model, std::void_t<decltype(std::declval<Model&>().rst_ni)>> : std::true_type {};

// Whether a Verilated module has the port clear_i.
template <typename Model, typename = void>
struct HasClear : std::false_type {};

template <typename Model>
struct HasClear<Model, std::void_t<decltype(std::declval<Model&>().clear_i)>> : std::true_type {};

// A Verilated module with a clock clk_i and perhaps a reset rst_ni, stepped one clock at a time.
//
// Inputs set through operator-> take effect at the next Tick(); outputs read after Tick() are
// those just after the rising edge. Settle() shows the outputs that follow the inputs within a
// cycle. State without a reset starts random, from the seed of the test run.
template <typename Model>
class Clocked {
 public:
  Clocked() : context_(std::make_unique<VerilatedContext>()) {
    context_->randReset(2);
    context_->randSeed(GTEST_FLAG_GET(random_seed) + 1);
    model_ = std::make_unique<Model>(context_.get());
    Reset();
  }

  ~Clocked() { model_->final(); }

  Clocked(const Clocked&) = delete;
  Clocked& operator=(const Clocked&) = delete;

  Model* operator->() { return model_.get(); }

  // Holds reset, and clear_i as ds_job does, for one clock, then releases both. Cycles() restarts
  // at 0.
  void Reset() {
    if constexpr (HasClear<Model>::value) {
      model_->clear_i = 1;
    }
    if constexpr (HasReset<Model>::value) {
      model_->rst_ni = 0;
    }
    Tick();
    if constexpr (HasReset<Model>::value) {
      model_->rst_ni = 1;
    }
    if constexpr (HasClear<Model>::value) {
      model_->clear_i = 0;
    }
    Settle();
    cycles_ = 0;
  }

  // Lets the outputs follow the inputs, with the clock low.
  void Settle() {
    model_->clk_i = 0;
    model_->eval();
  }

  // One clock period: settle inputs with the clock low, then the rising edge.
  void Tick() {
    Settle();
    model_->clk_i = 1;
    model_->eval();
    ++cycles_;
  }

  // Rising edges since the last Reset().
  [[nodiscard]] std::uint64_t Cycles() const { return cycles_; }

 private:
  std::unique_ptr<VerilatedContext> context_;
  std::unique_ptr<Model> model_;
  std::uint64_t cycles_ = 0;
};

}  // namespace denseshift::rtl

#endif  // DENSESHIFT_TESTS_RTL_CLOCKED_H_
