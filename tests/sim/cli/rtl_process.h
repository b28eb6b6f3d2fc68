// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SIM_CLI_RTL_PROCESS_H_
#define DENSESHIFT_TESTS_SIM_CLI_RTL_PROCESS_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/sim/cli/cli_process.h"

namespace denseshift::sim {

// Runs the program with the RTL of the smallest shipped array as its device.
class RtlRun : public CliTest {
 protected:
  RtlRun() { setenv("DENSESHIFT_CACHE", DENSESHIFT_MODEL_CACHE, 0); }

  Outcome RunRtl(const std::string& arguments) {
    return Shell("denseshift run " + std::string(kNetwork) + " -d rtl -c 4x4 -i x.npy " +
                 arguments);
  }

  // With a copy of the sources in which one operator of the PE is another: sums of partial terms go
  // wrong.
  Outcome RunWrongRtl(const std::string& arguments) {
    namespace fs = std::filesystem;
    const fs::path root = folder_.path() / "root";
    for (const char* part : {"rtl", "sim/rtl/shim", "sim/memory", "sim/configs"}) {
      fs::create_directories(root / part);
      fs::copy(fs::path(DENSESHIFT_SOURCES) / part, root / part, fs::copy_options::recursive);
    }
    const fs::path pe = root / "rtl/array/ds_pe.sv";
    std::string text = FileContent(pe);
    const std::string right = "(u_i ^ flip_q)";
    const std::size_t place = text.find(right);
    EXPECT_NE(place, std::string::npos) << "ds_pe.sv has changed; give this test another fault";
    text.replace(place, right.size(), "(u_i | flip_q)");
    std::ofstream(pe) << text;

    setenv("DENSESHIFT_ROOT", root.c_str(), 1);
    Outcome outcome = RunRtl(arguments);
    unsetenv("DENSESHIFT_ROOT");
    return outcome;
  }
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_TESTS_SIM_CLI_RTL_PROCESS_H_
