// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/graph.h"

#include <fmt/format.h>
#include <stdexcept>

namespace denseshift::driver::frontend {
namespace {

// The attribute, nullptr when absent; fails when it has another type.
const Attribute* Find(const Node& node, const std::string& key, Attribute::Kind kind) {
  const auto found = node.attributes.find(key);
  if (found == node.attributes.end()) {
    return nullptr;
  }
  if (found->second.kind != kind) {
    FailAt(node, fmt::format("attribute '{}' has the wrong type", key));
  }
  return &found->second;
}

}  // namespace

std::string Node::Label() const {
  if (!name.empty()) {
    return name;
  }
  return outputs.empty() ? std::string("without outputs") : outputs.front();
}

std::int64_t Node::Int(const std::string& key, std::int64_t fallback) const {
  const Attribute* attribute = Find(*this, key, Attribute::Kind::kInt);
  return attribute == nullptr ? fallback : attribute->integer;
}

double Node::Float(const std::string& key, double fallback) const {
  const Attribute* attribute = Find(*this, key, Attribute::Kind::kFloat);
  return attribute == nullptr ? fallback : attribute->number;
}

std::string Node::String(const std::string& key, const std::string& fallback) const {
  const Attribute* attribute = Find(*this, key, Attribute::Kind::kString);
  return attribute == nullptr ? fallback : attribute->text;
}

std::vector<std::int64_t> Node::Ints(const std::string& key,
                                     const std::vector<std::int64_t>& fallback) const {
  const Attribute* attribute = Find(*this, key, Attribute::Kind::kInts);
  return attribute == nullptr ? fallback : attribute->integers;
}

void FailAt(const Node& node, const std::string& what) {
  const std::string prefix = node.domain.empty() ? "" : node.domain + "::";
  throw std::runtime_error(
      fmt::format("node '{}' ({}{}): {}", node.Label(), prefix, node.op_type, what));
}

}  // namespace denseshift::driver::frontend
