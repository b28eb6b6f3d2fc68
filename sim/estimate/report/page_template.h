// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_REPORT_PAGE_TEMPLATE_H_
#define DENSESHIFT_SIM_ESTIMATE_REPORT_PAGE_TEMPLATE_H_

#include <string_view>

namespace denseshift::sim {

// page/report.html with frame, style and scripts, made by page/embed.cmake. Still to be filled in:
// @TITLE@ (text), @ESTIMATE@ and @TIMELINE@ (JSON), once each and in this order.
extern const std::string_view kPageTemplate;

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_REPORT_PAGE_TEMPLATE_H_
