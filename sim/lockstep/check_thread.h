// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_CHECK_THREAD_H_
#define DENSESHIFT_SIM_LOCKSTEP_CHECK_THREAD_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "sim/lockstep/check_batch.h"

namespace denseshift::sim {

// Checks batches of cycles in a thread of its own while the caller fills the next ones.
class CheckThread {
 public:
  // `check` is called in the other thread.
  CheckThread(std::size_t lines, std::function<void(const CheckBatch&)> check);
  CheckThread(const CheckThread&) = delete;
  CheckThread& operator=(const CheckThread&) = delete;
  ~CheckThread();

  // The batch to be filled.
  [[nodiscard]] CheckBatch& batch() { return batches_[submitted_ % batches_.size()]; }

  // Hands over the batch; waits if there is no other one free. Throws what a check threw.
  void Submit();

  // Waits until all that was submitted is checked. Throws what a check threw.
  void Wait();

 private:
  template <typename Condition>
  void WaitUntil(Condition&& condition);
  void Notify();
  void ThrowError();
  void Work();

  std::function<void(const CheckBatch&)> check_;
  std::vector<CheckBatch> batches_;  // filled and checked in turn
  std::atomic<std::uint64_t> submitted_{0};
  std::atomic<std::uint64_t> checked_{0};
  std::atomic<bool> ends_{false};
  std::atomic<bool> has_error_{false};
  std::exception_ptr error_;  // of the first check that threw; later batches are not looked at
  std::mutex mutex_;
  std::condition_variable changed_;
  std::thread thread_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_CHECK_THREAD_H_
