// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/model_request.h"

#include <fmt/format.h>
#include <fstream>
#include <stdexcept>

#include "sim/source_root.h"

namespace denseshift::sim {

std::string ModelRequest::Description() const {
  std::string text = top;
  for (const auto& [name, value] : parameters)
    text += fmt::format(" {}={}", name, value);
  if (trace == TraceFormat::kFst)
    text += " with FST trace";
  if (trace == TraceFormat::kVcd)
    text += " with VCD trace";
  if (checked)
    text += ", checked";
  return text;
}

std::filesystem::path ModelRequest::Support() const {
  return support.empty() ? SourceRoot() : support;
}

ModelRequest TopRequest(const DeviceParameters& p, const std::filesystem::path& root) {
  p.Validate();
  ModelRequest request;
  request.root = root.empty() ? SourceRoot() : root;
  request.support = request.root;
  request.shim = request.root / "sim/rtl/shim/ds_top.cc";
  request.parameters = {{"Lanes", p.lanes},
                        {"Columns", p.columns},
                        {"MaxCodeBits", p.max_code_bits},
                        {"AccW", p.acc_bits},
                        {"AccDepth", p.acc_depth},
                        {"BusBytes", p.bus_bytes},
                        {"ActBytes", p.act_bytes},
                        {"WgtBytes", p.wgt_bytes},
                        {"OutBytes", p.out_bytes},
                        {"ParamEntries", p.param_entries}};
  return request;
}

std::vector<std::string> SourceFiles(const ModelRequest& request) {
  const std::filesystem::path list = request.root / request.list;
  std::ifstream in(list);
  if (!in)
    throw std::runtime_error(fmt::format("cannot read the RTL file list {}", list.string()));
  std::vector<std::string> files;
  for (std::string line; std::getline(in, line);) {
    line.erase(0, line.find_first_not_of(" \t"));
    line.erase(line.find_last_not_of(" \t\r") + 1);
    if (!line.empty() && line.compare(0, 2, "//") != 0)
      files.push_back(line);
  }
  if (files.empty()) {
    throw std::runtime_error(fmt::format("the RTL file list {} names no file", list.string()));
  }
  return files;
}

}  // namespace denseshift::sim
