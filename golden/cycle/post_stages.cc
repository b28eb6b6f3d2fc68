// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/post_stages.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace denseshift::golden::cycle {
namespace {

enum Operation : std::uint8_t { kMaximum = 0, kAddition = 2 };

constexpr unsigned kStages = 15;  // one bit each

}  // namespace

PostStages::PostStages(const Parameters& parameters)
    : columns_(parameters.columns),
      vector_lanes_(parameters.VectorLanes()),
      unused_bits_(32 - parameters.acc_bits) {
}

void PostStages::WriteOutput(OutputBuffer& buffer, Errors& errors) {
  if (buffer.Contains(addr4_, len4_)) {
    buffer.Write(addr4_, y_.data(), len4_);
  } else {
    errors.Raise(kPostUnit, kBufferBounds, index4_, addr4_);
  }
}

// Stage 3: the rounding shift, zero point and bounds; docs/arithmetic.md section 3.
void PostStages::Clamp() {
  const std::int64_t zero_out = stage3_.clamp.zero_out;
  const std::int64_t lo = stage3_.clamp.lo;
  const std::int64_t hi = stage3_.clamp.hi;
  for (std::uint32_t column = 0; column < columns_; ++column) {
    const unsigned shift = s2_[column];
    const std::uint64_t half = (std::uint64_t{1} << shift) >> 1U;  // 0 for a shift of 0
    const std::int64_t sum = p_[column] + static_cast<std::int64_t>(half);
    const std::int64_t rounded = (sum >> shift) + zero_out;
    y_[column] = static_cast<std::uint8_t>(std::min(hi, std::max(lo, rounded)));
  }
}

void PostStages::Multiply() {
  for (std::uint32_t column = 0; column < columns_; ++column) {
    const std::int64_t product = std::int64_t{v_[column]} * m_[column];
    p_[column] = stage2_.join ? p_[column] + product : product;
  }
  s2_ = s1_;
}

void PostStages::AddBias(const Operands& operands) {
  const ParameterBuffer::Entry& parameters = operands.parameters;
  for (std::uint32_t column = 0; column < columns_; ++column) {
    const auto bias = static_cast<std::uint32_t>(parameters.bias[column]);
    if (vector1_) {
      v_[column] = static_cast<std::int32_t>(static_cast<std::uint32_t>(pool_[column]) + bias);
    } else {
      const std::uint32_t sum = operands.sums[column] + bias;
      v_[column] = static_cast<std::int32_t>(sum << unused_bits_) >> unused_bits_;
    }
  }
  m_ = parameters.multiplier;
  s1_ = parameters.shift;
}

void PostStages::Pool(const FeederStage& feeder, const std::uint8_t* x) {
  for (std::uint32_t column = 0; column < vector_lanes_; ++column) {
    const std::int32_t tap = static_cast<std::int8_t>(x[column]);
    std::int32_t& value = pool_[column];
    if (feeder.tap_first || feeder.operation == kAddition) {
      value = tap;
    } else if (feeder.operation == kMaximum) {
      value = std::max(value, tap);
    } else {
      value += tap;
    }
  }
}

// From the last stage to the first, so that each finds what the one before held.
bool PostStages::Move(const Entering& entering,
                      const FeederStage& feeder,
                      const Operands& operands,
                      OutputBuffer& buffer,
                      Errors& errors) {
  if (Has(write_, 4))
    WriteOutput(buffer, errors);
  const bool gives = Has(done_, 4) && give4_;
  if (Has(valid_, 3))
    Clamp();
  if (IsIn(3)) {
    give4_ = stage3_.give;
    len4_ = stage3_.len;
    index4_ = stage3_.index;
    addr4_ = stage3_.addr;
  }
  if (Has(valid_, 2))
    Multiply();
  if (IsIn(2))
    stage3_ = stage2_;
  if (Has(valid_, 1))
    AddBias(operands);
  if (IsIn(1))
    stage2_ = stage1_;
  if (entering.IsAny()) {
    vector1_ = entering.vector;
    stage1_ = {
        entering.join, entering.give, entering.len, entering.index, entering.addr, entering.clamp};
  }
  if (feeder.tap)
    Pool(feeder, operands.x);
  valid_ = static_cast<std::uint8_t>((valid_ << 1U | (entering.valid ? 1U : 0U)) & kStages);
  write_ = static_cast<std::uint8_t>((write_ << 1U | (entering.write ? 1U : 0U)) & kStages);
  done_ = static_cast<std::uint8_t>((done_ << 1U | (entering.done ? 1U : 0U)) & kStages);
  return gives;
}

void PostStages::ListCompanions(StateList& list, const Companions& c, const char* stage) {
  const auto name = [stage](const char* what) { return std::string("stages.") + what + stage; };
  if (stage[0] != '3')
    list.Add(name("join"), c.join, 1);
  list.Add(name("give"), c.give, 1);
  list.Add(name("index"), c.index, 32);
  list.Add(name("addr"), c.addr, 25);
  list.Add(name("len"), c.len, 7);
  list.Add(name("clamp"), c.clamp, 24);
}

void PostStages::ListState(StateList& list) const {
  list.Add("stages.valid", valid_, 4);
  list.Add("stages.write", write_, 4);
  list.Add("stages.done", done_, 4);
  list.Add("stages.vector1", vector1_, 1);
  ListCompanions(list, stage1_, "1");
  ListCompanions(list, stage2_, "2");
  ListCompanions(list, stage3_, "3");
  list.Add("stages.give4", give4_, 1);
  list.Add("stages.index4", index4_, 32);
  list.Add("stages.addr4", addr4_, 25);
  list.Add("stages.len4", len4_, 7);
  list.AddArray("pool.value", pool_.data(), 32, vector_lanes_);
  list.AddArray("requant.v", v_.data(), 32, columns_);
  list.AddArray("requant.m", m_.data(), 16, columns_);
  list.AddArray("requant.s1", s1_.data(), 6, columns_);
  list.AddArray("requant.p", p_.data(), 64, columns_);
  list.AddArray("requant.s2", s2_.data(), 6, columns_);
  list.AddArray("requant.y", y_.data(), 8, columns_);
}

}  // namespace denseshift::golden::cycle
