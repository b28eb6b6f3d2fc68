// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/config/config.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>
#include <stdexcept>
#include <toml++/toml.h>

#include "sim/source_root.h"

namespace denseshift::sim {

namespace fs = std::filesystem;

namespace {

constexpr double kKib = 1024;
constexpr double kMib = 1024 * 1024;
constexpr double kLargestBuffer = 1 << 30;

// What a key may hold.
enum class Kind { kInteger, kPowerOfTwo, kReal };

// One key of the file. The value is checked against its range, then given to `set` in the unit of
// the key.
struct Key {
  const char* section;
  const char* name;
  Kind kind;
  double min;
  double max;
  void (*set)(Config&, double);
  const char* excludes = nullptr;  // another key that sets the same field
};

template <typename T>
void Set(T& field, double value) {
  field = static_cast<T>(std::llround(value));
}

// clang-format off
const std::vector<Key>& Keys() {
  static const std::vector<Key> kKeys = {
      {"array", "lanes", Kind::kPowerOfTwo, 4, 64, [](Config& c, double v) { Set(c.device.lanes, v); }},
      {"array", "columns", Kind::kPowerOfTwo, 4, 64, [](Config& c, double v) { Set(c.device.columns, v); }},
      {"array", "max_code_bits", Kind::kInteger, 2, 4, [](Config& c, double v) { Set(c.device.max_code_bits, v); }},
      {"accumulator", "bits", Kind::kInteger, 16, 32, [](Config& c, double v) { Set(c.device.acc_bits, v); }},
      {"accumulator", "depth", Kind::kPowerOfTwo, 16, 1024, [](Config& c, double v) { Set(c.device.acc_depth, v); }},
      {"buffers", "activation_kib", Kind::kPowerOfTwo, 1, kLargestBuffer / kKib, [](Config& c, double v) { Set(c.device.act_bytes, v * kKib); }, "activation_bytes"},
      {"buffers", "activation_bytes", Kind::kPowerOfTwo, 16, kLargestBuffer, [](Config& c, double v) { Set(c.device.act_bytes, v); }},
      {"buffers", "weight_kib", Kind::kPowerOfTwo, 1, kLargestBuffer / kKib, [](Config& c, double v) { Set(c.device.wgt_bytes, v * kKib); }, "weight_bytes"},
      {"buffers", "weight_bytes", Kind::kPowerOfTwo, 8, kLargestBuffer, [](Config& c, double v) { Set(c.device.wgt_bytes, v); }},
      {"buffers", "output_kib", Kind::kPowerOfTwo, 1, kLargestBuffer / kKib, [](Config& c, double v) { Set(c.device.out_bytes, v * kKib); }, "output_bytes"},
      {"buffers", "output_bytes", Kind::kPowerOfTwo, 8, kLargestBuffer, [](Config& c, double v) { Set(c.device.out_bytes, v); }},
      {"buffers", "parameter_entries", Kind::kPowerOfTwo, 1, 65536, [](Config& c, double v) { Set(c.device.param_entries, v); }},
      {"bus", "width_bits", Kind::kPowerOfTwo, 64, 256, [](Config& c, double v) { Set(c.device.bus_bytes, v / 8); }},
      {"memory", "latency_cycles", Kind::kInteger, 1, 100000, [](Config& c, double v) { Set(c.memory.latency_cycles, v); }},
      {"memory", "bytes_per_cycle", Kind::kReal, 1.0 / 64, 1000000, [](Config& c, double v) { c.memory.bytes_per_cycle = v; }},
      {"memory", "max_outstanding_reads", Kind::kInteger, 1, 64, [](Config& c, double v) { Set(c.memory.max_outstanding_reads, v); }},
      {"memory", "max_outstanding_writes", Kind::kInteger, 1, 64, [](Config& c, double v) { Set(c.memory.max_outstanding_writes, v); }},
      {"memory", "stall_probability", Kind::kReal, 0, 0.95, [](Config& c, double v) { c.memory.stall_probability = v; }},
      {"memory", "seed", Kind::kInteger, 0, 9007199254740991, [](Config& c, double v) { Set(c.memory.seed, v); }},
      {"memory", "refresh_period_cycles", Kind::kInteger, 0, 1000000000, [](Config& c, double v) { Set(c.memory.refresh_period_cycles, v); }},
      {"memory", "refresh_cycles", Kind::kInteger, 0, 1000000000, [](Config& c, double v) { Set(c.memory.refresh_cycles, v); }},
      {"memory", "size_mib", Kind::kInteger, 1, 4096, [](Config& c, double v) { Set(c.memory.bytes, v * kMib); }},
  };
  return kKeys;
}

// clang-format on

[[noreturn]] void Fail(const fs::path& file, const toml::node& node, const std::string& message) {
  throw std::runtime_error(
      fmt::format("{}:{}: {}", file.string(), node.source().begin.line, message));
}

std::string RangeText(const Key& key) {
  switch (key.kind) {
    case Kind::kInteger:
      return fmt::format("an integer, {:.0f}..{:.0f}", key.min, key.max);
    case Kind::kPowerOfTwo:
      return fmt::format("a power of two, {:.0f}..{:.0f}", key.min, key.max);
    case Kind::kReal:
      break;
  }
  return fmt::format("a number, {}..{}", key.min, key.max);
}

double ReadNumber(const fs::path& file, const Key& key, const toml::node& node) {
  const std::string name = fmt::format("{}.{}", key.section, key.name);
  const bool type_fits = key.kind == Kind::kReal ? node.is_number() : node.is_integer();
  if (!type_fits) {
    Fail(file, node, fmt::format("{} is not a number as expected: {}", name, RangeText(key)));
  }
  const double value = node.value<double>().value();
  const bool in_range = value >= key.min && value <= key.max;
  const bool shape_fits =
      key.kind != Kind::kPowerOfTwo || std::exp2(std::round(std::log2(value))) == value;
  if (!in_range || !shape_fits) {
    Fail(file, node, fmt::format("{} is {}, allowed is {}", name, value, RangeText(key)));
  }
  return value;
}

// "a, b, c" of the keys of a section, or of all sections if `section` is empty.
std::string Choices(const std::string& section) {
  std::vector<std::string> names;
  for (const Key& key : Keys()) {
    const std::string name = section.empty() ? key.section : key.name;
    const bool fits = section.empty() || section == key.section;
    if (fits && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

void ReadSection(const fs::path& file,
                 const std::string& section,
                 const toml::table& table,
                 Config& config) {
  for (const auto& [name, node] : table) {
    const auto key = std::find_if(Keys().begin(), Keys().end(), [&, n = name.str()](const Key& k) {
      return section == k.section && n == k.name;
    });
    if (key == Keys().end()) {
      Fail(file,
           node,
           fmt::format(
               "unknown key {}.{}; [{}] has {}", section, name.str(), section, Choices(section)));
    }
    if (key->excludes != nullptr && table.contains(key->excludes)) {
      Fail(file,
           node,
           fmt::format("{}.{} and {}.{} set the same", section, key->name, section, key->excludes));
    }
    key->set(config, ReadNumber(file, *key, node));
  }
}

toml::table Parse(const fs::path& file) {
  try {
    return toml::parse_file(file.string());
  } catch (const toml::parse_error& e) {
    throw std::runtime_error(
        fmt::format("{}:{}: {}", file.string(), e.source().begin.line, e.description()));
  }
}

Config Read(const fs::path& file) {
  Config config;
  config.name = file.stem().string();
  for (const auto& [name, node] : Parse(file)) {
    const std::string section(name.str());
    if (Choices(section).empty()) {
      Fail(file, node, fmt::format("unknown section [{}]; there are {}", section, Choices("")));
    }
    if (!node.is_table())
      Fail(file, node, fmt::format("{} is not a section", section));
    ReadSection(file, section, *node.as_table(), config);
  }
  config.memory.bus_bytes = config.device.bus_bytes;
  try {
    config.device.Validate();
    config.memory.Validate();
  } catch (const std::invalid_argument& e) {
    throw std::runtime_error(fmt::format("{}: {}", file.string(), e.what()));
  }
  return config;
}

}  // namespace

Config::Config() {
  device.act_bytes = 128 * 1024;
  device.wgt_bytes = 64 * 1024;
  device.out_bytes = 64 * 1024;
  device.param_entries = 256;
}

std::vector<std::string> ShippedConfigs() {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(SourceRoot() / "sim/configs", error)) {
    if (entry.path().extension() == ".toml")
      names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
    return std::make_pair(a.size(), a) < std::make_pair(b.size(), b);
  });
  return names;
}

Config LoadConfig(const std::string& name_or_path) {
  fs::path file = name_or_path;
  if (file.extension() != ".toml")
    file = SourceRoot() / "sim/configs" / (name_or_path + ".toml");
  std::error_code error;
  if (!fs::is_regular_file(file, error)) {
    throw std::runtime_error(fmt::format(
        "no configuration '{}': give the path of a .toml file, or one of the shipped names: {}",
        name_or_path,
        fmt::join(ShippedConfigs(), ", ")));
  }
  return Read(file);
}

}  // namespace denseshift::sim
