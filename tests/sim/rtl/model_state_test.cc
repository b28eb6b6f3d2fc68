// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "sim/config/config.h"
#include "sim/rtl/model.h"
#include "sim/rtl/model_cache.h"
#include "sim/rtl/model_request.h"
#include "sim/sha256.h"
#include "sim/source_root.h"

namespace denseshift::sim {
namespace {

class ModelState : public testing::Test {
 protected:
  static std::filesystem::path Path() {
    ModelRequest request = TopRequest(LoadConfig("4x4").device);
    return CachedModel(request);
  }

  StateEntry Find(const std::string& name) {
    const std::vector<StateEntry> states = model_.States();
    const auto found = std::find_if(
        states.begin(), states.end(), [&](const StateEntry& state) { return state.name == name; });
    EXPECT_NE(found, states.end()) << name;
    return *found;
  }

  void Tick() { model_.Tick({}, &host_, device_); }

  Model model_{Path()};
  HostPins host_;
  DevicePins device_;
};

// Every name in the RTL that ends as registers do, and nothing else.
TEST_F(ModelState, ListsEveryRegister) {
  const std::filesystem::path rtl = SourceRoot() / "rtl";
  std::set<std::string> expected;
  const std::regex name(R"(\b[a-z0-9_]+_q\b)");
  for (const std::string& file : SourceFiles(TopRequest({}))) {
    const std::string text = ReadTextFile(SourceRoot() / file);
    for (std::sregex_iterator match(text.begin(), text.end(), name), end; match != end; ++match)
      expected.insert(match->str());
  }
  std::set<std::string> listed;
  for (const StateEntry& state : model_.States()) {
    const std::string full = state.name;
    if (const std::string last = full.substr(full.rfind('.') + 1); last != "mem")
      listed.insert(last);
  }
  EXPECT_EQ(listed, expected);
  EXPECT_GT(expected.size(), 100U);
}

TEST_F(ModelState, DescribesItems) {
  const StateEntry bank = Find("u_compute.u_accumulators.gen_bank[1].u_bank.mem");
  EXPECT_EQ(bank.bits, 128U);
  EXPECT_EQ(bank.item_bytes, 16U);
  EXPECT_EQ(bank.count, static_cast<std::uint32_t>(LoadConfig("4x4").device.acc_depth));
  const StateEntry flip =
      Find("u_compute.u_array.gen_level[4].gen_row[3].gen_column[2].gen_pe.u_pe.flip_q");
  EXPECT_EQ(flip.count, 1U);
  EXPECT_EQ(flip.item_bytes, 4U);
}

// What follows from a register follows from its changed value, too.
TEST_F(ModelState, ChangesTakeEffectAtOnce) {
  for (int i = 0; i < 4; ++i)
    Tick();
  host_.rst_n = 1;
  Tick();
  Tick();
  ASSERT_EQ(device_.bvalid, 0);
  *static_cast<std::uint8_t*>(Find("u_regs.bvalid_q").items) ^= 1U;
  model_.Settle();
  Tick();
  EXPECT_EQ(device_.bvalid, 1);
  EXPECT_EQ(device_.irq, 0);
  *static_cast<std::uint8_t*>(Find("u_regs.gie_q").items) = 1;
  *static_cast<std::uint8_t*>(Find("u_regs.ier_q").items) = 3;
  *static_cast<std::uint8_t*>(Find("u_regs.isr_q").items) = 2;
  model_.Settle();
  Tick();
  EXPECT_EQ(device_.irq, 1);
}

}  // namespace
}  // namespace denseshift::sim
