// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/atomic_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <unistd.h>

namespace denseshift::sim {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void Fail(const fs::path& path, int error) {
  throw std::runtime_error(fmt::format("cannot write {}: {}", path.string(), std::strerror(error)));
}

void WriteAll(const fs::path& path, std::string_view content) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0)
    throw std::system_error(errno, std::generic_category());
  while (!content.empty()) {
    const ssize_t bytes = write(fd, content.data(), content.size());
    if (bytes < 0 && errno == EINTR)
      continue;
    if (bytes < 0) {
      const int error = errno;
      close(fd);
      throw std::system_error(error, std::generic_category());
    }
    content.remove_prefix(static_cast<std::size_t>(bytes));
  }
  if (close(fd) != 0)
    throw std::system_error(errno, std::generic_category());
}

}  // namespace

void WriteFileAtomically(const fs::path& path, const std::function<void(const fs::path&)>& write) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  try {
    if (fs::exists(status) && !fs::is_regular_file(status)) {
      write(path);
      return;
    }
    const fs::path target = fs::is_symlink(path, error) ? fs::canonical(path) : path;
    const fs::path temporary =
        target.parent_path() /
        fmt::format("{}.{}.tmp{}", target.stem().string(), getpid(), target.extension().string());
    try {
      write(temporary);
      fs::rename(temporary, target);
    } catch (...) {
      fs::remove(temporary, error);
      throw;
    }
  } catch (const std::system_error& e) {
    Fail(path, e.code().value());
  }
}

void WriteFileAtomically(const fs::path& path, std::string_view content) {
  WriteFileAtomically(path, [&](const fs::path& file) { WriteAll(file, content); });
}

}  // namespace denseshift::sim
