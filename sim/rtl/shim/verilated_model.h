// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_SHIM_VERILATED_MODEL_H_
#define DENSESHIFT_SIM_RTL_SHIM_VERILATED_MODEL_H_

// Compiled into every model. DENSESHIFT_TRACE is 0 (none), 1 (VCD) or 2 (FST).

#include <cstdint>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>

#include <verilated.h>
#if DENSESHIFT_TRACE == 1
#include <verilated_vcd_c.h>
#elif DENSESHIFT_TRACE == 2
#include <verilated_fst_c.h>
#endif

#include "Vds_model.h"
#include "Vds_model___024root.h"

// With VL_USER_STOP and VL_USER_FATAL: a failed assertion is an exception, not the end of the
// process.
inline void ThrowModelError(const char* what, const char* file, int line) {
  throw std::runtime_error(std::string(what) + " at " + file + ":" + std::to_string(line));
}

void vl_stop(const char* file, int line, const char* /*hierarchy*/) {
  ThrowModelError("assertion failed", file, line);
}

void vl_fatal(const char* file, int line, const char* /*hierarchy*/, const char* message) {
  ThrowModelError(message, file, line);
}

namespace denseshift::sim {

#if DENSESHIFT_TRACE == 1
using TraceFile = VerilatedVcdC;
constexpr const char* kTraceExtension = ".vcd";
#elif DENSESHIFT_TRACE == 2
using TraceFile = VerilatedFstC;
constexpr const char* kTraceExtension = ".fst";
#else
// Stands in where no trace code is compiled; never opened.
struct TraceFile {
  void dump(std::uint64_t /*time*/) {}

  void close() {}
};

constexpr const char* kTraceExtension = "";
#endif

// A Verilated module with a clock clk_i: one context, one model, at most one waveform file.
class VerilatedModel {
 public:
  explicit VerilatedModel(std::uint32_t seed) {
    Verilated::threadContextp(&context_);
    context_.randReset(2);  // matters only for --x-initial unique
    context_.randSeed(static_cast<int>(seed));
    context_.traceEverOn(DENSESHIFT_TRACE != 0);
    model_ = std::make_unique<Vds_model>(&context_);
    model_->eval();
  }

  ~VerilatedModel() {
    // Destructors of the model's scopes look for them in the thread's context.
    Verilated::threadContextp(&context_);
    CloseTrace();
    model_->final();
    model_.reset();
  }

  VerilatedModel(const VerilatedModel&) = delete;
  VerilatedModel& operator=(const VerilatedModel&) = delete;

  Vds_model& operator*() { return *model_; }

  // One clock period: the inputs settle, then the rising edge. No output of the module may follow
  // from an input within a cycle, so what the outputs show before holds for the whole period.
  void Tick() {
    if (trace_ != nullptr || !ForgetClock(*model_->rootp, 0)) {
      model_->clk_i = 0;
      model_->eval();
    }
    if (trace_ != nullptr)
      trace_->dump(10 * cycle_);
    model_->clk_i = 1;
    model_->eval();
    if (trace_ != nullptr)
      trace_->dump(10 * cycle_ + 5);
    ++cycle_;
  }

  void OpenTrace(const char* path, [[maybe_unused]] const std::string& scope, std::uint64_t cycle) {
    CloseTrace();
    cycle_ = cycle;
#if DENSESHIFT_TRACE != 0
    auto trace = std::make_unique<TraceFile>();
    trace->set_time_unit("1ns");
    trace->set_time_resolution("1ns");
    model_->trace(trace.get(), kLevels);
    if (!scope.empty()) {
      trace->dumpvars(kLevels, "TOP." + scope);
      trace->dumpvars(1, "TOP." + scope.substr(0, scope.find('.')) + ".clk_i");
    }
    trace->open(path);
    if (!trace->isOpen())
      throw std::runtime_error("cannot write " + std::string(path));
    trace_ = std::move(trace);
#else
    throw std::runtime_error("no trace code in this model, wanted for " + std::string(path));
#endif
  }

  void CloseTrace() {
    if (trace_ != nullptr)
      trace_->close();
    trace_.reset();
  }

  // Runs `body` and returns nullptr, or the text of the exception it threw.
  template <typename Body>
  const char* Guard(Body&& body) {
    try {
      body();
      return nullptr;
    } catch (const std::exception& e) {
      error_ = e.what();
      return error_.c_str();
    }
  }

 private:
  // Makes the model take the next high clock for a rising edge without evaluating a low one, which
  // would settle once more what settles anyway before the edge. The variable is Verilator's own;
  // where another version names it otherwise, the low clock is evaluated.
  template <typename Root>
  static auto ForgetClock(Root& root, int) -> decltype(root.__Vtrigrprev__TOP__clk_i, true) {
    root.__Vtrigrprev__TOP__clk_i = 0;
    return true;
  }

  template <typename Root>
  static bool ForgetClock(Root& /*root*/, long) {
    return false;
  }

  static constexpr int kLevels = 99;  // of hierarchy

  VerilatedContext context_;
  std::unique_ptr<Vds_model> model_;
  std::unique_ptr<TraceFile> trace_;
  std::uint64_t cycle_ = 0;
  std::string error_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_SHIM_VERILATED_MODEL_H_
