// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_PROTOCOL_RULES_H_
#define DENSESHIFT_SIM_SYSTEMC_PROTOCOL_RULES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include <systemc>
#include <tlm>

namespace denseshift::systemc {

// The rules of the TLM-2.0 base protocol for what passes one socket (IEEE 1666, 15.2). Each
// violation is an SC_ERROR "/denseshift/tlm" that names module, rule and transaction.
class ProtocolRules {
 public:
  explicit ProtocolRules(const sc_core::sc_module& module) : module_(module) {}

  void BeginBlocking(const tlm::tlm_generic_payload& payload);
  void EndBlocking(const tlm::tlm_generic_payload& payload,
                   const sc_core::sc_time& begin,
                   const sc_core::sc_time& end);

  // Before and after a call of nb_transport_fw or _bw; `sent` is the phase before it.
  void CallForward(const tlm::tlm_generic_payload& payload, const tlm::tlm_phase& phase);
  void ReturnForward(const tlm::tlm_generic_payload& payload,
                     const tlm::tlm_phase& sent,
                     const tlm::tlm_phase& phase,
                     tlm::tlm_sync_enum status);
  void CallBackward(const tlm::tlm_generic_payload& payload, const tlm::tlm_phase& phase);
  void ReturnBackward(const tlm::tlm_generic_payload& payload,
                      const tlm::tlm_phase& sent,
                      const tlm::tlm_phase& phase,
                      tlm::tlm_sync_enum status);

  void CheckDebug(const tlm::tlm_generic_payload& payload,
                  unsigned bytes,
                  const sc_core::sc_time& before) const;
  void CheckDirect(const tlm::tlm_generic_payload& payload,
                   const tlm::tlm_dmi& region,
                   bool granted) const;

  // Transactions that have begun and not ended.
  [[nodiscard]] std::size_t open() const { return open_.size(); }

 private:
  enum class Phase { kBeginRequest, kEndRequest, kBeginResponse, kBlocking };

  // What must not change while a transaction is on its way.
  struct Attributes {
    tlm::tlm_command command = tlm::TLM_IGNORE_COMMAND;
    std::uint64_t address = 0;
    const unsigned char* data = nullptr;
    unsigned length = 0;
    const unsigned char* enables = nullptr;
    unsigned enable_length = 0;
    unsigned width = 0;

    [[nodiscard]] bool operator==(const Attributes& other) const;
  };

  struct Open {
    Phase phase = Phase::kBeginRequest;
    Attributes attributes;
  };

  static Attributes AttributesOf(const tlm::tlm_generic_payload& payload);
  void CheckRequest(const tlm::tlm_generic_payload& payload) const;
  void CheckResponse(const tlm::tlm_generic_payload& payload, const Open& open) const;
  Open* Find(const tlm::tlm_generic_payload& payload, const std::string& what);
  void EndRequest(const tlm::tlm_generic_payload& payload);
  void BeginResponse(const tlm::tlm_generic_payload& payload);
  void EndResponse(const tlm::tlm_generic_payload& payload);
  void Fail(const tlm::tlm_generic_payload& payload, const std::string& rule) const;

  const sc_core::sc_module& module_;
  std::map<const tlm::tlm_generic_payload*, Open> open_;
  const tlm::tlm_generic_payload* requesting_ = nullptr;
  const tlm::tlm_generic_payload* responding_ = nullptr;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_PROTOCOL_RULES_H_
