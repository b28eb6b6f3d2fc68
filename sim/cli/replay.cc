// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/replay.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "sim/atomic_file.h"
#include "sim/lockstep/save_file.h"

namespace denseshift::sim {

namespace {

constexpr std::uint64_t kCyclesBefore = 16;
constexpr std::uint64_t kCyclesAfter = 4;

// One word of a shell's command line.
std::string Quoted(const std::string& word) {
  const bool is_plain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string("_-./=:,+@%").find(static_cast<char>(c)) != std::string::npos;
  });
  if (is_plain)
    return word;
  std::string quoted = "'";
  for (const char c : word)
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

std::string WriteReplay(const RunArguments& arguments,
                        const std::optional<BitFlip>& flip,
                        const LockstepFinding& finding) {
  const std::string name = std::filesystem::path(arguments.network).stem().string() + "_lockstep";
  const std::filesystem::path wave = name + ".fst";
  const std::filesystem::path save = name + ".gtkw";
  const std::uint64_t cycle = finding.difference.cycle;
  WriteFileAtomically(save, [&](const std::filesystem::path& file) {
    std::ofstream out(file);
    out << SaveFileText(std::filesystem::absolute(wave),
                        finding.history.signals(),
                        finding.difference.signal,
                        cycle);
    if (!out.flush())
      throw std::runtime_error("cannot write " + save.string());
  });

  std::vector<std::string> words = {arguments.program, "run", arguments.network};
  const auto add = [&](const char* option, const std::string& value) {
    if (!value.empty())
      words.insert(words.end(), {option, value});
  };
  add("--input", arguments.input);
  add("--calibrate", arguments.calibrate);
  add("--config", arguments.config);
  if (arguments.layout != Layout::kAuto)
    add("--layout", arguments.layout == Layout::kNhwc ? "nhwc" : "nchw");
  if (arguments.count != 0)
    add("--count", std::to_string(arguments.count));
  if (arguments.batch != 1)
    add("--batch", std::to_string(arguments.batch));
  if (flip.has_value())
    add("--inject-fault", flip->Text());
  add("--trace", wave.string());
  add("--trace-from", std::to_string(cycle - std::min(cycle, kCyclesBefore)));
  add("--trace-to", std::to_string(cycle + kCyclesAfter));
  std::string command;
  for (const std::string& word : words)
    command += Quoted(word) + " ";
  return command + "; gtkwave " + Quoted(save.string());
}

}  // namespace denseshift::sim
