// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SIM_CLI_CLI_PROCESS_H_
#define DENSESHIFT_TESTS_SIM_CLI_CLI_PROCESS_H_

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/wait.h>
#include <vector>

#include <gtest/gtest.h>

#include "sim/npy/npy.h"
#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {

// A network of seven layers, conv1 to gemm2.
constexpr const char* kNetwork = DENSESHIFT_NETWORKS "/fashion_cnn_4bit.onnx";

// How a command ended.
struct Outcome {
  int code = 0;
  std::string out, error;
};

// Runs the program in a folder of its own that holds x.npy, four images for kNetwork as uint8
// [N, H, W, C], and real.npy, the same as float32 [N, C, H, W].
class CliTest : public testing::Test {
 protected:
  CliTest() {
    std::vector<std::uint8_t> pixels(std::size_t{4} * 784);
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      pixels[i] = static_cast<std::uint8_t>((i * 7919 + i / 28 * 31) % 256);
    }
    WriteNpy(folder_.path() / "x.npy", {{4, 28, 28, 1}, pixels});
    std::vector<float> real(pixels.size());
    for (std::size_t i = 0; i < pixels.size(); ++i)
      real[i] = static_cast<float>(pixels[i]) / 255.0F;
    WriteNpy(folder_.path() / "real.npy", {{4, 1, 28, 28}, real});
  }

  // Runs a shell command in the test's folder; "denseshift" is the program.
  Outcome Shell(const std::string& command) {
    const std::filesystem::path script = folder_.Write(
        "script.sh",
        "cd '" + folder_.path().string() +
            "'\ndenseshift() { '" DENSESHIFT_PROGRAM "' \"$@\"; }\n" + command + "\n");
    const std::string folder = folder_.path().string();
    const int status = std::system(
        ("bash " + script.string() + " >" + folder + "/out.txt 2>" + folder + "/err.txt").c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1,
            FileContent(folder_.path() / "out.txt"),
            FileContent(folder_.path() / "err.txt")};
  }

  Outcome Run(const std::string& arguments) {
    return Shell("denseshift run " + std::string(kNetwork) + " --device functional " + arguments);
  }

  // The one line of an error.
  static void ExpectError(const Outcome& outcome, const std::string& text) {
    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.error, "denseshift: error: " + text + "\n");
    EXPECT_EQ(outcome.out, "");
  }

  [[nodiscard]] std::filesystem::path File(const std::string& name) const {
    return folder_.path() / name;
  }

  TemporaryFolder folder_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_TESTS_SIM_CLI_CLI_PROCESS_H_
