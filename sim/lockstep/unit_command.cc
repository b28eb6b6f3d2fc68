// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/unit_command.h"

#include <array>
#include <cstring>
#include <map>

namespace denseshift::sim {

namespace {

constexpr std::size_t kCommandWords = 16;

// The queue that holds a unit's command.
std::string QueueOf(const std::string& unit) {
  static const std::map<std::string, std::string> kQueues = {{"load", "load.queue"},
                                                             {"issue", "issue.queue"},
                                                             {"compute", "feeder.queue"},
                                                             {"unpacker", "unpacker.queue"},
                                                             {"weight_buffer", "unpacker.queue"},
                                                             {"feeder", "feeder.queue"},
                                                             {"window", "feeder.queue"},
                                                             {"handoff", "feeder.queue"},
                                                             {"activation_buffer", "feeder.queue"},
                                                             {"array", "feeder.queue"},
                                                             {"accumulators", "feeder.queue"},
                                                             {"post", "post.queue"},
                                                             {"stages", "post.queue"},
                                                             {"pool", "post.queue"},
                                                             {"requant", "post.queue"},
                                                             {"parameter_buffer", "post.queue"},
                                                             {"output_buffer", "store.queue"},
                                                             {"store", "store.queue"}};
  const auto found = kQueues.find(unit);
  return found == kQueues.end() ? "" : found->second;
}

}  // namespace

std::optional<std::uint32_t> CommandOfUnit(const std::string& unit,
                                           const std::vector<golden::cycle::StateItem>& model) {
  const std::string head = QueueOf(unit) + ".head";
  for (const golden::cycle::StateItem& item : model) {
    if (item.name != head)
      continue;
    std::array<std::uint32_t, kCommandWords + 1> words{};  // and the index
    std::memcpy(words.data(), item.data, sizeof(words));
    if (words[0] == 0)
      return std::nullopt;
    return words[kCommandWords];
  }
  return std::nullopt;
}

}  // namespace denseshift::sim
