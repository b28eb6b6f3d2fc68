// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/model_cache.h"

#include <filesystem>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "sim/rtl/model.h"
#include "tests/sim/rtl/stub_device.h"
#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

namespace fs = std::filesystem;

// A copy of the stub's sources that a test may change.
ModelRequest CopiedStub(const TemporaryFolder& folder) {
  ModelRequest request = StubRequest();
  fs::copy(request.root, folder.path() / "stub", fs::copy_options::recursive);
  request.root = folder.path() / "stub";
  return request;
}

void Append(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::app) << text;
}

TEST(ModelCache, TheKeyCoversEverythingTheModelDependsOn) {
  const TemporaryFolder folder;
  const ModelRequest request = CopiedStub(folder);
  const std::string key = ModelKey(request);
  EXPECT_EQ(key.size(), 64U);
  EXPECT_EQ(ModelKey(StubRequest()), key);  // the place of the sources does not matter

  ModelRequest other = request;
  other.parameters[0].second = 8;
  EXPECT_NE(ModelKey(other), key);
  other = request;
  other.trace = TraceFormat::kVcd;
  EXPECT_NE(ModelKey(other), key);
  other = request;
  other.checked = true;
  EXPECT_NE(ModelKey(other), key);
  other = request;
  other.shim = folder.Write("shim.cc", "// another\n");
  EXPECT_NE(ModelKey(other), key);

  Append(request.root / "rtl/stub_registers.sv", "// changed\n");
  const std::string changed = ModelKey(request);
  EXPECT_NE(changed, key);
  (void)folder.Write("stub/rtl/rtl.f", "rtl/ds_top.sv\nrtl/stub_registers.sv\n");
  EXPECT_NE(ModelKey(request), changed);
}

TEST(ModelCache, BuildsOnceForAllAndAgainIfDamaged) {
  const TemporaryFolder folder;
  const ScopedCache cache(folder.path() / "cache");
  fs::path first;
  fs::path second;
  testing::internal::CaptureStderr();
  std::thread other([&] { second = CachedModel(StubRequest()); });
  first = CachedModel(StubRequest());
  other.join();
  const std::string message = testing::internal::GetCapturedStderr();
  EXPECT_EQ(first, second);
  EXPECT_EQ(message.rfind("denseshift: building the simulator of ds_top Lanes=16", 0), 0U)
      << message;
  EXPECT_EQ(message.find("building", 20), std::string::npos) << "built twice: " << message;
  EXPECT_FALSE(fs::exists(first.parent_path() / "obj"));

  const std::string good = FileContent(first);
  std::string damaged = good;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 4);
  std::ofstream(first, std::ios::binary) << damaged;
  EXPECT_EQ(CachedModel(StubRequest()), first);
  EXPECT_NE(FileContent(first), damaged);
  EXPECT_NO_THROW(Model{first});

  fs::resize_file(first, good.size() / 2);
  fs::remove(first.parent_path() / "model.sha256");
  EXPECT_EQ(CachedModel(StubRequest()), first);
  EXPECT_NO_THROW(Model{first});
}

TEST(ModelCache, AnRtlErrorShowsTheToolsOutputAndItsLog) {
  const TemporaryFolder folder;
  const ScopedCache cache(folder.path() / "cache");
  const ModelRequest request = CopiedStub(folder);
  Append(request.root / "rtl/stub_registers.sv", "module broken (\n");
  const std::string error = ErrorOf([&] { (void)CachedModel(request); });
  EXPECT_EQ(error.rfind("building the simulator of ds_top Lanes=16", 0), 0U) << error;
  EXPECT_NE(error.find("failed in verilator"), std::string::npos) << error;
  EXPECT_NE(error.find("syntax error"), std::string::npos) << error;
  const std::size_t log = error.find("(whole log: ");
  ASSERT_NE(log, std::string::npos) << error;
  const std::string path = error.substr(log + 12, error.size() - log - 13);
  EXPECT_NE(FileContent(path).find("syntax error"), std::string::npos) << path;
}

TEST(ModelCache, AShimErrorShowsTheCompilersOutput) {
  const TemporaryFolder folder;
  const ScopedCache cache(folder.path() / "cache");
  ModelRequest request = StubRequest();
  request.shim = folder.Write("shim.cc", "int f() { return undeclared; }\n");
  const std::string error = ErrorOf([&] { (void)CachedModel(request); });
  EXPECT_NE(error.find("failed in clang++"), std::string::npos) << error;
  EXPECT_NE(error.find("undeclared"), std::string::npos) << error;
}

TEST(ModelCache, NamesWhatIsMissing) {
  const TemporaryFolder folder;
  ModelRequest request = CopiedStub(folder);
  fs::remove(request.root / "rtl/ds_top.sv");
  EXPECT_NE(ErrorOf([&] { (void)ModelKey(request); }).find("cannot read"), std::string::npos);
  fs::remove(request.root / "rtl/rtl.f");
  EXPECT_NE(ErrorOf([&] { (void)ModelKey(request); }).find("cannot read the RTL file list"),
            std::string::npos);
}

TEST(ModelCache, NamesACacheThatCannotBeWritten) {
  const TemporaryFolder folder;
  const ScopedCache cache(folder.Write("file", "") / "cache");
  const std::string error = ErrorOf([] { (void)CachedModel(StubRequest()); });
  EXPECT_NE(error.find("cannot write the model cache"), std::string::npos) << error;
  EXPECT_NE(error.find("set DENSESHIFT_CACHE"), std::string::npos) << error;
}

TEST(ModelCache, NamesScriptsSetupIfAToolIsMissing) {
  const char* before = std::getenv("PATH");
  const std::string path = before == nullptr ? "" : before;
  setenv("PATH", "/nonexistent", 1);
  const std::string error = ErrorOf([] { (void)ModelKey(StubRequest()); });
  setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(error, "verilator is not installed (not found in PATH); run scripts/setup");
}

TEST(ModelCache, FollowsTheEnvironment) {
  {
    const ScopedCache cache("/some/where");
    EXPECT_EQ(CacheFolder(), "/some/where");
  }
  setenv("XDG_CACHE_HOME", "/xdg", 1);
  EXPECT_EQ(CacheFolder(), "/xdg/denseshift");
  unsetenv("XDG_CACHE_HOME");
  setenv("HOME", "/home/me", 1);
  EXPECT_EQ(CacheFolder(), "/home/me/.cache/denseshift");
}

}  // namespace
}  // namespace denseshift::sim
