// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/output_buffer.h"

#include <algorithm>
#include <cstring>

namespace denseshift::golden::cycle {

OutputBuffer::OutputBuffer(const Parameters& parameters)
    : words_(parameters.OutWords()),
      bus_bytes_(parameters.bus_bytes),
      select_mask_(2 * std::max(parameters.columns, parameters.bus_bytes) / parameters.bus_bytes -
                   1),
      contents_(parameters.out_bytes) {
}

void OutputBuffer::Write(std::uint32_t address, const std::uint8_t* data, std::uint32_t bytes) {
  std::memcpy(&contents_[address], data, bytes);
}

void OutputBuffer::ListState(StateList& list) const {
  list.Add("output_buffer.select", select_, 8);
}

}  // namespace denseshift::golden::cycle
