// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/text_output.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

#include "sim/atomic_file.h"
#include "sim/cli/standard_output.h"

namespace denseshift::sim {

namespace {

constexpr std::size_t kBlockBytes = 1 << 16;

[[noreturn]] void FailWithErrno() {
  throw std::system_error(errno, std::generic_category());
}

}  // namespace

void WriteText(const std::string& output,
               const std::function<void(const std::function<void(std::string_view)>&)>& write) {
  if (output.empty()) {
    std::string block;
    write([&](std::string_view text) {
      block += text;
      if (block.size() >= kBlockBytes) {
        WriteStandardOutput(block);
        block.clear();
      }
    });
    WriteStandardOutput(block);
    return;
  }
  WriteFileAtomically(output, [&](const std::filesystem::path& path) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wb"),
                                                         &std::fclose);
    if (file == nullptr)
      FailWithErrno();
    write([&](std::string_view text) {
      if (std::fwrite(text.data(), 1, text.size(), file.get()) != text.size())
        FailWithErrno();
    });
    if (std::fclose(file.release()) != 0)
      FailWithErrno();
  });
}

}  // namespace denseshift::sim
