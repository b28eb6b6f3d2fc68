// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_MODEL_H_
#define DENSESHIFT_SIM_RTL_MODEL_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/rtl/shim/abi.h"

namespace denseshift::sim {

// A shared object, open for as long as this lives.
class SharedObject {
 public:
  // Throws std::runtime_error with the loader's message.
  explicit SharedObject(const std::filesystem::path& path);

  // Throws std::runtime_error if there is no such symbol.
  [[nodiscard]] void* Symbol(const char* name) const;

 private:
  struct Close {
    void operator()(void* handle) const;
  };

  std::string path_;
  std::unique_ptr<void, Close> handle_;
};

// One instance of a Verilated ds_top from a shared object.
class Model {
 public:
  // Throws std::runtime_error if the object cannot be loaded or has another interface version.
  explicit Model(const std::filesystem::path& path, std::uint32_t seed = 1);
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;
  ~Model();

  // One clock cycle, as ModelAbi::tick. Throws std::runtime_error if an RTL assertion fails.
  void Tick(const AxiMemoryPins& memory, const HostPins* host, DevicePins& device) {
    if (const char* error = abi_->tick(instance_, &memory, host, &device))
      Fail(error);
  }

  // Registers and memories. To change them, write into the items and call Settle().
  [[nodiscard]] std::vector<StateEntry> States() const;
  void Settle();

  // Throws std::runtime_error if the file cannot be written.
  // Of the instance `scope` only ("ds_top.u_load"), if that is not empty.
  void OpenTrace(const std::filesystem::path& file, const std::string& scope, std::uint64_t cycle);

  void CloseTrace() { abi_->trace_close(instance_); }

 private:
  [[noreturn]] static void Fail(const char* error);

  SharedObject object_;
  const ModelAbi* abi_;
  void* instance_ = nullptr;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_MODEL_H_
