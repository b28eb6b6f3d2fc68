// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <vector>

#include "golden/arithmetic/accumulator.h"
#include "golden/arithmetic/requantize.h"
#include "sim/functional/activation_rows.h"
#include "sim/functional/execute.h"
#include "sim/functional/term_sum.h"
#include "sim/functional/weight_sweep.h"

namespace denseshift::sim {
namespace {

// The bytes one step takes: length_a from offset_a of one run, then length_b from
// the start of the next.
struct Step {
  KernelRun run_a;
  std::uint32_t offset_a = 0;
  std::uint32_t length_a = 0;
  KernelRun run_b;
  std::uint32_t length_b = 0;
};

// docs/commands.md CONV "Steps". Steps after the end of the reduction take nothing.
std::vector<Step> ListSteps(const ConvCommand& conv, std::uint32_t lanes) {
  const WindowFields& window = conv.window;
  const std::uint32_t runs = window.runs_x * window.runs_y;
  const auto run_at = [&window](std::uint32_t r) {
    return KernelRun{r / window.runs_x, r % window.runs_x};
  };
  std::vector<Step> steps(conv.steps);
  std::uint32_t run = 0;
  std::uint32_t offset = 0;
  for (Step& step : steps) {
    if (run >= runs) {
      break;
    }
    step.run_a = run_at(run);
    step.offset_a = offset;
    step.length_a = std::min(lanes, window.run_length - offset);
    if (step.length_a < lanes && conv.dual && run + 1 < runs) {
      step.run_b = run_at(run + 1);
      step.length_b = std::min(lanes - step.length_a, window.run_length);
      run += step.length_b == window.run_length ? 2 : 1;
      offset = step.length_b == window.run_length ? 0 : step.length_b;
    } else {
      offset += step.length_a;
      run += offset == window.run_length ? 1 : 0;
      offset = offset == window.run_length ? 0 : offset;
    }
  }
  return steps;
}

// Executes one CONV command, one output position at a time. The order of positions,
// column tiles and steps does not show in the result: sums are modular.
class ConvExecution {
 public:
  ConvExecution(const ConvCommand& conv, const DeviceParameters& parameters, Storage& storage)
      : conv_(conv),
        parameters_(parameters),
        storage_(storage),
        lanes_(static_cast<std::uint32_t>(parameters.lanes)),
        columns_(static_cast<std::uint32_t>(parameters.columns)),
        bus_bytes_(static_cast<std::uint64_t>(parameters.bus_bytes)),
        steps_(ListSteps(conv, lanes_)),
        sweep_(DecodeSweep(conv, parameters, storage)),
        operands_(sweep_.depth) {
    for (std::uint32_t t = 0; conv.last && t < conv.column_tiles; ++t) {
      sets_.push_back(
          ReadParameters(storage, parameters, conv.window.parameter_base + t, ValidColumns(t)));
    }
  }

  void Run() {
    for (std::uint32_t stripe = 0; stripe < conv_.stripes; ++stripe) {
      const bool is_last = stripe + 1 == conv_.stripes;
      const std::uint32_t length = is_last ? conv_.last_stripe_length : conv_.stripe_length;
      for (std::uint32_t p = 0; p < length; ++p) {
        RunPosition(stripe * conv_.stripe_length + p, p);
      }
    }
  }

 private:
  // Computes all output channels of position number `number`, the p-th of its stripe.
  void RunPosition(std::uint32_t number, std::uint32_t p) {
    const Position position = {number / conv_.window.output_columns,
                               number % conv_.window.output_columns};
    Gather(position);
    for (std::uint32_t t = 0; t < conv_.column_tiles; ++t) {
      sums_.resize(ColumnsOfTile(conv_, parameters_, t));
      for (std::size_t j = 0; j < sums_.size(); ++j) {
        const std::size_t weights = (std::size_t{t} * columns_ + j) * sweep_.depth;
        sums_[j] = TermSum(operands_.data(),
                           sweep_.flip.data() + weights,
                           sweep_.factor.data() + weights,
                           sweep_.depth);
      }
      if (!conv_.first || !conv_.last) {
        Accumulate(p);
      }
      if (conv_.last) {
        WriteOutputs(position, t);
      }
    }
  }

  // Fills operands_ [step, lane] with the bytes the lanes feed. Lanes without a byte
  // keep u = 0.
  void Gather(Position position) {
    std::int16_t* to = operands_.data();
    for (const Step& step : steps_) {
      Feed(position, step.run_a, step.offset_a, step.length_a, to);
      Feed(position, step.run_b, 0, step.length_b, to + step.length_a);
      to += lanes_;
    }
  }

  void Feed(Position position,
            KernelRun run,
            std::uint32_t offset,
            std::uint32_t length,
            std::int16_t* to) {
    if (length == 0) {
      return;
    }
    const RunAddress address = AddressOf(conv_.window, bus_bytes_, position, run);
    const std::uint8_t* from =
        storage_.activation[address.group].At(address.byte + offset, length, Unit::kFeeder);
    for (std::uint32_t i = 0; i < length; ++i) {
      to[i] = static_cast<std::int16_t>(from[i] ^ 0x80U);
    }
  }

  // Adds the sums to those of earlier commands and keeps the result.
  void Accumulate(std::uint32_t p) {
    std::uint32_t* held = storage_.accumulators.data() + std::size_t{p} * columns_;
    for (std::size_t j = 0; j < sums_.size(); ++j) {
      held[j] = (conv_.first ? 0 : held[j]) + sums_[j];
      sums_[j] = held[j];
    }
  }

  // docs/arithmetic.md section 3 for the valid columns of tile t.
  void WriteOutputs(Position position, std::uint32_t t) {
    const WindowFields& window = conv_.window;
    const std::uint64_t target =
        OutputAddress(window, bus_bytes_, position) + std::uint64_t{t} * columns_;
    const std::vector<ParameterSet>& sets = sets_[t];
    std::uint8_t* out = storage_.output.At(target, sets.size(), Unit::kPost);
    for (std::size_t j = 0; j < sets.size(); ++j) {
      const ParameterSet& set = sets[j];
      const std::int64_t v =
          golden::WrapToAccumulator(std::int64_t{sums_[j]} + set.bias, parameters_.acc_bits);
      out[j] = static_cast<std::uint8_t>(
          golden::Requantize(v, set.multiplier, set.shift, window.zero_out, window.lo, window.hi));
    }
  }

  [[nodiscard]] std::uint32_t ValidColumns(std::uint32_t t) const {
    return t + 1 == conv_.column_tiles ? conv_.valid_columns : columns_;
  }

  const ConvCommand& conv_;
  const DeviceParameters& parameters_;
  Storage& storage_;
  std::uint32_t lanes_;
  std::uint32_t columns_;
  std::uint64_t bus_bytes_;
  std::vector<Step> steps_;
  WeightSweep sweep_;
  std::vector<std::int16_t> operands_;           // [step, lane], u of each lane
  std::vector<std::uint32_t> sums_;              // [column], modulo 2^32
  std::vector<std::vector<ParameterSet>> sets_;  // [column tile, valid column]
};

}  // namespace

void ExecuteConv(const ConvCommand& conv, const DeviceParameters& parameters, Storage& storage) {
  ConvExecution(conv, parameters, storage).Run();
}

}  // namespace denseshift::sim
