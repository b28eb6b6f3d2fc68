// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_HAZARDS_H_
#define DENSESHIFT_DRIVER_COMPILER_HAZARDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "driver/capabilities.h"
#include "driver/command/command.h"
#include "driver/compiler/interval_map.h"

namespace denseshift::driver {

// Half-open range of words, bytes or entries.
struct Range {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

// Commands of other units that must have ended before another one starts. Of each unit, of loads of
// each buffer, the last one is enough, as they end in order.
class Producers {
 public:
  Producers() = default;

  Producers(std::initializer_list<int> ids) {
    for (const int id : ids) {
      Add(id);
    }
  }

  // Nothing if `id` is negative.
  //
  // Errors  std::out_of_range if there are more than any command has.
  void Add(int id) {
    if (id >= 0) {
      ids_.at(count_++) = id;
    }
  }

  [[nodiscard]] const int* begin() const { return ids_.data(); }

  [[nodiscard]] const int* end() const { return ids_.data() + count_; }

 private:
  static constexpr std::size_t kMost = 4;  // input, weights, parameters, room for outputs

  std::array<int, kMost> ids_{};
  std::size_t count_ = 0;
};

// What commands read and write, as the hull of what they touch.
[[nodiscard]] Range BufferWrite(const LoadCommand& load);                    // words
[[nodiscard]] Range MemoryRead(const LoadCommand& load, int bus_bytes);      // bytes
[[nodiscard]] Range ActivationRead(const ConvCommand& conv, int bus_bytes);  // words of a group
[[nodiscard]] Range ActivationRead(const VectorCommand& vector, int lanes, int bus_bytes);
[[nodiscard]] Range OutputWrite(const ConvCommand& conv, int columns, int bus_bytes);  // words
[[nodiscard]] Range OutputWrite(const VectorCommand& vector, int lanes, int bus_bytes);
[[nodiscard]] Range OutputRead(const StoreCommand& store);                  // words
[[nodiscard]] Range MemoryWrite(const StoreCommand& store, int bus_bytes);  // bytes

// Finds which commands a command has to wait for, from what they touch.
//
// Commands are numbered and noted in program order: the order in which running them one by one
// gives the right result. Commands of one unit never wait for each other.
class HazardTracker {
 public:
  explicit HazardTracker(const Capabilities& capabilities);

  // Each returns what command `id` has to wait for.
  //
  // Errors  std::logic_error if a command reads what no command has written: the compiler is wrong.
  Producers Note(int id, const LoadCommand& load);
  Producers Note(int id, const ConvCommand& conv);
  Producers Note(int id, const VectorCommand& vector);
  Producers Note(int id, const StoreCommand& store);
  static Producers Note(int id, const StampCommand& stamp);

  // The last compute command that reads parameters `load` overwrites, -1 if there is none.
  //
  // A compute command frees parameters only with its last output (its signal to the store unit), so
  // the load has to wait for a store that waited for it.
  [[nodiscard]] int ParameterReader(const LoadCommand& load) const;

 private:
  struct Buffer {
    IntervalMap writers;
    IntervalMap readers;
  };

  // Each adds the commands to wait for to `after`.
  void NoteRead(int id, Destination destination, Range range, Producers& after);
  void NoteParameters(int id, std::int64_t first, std::int64_t entries, Producers& after);
  void NoteOutput(int id, Range range, Producers& after);

  int bus_bytes_;
  int lanes_;
  int columns_;
  int vector_lanes_;
  Buffer loaded_[3];  // by destination
  Buffer output_;
  IntervalMap memory_;  // stores, by byte address
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_HAZARDS_H_
