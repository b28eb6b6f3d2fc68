// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/model_cache.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>
#include <sys/file.h>
#include <unistd.h>
#include <vector>

#include "sim/rtl/model_build.h"
#include "sim/rtl/shim/abi.h"
#include "sim/sha256.h"

namespace denseshift::sim {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxEntries = 64;  // the ones used longest ago are deleted beyond that
constexpr const char* kModel = "model.so";
constexpr const char* kChecksum = "model.sha256";

// Excludes other processes for as long as it lives.
class FileLock {
 public:
  explicit FileLock(const fs::path& path)
      : fd_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    if (fd_ < 0) {
      throw std::runtime_error(
          fmt::format("cannot write the model cache {}: {}; set DENSESHIFT_CACHE to a folder that "
                      "can be written",
                      path.parent_path().string(),
                      std::strerror(errno)));
    }
    while (flock(fd_, LOCK_EX) != 0 && errno == EINTR) {}
  }

  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

  ~FileLock() { close(fd_); }

 private:
  int fd_;
};

std::string Checksum(const fs::path& model) {
  Sha256 hash;
  hash.AddFile(kModel, model);
  return hash.Finish();
}

// Whether a cache entry is there and undamaged.
bool IsWhole(const fs::path& entry) {
  std::error_code error;
  if (!fs::exists(entry / kChecksum, error) || !fs::exists(entry / kModel, error))
    return false;
  return ReadTextFile(entry / kChecksum) == Checksum(entry / kModel);
}

// Marks an entry as used now.
void Touch(const fs::path& entry) {
  std::error_code error;  // a read-only cache works as well
  fs::last_write_time(entry, fs::file_time_type::clock::now(), error);
}

void DeleteOldEntries(const fs::path& cache) {
  std::vector<std::pair<fs::file_time_type, fs::path>> entries;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(cache, error)) {
    const bool is_entry =
        entry.path().filename().string().size() == 64 && entry.is_directory(error);
    if (is_entry)
      entries.emplace_back(entry.last_write_time(error), entry.path());
  }
  std::sort(entries.rbegin(), entries.rend());
  for (std::size_t i = kMaxEntries; i < entries.size(); ++i)
    fs::remove_all(entries[i].second, error);
}

// What distinguishes processors for the compiler.
std::string ProcessorDescription() {
  std::ifstream in("/proc/cpuinfo");
  std::string text;
  for (std::string line; std::getline(in, line) && !line.empty();) {
    if (line.compare(0, 10, "model name") == 0 || line.compare(0, 5, "flags") == 0)
      text += line;
  }
  return text;
}

fs::path BuildEntry(const ModelRequest& request, const fs::path& entry) {
  fs::path folder = entry;
  folder += ".building";
  fs::remove_all(folder);
  fs::create_directories(folder);
  BuildModel(request, folder);
  fs::remove_all(folder / "obj");
  std::ofstream(folder / kChecksum) << Checksum(folder / kModel);
  if (!IsWhole(folder)) {
    throw std::runtime_error(fmt::format("cannot write {}: is the disk full?", folder.string()));
  }
  fs::remove_all(entry);
  fs::rename(folder, entry);
  return entry / kModel;
}

}  // namespace

fs::path CacheFolder() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return fs::path(value == nullptr ? "" : value);
  };
  if (const fs::path path = variable("DENSESHIFT_CACHE"); !path.empty())
    return fs::absolute(path);
  if (const fs::path path = variable("XDG_CACHE_HOME"); !path.empty())
    return path / "denseshift";
  if (const fs::path path = variable("HOME"); !path.empty())
    return path / ".cache/denseshift";
  throw std::runtime_error("no folder for built simulators: set DENSESHIFT_CACHE or HOME");
}

std::string ModelKey(const ModelRequest& request) {
  Sha256 hash;
  hash.Add("tools", ToolDescription());
  hash.Add("processor", ProcessorDescription());
  hash.Add("abi", fmt::format("{} {}", kModelAbiVersion, kPinsBytes));
  hash.Add("model", request.Description());
  for (const std::string& file : SourceFiles(request))
    hash.AddFile(file, request.root / file);
  hash.AddFile("shim", request.shim);
  std::vector<fs::path> headers = {request.Support() / "sim/memory/axi_pins.h"};
  for (const auto& entry : fs::directory_iterator(request.Support() / "sim/rtl/shim")) {
    if (entry.path().extension() != ".cc")
      headers.push_back(entry.path());
  }
  std::sort(headers.begin(), headers.end());
  for (const fs::path& header : headers)
    hash.AddFile(header.filename().string(), header);
  return hash.Finish();
}

fs::path CachedModel(const ModelRequest& request) {
  const fs::path cache = CacheFolder();
  const fs::path entry = cache / ModelKey(request);
  if (IsWhole(entry)) {
    Touch(entry);
    return entry / kModel;
  }
  std::error_code ignored;  // FileLock reports a folder that cannot be written
  fs::create_directories(cache, ignored);
  fs::path lock = entry;
  lock += ".lock";
  const FileLock exclusive(lock);
  if (!IsWhole(entry)) {
    BuildEntry(request, entry);
    DeleteOldEntries(cache);
  }
  return entry / kModel;
}

}  // namespace denseshift::sim
