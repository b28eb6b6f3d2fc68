// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/fault_campaign.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <random>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/lockstep/lockstep_device.h"
#include "sim/lockstep/pin_check.h"

namespace denseshift::sim {

namespace {

constexpr std::uint64_t kNever = ~std::uint64_t{0};
constexpr std::uint64_t kLimitFactor = 4;  // of a run's cycles without a fault

// What a forked run tells; in memory that all processes share.
struct SharedOutcome {
  std::uint64_t found;    // cycle of the first difference, or kNever
  std::uint64_t visible;  // of the first difference between pins, or kNever
  bool harmful;
  bool is_there;
};

class SharedOutcomes {
 public:
  explicit SharedOutcomes(std::size_t count) : bytes_(count * sizeof(SharedOutcome)) {
    void* memory = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
      throw std::runtime_error("no memory for the outcomes of a fault campaign");
    outcomes_ = static_cast<SharedOutcome*>(memory);
  }

  SharedOutcomes(const SharedOutcomes&) = delete;
  SharedOutcomes& operator=(const SharedOutcomes&) = delete;

  ~SharedOutcomes() { munmap(outcomes_, bytes_); }

  SharedOutcome& operator[](std::size_t i) { return outcomes_[i]; }

 private:
  std::size_t bytes_;
  SharedOutcome* outcomes_;
};

struct TooLong : std::runtime_error {
  TooLong() : std::runtime_error("the run takes too many cycles") {}
};

class Campaign {
 public:
  using Workload = std::function<WorkloadResult(driver::Device&)>;

  Campaign(const DeviceParameters& parameters,
           const MemoryParameters& memory,
           const Workload& workload,
           const FaultCampaignOptions& options)
      : parameters_(parameters),
        memory_(memory),
        workload_(workload),
        options_(options),
        shared_(options.flips) {}

  std::vector<FaultOutcome> Run();

 private:
  void RunWithoutFault();
  void DrawFlips();
  void ForkAt(std::uint64_t cycle);
  void Fork(std::size_t flip);
  void WaitForOne();
  [[nodiscard]] LockstepDevice::Options DeviceOptions();
  void OnDifference(const LockstepDifference& difference);

  const DeviceParameters& parameters_;
  const MemoryParameters& memory_;
  const Workload& workload_;
  const FaultCampaignOptions& options_;
  WorkloadResult expected_;
  std::uint64_t cycles_ = 0;  // of a run without a fault
  std::vector<FaultOutcome> outcomes_;
  SharedOutcomes shared_;
  std::unique_ptr<LockstepDevice> device_;
  std::size_t next_ = 0;  // flip to be forked off
  unsigned running_ = 0;  // processes
  std::size_t done_ = 0;
  SharedOutcome* own_ = nullptr;  // in a forked run, its outcome
};

void Campaign::RunWithoutFault() {
  LockstepDevice device(parameters_, memory_);
  expected_ = workload_(device);
  device.Finish();
  cycles_ = device.Cycles();
}

void Campaign::DrawFlips() {
  const StateBits bits(device_->RtlState());
  std::mt19937_64 random(options_.seed);
  while (outcomes_.size() < options_.flips) {
    const std::uint64_t bit = random() % bits.size();
    const std::uint64_t cycle = random() % cycles_;
    if (options_.registers_only && bits.IsOfMemory(bit))
      continue;
    FaultOutcome outcome;
    outcome.flip = bits.Flip(bit, cycle);
    outcome.is_memory = bits.IsOfMemory(bit);
    outcomes_.push_back(outcome);
  }
  std::stable_sort(outcomes_.begin(), outcomes_.end(), [](const auto& a, const auto& b) {
    return a.flip.cycle < b.flip.cycle;
  });
}

void Campaign::OnDifference(const LockstepDifference& difference) {
  if (own_ == nullptr)
    throw LockstepDifference(difference);
  if (own_->found == kNever)
    own_->found = difference.cycle;
  if (IsPin(difference.signal))
    own_->visible = difference.cycle;
}

LockstepDevice::Options Campaign::DeviceOptions() {
  LockstepDevice::Options options;
  options.concurrent = false;
  options.on_difference = [this](const LockstepDifference& d) { OnDifference(d); };
  options.observer = [this](std::uint64_t cycle) {
    if (own_ == nullptr) {
      ForkAt(cycle);
    } else if (cycle > kLimitFactor * cycles_) {
      throw TooLong();
    }
  };
  return options;
}

void Campaign::WaitForOne() {
  int status = 0;
  if (wait(&status) < 0)
    throw std::runtime_error("a process of the fault campaign is lost");
  --running_;
  ++done_;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw std::runtime_error("the simulator crashed in a fault campaign");
  if (options_.progress)
    options_.progress(done_);
}

void Campaign::Fork(std::size_t flip) {
  while (running_ >= options_.processes)
    WaitForOne();
  const pid_t process = fork();
  if (process < 0)
    throw std::runtime_error("cannot make a process for a fault campaign");
  if (process > 0) {
    ++running_;
    return;
  }
  own_ = &shared_[flip];
  own_->found = own_->visible = kNever;
  device_->Inject(outcomes_[flip].flip);
}

// The workload goes on in every process; in the forked ones with a fault.
void Campaign::ForkAt(std::uint64_t cycle) {
  while (own_ == nullptr && next_ < outcomes_.size() && outcomes_[next_].flip.cycle <= cycle)
    Fork(next_++);
}

std::vector<FaultOutcome> Campaign::Run() {
  RunWithoutFault();
  device_ = std::make_unique<LockstepDevice>(parameters_, memory_, DeviceOptions());
  DrawFlips();
  ForkAt(0);
  try {
    const WorkloadResult result = workload_(*device_);
    if (own_ != nullptr)
      own_->harmful = result != expected_ || device_->Cycles() != cycles_;
  } catch (const std::exception&) {
    if (own_ == nullptr)
      throw;
    own_->harmful = true;
    own_->visible = std::min(own_->visible, device_->Cycles());
  }
  if (own_ != nullptr) {
    own_->is_there = true;
    _exit(0);  // nothing of the parent's is to be ended or written twice
  }
  while (running_ > 0)
    WaitForOne();
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    const SharedOutcome& shared = shared_[i];
    if (!shared.is_there)
      throw std::logic_error("a run of the fault campaign has no outcome");
    FaultOutcome& outcome = outcomes_[i];
    outcome.detected = shared.found != kNever;
    outcome.latency = outcome.detected ? shared.found - outcome.flip.cycle : 0;
    outcome.harmful = shared.harmful;
    outcome.silent = shared.harmful && (!outcome.detected || shared.found > shared.visible);
  }
  return outcomes_;
}

}  // namespace

std::vector<FaultOutcome> RunFaultCampaign(
    const DeviceParameters& parameters,
    const MemoryParameters& memory,
    const std::function<WorkloadResult(driver::Device&)>& workload,
    const FaultCampaignOptions& options) {
  return Campaign(parameters, memory, workload, options).Run();
}

}  // namespace denseshift::sim
