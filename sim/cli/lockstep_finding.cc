// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/lockstep_finding.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>

#include "driver/command/command.h"
#include "sim/cli/job.h"
#include "sim/lockstep/lockstep_device.h"
#include "sim/lockstep/pin_check.h"
#include "sim/lockstep/unit_command.h"
#include "sim/text_table.h"
#include "sim/watchdog.h"

namespace denseshift::sim {

namespace {

std::optional<UnitCommand> Describe(std::optional<std::uint32_t> index,
                                    const driver::Program& program) {
  if (!index.has_value() || *index >= program.commands.size())
    return std::nullopt;
  const driver::CommandWords& words = program.commands[*index];
  const std::string text = driver::Disassemble(words);
  const std::uint32_t layer = words[1] & 0xFFFFU;
  return UnitCommand{*index,
                     text.substr(0, text.find(' ')),
                     layer < program.layers.size() ? program.layers[layer].name : "",
                     words[1] >> 16U};
}

}  // namespace

std::string LockstepFinding::Summary() const {
  std::string text =
      fmt::format("RTL and cycle model differ in cycle {}: {} is {}, the model says {}",
                  difference.cycle,
                  difference.signal.FullName(),
                  difference.actual,
                  difference.expected);
  if (command.has_value()) {
    text += fmt::format(" (layer {}, command {} {}, tile {})",
                        command->layer,
                        command->index,
                        command->opcode,
                        command->tile);
  }
  return text;
}

std::string LockstepFinding::Text() const {
  std::vector<std::string> header = {unit, "side"};
  for (const UnitHistory::Cycle& cycle : history.cycles())
    header.push_back(std::to_string(cycle.number));
  TextTable table(header);
  const auto add =
      [&](std::size_t signal, const char* side, std::string UnitHistory::Value::*value) {
        std::vector<std::string> row = {history.signals()[signal].FullName(), side};
        for (const UnitHistory::Cycle& cycle : history.cycles())
          row.push_back(cycle.values[signal].*value);
        table.AddRow(row);
      };
  for (std::size_t signal = 0; signal < history.signals().size(); ++signal) {
    const bool same =
        std::all_of(history.cycles().begin(), history.cycles().end(), [&](const auto& cycle) {
          return cycle.values[signal].model == cycle.values[signal].rtl;
        });
    add(signal, same ? "both" : "model", &UnitHistory::Value::model);
    if (!same)
      add(signal, "RTL", &UnitHistory::Value::rtl);
  }
  return fmt::format(
      "{}\nin the RTL: {}\n\n{}", Summary(), difference.signal.rtl_name, table.Text());
}

LockstepFinding Investigate(const LockstepDifference& difference,
                            const driver::Program& program,
                            const std::vector<driver::Image>& images,
                            const Config& config,
                            const std::optional<BitFlip>& flip) {
  std::optional<UnitHistory> history;
  LockstepDevice::Options options;
  options.concurrent = false;
  options.observer = [&](std::uint64_t cycle) {
    if (cycle + UnitHistory::kCycles > difference.cycle)
      history->Record(cycle);
  };
  LockstepDevice device(config.device, config.memory, std::move(options));
  const std::string unit =
      IsPin(difference.signal) ? UnitOfPin(difference.signal) : difference.signal.unit;
  history.emplace(device.signals(), unit, difference.signal);
  if (flip.has_value())
    device.Inject(*flip);
  try {
    driver::Runtime runtime(device, program, RuntimeOptionsFor(config.memory));
    static_cast<void>(RunImages(runtime, images));
  } catch (const LockstepDifference& again) {
    if (again.cycle != difference.cycle || again.signal.FullName() != difference.signal.FullName())
      throw std::logic_error(fmt::format("the run was not repeatable: {}", again.what()));
    if (!IsPin(again.signal))
      history->Record(again.cycle);
    const auto index = CommandOfUnit(unit, device.model().accelerator().ListState());
    return {again, unit, std::move(*history), Describe(index, program), device.ComparedSignals()};
  }
  throw std::logic_error(fmt::format("the run was not repeatable: no {}", difference.what()));
}

}  // namespace denseshift::sim
