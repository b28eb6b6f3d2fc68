// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CONFIG_CONFIG_H_
#define DENSESHIFT_SIM_CONFIG_CONFIG_H_

#include <filesystem>
#include <string>
#include <vector>

#include "sim/device_parameters.h"
#include "sim/memory/memory_parameters.h"

namespace denseshift::sim {

// One simulated system: a device and the memory on its bus. The default is 16x16.
struct Config {
  std::string name = "16x16";  // file name without folder and extension
  DeviceParameters device;
  MemoryParameters memory;

  Config();
};

// Reads a configuration: a name like "16x16", looked up in sim/configs/ of the source tree, or a
// path ending in ".toml". Keys that are not given keep their 16x16 value; docs/usage.md lists all.
//
// Errors  std::runtime_error "file:line: ..." naming key, value and what is allowed, for an unknown
//         section or key, a wrong type, or a value out of range; or naming the file that cannot be
//         read, with the shipped names.
//
// `settings` change keys afterwards: "memory.latency_cycles=100". Errors of one name it instead of
// file and line.
[[nodiscard]] Config LoadConfig(const std::string& name_or_path,
                                const std::vector<std::string>& settings = {});

// The steps of LoadConfig, for many configurations of one file.

// The file of a configuration.
//
// Errors  std::runtime_error with the shipped names if there is none.
[[nodiscard]] std::filesystem::path ConfigFile(const std::string& name_or_path);

// What the file says; its values need not go together yet.
[[nodiscard]] Config ReadConfig(const std::filesystem::path& file);

// Changes keys. Errors name the setting.
void ApplySettings(const std::vector<std::string>& settings, Config& config);

// Brings the memory's bus in line with the device's.
//
// Errors  std::invalid_argument naming field, value and allowed range if values do not go together.
void FinishConfig(Config& config);

// What is wrong with "SECTION.KEY" names that are to be set together: one that does not exist or
// is there twice, or two that set the same; "" if nothing is.
[[nodiscard]] std::string KeyProblem(const std::vector<std::string>& names);

// Names of the shipped configurations, sorted by size.
[[nodiscard]] std::vector<std::string> ShippedConfigs();

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CONFIG_CONFIG_H_
