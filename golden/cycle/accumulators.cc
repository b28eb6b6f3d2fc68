// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/accumulators.h"

#include <cstring>

namespace denseshift::golden::cycle {

Accumulators::Accumulators(const Parameters& parameters)
    : columns_(parameters.columns),
      acc_bits_(parameters.acc_bits),
      mask_(0xFFFFFFFFU >> (32U - parameters.acc_bits)),
      position_mask_(parameters.acc_depth - 1),
      accumulate_(FindAccumulate(parameters.columns)) {
  for (std::vector<std::uint32_t>& bank : banks_)
    bank.resize(std::size_t{parameters.acc_depth} * columns_);
}

void Accumulators::Read(bool bank, std::uint32_t position) {
  read_bank_ = bank;
  const bool step_wins = step2_ && bank2_ == bank;
  std::memcpy(
      read_.data(), At(bank, step_wins ? position2_ : position), columns_ * sizeof(std::uint32_t));
}

// The bank's word a cycle earlier, with what was written to it since, is the word now: reading,
// forwarding and writing are one step here.
inline void Accumulators::Accumulate(const std::uint32_t* sums) {
  accumulate_({At(bank_, position_), sums, last_.data(), first_ ? 0U : 0xFFFFFFFFU, mask_});
}

void Accumulators::Step(const FeederStage& stage, const Array& array) {
  if (step_)
    Accumulate(array.sum());
  forward_ = step2_ && step_ && bank_ == bank2_ && position_ == position2_;
  step_ = step2_;
  if (step2_) {
    bank_ = bank2_;
    position_ = position2_;
    first_ = first2_;
  }
  sum_done3_ = sum_done2_;
  step2_ = stage.step;
  if (stage.step) {
    first2_ = stage.first;
    bank2_ = stage.bank1;
    position2_ = stage.position1;
  }
  sum_done2_ = stage.sum_done;
}

void Accumulators::Clear() {
  step2_ = false;
  sum_done2_ = false;
  sum_done3_ = false;
}

void Accumulators::ListState(StateList& list) const {
  list.Add("compute.step2", step2_, 1);
  list.Add("compute.first2", first2_, 1);
  list.Add("compute.bank2", bank2_, 1);
  list.Add("compute.position2", position2_, 16);
  list.Add("compute.sum_done2", sum_done2_, 1);
  list.Add("compute.sum_done3", sum_done3_, 1);
  list.Add("accumulators.step", step_, 1);
  list.Add("accumulators.bank", bank_, 1);
  list.Add("accumulators.position", position_, 16);
  list.Add("accumulators.first", first_, 1);
  list.Add("accumulators.forward", forward_, 1);
  list.AddArray("accumulators.last", last_.data(), 32, columns_);
  list.Add("accumulators.read_bank", read_bank_, 1);
}

}  // namespace denseshift::golden::cycle
