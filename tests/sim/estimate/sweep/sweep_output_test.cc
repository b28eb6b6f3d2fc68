// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_output.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/estimate/sweep/pareto.h"
#include "tests/sim/estimate/sweep/sample_sweep.h"

namespace denseshift::sim {
namespace {

using Json = nlohmann::json;

SweepResult Sample() {
  SweepIdentity identity = SampleIdentity();
  std::vector<SweepOutcome> outcomes;
  for (std::uint64_t point = 0; point < 6; ++point)
    outcomes.push_back(SampleOutcome(point));
  MarkPareto(outcomes);
  return {identity.network, identity.config, identity.settings, identity.space, outcomes};
}

template <typename Write>
std::string Text(Write&& write) {
  std::string text;
  write(Sample(), [&](std::string_view piece) { text += piece; });
  return text;
}

TEST(SweepOutput, CsvHasARowForEachPoint) {
  EXPECT_EQ(
      Text(WriteSweepCsv),
      "array.lanes,memory.seed,cycles,macs,pes,utilization,buffer_bytes,bus_bits,bottleneck,"
      "compute_cycles,weight_load_cycles,memory_cycles,post_cycles,fill_cycles,drain_cycles,"
      "roofline_cycles,pareto,error\n"
      "8,1,1000,0,64,0,9223372036854775808,128,drain,0,1,2,3,4,990,0.1,1,\n"
      "8,2,999,100,65,0.00154000154000154,9223372036854775809,128,drain,1,1,2,3,4,988,1.1,1,\n"
      "8,3,998,200,66,0.0030363757818667636,9223372036854775810,128,drain,2,1,2,3,4,986,2.1,1,\n"
      "16,1,997,300,67,0.004491085195886166,9223372036854775811,128,drain,3,1,2,3,4,984,3.1,1,\n"
      "16,2,,,,,,,,,,,,,,,,\"layer \"\"a,b\"\"\ndoes not fit\"\n"
      "16,3,995,500,69,0.00728279076542131,9223372036854775813,128,drain,5,1,2,3,4,980,5.1,1,\n");
}

TEST(SweepOutput, ParetoPointsAreMarked) {
  SweepResult result = Sample();
  result.outcomes[5].measures = result.outcomes[3].measures;
  result.outcomes[5].measures.cycles += 1;
  MarkPareto(result.outcomes);
  std::string text;
  WriteSweepCsv(result, [&](std::string_view piece) { text += piece; });
  EXPECT_EQ(text.substr(text.size() - 7), "3.1,0,\n") << text;
}

TEST(SweepOutput, JsonHasTheSame) {
  const Json json = Json::parse(Text(WriteSweepJson));
  EXPECT_EQ(json["network"], "net \"1\"");
  EXPECT_EQ(json["config"], "16x16");
  EXPECT_EQ(json["settings"], Json({"memory.latency_cycles=20"}));
  EXPECT_EQ(json["keys"], Json({"array.lanes", "memory.seed"}));
  ASSERT_EQ(json["points"].size(), 6U);
  const Json expected = {{"values", {{"array.lanes", 16}, {"memory.seed", 1}}},
                         {"cycles", 997},
                         {"macs", 300},
                         {"pes", 67},
                         {"utilization", 0.004491085195886166},
                         {"buffer_bytes", 9223372036854775811U},
                         {"bus_bits", 128},
                         {"bottleneck", "drain"},
                         {"breakdown",
                          {{"compute", 3},
                           {"weight_load", 1},
                           {"memory", 2},
                           {"post", 3},
                           {"fill", 4},
                           {"drain", 984}}},
                         {"roofline_cycles", 3.1},
                         {"pareto", true},
                         {"error", nullptr}};
  EXPECT_EQ(json["points"][3], expected);
  const Json& failed = json["points"][4];
  EXPECT_EQ(failed["error"], "layer \"a,b\"\ndoes not fit");
  EXPECT_EQ(failed["values"]["memory.seed"], 2);
  ASSERT_EQ(failed.size(), expected.size());
  for (const auto& [name, value] : failed.items())
    EXPECT_EQ(value.is_null(), name != "values" && name != "error") << name;
}

}  // namespace
}  // namespace denseshift::sim
