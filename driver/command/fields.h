// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMMAND_FIELDS_H_
#define DENSESHIFT_DRIVER_COMMAND_FIELDS_H_

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

#include "driver/command/command.h"

// The tables of docs/commands.md: where each field of a command lies.
namespace denseshift::driver {

enum class FieldKind { kUnsigned, kSigned, kAddress };

// Bits [low + width - 1 : low] of a word.
template <typename C>
struct Field {
  const char* name;
  int word;
  int low;
  int width;
  std::int64_t C::*member;
  FieldKind kind = FieldKind::kUnsigned;
};

// One by one, so that the compiler sees each field as a constant: commands are checked by the
// thousand.
template <typename C, std::size_t kCount, typename Visit, std::size_t... kIndex>
void VisitEach(const Field<C> (&fields)[kCount],
               const Visit& visit,
               std::index_sequence<kIndex...> /*indices*/) {
  (visit(fields[kIndex]), ...);
}

// Name, opcode and fields of a command; every specialization has
//   static constexpr const char* kName;
//   static constexpr std::uint32_t kOpcode;
//   template <typename Visit> static void ForEachField(Visit visit);   // visit(const Field<...>&)
template <typename C>
struct CommandTable;

template <>
struct CommandTable<CommandHeader> {
  template <typename Visit>
  static void ForEachField(Visit visit) {
    using H = CommandHeader;
    static constexpr Field<H> kFields[] = {{"wait_a", 0, 16, 4, &H::wait_a},
                                           {"wait_b", 0, 20, 4, &H::wait_b},
                                           {"signal_a", 0, 24, 1, &H::signal_a},
                                           {"signal_b", 0, 25, 1, &H::signal_b},
                                           {"layer", 1, 0, 16, &H::layer},
                                           {"tile", 1, 16, 16, &H::tile}};
    VisitEach(kFields, visit, std::make_index_sequence<std::size(kFields)>());
  }
};

template <>
struct CommandTable<LoadCommand> {
  static constexpr const char* kName = "LOAD";
  static constexpr std::uint32_t kOpcode = 1;

  template <typename Visit>
  static void ForEachField(Visit visit) {
    using L = LoadCommand;
    static constexpr Field<L> kFields[] = {{"address", 2, 0, 32, &L::address, FieldKind::kAddress},
                                           {"row_stride", 3, 0, 32, &L::row_stride},
                                           {"rows", 4, 0, 16, &L::rows},
                                           {"words", 4, 16, 16, &L::words},
                                           {"destination", 5, 0, 2, &L::destination},
                                           {"par", 5, 2, 1, &L::par},
                                           {"fill", 5, 8, 8, &L::fill},
                                           {"tail", 5, 16, 6, &L::tail},
                                           {"left", 6, 0, 16, &L::left},
                                           {"right", 6, 16, 16, &L::right},
                                           {"top", 7, 0, 16, &L::top},
                                           {"bottom", 7, 16, 16, &L::bottom},
                                           {"base", 8, 0, 16, &L::base},
                                           {"pitch", 8, 16, 16, &L::pitch}};
    VisitEach(kFields, visit, std::make_index_sequence<std::size(kFields)>());
  }
};

template <>
struct CommandTable<WindowCommand> {
  template <typename Visit>
  static void ForEachField(Visit visit) {
    using W = WindowCommand;
    static constexpr Field<W> kFields[] = {
        {"act_base", 2, 0, 16, &W::act_base},
        {"pitch", 2, 16, 16, &W::pitch},
        {"x0", 3, 0, 24, &W::x0},
        {"x_stride", 4, 0, 24, &W::x_stride},
        {"row_stride_odd", 4, 24, 1, &W::row_stride_odd},
        {"kernel_row_step", 5, 16, 16, &W::kernel_row_step},
        {"runs_x", 6, 0, 8, &W::runs_x},
        {"runs_y", 6, 8, 8, &W::runs_y},
        {"row_stride", 6, 16, 16, &W::row_stride},
        {"out_columns", 7, 0, 16, &W::out_columns},
        {"out_rows", 7, 16, 16, &W::out_rows},
        {"par", 10, 14, 1, &W::par},
        {"out_base", 12, 0, 24, &W::out_base},
        {"zero_out", 12, 24, 8, &W::zero_out, FieldKind::kSigned},
        {"position_pitch", 13, 0, 16, &W::position_pitch},
        {"out_row_pitch", 13, 16, 16, &W::out_row_pitch},
        {"parameter_base", 14, 0, 16, &W::parameter_base},
        {"lo", 14, 16, 8, &W::lo, FieldKind::kSigned},
        {"hi", 14, 24, 8, &W::hi, FieldKind::kSigned},
        {"run_step", 15, 0, 24, &W::run_step},
        {"kernel_row_odd", 15, 24, 1, &W::kernel_row_odd}};
    VisitEach(kFields, visit, std::make_index_sequence<std::size(kFields)>());
  }
};

template <>
struct CommandTable<ConvCommand> {
  static constexpr const char* kName = "CONV";
  static constexpr std::uint32_t kOpcode = 2;

