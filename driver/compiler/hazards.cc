// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/hazards.h"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>

#include "driver/compiler/integers.h"

namespace denseshift::driver {
namespace {

// Words of one group of the activation buffer a window of `bytes` bytes a run touches.
Range WindowRead(const WindowCommand& window, std::int64_t bytes, int bus_bytes) {
  const auto halves = [&](std::int64_t words, std::int64_t odd) {
    return window.pitch == 0 ? odd : 2 * (words / window.pitch) + odd;
  };
  const std::int64_t row_stride = halves(window.row_stride, window.row_stride_odd);
  const std::int64_t row_step = halves(window.kernel_row_step, window.kernel_row_odd);
  const std::int64_t last_row = (window.out_rows - 1) * row_stride + (window.runs_y - 1) * row_step;
  const std::int64_t end = window.x0 + (window.out_columns - 1) * window.x_stride +
                           (window.runs_x - 1) * window.run_step + bytes;
  const std::int64_t last_base = window.act_base + (window.par + last_row) / 2 * window.pitch;
  return {window.act_base + window.x0 / bus_bytes, last_base + CeilDivide(end, bus_bytes)};
}

Range WindowWrite(const WindowCommand& window, std::int64_t bytes, int bus_bytes) {
  const std::int64_t end = window.out_base +
                           (window.out_rows - 1) * window.out_row_pitch * bus_bytes +
                           (window.out_columns - 1) * window.position_pitch + bytes;
  return {window.out_base / bus_bytes, CeilDivide(end, bus_bytes)};
}

std::int64_t VectorBytes(const VectorCommand& vector, int lanes) {
  return (vector.groups - 1) * lanes + vector.valid_lanes;
}

std::int64_t ConvBytes(const ConvCommand& conv, int columns) {
  return (conv.column_tiles - 1) * columns + conv.valid_columns;
}

int Latest(const IntervalMap& map, Range range) {
  return map.Find(range.low, range.high).largest;
}

// The last command that wrote some of what another one reads.
//
// Errors  std::logic_error if there is none for a part of it.
int LatestWriter(const IntervalMap& writers, Range range, const char* what) {
  const IntervalMap::Found found = writers.Find(range.low, range.high);
  if (!found.is_all) {
    throw std::logic_error(std::string("compiler: a command reads ") + what +
                           " no command has written");
  }
  return found.largest;
}

}  // namespace

Range BufferWrite(const LoadCommand& load) {
  const std::int64_t width = load.left + load.words + load.right;
  const std::int64_t rows = load.top + load.rows + load.bottom;
  return {load.base, load.base + (load.par + rows - 1) / 2 * load.pitch + width};
}

Range MemoryRead(const LoadCommand& load, int bus_bytes) {
  if (load.rows == 0) {
    return {load.address, load.address};
  }
  return {load.address, load.address + (load.rows - 1) * load.row_stride + load.words * bus_bytes};
}

Range ActivationRead(const ConvCommand& conv, int bus_bytes) {
  return WindowRead(conv, conv.run_len, bus_bytes);
}

Range ActivationRead(const VectorCommand& vector, int lanes, int bus_bytes) {
  return WindowRead(vector, VectorBytes(vector, lanes), bus_bytes);
}

Range OutputWrite(const ConvCommand& conv, int columns, int bus_bytes) {
  return WindowWrite(conv, ConvBytes(conv, columns), bus_bytes);
}

Range OutputWrite(const VectorCommand& vector, int lanes, int bus_bytes) {
  return WindowWrite(vector, VectorBytes(vector, lanes), bus_bytes);
}

Range OutputRead(const StoreCommand& store) {
  return {store.base, store.base + (store.rows - 1) * store.pitch + store.words};
}

Range MemoryWrite(const StoreCommand& store, int bus_bytes) {
  return {store.address,
          store.address + (store.rows - 1) * store.row_stride + store.words * bus_bytes};
}

HazardTracker::HazardTracker(const Capabilities& capabilities)
    : bus_bytes_(capabilities.bus_bytes),
      lanes_(capabilities.lanes),
      columns_(capabilities.columns),
      vector_lanes_(capabilities.VectorLanes()) {
}

Producers HazardTracker::Note(int id, const LoadCommand& load) {
  Producers after;
  Buffer& buffer = loaded_[load.destination];
  const Range written = BufferWrite(load);
  if (load.destination != static_cast<int>(Destination::kParameter)) {
    after.Add(Latest(buffer.readers, written));
  }
  buffer.writers.Assign(written.low, written.high, id);
  const Range read = MemoryRead(load, bus_bytes_);
  after.Add(Latest(memory_, read));
  return after;
}

int HazardTracker::ParameterReader(const LoadCommand& load) const {
  return Latest(loaded_[static_cast<int>(Destination::kParameter)].readers, BufferWrite(load));
}

Producers HazardTracker::Note(int id, const ConvCommand& conv) {
  Producers after;
  NoteRead(id, Destination::kActivation, ActivationRead(conv, bus_bytes_), after);
  NoteRead(
      id, Destination::kWeight, {conv.weight_base, conv.weight_base + conv.weight_words}, after);
  if (conv.last != 0) {
    NoteParameters(id, conv.parameter_base, conv.column_tiles, after);
    NoteOutput(id, OutputWrite(conv, columns_, bus_bytes_), after);
  }
  return after;
}

Producers HazardTracker::Note(int id, const VectorCommand& vector) {
  Producers after;
  NoteRead(id, Destination::kActivation, ActivationRead(vector, vector_lanes_, bus_bytes_), after);
  const bool addition = vector.operation == static_cast<int>(VectorOperation::kAddition);
  NoteParameters(id, vector.parameter_base, addition ? 2 : 1, after);
  NoteOutput(id, OutputWrite(vector, vector_lanes_, bus_bytes_), after);
  return after;
}

void HazardTracker::NoteRead(int id, Destination destination, Range range, Producers& after) {
  constexpr const char* kNames[] = {"activations", "weights", "parameters"};
  Buffer& buffer = loaded_[static_cast<int>(destination)];
  after.Add(LatestWriter(buffer.writers, range, kNames[static_cast<int>(destination)]));
  buffer.readers.Assign(range.low, range.high, id);
}

void HazardTracker::NoteParameters(int id,
                                   std::int64_t first,
                                   std::int64_t entries,
                                   Producers& after) {
  const std::int64_t entry_words = columns_ * 8 / bus_bytes_;
  NoteRead(
      id, Destination::kParameter, {first * entry_words, (first + entries) * entry_words}, after);
}

void HazardTracker::NoteOutput(int id, Range range, Producers& after) {
  after.Add(Latest(output_.readers, range));
  output_.writers.Assign(range.low, range.high, id);
}

Producers HazardTracker::Note(int id, const StoreCommand& store) {
  const Range read = OutputRead(store);
  Producers after;
  after.Add(LatestWriter(output_.writers, read, "outputs"));
  output_.readers.Assign(read.low, read.high, id);
  const Range written = MemoryWrite(store, bus_bytes_);
  memory_.Assign(written.low, written.high, id);
  return after;
}

Producers HazardTracker::Note(int /*id*/, const StampCommand& /*stamp*/) {
  return {};
}

}  // namespace denseshift::driver
