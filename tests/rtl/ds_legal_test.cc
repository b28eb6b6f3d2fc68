// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/ctrl/ds_legal.sv against docs/commands.md, Illegal commands, rule by rule.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rtl/combinational.h"
#include "tests/rtl/command.h"
#include "tests/rtl/legality.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"
#include "tests/rtl/shape_names.h"

#include "Vds_legal_16x4.h"
#include "Vds_legal_8x16.h"

namespace denseshift::rtl {
namespace {

struct Legal8x16 {
  using Model = Vds_legal_8x16;
  static constexpr const char* kName = "8x16";
  static constexpr LegalitySizes kSizes{8, 16, 3, 64, 8};
};

struct Legal16x4 {
  using Model = Vds_legal_16x4;
  static constexpr const char* kName = "16x4";
  static constexpr LegalitySizes kSizes{16, 4, 4, 1024, 32};
};

using Maker = Command (*)(Random&, const LegalitySizes&);

// A rule: what it is about, a legal command, and how to break the rule in it.
struct Rule {
  std::string name;
  Maker legal;
  std::function<void(Command&)> violate;
};

// Puts a value into a field.
std::function<void(Command&)> Put(std::size_t word,
                                  unsigned lsb,
                                  unsigned width,
                                  std::uint32_t value) {
  return [=](Command& command) { command.Set(word, lsb, width, value); };
}

// Makes a field no multiple of a power of two.
std::function<void(Command&)> Misalign(std::size_t word, std::uint32_t by) {
  return [=](Command& command) { command.words.at(word) |= by; };
}

// Rules that hold for more than one kind of command.
void AddCommonRules(const LegalitySizes& sizes, std::vector<Rule>& rules) {
  for (const Maker maker : {&RandomLegalLoad,
                            &RandomLegalConv,
                            &RandomLegalVector,
                            &RandomLegalStore,
                            &RandomLegalStamp}) {
    for (const std::uint32_t opcode : {0U, 6U, 7U, 9U, 18U, 129U, 255U}) {
      rules.push_back({"opcode " + std::to_string(opcode), maker, Put(0, 0, 8, opcode)});
    }
    for (const std::uint32_t version : {0U, 2U, 3U, 129U, 255U}) {
      rules.push_back({"version " + std::to_string(version), maker, Put(0, 8, 8, version)});
    }
  }
  for (std::uint32_t by = 1; by < sizes.bus_bytes; by *= 2) {
    for (const Maker maker : {&RandomLegalLoad, &RandomLegalStore, &RandomLegalStamp}) {
      rules.push_back({"address", maker, Misalign(2, by)});
    }
    for (const Maker maker : {&RandomLegalLoad, &RandomLegalStore}) {
      rules.push_back({"row stride", maker, Misalign(3, by)});
    }
  }
  for (const Maker maker : {&RandomLegalLoad, &RandomLegalStore}) {
    rules.push_back({"words per row 0", maker, Put(4, 16, 16, 0)});
    rules.push_back({"tail 0", maker, Put(5, 16, 6, 0)});
    for (const std::uint32_t tail : {sizes.bus_bytes + 1, 63U}) {
      rules.push_back({"tail above BusBytes", maker, Put(5, 16, 6, tail)});
    }
  }
  for (const Maker maker : {&RandomLegalConv, &RandomLegalVector}) {
    rules.push_back({"runs_x 0", maker, Put(6, 0, 8, 0)});
    rules.push_back({"runs_y 0", maker, Put(6, 8, 8, 0)});
    rules.push_back({"OW 0", maker, Put(7, 0, 16, 0)});
    rules.push_back({"OH 0", maker, Put(7, 16, 16, 0)});
    rules.push_back({"CT 0", maker, Put(9, 16, 16, 0)});
    rules.push_back({"valid 0", maker, Put(10, 0, 8, 0)});
  }
}

void AddLoadRules(std::vector<Rule>& rules) {
  rules.push_back({"destination 3", &RandomLegalLoad, Put(5, 0, 2, 3)});
  rules.push_back({"signal_b", &RandomLegalLoad, Put(0, 25, 1, 1)});
  rules.push_back({"no rows at all", &RandomLegalLoad, [](Command& command) {
                     command.Set(4, 0, 16, 0).words[7] = 0;
                   }});
  // Weights and parameters: one row, no fill, no parity.
  for (const std::uint32_t destination : {1U, 2U}) {
    const auto add = [&](const std::string& name, const std::function<void(Command&)>& violate) {
      rules.push_back({name + ", destination " + std::to_string(destination),
                       &RandomLegalLoad,
                       [=](Command& command) {
                         command.Set(5, 0, 3, destination).Set(4, 0, 16, 1);
                         command.words[6] = 0;
                         command.words[7] = 0;
                         violate(command);
                       }});
    };
    add("rows 0", Put(4, 0, 16, 0));
    add("rows 2", Put(4, 0, 16, 2));
    add("rows 0x8001", Put(4, 0, 16, 0x8001));
    add("left fill", Put(6, 0, 16, 1));
    add("right fill", Put(6, 16, 16, 0x8000));
    add("top fill", Put(7, 0, 16, 1));
    add("bottom fill", Put(7, 16, 16, 0x8000));
    add("parity", Put(5, 2, 1, 1));
  }
}

void AddConvRules(const LegalitySizes& sizes, std::vector<Rule>& rules) {
  const auto add = [&](const std::string& name, const std::function<void(Command&)>& violate) {
    rules.push_back({name, &RandomLegalConv, violate});
  };
  add("run_len 0", Put(5, 0, 16, 0));
  add("P 0", [](Command& command) { command.Set(8, 0, 16, 0).Set(9, 0, 16, 0); });
  add("P 0, last stripe 1", [](Command& command) { command.Set(8, 0, 16, 0).Set(9, 0, 16, 1); });
  add("P above AccDepth", Put(8, 0, 16, sizes.acc_depth + 1));
  add("P 0xFFFF", Put(8, 0, 16, 0xFFFF));
  add("stripes 0", Put(8, 16, 16, 0));
  add("last stripe 0", Put(9, 0, 16, 0));
  add("last stripe above P",
      [](Command& command) { command.Set(9, 0, 16, command.Get(8, 0, 16) + 1); });
  add("KT 0", Put(10, 16, 16, 0));
  add("weight words 0", Put(11, 16, 16, 0));
  for (const std::uint32_t bits : {0U, 1U, sizes.max_code_bits + 1, 7U}) {
    add("code bits " + std::to_string(bits), Put(10, 8, 3, bits));
  }
  for (const std::uint32_t valid : {sizes.columns + 1, 128U, 255U}) {
    add("valid columns " + std::to_string(valid), Put(10, 0, 8, valid));
  }
  for (const std::uint32_t runs : {2U, 3U, 255U}) {
    add("dual with runs_x " + std::to_string(runs),
        [=](Command& command) { command.Set(10, 11, 1, 1).Set(15, 24, 1, 1).Set(6, 0, 8, runs); });
  }
  add("dual with an even kernel row step",
      [](Command& command) { command.Set(10, 11, 1, 1).Set(15, 24, 1, 0).Set(6, 0, 8, 1); });
  for (std::uint32_t flags = 0; flags < 3; ++flags) {
    add("first and last " + std::to_string(flags) + " with stripes", [=](Command& command) {
      command.Set(10, 12, 2, flags).Set(8, 16, 16, 2).Set(9, 16, 16, 1);
    });
    add("first and last " + std::to_string(flags) + " with CT", [=](Command& command) {
      command.Set(10, 12, 2, flags).Set(8, 16, 16, 1).Set(9, 16, 16, 0x8001);
    });
  }
}

void AddVectorAndStoreRules(const LegalitySizes& sizes, std::vector<Rule>& rules) {
  for (const std::uint32_t valid : {sizes.VectorLanes() + 1, 128U, 255U}) {
    rules.push_back(
        {"valid lanes " + std::to_string(valid), &RandomLegalVector, Put(10, 0, 8, valid)});
  }
  rules.push_back({"operation 3", &RandomLegalVector, Put(10, 8, 2, 3)});
  for (const std::uint32_t runs : {0x0101U, 0x0202U, 0x0301U, 0x0103U, 0x0204U, 0xFFFFU, 0x0180U}) {
    rules.push_back({"addition with runs " + std::to_string(runs),
                     &RandomLegalVector,
                     [=](Command& command) { command.Set(10, 8, 2, 2).Set(6, 0, 16, runs); }});
  }
  rules.push_back({"rows 0", &RandomLegalStore, Put(4, 0, 16, 0)});
  for (const std::uint32_t head : {sizes.bus_bytes, sizes.bus_bytes + 1, 63U}) {
    rules.push_back({"head " + std::to_string(head), &RandomLegalStore, Put(5, 0, 6, head)});
  }
  for (const std::uint32_t tokens : {1U, 8U, 15U}) {
    rules.push_back({"wait_b", &RandomLegalStore, Put(0, 20, 4, tokens)});
    rules.push_back({"wait_b", &RandomLegalStamp, Put(0, 20, 4, tokens)});
  }
}

template <typename Shape>
class DsLegal : public testing::Test {
 protected:
  bool IsLegal(const Command& command, bool check = true) {
    SetCommand(dut_->cmd_i, command);
    Set(dut_->check_i, check);
    dut_.Settle();
    return dut_->legal_o != 0;
  }

