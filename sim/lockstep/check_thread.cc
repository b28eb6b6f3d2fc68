// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/check_thread.h"

#include <chrono>
#include <utility>

namespace denseshift::sim {

namespace {

constexpr std::size_t kBatches = 4;

// To fall asleep and be woken can take longer than to fill a batch.
constexpr std::chrono::microseconds kWatchTime{500};

}  // namespace

CheckThread::CheckThread(std::size_t lines, std::function<void(const CheckBatch&)> check)
    : check_(std::move(check)), batches_(kBatches, CheckBatch(lines)), thread_([this] { Work(); }) {
}

CheckThread::~CheckThread() {
  ends_ = true;
  Notify();
  thread_.join();
}

// Watches for a while, then sleeps.
template <typename Condition>
void CheckThread::WaitUntil(Condition&& condition) {
  const auto end = std::chrono::steady_clock::now() + kWatchTime;
  while (!condition()) {
    if (std::chrono::steady_clock::now() < end) {
      std::this_thread::yield();
    } else {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, condition);
    }
  }
}

void CheckThread::Notify() {
  { const std::lock_guard<std::mutex> lock(mutex_); }  // not between condition and sleep
  changed_.notify_all();
}

void CheckThread::ThrowError() {
  if (has_error_)
    std::rethrow_exception(error_);
}

void CheckThread::Wait() {
  WaitUntil([this] { return checked_ == submitted_; });
  ThrowError();
}

void CheckThread::Submit() {
  ++submitted_;
  Notify();
  WaitUntil([this] { return submitted_ - checked_ < kBatches; });
  ThrowError();
  batch().Clear();
}

void CheckThread::Work() {
  while (true) {
    WaitUntil([this] { return checked_ != submitted_ || ends_; });
    if (checked_ == submitted_)
      return;
    try {
      if (!has_error_)
        check_(batches_[checked_ % kBatches]);
    } catch (...) {
      error_ = std::current_exception();
      has_error_ = true;
    }
    ++checked_;
    Notify();
  }
}

}  // namespace denseshift::sim
