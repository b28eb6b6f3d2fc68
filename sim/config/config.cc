// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/config/config.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>
#include <toml++/toml.h>
#include <type_traits>

#include "sim/source_root.h"

namespace denseshift::sim {

namespace fs = std::filesystem;

namespace {

constexpr int kKib = 1024;
constexpr int kMaxKib = 1 << 20;  // of a buffer

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

using D = DeviceParameters;
using M = MemoryParameters;

// Sets a field of the device or memory to the value times `Unit`.
template <auto Field, int Unit = 1>
void Set(Config& config, double value) {
  if constexpr (std::is_same_v<decltype(Field), int D::*>) {
    config.device.*Field = static_cast<int>(value) * Unit;
  } else {
    using T = std::decay_t<decltype(config.memory.*Field)>;
    config.memory.*Field = static_cast<T>(value) * Unit;
  }
}

void SetBus(Config& config, double bits) {
  config.device.bus_bytes = static_cast<int>(bits) / 8;
}

constexpr Kind kInt = Kind::kInteger;
constexpr Kind kPow2 = Kind::kPowerOfTwo;
constexpr Kind kReal = Kind::kReal;

constexpr std::array<Key, 22> kKeys = {{
    {"array", "lanes", kPow2, 4, 64, Set<&D::lanes>},
    {"array", "columns", kPow2, 4, 64, Set<&D::columns>},
    {"array", "max_code_bits", kInt, 2, 4, Set<&D::max_code_bits>},
    {"accumulator", "bits", kInt, 16, 32, Set<&D::acc_bits>},
    {"accumulator", "depth", kPow2, 16, 1024, Set<&D::acc_depth>},
    {"buffers", "activation_kib", kPow2, 1, kMaxKib, Set<&D::act_bytes, kKib>, "activation_bytes"},
    {"buffers", "activation_bytes", kPow2, 16, kMaxKib* kKib, Set<&D::act_bytes>},
    {"buffers", "weight_kib", kPow2, 1, kMaxKib, Set<&D::wgt_bytes, kKib>, "weight_bytes"},
    {"buffers", "weight_bytes", kPow2, 8, kMaxKib* kKib, Set<&D::wgt_bytes>},
    {"buffers", "output_kib", kPow2, 1, kMaxKib, Set<&D::out_bytes, kKib>, "output_bytes"},
    {"buffers", "output_bytes", kPow2, 8, kMaxKib* kKib, Set<&D::out_bytes>},
    {"buffers", "parameter_entries", kPow2, 1, 65536, Set<&D::param_entries>},
    {"bus", "width_bits", kPow2, 64, 256, SetBus},
    {"memory", "latency_cycles", kInt, 1, 100000, Set<&M::latency_cycles>},
    {"memory", "bytes_per_cycle", kReal, 1.0 / 64, 1e6, Set<&M::bytes_per_cycle>},
    {"memory", "max_outstanding_reads", kInt, 1, 64, Set<&M::max_outstanding_reads>},
    {"memory", "max_outstanding_writes", kInt, 1, 64, Set<&M::max_outstanding_writes>},
    {"memory", "stall_probability", kReal, 0, 0.95, Set<&M::stall_probability>},
    {"memory", "seed", kInt, 0, 9007199254740991, Set<&M::seed>},
    {"memory", "refresh_period_cycles", kInt, 0, 1e9, Set<&M::refresh_period_cycles>},
    {"memory", "refresh_cycles", kInt, 0, 1e9, Set<&M::refresh_cycles>},
    {"memory", "size_mib", kInt, 1, 4096, Set<&M::bytes, kKib * kKib>},
}};

// Where keys come from, for messages: a file, or a setting.
struct Source {
  std::string name;
  bool has_lines = true;
};

[[noreturn]] void Fail(const Source& source,
                       const toml::source_region& at,
                       const std::string& what) {
  throw std::runtime_error(source.has_lines
                               ? fmt::format("{}:{}: {}", source.name, at.begin.line, what)
                               : fmt::format("{}: {}", source.name, what));
}

[[noreturn]] void Fail(const Source& source, const toml::node& node, const std::string& message) {
  Fail(source, node.source(), message);
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

double ReadNumber(const Source& source, const Key& key, const toml::node& node) {
  const std::string name = fmt::format("{}.{}", key.section, key.name);
  const bool type_fits = key.kind == Kind::kReal ? node.is_number() : node.is_integer();
  if (!type_fits) {
    Fail(source, node, fmt::format("{} is not a number as expected: {}", name, RangeText(key)));
  }
  const double value = node.value<double>().value();
  const bool in_range = value >= key.min && value <= key.max;
  const bool shape_fits =
      key.kind != Kind::kPowerOfTwo || std::exp2(std::round(std::log2(value))) == value;
  if (!in_range || !shape_fits) {
    Fail(source, node, fmt::format("{} is {}, allowed is {}", name, value, RangeText(key)));
  }
  return value;
}

// "a, b, c" of the keys of a section, or of all sections if `section` is empty.
std::string Choices(const std::string& section) {
  std::vector<std::string> names;
  for (const Key& key : kKeys) {
    const std::string name = section.empty() ? key.section : key.name;
    const bool fits = section.empty() || section == key.section;
    if (fits && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

const Key* FindKey(const std::string& name) {
  return std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& key) {
    return name == fmt::format("{}.{}", key.section, key.name);
  });
}

void ReadSection(const Source& source,
                 const std::string& section,
                 const toml::table& table,
                 Config& config) {
  for (const auto& [name, node] : table) {
    const Key* const key = FindKey(fmt::format("{}.{}", section, name.str()));
    if (key == kKeys.end()) {
      Fail(source,
           node,
           fmt::format(
               "unknown key {}.{}; [{}] has {}", section, name.str(), section, Choices(section)));
    }
    if (key->excludes != nullptr && table.contains(key->excludes)) {
      Fail(source,
           node,
           fmt::format("{}.{} and {}.{} set the same", section, key->name, section, key->excludes));
    }
    key->set(config, ReadNumber(source, *key, node));
  }
}

// Changes the keys a table has.
void Read(const Source& source, const toml::table& sections, Config& config) {
  for (const auto& [name, node] : sections) {
    const std::string section(name.str());
    if (Choices(section).empty()) {
      Fail(source, node, fmt::format("unknown section [{}]; there are {}", section, Choices("")));
    }
    if (!node.is_table())
      Fail(source, node, fmt::format("{} is not a section", section));
    ReadSection(source, section, *node.as_table(), config);
  }
}

void ReadFile(const fs::path& file, Config& config) {
  const Source source{file.string()};
  try {
    Read(source, toml::parse_file(file.string()), config);
  } catch (const toml::parse_error& e) {
    Fail(source, e.source(), std::string(e.description()));
  }
}

void ReadSetting(const std::string& setting, Config& config) {
  const Source source{fmt::format("setting '{}'", setting), false};
  try {
    const toml::table table = toml::parse(setting);
    if (table.empty())
      throw std::runtime_error(source.name + ": sets nothing; write SECTION.KEY=NUMBER");
    Read(source, table, config);
  } catch (const toml::parse_error& e) {
    Fail(source, e.source(), fmt::format("{}; write SECTION.KEY=NUMBER", e.description()));
  }
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

fs::path ConfigFile(const std::string& name_or_path) {
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
  return file;
}

Config ReadConfig(const fs::path& file) {
  Config config;
  config.name = file.stem().string();
  ReadFile(file, config);
  return config;
}

void ApplySettings(const std::vector<std::string>& settings, Config& config) {
  for (const std::string& setting : settings)
    ReadSetting(setting, config);
}

void FinishConfig(Config& config) {
  config.memory.bus_bytes = config.device.bus_bytes;
  config.device.Validate();
  config.memory.Validate();
}

Config LoadConfig(const std::string& name_or_path, const std::vector<std::string>& settings) {
  const fs::path file = ConfigFile(name_or_path);
  Config config = ReadConfig(file);
  ApplySettings(settings, config);
  try {
    FinishConfig(config);
  } catch (const std::invalid_argument& e) {
    throw std::runtime_error(fmt::format("{}: {}", file.string(), e.what()));
  }
  return config;
}

std::string KeyProblem(const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string& name = names[i];
    const std::string section = name.substr(0, name.find('.'));
    if (Choices(section).empty() || section.empty())
      return fmt::format("unknown key {}; sections are {}", name, Choices(""));
    const Key* const key = FindKey(name);
    if (key == kKeys.end())
      return fmt::format("unknown key {}; [{}] has {}", name, section, Choices(section));
    for (std::size_t j = 0; j < names.size(); ++j) {
      if (j < i && names[j] == name)
        return fmt::format("{} is there twice", name);
      if (key->excludes != nullptr && names[j] == fmt::format("{}.{}", section, key->excludes))
        return fmt::format("{} and {} set the same", name, names[j]);
    }
  }
  return "";
}

}  // namespace denseshift::sim
