// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// `denseshift run --check lockstep` and `denseshift campaign`, docs/lockstep.md.

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/sim/cli/rtl_process.h"

namespace denseshift::sim {
namespace {

using Json = nlohmann::json;

class LockstepRun : public RtlRun {};

TEST_F(LockstepRun, ComparesEveryCycle) {
  const Outcome outcome = RunRtl("-n 1 --json");
  ASSERT_EQ(outcome.code, 0) << outcome.error;
  const Json json = Json::parse(outcome.out);
  EXPECT_EQ(json["check"]["mode"], "lockstep");
  EXPECT_EQ(json["check"]["differences"], 0);
  EXPECT_GE(json["check"]["compared_cycles"], json["cycles"]);
  EXPECT_GT(json["check"]["compared_signals"], 300);
  const Json model = Json::parse(
      Shell("denseshift run " + std::string(kNetwork) + " -d model -c 4x4 -i x.npy -n 1 --json")
          .out);
  EXPECT_EQ(model["device"], "model");
  EXPECT_EQ(model["check"]["mode"], "layer");
  for (const char* member : {"cycles", "layers", "counters", "predictions"})
    EXPECT_EQ(model[member], json[member]) << member;
}

TEST_F(LockstepRun, SaysWhatDiffersWhereAndWhen) {
  const Outcome outcome = RunRtl("-n 1 --inject-fault 'handoff.busy[1]@20000' --json");
  EXPECT_EQ(outcome.code, 1);
  const Json check = Json::parse(outcome.out)["check"];
  EXPECT_EQ(check["differences"], 1);
  EXPECT_EQ(check["compared_cycles"], 20001);
  EXPECT_EQ(check["fault"], "handoff.busy[1]@20000");
  const Json& first = check["first"];
  EXPECT_EQ(first["cycle"], 20001);
  EXPECT_EQ(first["unit"], "handoff");
  EXPECT_EQ(first["signal"], "busy");
  EXPECT_TRUE(first["lane"].is_null());
  EXPECT_TRUE(first["column"].is_null());
  EXPECT_NE(first["expected"], first["actual"]);
  EXPECT_EQ(first["rtl_signal"], "u_compute.u_handoff.busy_q");
  EXPECT_EQ(first["layer"], "conv2");
  EXPECT_NE(outcome.error.find("RTL and cycle model differ in cycle 20001: handoff.busy is 0x"),
            std::string::npos)
      << outcome.error;
  for (const char* text : {"(layer conv2, command ",
                           " CONV, tile ",
                           "handoff.feeder_seq  both",
                           "handoff.busy        model",
                           "handoff.busy        RTL",
                           "  19994  ",
                           "  20001\n"})
    EXPECT_NE(outcome.error.find(text), std::string::npos) << text << " in\n" << outcome.error;
}

// A value of the array has lane and column; a wrong gate is found where it is.
TEST_F(LockstepRun, FindsAWrongGateInTheColumn) {
  const Outcome outcome = RunWrongRtl("-n 1 --json");
  EXPECT_EQ(outcome.code, 1);
  const Json first = Json::parse(outcome.out)["check"]["first"];
  EXPECT_EQ(first["unit"], "array");
  EXPECT_EQ(first["signal"], "sum");
  EXPECT_TRUE(first["column"].is_number());
}

// Signals of a save file, without bit ranges.
std::set<std::string> SignalsOf(const std::string& save_file) {
  std::set<std::string> signals;
  std::istringstream lines(save_file);
  for (std::string line; std::getline(lines, line);) {
    if (line.compare(0, 4, "TOP.") == 0)
      signals.insert(line.substr(0, line.find('[')));
  }
  return signals;
}

// Signals of a VCD file.
std::set<std::string> SignalsIn(const std::string& wave) {
  std::set<std::string> signals;
  std::vector<std::string> scopes;
  std::istringstream words(wave);
  for (std::string word; words >> word && word != "$enddefinitions";) {
    std::string skipped;
    std::string name;
    if (word == "$scope") {
      words >> skipped >> name;
      scopes.push_back((scopes.empty() ? "" : scopes.back() + ".") + name);
    } else if (word == "$upscope") {
      scopes.pop_back();
    } else if (word == "$var") {
      words >> skipped >> skipped >> skipped >> name;
      signals.insert(scopes.back() + "." + name.substr(0, name.find('[')));
    }
  }
  return signals;
}

// The command a report ends with, run as it is but for the viewer and the kind of file.
TEST_F(LockstepRun, ItsReplayShowsTheSignalsOfTheSaveFile) {
  const Outcome outcome = RunRtl("-n 1 --inject-fault 'unpacker.step[2]@5000' --json");
  std::string replay = Json::parse(outcome.out)["check"]["first"]["replay"];
  const std::set<std::string> chosen =
      SignalsOf(FileContent(File("fashion_cnn_4bit_lockstep.gtkw")));
  EXPECT_EQ(chosen.count("TOP.ds_top.clk_i"), 1U);
  EXPECT_EQ(chosen.count("TOP.ds_top.u_compute.u_unpacker.step_q"), 1U);
  EXPECT_GT(chosen.size(), 10U);

  const std::string viewer = " ; gtkwave fashion_cnn_4bit_lockstep.gtkw";
  ASSERT_NE(replay.find(viewer), std::string::npos) << replay;
  replay.resize(replay.find(viewer));
  const std::string wave_file = "fashion_cnn_4bit_lockstep.fst";
  replay.replace(replay.find(wave_file), wave_file.size(), "wave.vcd");
  const Outcome again = Shell(replay);
  EXPECT_EQ(again.code, 1);
  const std::string difference = "RTL and cycle model differ in cycle 5001: unpacker.step is ";
  EXPECT_NE(outcome.error.find(difference), std::string::npos) << outcome.error;
  EXPECT_NE(again.error.find(difference), std::string::npos) << again.error;
  const std::string wave = FileContent(File("wave.vcd"));
  const std::set<std::string> shown = SignalsIn(wave);
  for (const std::string& signal : chosen)
    EXPECT_EQ(shown.count(signal), 1U) << signal;
  EXPECT_NE(wave.find("\n#50010\n"), std::string::npos);  // the cycle of the difference
  EXPECT_NE(wave.find("\n#49850\n"), std::string::npos);
  EXPECT_EQ(wave.find("\n#49840\n"), std::string::npos);
}

TEST_F(LockstepRun, ATraceScopeIsOneUnitAndTheClock) {
  const Outcome outcome =
      RunRtl("-n 1 --check off --trace wave.vcd --trace-from 10 --trace-to 20 --trace-scope store");
  ASSERT_EQ(outcome.code, 0) << outcome.error;
  for (const std::string& signal : SignalsIn(FileContent(File("wave.vcd")))) {
    EXPECT_TRUE(signal == "TOP.ds_top.clk_i" || signal.compare(0, 19, "TOP.ds_top.u_store.") == 0 ||
                signal.compare(0, 11, "ds_top.clk_") == 0)
        << signal;
  }
  EXPECT_GT(SignalsIn(FileContent(File("wave.vcd"))).size(), 20U);
}

// Also of what is there once for each column.
TEST_F(LockstepRun, EveryUnitIsATraceScope) {
  for (const char* unit : {"regs",
                           "job",
                           "tokens",
                           "read_port",
                           "issue",
                           "window",
                           "array",
                           "pool",
                           "requant",
                           "output_buffer",
                           "weight_buffer"}) {
    const Outcome outcome =
        RunRtl("-n 1 --check off --trace wave.vcd --trace-from 10 --trace-to 12 --trace-scope " +
               std::string(unit));
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    EXPECT_GT(SignalsIn(FileContent(File("wave.vcd"))).size(), 3U) << unit;
  }
}

TEST_F(LockstepRun, AMaskedFaultIsSaid) {
  const Outcome outcome = RunRtl("-n 1 --inject-fault 'output_buffer.mem[0][5][0]@1'");
  EXPECT_EQ(outcome.code, 0) << outcome.error;
  EXPECT_NE(outcome.out.find("the fault output_buffer.mem[0][5][0]@1 was masked"),
            std::string::npos)
      << outcome.out;
}

TEST_F(LockstepRun, WhatCannotBeIsRefused) {
  ExpectError(RunRtl("-n 1 --inject-fault nonsense"),
              "'nonsense' is not of the form UNIT.SIGNAL[bit]@CYCLE, for example "
              "feeder.left[3]@1200 or array.flip[0][2][7]@1200 (lane, column, bit)");
  ExpectError(RunRtl("-n 1 --inject-fault random"), "'random' is not of the form random:SEED");
  ExpectError(RunRtl("-n 1 --check layer --inject-fault random:1"),
              "--inject-fault needs --check lockstep");
  ExpectError(RunRtl("-n 2 --threads 2 --inject-fault random:1"),
              "--inject-fault needs --threads 1");
  ExpectError(Run("-i x.npy -n 1 --check lockstep"), "--check lockstep needs --device rtl");
  const Outcome outcome = RunRtl("-n 1 --check off --trace w.vcd --trace-scope engine");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.error.find("denseshift: error: 'engine' is no unit; there are regs, job, "),
            0U);
}

TEST_F(LockstepRun, ACampaignFindsAllHarm) {
  const Outcome outcome = Shell("denseshift campaign " + std::string(kNetwork) +
                                " -c 4x4 -i x.npy -n 1 --faults 40 --registers --seed 3 --json");
  ASSERT_EQ(outcome.code, 0) << outcome.error;
  const Json json = Json::parse(outcome.out);
  const Json all = json["units"].back();
  EXPECT_EQ(all["unit"], "all");
  EXPECT_EQ(all["flips"], 40);
  EXPECT_EQ(all["silent"], 0);
  EXPECT_GT(all["detected"], 25);
  EXPECT_EQ(all["detected"].get<int>() + all["masked"].get<int>(), 40);
  EXPECT_EQ(all["median_latency"], 1);
  EXPECT_EQ(json["flips"].size(), 40U);
}

}  // namespace
}  // namespace denseshift::sim
