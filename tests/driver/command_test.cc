// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/command/command.h"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace denseshift::driver {
namespace {

// One row of the tables of docs/commands.md, written down again.
template <typename C>
struct Row {
  const char* name;
  std::int64_t C::*member;
  std::size_t word;
  unsigned low;
  unsigned width;
  bool is_signed;
};

template <typename C>
C Zero() {
  return {};
}

template <>
ConvCommand Zero() {
  ConvCommand c;
  c.runs_x = c.runs_y = c.out_columns = c.out_rows = 0;
  c.run_len = c.stripe = c.stripes = c.last_stripe = c.column_tiles = c.valid_columns = 0;
  c.code_bits = c.first = c.last = c.steps = c.weight_words = 0;
  return c;
}

template <>
VectorCommand Zero() {
  VectorCommand c;
  c.runs_x = c.runs_y = c.out_columns = c.out_rows = c.groups = c.valid_lanes = 0;
  return c;
}

template <>
StoreCommand Zero() {
  StoreCommand c;
  c.rows = c.words = 0;
  return c;
}

// Every field lands on its bits, holds its extremes, comes back, and refuses one more.
template <typename C>
void CheckRows(std::uint32_t opcode, const std::vector<Row<C>>& rows) {
  for (const Row<C>& row : rows) {
    SCOPED_TRACE(row.name);
    const std::int64_t span = std::int64_t{1} << row.width;
    const std::int64_t min = row.is_signed ? -span / 2 : 0;
    const std::int64_t max = row.is_signed ? span / 2 - 1 : span - 1;
    for (const std::int64_t value : {min, max, std::int64_t{1}}) {
      C command = Zero<C>();
      command.*(row.member) = value;
      CommandWords expected{};
      expected[0] = opcode | 1U << 8U;
      expected.at(row.word) |= static_cast<std::uint32_t>(value & (span - 1)) << row.low;
      EXPECT_EQ(command.Encode(), expected);
      EXPECT_EQ(std::get<C>(Decode(expected)).*(row.member), value);
      EXPECT_EQ(Encode(Decode(expected)), expected);
    }
    for (const std::int64_t value : {min - 1, max + 1}) {
      C command = Zero<C>();
      command.*(row.member) = value;
      try {
        static_cast<void>(command.Encode());
        FAIL() << "accepted " << value;
      } catch (const std::invalid_argument& error) {
        EXPECT_NE(std::string(error.what()).find(row.name), std::string::npos) << error.what();
        EXPECT_NE(std::string(error.what()).find(std::to_string(value)), std::string::npos);
      }
    }
  }
}

template <typename C>
std::vector<Row<C>> HeaderRows() {
  return {{"wait_a", &C::wait_a, 0, 16, 4, false},
          {"wait_b", &C::wait_b, 0, 20, 4, false},
          {"signal_a", &C::signal_a, 0, 24, 1, false},
          {"signal_b", &C::signal_b, 0, 25, 1, false},
          {"layer", &C::layer, 1, 0, 16, false},
          {"tile", &C::tile, 1, 16, 16, false}};
}

template <typename C>
std::vector<Row<C>> WindowRows() {
  return {{"act_base", &C::act_base, 2, 0, 16, false},
          {"pitch", &C::pitch, 2, 16, 16, false},
          {"x0", &C::x0, 3, 0, 24, false},
          {"x_stride", &C::x_stride, 4, 0, 24, false},
          {"row_stride_odd", &C::row_stride_odd, 4, 24, 1, false},
          {"kernel_row_step", &C::kernel_row_step, 5, 16, 16, false},
          {"runs_x", &C::runs_x, 6, 0, 8, false},
          {"runs_y", &C::runs_y, 6, 8, 8, false},
          {"row_stride", &C::row_stride, 6, 16, 16, false},
          {"out_columns", &C::out_columns, 7, 0, 16, false},
          {"out_rows", &C::out_rows, 7, 16, 16, false},
          {"par", &C::par, 10, 14, 1, false},
          {"out_base", &C::out_base, 12, 0, 24, false},
          {"zero_out", &C::zero_out, 12, 24, 8, true},
          {"position_pitch", &C::position_pitch, 13, 0, 16, false},
          {"out_row_pitch", &C::out_row_pitch, 13, 16, 16, false},
          {"parameter_base", &C::parameter_base, 14, 0, 16, false},
          {"lo", &C::lo, 14, 16, 8, true},
          {"hi", &C::hi, 14, 24, 8, true},
          {"run_step", &C::run_step, 15, 0, 24, false},
          {"kernel_row_odd", &C::kernel_row_odd, 15, 24, 1, false}};
}

TEST(Command, LoadFieldsLieWhereTheSpecificationSays) {
  using C = LoadCommand;
  CheckRows<C>(1, HeaderRows<C>());
  CheckRows<C>(1,
               {{"address", &C::address, 2, 0, 32, false},
                {"row_stride", &C::row_stride, 3, 0, 32, false},
                {"rows", &C::rows, 4, 0, 16, false},
                {"words", &C::words, 4, 16, 16, false},
                {"destination", &C::destination, 5, 0, 2, false},
                {"par", &C::par, 5, 2, 1, false},
                {"fill", &C::fill, 5, 8, 8, false},
                {"tail", &C::tail, 5, 16, 6, false},
                {"left", &C::left, 6, 0, 16, false},
                {"right", &C::right, 6, 16, 16, false},
                {"top", &C::top, 7, 0, 16, false},
                {"bottom", &C::bottom, 7, 16, 16, false},
                {"base", &C::base, 8, 0, 16, false},
                {"pitch", &C::pitch, 8, 16, 16, false}});
}

TEST(Command, ConvFieldsLieWhereTheSpecificationSays) {
  using C = ConvCommand;
  CheckRows<C>(2, HeaderRows<C>());
  CheckRows<C>(2, WindowRows<C>());
  CheckRows<C>(2,
               {{"run_len", &C::run_len, 5, 0, 16, false},
                {"stripe", &C::stripe, 8, 0, 16, false},
                {"stripes", &C::stripes, 8, 16, 16, false},
                {"last_stripe", &C::last_stripe, 9, 0, 16, false},
                {"column_tiles", &C::column_tiles, 9, 16, 16, false},
                {"valid_columns", &C::valid_columns, 10, 0, 8, false},
                {"code_bits", &C::code_bits, 10, 8, 3, false},
                {"dual", &C::dual, 10, 11, 1, false},
                {"first", &C::first, 10, 12, 1, false},
                {"last", &C::last, 10, 13, 1, false},
                {"steps", &C::steps, 10, 16, 16, false},
                {"weight_base", &C::weight_base, 11, 0, 16, false},
                {"weight_words", &C::weight_words, 11, 16, 16, false}});
}

TEST(Command, VectorFieldsLieWhereTheSpecificationSays) {
  using C = VectorCommand;
  CheckRows<C>(3, HeaderRows<C>());
  CheckRows<C>(3, WindowRows<C>());
  CheckRows<C>(3,
               {{"groups", &C::groups, 9, 16, 16, false},
                {"valid_lanes", &C::valid_lanes, 10, 0, 8, false},
                {"operation", &C::operation, 10, 8, 2, false}});
}

TEST(Command, StoreAndStampFieldsLieWhereTheSpecificationSays) {
  using C = StoreCommand;
  CheckRows<C>(4, HeaderRows<C>());
  CheckRows<C>(4,
               {{"address", &C::address, 2, 0, 32, false},
                {"row_stride", &C::row_stride, 3, 0, 32, false},
                {"rows", &C::rows, 4, 0, 16, false},
                {"words", &C::words, 4, 16, 16, false},
                {"head", &C::head, 5, 0, 6, false},
                {"tail", &C::tail, 5, 16, 6, false},
                {"base", &C::base, 8, 0, 16, false},
                {"pitch", &C::pitch, 8, 16, 16, false}});
  CheckRows<StampCommand>(5, HeaderRows<StampCommand>());
  CheckRows<StampCommand>(5, {{"address", &StampCommand::address, 2, 0, 32, false}});
}

TEST(Command, DecodeRefusesUnknownOpcodesAndVersions) {
  CommandWords words{};
  words[0] = 6U | 1U << 8U;
  EXPECT_THROW(static_cast<void>(Decode(words)), std::invalid_argument);
  words[0] = 0U | 1U << 8U;
  EXPECT_THROW(static_cast<void>(Decode(words)), std::invalid_argument);
  words[0] = 1U | 2U << 8U;
  EXPECT_THROW(static_cast<void>(Decode(words)), std::invalid_argument);
}

TEST(Command, DisassemblyNamesWhatIsSet) {
  LoadCommand load;
  load.wait_a = 2;
  load.layer = 3;
  load.address = 0x1F40;
  load.rows = 7;
  EXPECT_EQ(Disassemble(load.Encode()), "LOAD wait_a=2 layer=3 address=0x1f40 rows=7");
  StampCommand stamp;
  EXPECT_EQ(Disassemble(stamp.Encode()), "STAMP address=0x0");
}

TEST(Command, DisassemblyOfGarbageShowsTheWords) {
  CommandWords words{};
  words[0] = 0xDEAD0177U;
  const std::string text = Disassemble(words);
  EXPECT_NE(text.find("illegal"), std::string::npos);
  EXPECT_NE(text.find("dead0177"), std::string::npos);
}

}  // namespace
}  // namespace denseshift::driver
