// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_KEEP_MEMORY_H_
#define DENSESHIFT_SIM_KEEP_MEMORY_H_

#include <malloc.h>

namespace denseshift::sim {

// Lets the program keep memory it has freed, up to 256 MiB: command lists come and go, and to ask
// the system for their pages each time costs as much as the lists.
inline void KeepMemory() {
  constexpr int kKeptBytes = 256 << 20;
  mallopt(M_MMAP_THRESHOLD, kKeptBytes);
  mallopt(M_TRIM_THRESHOLD, kKeptBytes);
}

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_KEEP_MEMORY_H_
