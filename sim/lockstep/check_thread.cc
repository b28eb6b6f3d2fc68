// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/check_thread.h"

#include <utility>

namespace denseshift::sim {

CheckThread::CheckThread(std::size_t lines, std::function<void(const CheckBatch&)> check)
    : check_(std::move(check)), batches_{CheckBatch(lines), CheckBatch(lines)}, thread_([this] {
        Work();
      }) {
}

CheckThread::~CheckThread() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void CheckThread::Wait() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return checking_ == nullptr; });
  if (error_ != nullptr)
    std::rethrow_exception(error_);
}

void CheckThread::Submit() {
  Wait();
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    checking_ = filling_;
  }
  changed_.notify_all();
  filling_ = filling_ == &batches_[0] ? &batches_[1] : &batches_[0];
  filling_->Clear();
}

void CheckThread::Work() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return checking_ != nullptr || ends_; });
    if (checking_ == nullptr)
      return;
    const CheckBatch& batch = *checking_;
    lock.unlock();
    std::exception_ptr error;
    try {
      check_(batch);
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    error_ = error;
    checking_ = nullptr;
    changed_.notify_all();
  }
}

}  // namespace denseshift::sim
