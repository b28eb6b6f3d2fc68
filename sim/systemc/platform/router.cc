// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/platform/router.h"

#include <algorithm>
#include <utility>

namespace denseshift::systemc {

using tlm::tlm_generic_payload;

Router::Router(const sc_core::sc_module_name& name,
               std::vector<AddressWindow> windows,
               std::vector<AddressRange> ranges)
    : sc_core::sc_module(name),
      initiators("initiators", windows.size()),
      targets("targets", ranges.size()),
      windows_(std::move(windows)),
      ranges_(std::move(ranges)) {
  for (unsigned i = 0; i < initiators.size(); ++i) {
    const int tag = static_cast<int>(i);
    initiators[i].register_b_transport(this, &Router::Transport, tag);
    initiators[i].register_transport_dbg(this, &Router::TransportDebug, tag);
    initiators[i].register_get_direct_mem_ptr(this, &Router::GetDirect, tag);
  }
  for (unsigned i = 0; i < targets.size(); ++i) {
    targets[i].register_invalidate_direct_mem_ptr(this, &Router::Invalidate, static_cast<int>(i));
  }
}

Router::Place Router::Find(int initiator, std::uint64_t seen, std::uint64_t bytes) const {
  const AddressWindow& window = windows_[static_cast<unsigned>(initiator)];
  if (seen >= window.bytes || bytes > window.bytes - seen)
    return {};
  const std::uint64_t address = window.begin + seen;
  for (unsigned target = 0; target < ranges_.size(); ++target) {
    const AddressRange& range = ranges_[target];
    if (address >= range.begin && address - range.begin < range.bytes)
      return {bytes <= range.bytes - (address - range.begin), target, address - range.begin};
  }
  return {};
}

void Router::Transport(int initiator, tlm_generic_payload& payload, sc_core::sc_time& delay) {
  const Place place = Find(initiator,
                           payload.get_address(),
                           std::min(payload.get_data_length(), payload.get_streaming_width()));
  if (!place.exists) {
    payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    return;
  }
  const std::uint64_t address = payload.get_address();
  payload.set_address(place.address);
  targets[place.target]->b_transport(payload, delay);
  payload.set_address(address);
}

unsigned Router::TransportDebug(int initiator, tlm_generic_payload& payload) {
  const Place place = Find(initiator, payload.get_address(), payload.get_data_length());
  if (!place.exists)
    return 0;
  const std::uint64_t address = payload.get_address();
  payload.set_address(place.address);
  const unsigned bytes = targets[place.target]->transport_dbg(payload);
  payload.set_address(address);
  return bytes;
}

bool Router::GetDirect(int initiator, tlm_generic_payload& payload, tlm::tlm_dmi& region) {
  const Place place = Find(initiator, payload.get_address(), 1);
  const std::uint64_t address = payload.get_address();
  const auto refuse = [&] {
    region.set_start_address(address);
    region.set_end_address(address);
    region.allow_none();
    return false;
  };
  if (!place.exists)
    return refuse();
  payload.set_address(place.address);
  const bool granted = targets[place.target]->get_direct_mem_ptr(payload, region);
  payload.set_address(address);
  const std::uint64_t target_begin = region.get_start_address();
  std::uint64_t begin = target_begin;
  std::uint64_t last = region.get_end_address();
  if (!ToInitiator(static_cast<unsigned>(initiator), place.target, begin, last))
    return refuse();
  region.set_start_address(begin);
  region.set_end_address(last);
  if (granted) {
    // The pointer is that of the region's begin, which may now lie further on.
    const std::uint64_t seen = address - begin;  // from there to the address asked for
    const std::uint64_t meant = place.address - target_begin;
    region.set_dmi_ptr(region.get_dmi_ptr() + (meant - seen));
  }
  return granted;
}

bool Router::ToInitiator(unsigned initiator,
                         unsigned target,
                         std::uint64_t& begin,
                         std::uint64_t& last) const {
  const AddressRange& range = ranges_[target];
  const AddressWindow& window = windows_[initiator];
  const std::uint64_t window_last = window.begin + (window.bytes - 1);
  begin = std::max(range.begin + std::min(begin, range.bytes - 1), window.begin);
  last = std::min(range.begin + std::min(last, range.bytes - 1), window_last);
  if (begin > last)
    return false;
  begin -= window.begin;
  last -= window.begin;
  return true;
}

void Router::Invalidate(int target, sc_dt::uint64 begin, sc_dt::uint64 end) {
  for (unsigned i = 0; i < initiators.size(); ++i) {
    std::uint64_t first = begin;
    std::uint64_t last = end;
    if (ToInitiator(i, static_cast<unsigned>(target), first, last))
      initiators[i]->invalidate_direct_mem_ptr(first, last);
  }
}

}  // namespace denseshift::systemc
