// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_HAZARDS_H_
#define DENSESHIFT_DRIVER_COMPILER_HAZARDS_H_

#include <cstdint>
#include <vector>

#include "driver/capabilities.h"
#include "driver/command/command.h"
#include "driver/compiler/interval_map.h"

namespace denseshift::driver {

// Half-open range of words, bytes or entries.
struct Range {
  std::int64_t low = 0;
  std::int64_t high = 0;
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

  // Each returns the commands of other units that must have ended before command `id` starts.
  //
  // Errors  std::logic_error if a command reads what no command has written: the compiler is wrong.
  std::vector<int> Note(int id, const LoadCommand& load);
  std::vector<int> Note(int id, const ConvCommand& conv);
  std::vector<int> Note(int id, const VectorCommand& vector);
  std::vector<int> Note(int id, const StoreCommand& store);
  static std::vector<int> Note(int id, const StampCommand& stamp);

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
  void NoteRead(int id, Destination destination, Range range, std::vector<int>& after);
  void NoteParameters(int id, std::int64_t first, std::int64_t entries, std::vector<int>& after);
  void NoteOutput(int id, Range range, std::vector<int>& after);

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
