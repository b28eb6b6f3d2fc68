// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_PAGE_TEMPLATE_H_
#define DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_PAGE_TEMPLATE_H_

#include <string_view>

namespace denseshift::sim {

// page/sweep.html with frame, style and scripts. Still to be filled in: @TITLE@ (text) and @SWEEP@
// (JSON), once each and in this order.
extern const std::string_view kSweepPageTemplate;

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_PAGE_TEMPLATE_H_
