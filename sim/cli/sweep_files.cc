// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/sweep_files.h"

#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>

#include "sim/cli/text_output.h"
#include "sim/estimate/sweep/sweep_html.h"
#include "sim/estimate/sweep/sweep_output.h"

namespace denseshift::sim {

namespace fs = std::filesystem;

void CheckPage(const SweepFormat& format, const std::string& output, std::uint64_t points) {
  if (format.html.empty())
    return;
  CheckPageHolds(points);
  const fs::path page = fs::absolute(format.html).lexically_normal();
  if (fs::is_directory(page))
    throw std::runtime_error(fmt::format("--html {} is a folder; name a file in it", format.html));
  if (!fs::is_directory(page.parent_path())) {
    throw std::runtime_error(fmt::format(
        "--html {}: there is no folder {}; make it", format.html, page.parent_path().string()));
  }
  if (!output.empty() && fs::absolute(output).lexically_normal() == page) {
    throw std::runtime_error(
        fmt::format("--output and --html are both {}; name two files", format.html));
  }
}

void WriteSweepFiles(const SweepFormat& format,
                     const std::string& output,
                     const SweepResult& result) {
  if (!format.html.empty())
    WriteSweepHtml(format.html, result);
  if (!format.html.empty() && output.empty() && !format.csv && !format.json)
    return;
  WriteText(output, [&](const TextSink& sink) {
    format.json ? WriteSweepJson(result, sink) : WriteSweepCsv(result, sink);
  });
}

}  // namespace denseshift::sim
