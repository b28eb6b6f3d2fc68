// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SIM_RTL_STUB_DEVICE_H_
#define DENSESHIFT_TESTS_SIM_RTL_STUB_DEVICE_H_

#include <cstdlib>
#include <filesystem>

#include "sim/rtl/model_request.h"

namespace denseshift::sim {

// A request for the small device of tests/sim/rtl/stub; it builds in seconds.
inline ModelRequest StubRequest() {
  ModelRequest request = TopRequest(DeviceParameters{});
  request.root = DENSESHIFT_STUB;
  return request;
}

// Points the cache to a folder, and back at the end.
class ScopedCache {
 public:
  explicit ScopedCache(const std::filesystem::path& folder) {
    setenv("DENSESHIFT_CACHE", folder.c_str(), 1);
  }

  ScopedCache(const ScopedCache&) = delete;
  ScopedCache& operator=(const ScopedCache&) = delete;

  ~ScopedCache() { unsetenv("DENSESHIFT_CACHE"); }
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_TESTS_SIM_RTL_STUB_DEVICE_H_