  static std::string Words(const Command& command) {
    std::string text;
    for (const std::uint32_t word : command.words) {
      text += " " + std::to_string(word);
    }
    return text;
  }

  Random random_;
  Combinational<typename Shape::Model> dut_;
};

using Shapes = testing::Types<Legal8x16, Legal16x4>;
TYPED_TEST_SUITE(DsLegal, Shapes, ShapeNames);

// Each rule, alone, in many otherwise legal commands.
TYPED_TEST(DsLegal, RefusesEveryIllegalCommand) {
  std::vector<Rule> rules;
  AddCommonRules(TypeParam::kSizes, rules);
  AddLoadRules(rules);
  AddConvRules(TypeParam::kSizes, rules);
  AddVectorAndStoreRules(TypeParam::kSizes, rules);
  for (const Rule& rule : rules) {
    SCOPED_TRACE(rule.name);
    for (int i = 0; i < 40; ++i) {
      Command command = rule.legal(this->random_, TypeParam::kSizes);
      ASSERT_TRUE(this->IsLegal(command)) << this->Words(command);
      rule.violate(command);
      ASSERT_FALSE(this->IsLegal(command)) << this->Words(command);
    }
  }
}

// Every value within the limits passes, also in fields no rule names.
TYPED_TEST(DsLegal, AcceptsEveryLegalCommand) {
  for (int i = 0; i < 40000; ++i) {
    const Command command = RandomLegalCommand(this->random_, TypeParam::kSizes);
    ASSERT_TRUE(this->IsLegal(command)) << this->Words(command);
  }
}

// "Fields that must be 0 are otherwise not checked."
TYPED_TEST(DsLegal, IgnoresFieldsWithoutARule) {
  for (int i = 0; i < 2000; ++i) {
    Command command = RandomLegalCommand(this->random_, TypeParam::kSizes);
    command.Set(0, 26, 6, this->random_.Word(0, 63));
    switch (static_cast<Opcode>(command.Get(0, 0, 8))) {
      case Opcode::kStamp:
        for (std::size_t word = 3; word < 16; ++word) {
          command.words.at(word) = this->random_.Word(0, ~0U);
        }
        break;
      case Opcode::kStore:
        for (const std::size_t word : {6U, 7U, 9U, 10U, 11U, 12U, 13U, 14U, 15U}) {
          command.words.at(word) = this->random_.Word(0, ~0U);
        }
        break;
      case Opcode::kLoad:
        for (const std::size_t word : {9U, 10U, 11U, 12U, 13U, 14U, 15U}) {
          command.words.at(word) = this->random_.Word(0, ~0U);
        }
        break;
      case Opcode::kVector:
        command.words[8] = this->random_.Word(0, ~0U);
        command.words[11] = this->random_.Word(0, ~0U);
        command.Set(5, 0, 16, this->random_.Word(0, 0xFFFF));
        command.Set(9, 0, 16, this->random_.Word(0, 0xFFFF));
        command.Set(10, 16, 16, this->random_.Word(0, 0xFFFF));
        command.Set(10, 10, 4, this->random_.Word(0, 15));
        break;
      default:
        break;
    }
    ASSERT_TRUE(this->IsLegal(command)) << this->Words(command);
    ASSERT_FALSE(this->IsLegal(command, false)) << "nothing is legal while nothing is checked";
  }
}

}  // namespace
}  // namespace denseshift::rtl
