// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/model_build.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "sim/rtl/build_progress.h"
#include "sim/rtl/process.h"
#include "sim/rtl/state_table.h"
#include "sim/sha256.h"

namespace denseshift::sim {

namespace fs = std::filesystem;

namespace {

using Command = std::vector<std::string>;

const Command kVerilatorFlags = {"--cc", "-O3", "--output-split", "0", "-Wno-lint", "-Wno-fatal"};
const Command kFastFlags = {"--x-assign", "fast", "--x-initial", "fast"};
const Command kCheckedFlags = {"--assert", "--x-assign", "unique", "--x-initial", "unique"};
const Command kCompilerFlags = {"-std=c++17",
                                "-fPIC",
                                "-fvisibility=hidden",
                                "-w",
                                "-DVL_USER_STOP",
                                "-DVL_USER_FATAL",
                                "-DVM_COVERAGE=0",
                                "-DVM_SC=0"};
constexpr const char* kFast = "-O3";  // what runs every cycle
constexpr const char* kSlow = "-O1";  // construction and waveforms

// Code for this processor. With AVX-512 clang packs the array no better and the rest runs slower.
const char* Architecture() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
    return "-march=x86-64-v3";
#endif
  return "-march=native";
}

std::string TraceFlag(TraceFormat trace) {
  return trace == TraceFormat::kFst ? "--trace-fst" : "--trace";
}

// The last lines of a log, for an error message.
std::string Tail(const fs::path& log) {
  constexpr std::size_t kLines = 25;
  std::ifstream in(log);
  std::deque<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
    if (lines.size() > kLines)
      lines.pop_front();
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

// What a tool says about itself; asked once for each search path.
std::string Version(const std::string& tool) {
  static std::mutex mutex;
  static std::map<std::pair<std::string, std::string>, std::string> versions;
  const char* path = std::getenv("PATH");
  const std::lock_guard<std::mutex> lock(mutex);
  std::string& version = versions[{tool, path == nullptr ? "" : path}];
  if (version.empty())
    version = OutputOf({tool, "--version"});
  return version;
}

// Builds one model in one folder.
class Build {
 public:
  Build(const ModelRequest& request, const fs::path& folder)
      : request_(request),
        folder_(folder),
        log_(folder / "build.log"),
        progress_(request.Description()) {}

  void Run() {
    Verilate();
    Compile();
    Link();
  }

 private:
  void Verilate();
  void Compile();
  void Link();
  [[nodiscard]] std::vector<std::string> Generated(bool slow) const;
  void WriteUnit(const std::string& name, const std::vector<std::string>& includes) const;
  [[nodiscard]] Command CompileUnit(const std::string& name, const char* optimisation) const;
  void RunAll(const std::string& step, const std::vector<Command>& commands);

  const ModelRequest& request_;
  fs::path folder_;
  fs::path log_;
  BuildProgress progress_;
};

// Runs commands at the same time, as many as there are processors.
void Build::RunAll(const std::string& step, const std::vector<Command>& commands) {
  const std::size_t width = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::unique_ptr<Process>> running;
  std::size_t next = 0;
  while (next < commands.size() || !running.empty()) {
    while (next < commands.size() && running.size() < width) {
      std::ofstream(log_, std::ios::app) << fmt::format("$ {}\n", fmt::join(commands[next], " "));
      running.push_back(std::make_unique<Process>(commands[next++], log_));
    }
    progress_.Show(step);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    for (std::size_t i = 0; i < running.size();) {
      if (!running[i]->HasEnded()) {
        ++i;
        continue;
      }
      if (!running[i]->Succeeded()) {
        throw std::runtime_error(
            fmt::format("building the simulator of {} failed in {}:\n{}\n(whole log: {})",
                        request_.Description(),
                        step,
                        Tail(log_),
                        log_.string()));
      }
      running.erase(running.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
}

void Build::Verilate() {
  Command command = {"verilator"};
  const auto add = [&command](const Command& more) {
    command.insert(command.end(), more.begin(), more.end());
  };
  add(kVerilatorFlags);
  add(request_.checked ? kCheckedFlags : kFastFlags);
  if (request_.trace != TraceFormat::kNone)
    command.push_back(TraceFlag(request_.trace));
  add({"--prefix",
       "Vds_model",
       "--Mdir",
       (folder_ / "obj").string(),
       "--top-module",
       request_.top});
  for (const auto& [name, value] : request_.parameters) {
    command.push_back(fmt::format("-G{}={}", name, value));
  }
  command.push_back((request_.Support() / "sim/rtl/shim/observe.vlt").string());
  for (const std::string& file : SourceFiles(request_)) {
    command.push_back((request_.root / file).string());
  }
  RunAll("verilator", {command});
  const fs::path obj = folder_ / "obj";
  WriteStateTable(obj / "Vds_model___024root.h", request_.top, obj / "state_table_generated.h");
}

std::vector<std::string> Build::Generated(bool slow) const {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder_ / "obj")) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".cpp")
      continue;
    const bool is_slow = name.find("__Slow") != std::string::npos ||
                         name.find("__Syms") != std::string::npos ||
                         name.find("__Trace") != std::string::npos;
    if (is_slow == slow)
      files.push_back(name);
  }
  std::sort(files.begin(), files.end());
  return files;
}

void Build::WriteUnit(const std::string& name, const std::vector<std::string>& includes) const {
  std::ofstream unit(folder_ / "obj" / (name + ".cc"));
  for (const std::string& include : includes)
    unit << fmt::format("#include \"{}\"\n", include);
  if (!unit.flush())
    throw std::runtime_error(fmt::format("cannot write to {}", folder_.string()));
}

Command Build::CompileUnit(const std::string& name, const char* optimisation) const {
  const std::string verilator_root = [] {
    std::string text = OutputOf({"verilator", "--getenv", "VERILATOR_ROOT"});
    text.erase(text.find_last_not_of('\n') + 1);
    return text;
  }();
  Command command = {"clang++", optimisation, Architecture()};
  command.insert(command.end(), kCompilerFlags.begin(), kCompilerFlags.end());
  command.push_back(fmt::format("-DDENSESHIFT_TRACE={}", static_cast<int>(request_.trace)));
  command.push_back(fmt::format("-DVM_TRACE={}", request_.trace == TraceFormat::kNone ? 0 : 1));
  command.push_back(fmt::format("-DVM_TRACE_FST={}", request_.trace == TraceFormat::kFst ? 1 : 0));
  command.push_back(fmt::format("-DVM_TRACE_VCD={}", request_.trace == TraceFormat::kVcd ? 1 : 0));
  command.insert(command.end(),
                 {"-I" + request_.Support().string(),
                  "-I" + (folder_ / "obj").string(),
                  "-isystem" + verilator_root + "/include",
                  "-isystem" + verilator_root + "/include/vltstd",
                  "-c",
                  (folder_ / "obj" / (name + ".cc")).string(),
                  "-o",
                  (folder_ / "obj" / (name + ".o")).string()});
  return command;
}

void Build::Compile() {
  std::vector<std::string> fast = Generated(false);
  fast.push_back(request_.shim.string());
  std::vector<std::string> runtime = {"verilated.cpp", "verilated_threads.cpp"};
  if (request_.trace == TraceFormat::kFst)
    runtime.emplace_back("verilated_fst_c.cpp");
  if (request_.trace == TraceFormat::kVcd)
    runtime.emplace_back("verilated_vcd_c.cpp");
  WriteUnit("fast", fast);
  WriteUnit("slow", Generated(true));
  WriteUnit("runtime", runtime);
  RunAll("clang++",
         {CompileUnit("fast", kFast), CompileUnit("slow", kSlow), CompileUnit("runtime", kSlow)});
}

void Build::Link() {
  Command command = {"clang++", "-shared", "-Wl,-Bsymbolic", "-o", (folder_ / "model.so").string()};
  for (const char* name : {"fast", "slow", "runtime"}) {
    command.push_back((folder_ / "obj" / name).string() + ".o");
  }
  command.insert(command.end(), {"-latomic", "-lpthread"});
  if (request_.trace == TraceFormat::kFst)
    command.emplace_back("-lz");
  RunAll("clang++", {command});
}

}  // namespace

std::string ToolDescription() {
  const std::string verilator = Version("verilator");
  return fmt::format("{}{}{} {} {} {} {} {} {}",
                     verilator,
                     Version("clang++"),
                     fmt::join(kVerilatorFlags, " "),
                     fmt::join(kFastFlags, " "),
                     fmt::join(kCheckedFlags, " "),
                     fmt::join(kCompilerFlags, " "),
                     Architecture(),
                     kFast,
                     kSlow);
}

void BuildModel(const ModelRequest& request, const fs::path& folder) {
  Build(request, folder).Run();
}

}  // namespace denseshift::sim
