// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_CHECK_THREAD_H_
#define DENSESHIFT_SIM_LOCKSTEP_CHECK_THREAD_H_

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

#include "sim/lockstep/check_batch.h"

namespace denseshift::sim {

// Checks batches of cycles in a thread of its own while the caller fills the next one.
class CheckThread {
 public:
  // `check` is called in the other thread.
  CheckThread(std::size_t lines, std::function<void(const CheckBatch&)> check);
  CheckThread(const CheckThread&) = delete;
  CheckThread& operator=(const CheckThread&) = delete;
  ~CheckThread();

  // The batch to be filled.
  [[nodiscard]] CheckBatch& batch() { return *filling_; }

  // Hands over the batch. Waits for the one before; throws what its check threw.
  void Submit();

  // Waits until all that was submitted is checked. Throws what a check threw.
  void Wait();

 private:
  void Work();

  std::function<void(const CheckBatch&)> check_;
  CheckBatch batches_[2];
  CheckBatch* filling_ = &batches_[0];
  CheckBatch* checking_ = nullptr;  // nullptr: done
  bool ends_ = false;
  std::exception_ptr error_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::thread thread_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_CHECK_THREAD_H_
