// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_space.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "sim/config/config.h"

namespace denseshift::sim {

namespace {

void CheckNumber(const std::string& key, const std::string& value) {
  if (!IsNumber(value)) {
    throw std::runtime_error(fmt::format(
        "{} has the value '{}'; values are decimal numbers, as 8, 0.5 or 1e6", key, value));
  }
}

}  // namespace

bool IsNumber(const std::string& text) {
  constexpr const char* kCharacters = "+-.0123456789Ee";
  return text.find_first_not_of(kCharacters) == std::string::npos &&
         nlohmann::json::parse(text, nullptr, false).is_number();
}

SweepSpace SweepSpace::Product(std::vector<SweepAxis> axes) {
  SweepSpace space;
  space.axes_ = std::move(axes);
  space.size_ = space.axes_.empty() ? 0 : 1;
  for (const SweepAxis& axis : space.axes_) {
    space.keys_.push_back(axis.key);
    // Stays above the limit, and below an overflow, once it is there.
    if (axis.values.empty() || space.size_ <= kMaxSweepPoints)
      space.size_ *= axis.values.size();
  }
  space.Check();
  return space;
}

SweepSpace SweepSpace::List(std::vector<std::string> keys,
                            std::vector<std::vector<std::string>> rows) {
  SweepSpace space;
  space.keys_ = std::move(keys);
  space.rows_ = std::move(rows);
  space.size_ = space.rows_.size();
  space.Check();
  return space;
}

void SweepSpace::Check() const {
  if (keys_.empty())
    throw std::runtime_error("no key is swept");
  if (const std::string problem = KeyProblem(keys_); !problem.empty())
    throw std::runtime_error(problem);
  if (size_ == 0)
    throw std::runtime_error("there are no values");
  if (size_ > kMaxSweepPoints) {
    throw std::runtime_error(fmt::format(
        "more than {} configurations; give fewer values, or several sweeps", kMaxSweepPoints));
  }
  for (const SweepAxis& axis : axes_) {
    for (const std::string& value : axis.values)
      CheckNumber(axis.key, value);
  }
  for (const std::vector<std::string>& row : rows_) {
    if (row.size() != keys_.size())
      throw std::runtime_error("a row has not one value for each key");
    for (std::size_t i = 0; i < row.size(); ++i)
      CheckNumber(keys_[i], row[i]);
  }
}

std::vector<std::string> SweepSpace::Values(std::uint64_t point) const {
  if (axes_.empty())
    return rows_.at(point);
  std::vector<std::string> values(axes_.size());
  for (std::size_t i = axes_.size(); i-- > 0;) {
    values[i] = axes_[i].values[point % axes_[i].values.size()];
    point /= axes_[i].values.size();
  }
  return values;
}

std::vector<std::string> SweepSpace::Settings(std::uint64_t point) const {
  std::vector<std::string> settings = Values(point);
  for (std::size_t i = 0; i < settings.size(); ++i)
    settings[i] = fmt::format("{}={}", keys_[i], settings[i]);
  return settings;
}

}  // namespace denseshift::sim
