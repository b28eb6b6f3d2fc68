// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// SystemC's library has main(). A process has one simulation, so each test is one.

#include <gtest/gtest.h>
#include <systemc>

int sc_main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
