// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SHA256_H_
#define DENSESHIFT_SIM_SHA256_H_

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace denseshift::sim {

// SHA-256 of a sequence of named parts. Part boundaries count: ("ab", "c") differs from ("a",
// "bc").
class Sha256 {
 public:
  Sha256();

  void Add(std::string_view name, std::string_view content);

  // Throws std::runtime_error if the file cannot be read.
  void AddFile(std::string_view name, const std::filesystem::path& file);

  // 64 hexadecimal digits. Call once, last.
  [[nodiscard]] std::string Finish();

 private:
  struct Free {
    void operator()(void* context) const;
  };

  void Update(std::string_view bytes);

  std::unique_ptr<void, Free> context_;
};

// Throws std::runtime_error naming the file if it cannot be read.
[[nodiscard]] std::string ReadTextFile(const std::filesystem::path& file);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_SHA256_H_
