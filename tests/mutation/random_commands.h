// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_MUTATION_RANDOM_COMMANDS_H_
#define DENSESHIFT_TESTS_MUTATION_RANDOM_COMMANDS_H_

#include <cstdint>
#include <random>

#include "sim/device_parameters.h"
#include "tests/mutation/job.h"

namespace denseshift::testing {

// Draws legal commands whose fields need not make sense together: windows that reach over a
// buffer's end, sweeps too short or too long, every operation, any mix of kinds; now and then a bit
// is flipped.
class RandomCommands {
 public:
  // With `far` addresses all over 4 GiB, else within MutationMemory().
  enum class Addresses { kNear, kFar };

  // Rows of the activation buffer lie up to 12 * `spread` words apart.
  RandomCommands(const sim::DeviceParameters& device,
                 Addresses addresses,
                 std::int64_t spread,
                 std::uint32_t seed)
      : device_(device), addresses_(addresses), spread_(spread), random_(seed) {}

  // Loads of all three buffers, then some commands and a stamp, ordered by tokens or by chance.
  [[nodiscard]] CommandList List();

  // A place for the list itself.
  [[nodiscard]] std::uint32_t ListAddress();

  [[nodiscard]] driver::LoadCommand Load(driver::Destination destination);
  [[nodiscard]] driver::ConvCommand Conv();
  [[nodiscard]] driver::VectorCommand Vector();
  [[nodiscard]] driver::StoreCommand Store();
  [[nodiscard]] driver::StoreCommand StoreAll();
  [[nodiscard]] driver::StampCommand Stamp();

  // A time after which a job without progress ends; now and then so short that waiting is an error.
  [[nodiscard]] std::uint32_t Watchdog();

 private:
  [[nodiscard]] std::int64_t Pick(std::int64_t low, std::int64_t high);
  // In a wild list one in `rarity` draws: anything up to `most`, else within [low, high].
  [[nodiscard]] std::int64_t Mostly(std::int64_t low,
                                    std::int64_t high,
                                    std::int64_t most,
                                    int rarity);

  [[nodiscard]] bool OneIn(int n) { return Pick(1, n) == 1; }

  // A word address in a buffer of so many words; in a wild list also near or behind its end.
  [[nodiscard]] std::int64_t Base(std::int64_t words);
  // A memory address as given, or far away with the same place in its page.
  [[nodiscard]] std::int64_t Address(std::int64_t near);
  [[nodiscard]] std::int64_t RowStride();
  void DrawWindow(driver::WindowCommand& command);
  void FlipBits(CommandList& list);

  sim::DeviceParameters device_;
  Addresses addresses_;
  std::int64_t spread_;
  std::mt19937 random_;
  bool is_wild_ = false;  // the list is to go wrong
};

}  // namespace denseshift::testing

#endif  // DENSESHIFT_TESTS_MUTATION_RANDOM_COMMANDS_H_
