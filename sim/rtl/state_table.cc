// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/state_table.h"

#include <fmt/format.h>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "sim/sha256.h"

namespace denseshift::sim {

namespace {

// Verilator writes "a[3].b" as "a__BRA__3__KET____DOT__b", or as "a__05b3__05d__02eb" where the
// whole is one name, as in netlists.
std::string RtlName(const std::string& member) {
  static const std::regex kBracket("__(?:BRA__|05b)([0-9]+)__(?:KET__|05d)");
  static const std::regex kDot("__(?:DOT__|02e)");
  return std::regex_replace(std::regex_replace(member, kBracket, "[$1]"), kDot, ".");
}

}  // namespace

std::vector<StateMember> FindState(const std::string& header, const std::string& top) {
  static const std::regex kDeclaration(R"(\s*[A-Za-z<]+.*/\*([0-9]+):0\*/.* (\w+);)");
  const std::string prefix = top + "__DOT__";
  std::vector<StateMember> state;
  std::istringstream lines(header);
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, kDeclaration) || match[2].str().rfind(prefix, 0) != 0)
      continue;
    const std::string member = match[2];
    const std::string name = RtlName(member.substr(prefix.size()));
    const std::string variable = name.substr(name.rfind('.') + 1);
    const bool is_register =
        variable.size() > 2 && variable.compare(variable.size() - 2, 2, "_q") == 0;
    if (is_register || variable == "mem")
      state.push_back({name, member, std::stoi(match[1]) + 1});
  }
  if (state.empty())
    throw std::runtime_error(fmt::format("no state of {} in Verilator's output", top));
  return state;
}

void WriteStateTable(const std::filesystem::path& header,
                     const std::string& top,
                     const std::filesystem::path& table) {
  std::ofstream out(table);
  for (const StateMember& state : FindState(ReadTextFile(header), top))
    out << fmt::format("DENSESHIFT_STATE(\"{}\", {}, {})\n", state.name, state.member, state.bits);
  if (!out.flush())
    throw std::runtime_error(fmt::format("cannot write {}", table.string()));
}

}  // namespace denseshift::sim
