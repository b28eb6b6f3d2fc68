// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_REPORT_SHORT_TEXT_H_
#define DENSESHIFT_SIM_ESTIMATE_REPORT_SHORT_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace denseshift::sim {

// A name for one cell of a terminal: control characters become '?', and what is longer than `limit`
// characters (at least 3) keeps its ends, as names of one network differ there: "feat..conv_7".
[[nodiscard]] std::string ShortName(std::string_view name, std::size_t limit);

// A count in at most six characters, four digits of it: 9999, 12.35k, 118.0M.
[[nodiscard]] std::string ShortCount(std::uint64_t count);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_REPORT_SHORT_TEXT_H_