  template <typename Visit>
  static void ForEachField(Visit visit) {
    using C = ConvCommand;
    static constexpr Field<C> kFields[] = {{"run_len", 5, 0, 16, &C::run_len},
                                           {"stripe", 8, 0, 16, &C::stripe},
                                           {"stripes", 8, 16, 16, &C::stripes},
                                           {"last_stripe", 9, 0, 16, &C::last_stripe},
                                           {"column_tiles", 9, 16, 16, &C::column_tiles},
                                           {"valid_columns", 10, 0, 8, &C::valid_columns},
                                           {"code_bits", 10, 8, 3, &C::code_bits},
                                           {"dual", 10, 11, 1, &C::dual},
                                           {"first", 10, 12, 1, &C::first},
                                           {"last", 10, 13, 1, &C::last},
                                           {"steps", 10, 16, 16, &C::steps},
                                           {"weight_base", 11, 0, 16, &C::weight_base},
                                           {"weight_words", 11, 16, 16, &C::weight_words}};
    CommandTable<WindowCommand>::ForEachField(visit);
    VisitEach(kFields, visit, std::make_index_sequence<std::size(kFields)>());
  }
};

template <>
struct CommandTable<VectorCommand> {
  static constexpr const char* kName = "VECTOR";
  static constexpr std::uint32_t kOpcode = 3;

  template <typename Visit>
  static void ForEachField(Visit visit) {
    using V = VectorCommand;
    static constexpr Field<V> kFields[] = {{"groups", 9, 16, 16, &V::groups},
                                           {"valid_lanes", 10, 0, 8, &V::valid_lanes},
                                           {"operation", 10, 8, 2, &V::operation}};
    CommandTable<WindowCommand>::ForEachField(visit);
    VisitEach(kFields, visit, std::make_index_sequence<std::size(kFields)>());
  }
};

template <>
struct CommandTable<StoreCommand> {
  static constexpr const char* kName = "STORE";
  static constexpr std::uint32_t kOpcode = 4;

  template <typename Visit>
  static void ForEachField(Visit visit) {
    using S = StoreCommand;
    static constexpr Field<S> kFields[] = {{"address", 2, 0, 32, &S::address, FieldKind::kAddress},
                                           {"row_stride", 3, 0, 32, &S::row_stride},
                                           {"rows", 4, 0, 16, &S::rows},
                                           {"words", 4, 16, 16, &S::words},
                                           {"head", 5, 0, 6, &S::head},
                                           {"tail", 5, 16, 6, &S::tail},
                                           {"base", 8, 0, 16, &S::base},
                                           {"pitch", 8, 16, 16, &S::pitch}};
    VisitEach(kFields, visit, std::make_index_sequence<std::size(kFields)>());
  }
};

template <>
struct CommandTable<StampCommand> {
  static constexpr const char* kName = "STAMP";
  static constexpr std::uint32_t kOpcode = 5;

  template <typename Visit>
  static void ForEachField(Visit visit) {
    visit(Field<StampCommand>{"address", 2, 0, 32, &StampCommand::address, FieldKind::kAddress});
  }
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMMAND_FIELDS_H_
