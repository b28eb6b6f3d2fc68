// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_MEMORY_PORT_H_
#define DENSESHIFT_SIM_SYSTEMC_MEMORY_PORT_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>

#include <systemc>
#include <tlm>
#include <tlm_utils/peq_with_cb_and_phase.h>
#include <tlm_utils/simple_initiator_socket.h>

#include "sim/systemc/accelerator_options.h"
#include "sim/systemc/payload_pool.h"

namespace denseshift::systemc {

// A burst of whole bus words.
struct MemoryBurst {
  bool is_write = false;
  std::uint64_t address = 0;
  std::uint8_t* bytes = nullptr;         // to be read into or written from
  std::uint8_t* byte_enables = nullptr;  // one for each byte: 0xFF or 0; null: all count
  std::uint32_t count = 0;
};

// The initiator of an accelerator: sends bursts and hands out direct memory access.
class MemoryPort : public sc_core::sc_module {
 public:
  tlm_utils::simple_initiator_socket<MemoryPort> socket{"socket"};

  MemoryPort(const sc_core::sc_module_name& name, TimingStyle style);

  [[nodiscard]] TimingStyle style() const { return style_; }

  // Sends a burst `delay` after now and returns the response. `delay` becomes the time from now to
  // the response; it may have waited as well. Called from a thread.
  // Whether the target may grant direct memory access there, if it says so.
  tlm::tlm_response_status Transport(const MemoryBurst& burst,
                                     sc_core::sc_time& delay,
                                     bool* may_be_direct = nullptr);

  using Answer = std::function<void(tlm::tlm_response_status)>;

  // Sends a burst as soon as the bursts before it are accepted, with four phases; `answer` is
  // called when the response comes. The data must live until then. Needs no thread.
  void Send(const MemoryBurst& burst, Answer answer);

  // Memory around an address that can be read and written in place; none if the target grants none.
  // It holds until `on_invalidated` is called.
  [[nodiscard]] bool FindDirect(std::uint64_t address, tlm::tlm_dmi& region);

  void OnInvalidated(std::function<void()> on_invalidated) {
    on_invalidated_ = std::move(on_invalidated);
  }

 private:
  tlm::tlm_sync_enum Backward(tlm::tlm_generic_payload& payload,
                              tlm::tlm_phase& phase,
                              sc_core::sc_time& delay);
  void Invalidate(sc_dt::uint64 begin, sc_dt::uint64 end);
  void Move(tlm::tlm_generic_payload& payload, const tlm::tlm_phase& phase);
  void SendNext();
  void Finish(tlm::tlm_generic_payload& payload);
  static void Fill(tlm::tlm_generic_payload& payload, const MemoryBurst& burst);

  TimingStyle style_;
  PayloadPool pool_;
  std::deque<tlm::tlm_generic_payload*> waiting_;
  std::map<tlm::tlm_generic_payload*, Answer> answers_;
  tlm::tlm_generic_payload* requesting_ = nullptr;  // between BEGIN_REQ and END_REQ
  tlm_utils::peq_with_cb_and_phase<MemoryPort> phases_;
  std::function<void()> on_invalidated_;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_MEMORY_PORT_H_
