// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/model.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <stdexcept>

namespace denseshift::sim {

void SharedObject::Close::operator()(void* handle) const {
  dlclose(handle);
}

SharedObject::SharedObject(const std::filesystem::path& path)
    : path_(path.string()), handle_(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) {
  if (handle_ == nullptr)
    throw std::runtime_error(fmt::format("cannot load {}", dlerror()));
}

void* SharedObject::Symbol(const char* name) const {
  void* symbol = dlsym(handle_.get(), name);
  if (symbol == nullptr) {
    throw std::runtime_error(fmt::format("{} has no symbol {}", path_, name));
  }
  return symbol;
}

Model::Model(const std::filesystem::path& path, std::uint32_t seed)
    : object_(path), abi_(reinterpret_cast<ModelAbiFunction>(object_.Symbol(kModelAbiSymbol))()) {
  if (abi_->version != kModelAbiVersion || abi_->pins_bytes != kPinsBytes) {
    throw std::runtime_error(
        fmt::format("{} has interface version {} ({} bytes of pins), expected {} ({})",
                    path.string(),
                    abi_->version,
                    abi_->pins_bytes,
                    kModelAbiVersion,
                    kPinsBytes));
  }
  instance_ = abi_->create(seed);
}

Model::~Model() {
  abi_->destroy(instance_);
}

std::vector<StateEntry> Model::States() const {
  std::uint32_t count = 0;
  const StateEntry* states = abi_->states(instance_, &count);
  return {states, states + count};
}

void Model::Settle() {
  if (const char* error = abi_->settle(instance_))
    Fail(error);
}

void Model::OpenTrace(const std::filesystem::path& file,
                      const std::string& scope,
                      std::uint64_t cycle) {
  if (const char* error = abi_->trace_open(instance_, file.c_str(), scope.c_str(), cycle))
    Fail(error);
}

void Model::Fail(const char* error) {
  throw std::runtime_error(error);
}

}  // namespace denseshift::sim
