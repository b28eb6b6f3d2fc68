// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_journal.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <stdexcept>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace denseshift::sim {

SweepJournal::SweepJournal(std::filesystem::path file,
                           const SweepIdentity& identity,
                           const std::function<void(SweepPoint)>& take)
    : file_(std::move(file)) {
  Open();
  try {
    Continue(identity, take);
  } catch (...) {
    close(descriptor_);
    throw;
  }
}

SweepJournal::~SweepJournal() {
  close(descriptor_);
}

// Opens and locks the file. The one who had it may have deleted it in between; then again.
void SweepJournal::Open() {
  while (true) {
    descriptor_ = open(file_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (descriptor_ < 0)
      FailToWrite();

    struct stat opened {};

    struct stat named {};

    const bool locked = flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
    if (!locked && errno == EWOULDBLOCK) {
      close(descriptor_);
      Fail("is in use by another sweep; let it end, or give another --output");
    }
    if (fstat(descriptor_, &opened) == 0 && stat(file_.c_str(), &named) == 0 &&
        opened.st_ino == named.st_ino)
      return;
    close(descriptor_);
  }
}

void SweepJournal::Continue(const SweepIdentity& identity,
                            const std::function<void(SweepPoint)>& take) {
  const std::string first_line = IdentityLine(identity);
  std::vector<bool> known(PointsOf(identity.space, identity.shard).size());
  SweepRecordReader reader;
  reader.begin = [&](const std::string& line) {
    if (line != first_line)
      FailAsOther();
  };
  reader.take = [&](SweepPoint point) {
    if (!Belongs(identity, point.point))
      Fail(fmt::format("has point {}, which is none of this sweep; delete it", point.point));
    const std::size_t position = (point.point - (identity.shard.index - 1)) / identity.shard.count;
    if (!known[position])
      take(std::move(point));
    known[position] = true;
  };
  const SweepRecordEnd end = ReadSweepRecord(file_, reader);
  // A file without a whole line is the beginning of this one, or none of ours.
  if (end.whole_bytes == 0 && first_line.compare(0, end.rest.size(), end.rest) != 0)
    FailAsOther();
  if (ftruncate(descriptor_, static_cast<off_t>(end.whole_bytes)) != 0)
    FailToWrite();
  if (end.whole_bytes == 0)
    Append(first_line + "\n");
}

void SweepJournal::Add(std::uint64_t point, const SweepOutcome& outcome) {
  Append(PointLine(point, outcome) + "\n");
}

void SweepJournal::Remove() {
  if (unlink(file_.c_str()) != 0)
    FailToWrite();
}

void SweepJournal::Append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      FailToWrite();
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void SweepJournal::FailAsOther() const {
  Fail(
      "is of another sweep: other arguments, or a file it reads has changed; delete it, or give "
      "another --output");
}

void SweepJournal::Fail(const std::string& what) const {
  throw std::runtime_error(fmt::format("{} {}", file_.string(), what));
}

void SweepJournal::FailToWrite() const {
  throw std::runtime_error(
      fmt::format("cannot write {}: {}", file_.string(), std::generic_category().message(errno)));
}

}  // namespace denseshift::sim
