// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_POST_STAGES_H_
#define DENSESHIFT_GOLDEN_CYCLE_POST_STAGES_H_

#include <array>
#include <cstdint>

#include "golden/cycle/command.h"
#include "golden/cycle/errors.h"
#include "golden/cycle/feeder.h"
#include "golden/cycle/output_buffer.h"
#include "golden/cycle/parameter_buffer.h"
#include "golden/cycle/parameters.h"
#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// How outputs are clamped; docs/arithmetic.md section 3. As state it is one number of 24 bits.
struct OutputClamp {
  std::int8_t lo = 0;
  std::int8_t hi = 0;
  std::int8_t zero_out = 0;
  std::int8_t unused = 0;
};

// Pools and requantization of all columns, with what travels along; docs/timing.md "Stages".
class PostStages {
 public:
  // What post sends into stage 1.
  struct Entering {
    bool valid = false;  // a vector
    bool write = false;  // whose outputs are written
    bool done = false;   // the end of a command
    bool vector = false;
    bool join = false;
    bool give = false;
    std::uint8_t len = 0;
    std::uint32_t index = 0;
    std::uint32_t addr = 0;
    OutputClamp clamp;

    [[nodiscard]] bool IsAny() const { return valid || write || done; }
  };

  struct Operands {
    const std::uint32_t* sums;
    const ParameterBuffer::Entry& parameters;
    const std::uint8_t* x;  // what a tap has read
  };

  explicit PostStages(const Parameters& parameters);

  // A cycle. Returns whether a command gives its token to store.
  bool Step(const Entering& entering,
            const FeederStage& feeder,
            const Operands& operands,
            OutputBuffer& buffer,
            Errors& errors) {
    if ((valid_ | done_) == 0 && !entering.IsAny() && !feeder.tap)
      return false;
    return Move(entering, feeder, operands, buffer, errors);
  }

  [[nodiscard]] bool IsEmpty() const { return (valid_ | done_) == 0; }

  // Of the command whose token is given in this cycle.
  [[nodiscard]] std::uint32_t index4() const { return index4_; }

  void Clear() { valid_ = write_ = done_ = 0; }

  void ListState(StateList& list) const;

 private:
  // What a vector takes along, fewer of them in every stage.
  struct Companions {
    bool join = false;
    bool give = false;
    std::uint8_t len = 0;
    std::uint32_t index = 0;
    std::uint32_t addr = 0;
    OutputClamp clamp;
  };

  [[nodiscard]] static bool Has(unsigned stages, unsigned stage) {
    return (stages >> (stage - 1U) & 1U) != 0;
  }

  [[nodiscard]] bool IsIn(unsigned stage) const { return Has(valid_ | done_, stage); }

  bool Move(const Entering& entering,
            const FeederStage& feeder,
            const Operands& operands,
            OutputBuffer& buffer,
            Errors& errors);
  void WriteOutput(OutputBuffer& buffer, Errors& errors);
  void Clamp();
  void Multiply();
  void AddBias(const Operands& operands);
  void Pool(const FeederStage& feeder, const std::uint8_t* x);
  static void ListCompanions(StateList& list, const Companions& c, const char* stage);

  std::uint32_t columns_;
  std::uint32_t vector_lanes_;
  unsigned unused_bits_;    // of 32, above an accumulator
  std::uint8_t valid_ = 0;  // bit n - 1: stage n
  std::uint8_t write_ = 0;
  std::uint8_t done_ = 0;
  bool vector1_ = false;
  Companions stage1_;
  Companions stage2_;
  Companions stage3_;
  bool give4_ = false;
  std::uint8_t len4_ = 0;
  std::uint32_t index4_ = 0;
  std::uint32_t addr4_ = 0;
  alignas(32) std::array<std::int32_t, kMaxColumns> pool_{};
  // Requantization.
  alignas(32) std::array<std::int32_t, kMaxColumns> v_{};
  alignas(32) std::array<std::uint16_t, kMaxColumns> m_{};
  std::array<std::uint8_t, kMaxColumns> s1_{};
  std::array<std::uint8_t, kMaxColumns> s2_{};
  alignas(32) std::array<std::int64_t, kMaxColumns> p_{};
  std::array<std::uint8_t, kMaxColumns> y_{};
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_POST_STAGES_H_
