// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_SPACE_H_
#define DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_SPACE_H_

#include <cstdint>
#include <string>
#include <vector>

namespace denseshift::sim {

// More points are refused: they are a mistake, or years of work.
inline constexpr std::uint64_t kMaxSweepPoints = 10'000'000;

// One key and the values it takes, as written.
struct SweepAxis {
  std::string key;  // "array.lanes"
  std::vector<std::string> values;
};

// The configurations of a sweep: all combinations of some axes, or a list. Values are the text of
// numbers.
class SweepSpace {
 public:
  // All combinations; the last axis changes fastest. Errors: as Check.
  [[nodiscard]] static SweepSpace Product(std::vector<SweepAxis> axes);

  // One point a row, which has a value for each key. Errors: as Check.
  [[nodiscard]] static SweepSpace List(std::vector<std::string> keys,
                                       std::vector<std::vector<std::string>> rows);

  [[nodiscard]] const std::vector<std::string>& Keys() const { return keys_; }

  [[nodiscard]] std::uint64_t Size() const { return size_; }

  // Empty for a list.
  [[nodiscard]] const std::vector<SweepAxis>& Axes() const { return axes_; }

  // Empty for a product.
  [[nodiscard]] const std::vector<std::vector<std::string>>& Rows() const { return rows_; }

  // One value a key; `point` from 0.
  [[nodiscard]] std::vector<std::string> Values(std::uint64_t point) const;

  // The same as "KEY=VALUE".
  [[nodiscard]] std::vector<std::string> Settings(std::uint64_t point) const;

 private:
  SweepSpace() = default;

  // Errors  std::runtime_error for keys that do not exist or set the same, no key, no value, a
  //         value that is no number, or more points than kMaxSweepPoints.
  void Check() const;

  std::vector<std::string> keys_;
  std::vector<SweepAxis> axes_;
  std::vector<std::vector<std::string>> rows_;
  std::uint64_t size_ = 0;
};

// Whether a text is a decimal number and nothing else: "8", "0.5", "1e6".
[[nodiscard]] bool IsNumber(const std::string& text);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_SPACE_H_
