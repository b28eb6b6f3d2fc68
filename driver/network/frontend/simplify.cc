// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/simplify.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <set>
#include <stdexcept>
#include <utility>

#include "driver/network/frontend/operators.h"

namespace denseshift::driver::frontend {
namespace {

// Drops a Softmax that computes the graph's output; it does not change which logit is the largest.
void DropFinalSoftmax(Graph* graph, std::vector<std::string>* notes) {
  for (const Node& node : graph->nodes) {
    const bool last = !node.outputs.empty() && node.outputs.front() == graph->outputs.front();
    if (!last || !node.domain.empty() || node.op_type != "Softmax" || node.inputs.size() != 1) {
      continue;
    }
    const std::int64_t axis = node.Int("axis", graph->opset < 13 ? 1 : -1);
    if (axis != 1 && axis != -1) {
      FailAt(node, fmt::format("axis is {}; only 1 and -1 are supported", axis));
    }
    notes->push_back(
        fmt::format("node '{}' (Softmax) is left out: the output '{}' holds the logits before it",
                    node.Label(),
                    node.inputs.front()));
    graph->outputs.front() = node.inputs.front();
    return;
  }
}

// Keeps the nodes that the output depends on.
void RemoveUnusedNodes(Graph* graph) {
  std::set<std::string> needed = {graph->outputs.front()};
  std::vector<Node> kept;
  for (auto node = graph->nodes.rbegin(); node != graph->nodes.rend(); ++node) {
    const bool used =
        std::any_of(node->outputs.begin(), node->outputs.end(), [&](const std::string& output) {
          return !output.empty() && needed.count(output) != 0;
        });
    if (used) {
      needed.insert(node->inputs.begin(), node->inputs.end());
      kept.push_back(std::move(*node));
    }
  }
  std::reverse(kept.begin(), kept.end());
  graph->nodes = std::move(kept);
}

void CheckNodes(const Graph& graph) {
  std::set<std::string> known;
  for (const auto& [name, constant] : graph.constants) {
    known.insert(name);
  }
  for (const GraphInput& input : graph.inputs) {
    known.insert(input.name);
  }
  for (const Node& node : graph.nodes) {
    (void)FindOperator(node);
    for (const std::string& input : node.inputs) {
      if (!input.empty() && known.count(input) == 0) {
        FailAt(
            node,
            fmt::format("reads tensor '{}', which no supported output before it provides", input));
      }
    }
    if (!known.insert(node.outputs.front()).second) {
      FailAt(node, fmt::format("computes tensor '{}' a second time", node.outputs.front()));
    }
  }
  if (known.count(graph.outputs.front()) == 0) {
    throw std::runtime_error(
        fmt::format("nothing computes the output '{}'", graph.outputs.front()));
  }
}

void FoldConstants(Graph* graph) {
  std::vector<Node> kept;
  for (Node& node : graph->nodes) {
    Inputs inputs;
    bool constant = FindOperator(node).Folds();
    for (const std::string& input : node.inputs) {
      const auto found = graph->constants.find(input);
      constant = constant && (input.empty() || found != graph->constants.end());
      inputs.push_back(found == graph->constants.end() ? nullptr : &found->second);
    }
    if (constant) {
      graph->constants[node.outputs.front()] = Evaluate(node, inputs);
    } else {
      kept.push_back(std::move(node));
    }
  }
  graph->nodes = std::move(kept);
}

// True if the layer only clamps its input: same integers, another range.
bool OnlyClamps(const Network& network, const Layer& layer) {
  const Tensor& in = network.tensors[static_cast<std::size_t>(layer.inputs[0])];
  const Tensor& out = network.tensors[static_cast<std::size_t>(layer.output)];
  const Window& w = layer.window;
  return layer.op == Operator::kMaxPool && in.scale == out.scale &&
         in.zero_point == out.zero_point && in.Elements() == out.Elements() &&
         w.kernel_h * w.kernel_w == 1 && w.stride_h * w.stride_w == 1 &&
         w.pad_top + w.pad_left + w.pad_bottom + w.pad_right == 0;
}

std::ptrdiff_t Readers(const Network& network, int tensor) {
  std::ptrdiff_t readers = tensor == network.output ? 1 : 0;
  for (const Layer& layer : network.layers) {
    readers += std::count(layer.inputs.begin(), layer.inputs.end(), tensor);
  }
  return readers;
}

void DropUnusedTensors(Network* network) {
  std::vector<int> moved(network->tensors.size(), -1);
  std::vector<Tensor> kept;
  for (std::size_t i = 0; i < network->tensors.size(); ++i) {
    const auto index = static_cast<int>(i);
    const bool written = std::any_of(network->layers.begin(),
                                     network->layers.end(),
                                     [index](const Layer& layer) { return layer.output == index; });
    if (written || index == network->input) {
      moved[i] = static_cast<int>(kept.size());
      kept.push_back(network->tensors[i]);
    }
  }
  const auto renumber = [&moved](int* tensor) {
    *tensor = moved[static_cast<std::size_t>(*tensor)];
  };
  for (Layer& layer : network->layers) {
    std::for_each(layer.inputs.begin(), layer.inputs.end(), [&](int& t) { renumber(&t); });
    renumber(&layer.output);
  }
  renumber(&network->input);
  renumber(&network->output);
  network->tensors = std::move(kept);
}

}  // namespace

std::vector<std::string> Simplify(Graph* graph) {
  std::vector<std::string> notes;
  if (graph->outputs.size() != 1) {
    throw std::runtime_error(
        fmt::format("the graph has {} outputs; exactly one is supported", graph->outputs.size()));
  }
  DropFinalSoftmax(graph, &notes);
  RemoveUnusedNodes(graph);
  CheckNodes(*graph);
  FoldConstants(graph);
  return notes;
}

void FoldClamps(Network* network) {
  for (std::size_t i = 0; i < network->layers.size();) {
    const Layer clamp = network->layers[i];
    const int input = clamp.inputs[0];
    const auto producer =
        std::find_if(network->layers.begin(), network->layers.end(), [input](const Layer& layer) {
          return layer.output == input;
        });
    if (!OnlyClamps(*network, clamp) || producer == network->layers.end() ||
        Readers(*network, input) != 1) {
      ++i;
      continue;
    }
    producer->lo = std::clamp(producer->lo, clamp.lo, clamp.hi);
    producer->hi = std::clamp(producer->hi, clamp.lo, clamp.hi);
    producer->output = clamp.output;
    network->layers.erase(network->layers.begin() + static_cast<std::ptrdiff_t>(i));
  }
  DropUnusedTensors(network);
}

}  // namespace denseshift::driver::frontend
