// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Claim: a job does the same on memories that treat time and direct access each in their own way.

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>

#include <gtest/gtest.h>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>

#include "driver/registers.h"
#include "sim/systemc/accelerator.h"

namespace denseshift::systemc::testing {
namespace {

namespace registers = driver::registers;
using tlm::tlm_generic_payload;

constexpr std::uint32_t kCommands = 8;

// An accelerator whose one job writes stamps into a memory whose manners the test sets.
class Parts : public sc_core::sc_module {
 public:
  Parts(const sc_core::sc_module_name& name, const AcceleratorOptions& options)
      : sc_core::sc_module(name), accelerator_("accelerator", options) {
    memory_.register_b_transport(this, &Parts::Transport);
    memory_.register_get_direct_mem_ptr(this, &Parts::GetDirect);
    bus_.bind(accelerator_.registers);
    accelerator_.memory.bind(memory_);
    accelerator_.interrupt.bind(interrupt_);
    const std::array<std::uint32_t, 16> stamp = {0x105, 0, kStampAddress};
    for (std::uint32_t i = 0; i < kCommands; ++i)
      std::memcpy(&bytes_.at(i * sizeof(stamp)), stamp.data(), sizeof(stamp));
    SC_HAS_PROCESS(Parts);
    SC_THREAD(Run);
  }

  // At the end of the simulation: whether the stamps are there and no error is.
  [[nodiscard]] bool IsGood() const { return is_good_; }

  // Register ERROR at the end.
  [[nodiscard]] std::uint32_t error() const { return error_; }

  std::function<void(sc_core::sc_time&)> take_time = [](sc_core::sc_time&) {};
  bool grants_all = false;                    // direct access to each address there is
  sc_core::sc_time lasts{5, sc_core::SC_MS};  // from the start of the job to the end
  int transactions = 0;

 private:
  static constexpr std::uint32_t kStampAddress = 0x800;

  std::uint32_t Access(tlm::tlm_command command, std::uint32_t offset, std::uint32_t value = 0) {
    tlm_generic_payload payload;
    payload.set_command(command);
    payload.set_address(offset);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
    payload.set_data_length(4);
    payload.set_streaming_width(4);
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    bus_->b_transport(payload, delay);
    return value;
  }

  void Run() {
    Access(tlm::TLM_WRITE_COMMAND, registers::kCmdCount, kCommands);
    Access(tlm::TLM_WRITE_COMMAND, registers::kCtrl, registers::kCtrlStart);
    sc_core::wait(lasts);
    std::uint64_t stamped = 0;
    std::memcpy(&stamped, &bytes_.at(kStampAddress), sizeof(stamped));
    error_ = Access(tlm::TLM_READ_COMMAND, registers::kError);
    is_good_ =
        error_ == 0 && stamped > 0 && stamped < Access(tlm::TLM_READ_COMMAND, registers::kCyclesLo);
    sc_core::sc_stop();
  }

  void Transport(tlm_generic_payload& payload, sc_core::sc_time& delay) {
    ++transactions;
    take_time(delay);
    payload.set_dmi_allowed(grants_all);
    std::uint8_t* place = &bytes_.at(payload.get_address());
    const unsigned char* enables = payload.get_byte_enable_ptr();
    for (unsigned i = 0; i < payload.get_data_length(); ++i) {
      if (payload.is_read()) {
        payload.get_data_ptr()[i] = place[i];
      } else if (enables == nullptr || enables[i] == TLM_BYTE_ENABLED) {
        place[i] = payload.get_data_ptr()[i];
      }
    }
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }

  bool GetDirect(tlm_generic_payload& /*payload*/, tlm::tlm_dmi& region) {
    region.set_dmi_ptr(bytes_.data());
    region.set_start_address(0);
    region.set_end_address(~sc_dt::uint64{0});
    region.allow_read_write();
    return grants_all;
  }

  tlm_utils::simple_initiator_socket<Parts> bus_{"bus"};
  Accelerator accelerator_;
  tlm_utils::simple_target_socket<Parts> memory_{"memory"};
  sc_core::sc_signal<bool> interrupt_{"interrupt"};
  std::array<std::uint8_t, 4096> bytes_{};
  bool is_good_ = false;
  std::uint32_t error_ = 0;
};

TEST(MemoryTargets, MayTakeAwayTheDelayOfAnInitiatorThatIsAhead) {
  AcceleratorOptions options;
  options.body = BodyKind::kModel;
  Parts parts("parts", options);
  parts.take_time = [](sc_core::sc_time& delay) { delay = sc_core::SC_ZERO_TIME; };
  sc_core::sc_start();
  EXPECT_TRUE(parts.IsGood());
}

// Two milliseconds for a burst: twice the 100,000 cycles that WATCHDOG is after reset.
void TakeVeryLong(sc_core::sc_time& delay) {
  delay += sc_core::sc_time(2, sc_core::SC_MS);
}

TEST(MemoryTargets, SlowerThanTheWatchdogAreAnErrorOnTheModel) {
  AcceleratorOptions options;
  options.body = BodyKind::kModel;
  Parts parts("parts", options);
  parts.take_time = TakeVeryLong;
  sc_core::sc_start();
  EXPECT_EQ(parts.error() & 0xFFU, 6U);
}

TEST(MemoryTargets, SlowerThanTheWatchdogAreWaitedForByTheFunctionalBody) {
  Parts parts("parts", {});
  parts.take_time = TakeVeryLong;
  parts.lasts = sc_core::sc_time(1, sc_core::SC_SEC);
  sc_core::sc_start();
  EXPECT_TRUE(parts.IsGood());
}

TEST(MemoryTargets, MayGrantDirectAccessToAllAddresses) {
  Parts parts("parts", {});
  parts.grants_all = true;
  sc_core::sc_start();
  EXPECT_TRUE(parts.IsGood());
  EXPECT_EQ(parts.transactions, 1) << "direct access is not used";
}

}  // namespace
}  // namespace denseshift::systemc::testing
