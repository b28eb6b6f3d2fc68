// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_ONE_OF_H_
#define DENSESHIFT_SIM_CLI_ONE_OF_H_

#include <CLI/CLI.hpp>
#include <map>
#include <string>

namespace denseshift::sim {

// Turns one of some words into the value it stands for.
template <typename T>
CLI::Validator OneOf(const std::map<std::string, T>& choices) {
  const auto convert = [choices](std::string& word) -> std::string {
    const auto choice = choices.find(word);
    if (choice != choices.end()) {
      word = std::to_string(static_cast<int>(choice->second));
      return "";
    }
    std::string names;
    for (const auto& [name, value] : choices)
      names += (names.empty() ? "" : ", ") + name;
    return "'" + word + "' is not one of " + names;
  };
  return {convert, ""};
}

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_ONE_OF_H_
