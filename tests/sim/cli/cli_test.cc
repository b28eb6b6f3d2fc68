// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// The program as its users meet it: a process with arguments, files, output and exit code.

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include <gtest/gtest.h>

#include "tests/sim/cli/cli_process.h"

namespace denseshift::sim {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class Cli : public CliTest {};

TEST_F(Cli, JsonHasTheMembersScriptsReadAndNothingElseIsPrinted) {
  WriteNpy(File("y.npy"), {{4}, std::vector<std::uint8_t>{1, 2, 3, 4}});
  const Outcome outcome = Run("--input x.npy --labels y.npy --json");
  ASSERT_EQ(outcome.code, 0) << outcome.error;
  EXPECT_EQ(outcome.error, "");
  const Json json = Json::parse(outcome.out);
  EXPECT_EQ(json["network"], "fashion_cnn_4bit");
  EXPECT_EQ(json["device"], "functional");
  EXPECT_EQ(json["config"], "16x16");
  EXPECT_EQ(json["images"], 4);
  EXPECT_TRUE(json["cycles"].is_null());
  EXPECT_TRUE(json["simulated_cycles_per_second"].is_null());
  EXPECT_EQ(json["check"]["mode"], "layer");
  EXPECT_EQ(json["check"]["images"], 4);
  EXPECT_EQ(json["check"]["differences"], 0);
  int correct = 0;
  ASSERT_EQ(json["predictions"].size(), 4U);
  for (int i = 0; i < 4; ++i)
    correct += json["predictions"][static_cast<std::size_t>(i)] == i + 1 ? 1 : 0;
  EXPECT_EQ(json["correct"], correct);
  ASSERT_EQ(json["layers"].size(), 7U);
  EXPECT_EQ(json["layers"][0]["name"], "conv1");
  EXPECT_EQ(json["layers"][0]["operator"], "Conv");
  EXPECT_EQ(json["layers"][0]["macs"], 4 * 112896);
  EXPECT_TRUE(json["layers"][0].contains("cycles"));
  EXPECT_TRUE(json["layers"][0].contains("utilization"));
}

TEST_F(Cli, SystemcTakesTheCyclesOfTheModel) {
  const auto run = [&](const std::string& device) {
    const Outcome outcome =
        Shell("denseshift run " + std::string(kNetwork) + " -i x.npy -n 2 --json -d " + device);
    EXPECT_EQ(outcome.code, 0) << outcome.error;
    EXPECT_EQ(outcome.error, "");
    Json json = Json::parse(outcome.out);
    json.erase("device");
    json.erase("simulated_cycles_per_second");
    return json;
  };
  const Json model = run("model");
  EXPECT_EQ(run("systemc:model"), model);
  Json functional = run("systemc");
  functional["counters"] = model["counters"];  // it has none
  EXPECT_EQ(functional, model);
  const Outcome threads = Shell("denseshift run net.onnx -i x.npy -d systemc --threads 2");
  EXPECT_EQ(threads.code, 1);
  EXPECT_NE(threads.error.find("--threads 1"), std::string::npos) << threads.error;
}

TEST_F(Cli, TextShowsPicturesAndLayers) {
  const Outcome outcome = Run("-i x.npy -n 2");
  ASSERT_EQ(outcome.code, 0) << outcome.error;
  EXPECT_NE(outcome.out.find("fashion_cnn_4bit on functional 16x16: 2 images, batch 1"),
            std::string::npos);
  EXPECT_NE(outcome.out.find("conv1     Conv"), std::string::npos);
  EXPECT_NE(outcome.out.find("all 7 layers of 2 images equal the golden model"), std::string::npos);
}

TEST_F(Cli, LayoutTypeBatchThreadsAndArrayDoNotChangeResults) {
  const auto output = [&](const std::string& arguments) {
    const Outcome outcome = Run(arguments + " --output out.npy --check off");
    EXPECT_EQ(outcome.code, 0) << outcome.error;
    return FileContent(File("out.npy"));
  };
  const std::string expected = output("-i x.npy");
  EXPECT_EQ(ReadNpy(File("out.npy")).Description(), "int8 (4, 10)");
  EXPECT_EQ(output("-i real.npy"), expected);
  EXPECT_EQ(output("-i x.npy --batch 3"), expected);
  EXPECT_EQ(output("-i x.npy --batch 4 --threads 2"), expected);
  EXPECT_EQ(output("-i x.npy --threads 4"), expected);
  EXPECT_EQ(output("-i x.npy --config 4x4"), expected);
  EXPECT_EQ(output("-i x.npy --config 32x32"), expected);
}

TEST_F(Cli, AProgramFileGivesTheSameAsTheNetwork) {
  const Outcome compiled =
      Shell("denseshift compile " + std::string(kNetwork) + " -c 8x8 -b 2 -o net.dsp");
  ASSERT_EQ(compiled.code, 0) << compiled.error;
  const Outcome program = Shell("denseshift run net.dsp -c 8x8 -d functional -i x.npy --json");
  ASSERT_EQ(program.code, 0) << program.error;
  const Outcome network = Run("-i x.npy --json");
  EXPECT_EQ(Json::parse(program.out)["predictions"], Json::parse(network.out)["predictions"]);
  EXPECT_EQ(Json::parse(program.out)["check"]["mode"], "off");
  EXPECT_EQ(Json::parse(program.out)["batch"], 2);
  const Outcome wrong_array = Shell("denseshift run net.dsp -c 16x16 -d functional -i x.npy");
  EXPECT_EQ(wrong_array.code, 1);
  EXPECT_NE(wrong_array.error.find("Lanes is 16"), std::string::npos) << wrong_array.error;
}

TEST_F(Cli, AProgramCompiledWithoutSearchTakesAsLongAsItsEstimateSays) {
  const std::string network(kNetwork);
  ASSERT_EQ(Shell("denseshift compile " + network + " --no-search -o net.dsp").code, 0);
  const Outcome run = Shell("denseshift run net.dsp -d model -i x.npy -n 1 --json");
  ASSERT_EQ(run.code, 0) << run.error;
  const auto cycles = [&](const std::string& options) {
    return Json::parse(Shell("denseshift estimate " + network + options + " --json").out)["cycles"];
  };
  EXPECT_EQ(Json::parse(run.out)["cycles"], cycles(" --no-search"));
  EXPECT_GT(cycles(" --no-search"), cycles(""));
}

TEST_F(Cli, InspectShowsNetworksAndPrograms) {
  const Outcome network = Shell("denseshift inspect " + std::string(kNetwork));
  ASSERT_EQ(network.code, 0) << network.error;
  EXPECT_NE(network.out.find("input   input 28x28x1, uint8 scale 0.00392157 zero 0"),
            std::string::npos);
  EXPECT_NE(network.out.find("224528"), std::string::npos);
  ASSERT_EQ(Shell("denseshift compile " + std::string(kNetwork) + " -o net.dsp").code, 0);
  const Outcome program = Shell("denseshift inspect net.dsp --commands");
  ASSERT_EQ(program.code, 0) << program.error;
  EXPECT_NE(program.out.find("16 lanes x 16 columns"), std::string::npos);
  EXPECT_NE(program.out.find("CONV"), std::string::npos);
  EXPECT_NE(program.out.find("     0 LOAD"), std::string::npos);
}

TEST_F(Cli, ExportWritesANetworkThatGivesTheSameLayers) {
  const Outcome outcome = Shell("denseshift export " + std::string(kNetwork) + " -o exact.onnx");
  ASSERT_EQ(outcome.code, 0) << outcome.error;
  EXPECT_GT(fs::file_size(File("exact.onnx")), 100000U);
  EXPECT_EQ(Shell("denseshift export " + std::string(kNetwork) + " -o no/such/exact.onnx").code, 1);
}

TEST_F(Cli, ErrorsAreOneLineWithWhatToDo) {
  ExpectError(Run("-i nowhere.npy"), "nowhere.npy: No such file or directory");
  ExpectError(Run("-i x.npy -c 3x3"),
              "no configuration '3x3': give the path of a .toml file, or one of the shipped names: "
              "4x4, 8x8, 16x16, 32x32");
  WriteNpy(File("small.npy"), {{1, 27, 28}, std::vector<std::uint8_t>(756)});
  ExpectError(
      Run("-i small.npy"),
      "small.npy: input 'input' of the network takes uint8 quantized or float32 real values "
      "of shape (N, 28, 28, 1) or (N, 1, 28, 28) or (N, 28, 28), got uint8 (1, 27, 28)");
  WriteNpy(File("y.npy"), {{3}, std::vector<std::uint8_t>(3)});
  ExpectError(Run("-i x.npy -l y.npy"),
              "y.npy: labels must be integers of shape (4,), one for each image, got uint8 (3,)");
  ExpectError(Run("-i x.npy --trace wave.fst"),
              "--trace needs --device rtl: other devices have no waveform");
  const Outcome no_network = Shell("denseshift run nowhere.onnx -d functional -i x.npy");
  EXPECT_EQ(no_network.code, 1);
  EXPECT_EQ(no_network.error.rfind("denseshift: error: ", 0), 0U) << no_network.error;
  EXPECT_NE(no_network.error.find("nowhere.onnx"), std::string::npos) << no_network.error;
}

TEST_F(Cli, UsageMistakesAreExplained) {
  for (const char* arguments : {"",
                                "walk",
                                "run",
                                "run net.onnx",
                                "run net.onnx -i x.npy -d fpga",
                                "run net.onnx -i x.npy --batch 0",
                                "run net.onnx -i x.npy --trace-from 3",
                                "inspect",
                                "compile net.onnx"}) {
    const Outcome outcome = Shell("denseshift " + std::string(arguments));
    EXPECT_GT(outcome.code, 1) << arguments;
    EXPECT_NE(outcome.error.find("--help"), std::string::npos) << outcome.error;
    EXPECT_EQ(outcome.out, "");
  }
  EXPECT_EQ(Shell("denseshift run net.onnx -i x.npy -d fpga").error,
            "--device: 'fpga' is not one of functional, model, rtl, systemc, "
            "systemc:functional, systemc:model, systemc:rtl\nRun with --help for more "
            "information.\n");
  const Outcome help = Shell("denseshift run --help");
  EXPECT_EQ(help.code, 0);
  EXPECT_NE(help.out.find("--config"), std::string::npos);
}

TEST_F(Cli, AFullDiskOrAGoneReaderIsNoticedAndLeavesNothing) {
  const Outcome full = Shell("denseshift inspect " + std::string(kNetwork) + " >/dev/full");
  EXPECT_EQ(full.code, 1);
  EXPECT_EQ(full.error,
            "denseshift: error: cannot write standard output: No space left on device\n");
  const Outcome gone = Shell("set -o pipefail; { sleep 1; denseshift inspect " +
                             std::string(kNetwork) + "; } | true");
  EXPECT_EQ(gone.code, 1);
  EXPECT_EQ(gone.error, "");
  const Outcome output = Run("-i x.npy -n 1 --output /dev/full");
  EXPECT_EQ(output.code, 1);
  EXPECT_EQ(output.error, "denseshift: error: cannot write /dev/full: No space left on device\n");
  for (const auto& entry : fs::directory_iterator(folder_.path())) {
    EXPECT_EQ(entry.path().string().find(".tmp"), std::string::npos) << entry.path();
  }
}

TEST_F(Cli, DamagedProgramsAreRefused) {
  ASSERT_EQ(Shell("denseshift compile " + std::string(kNetwork) + " -o net.dsp").code, 0);
  std::string content = FileContent(File("net.dsp"));
  content[content.size() / 2] = static_cast<char>(content[content.size() / 2] ^ 1);
  (void)folder_.Write("damaged.dsp", content);
  const Outcome damaged = Shell("denseshift run damaged.dsp -d functional -i x.npy");
  EXPECT_EQ(damaged.code, 1);
  EXPECT_NE(damaged.error.find("damaged.dsp"), std::string::npos) << damaged.error;
  (void)folder_.Write("short.dsp", content.substr(0, 100));
  EXPECT_EQ(Shell("denseshift inspect short.dsp").code, 1);
}

}  // namespace
}  // namespace denseshift::sim
