// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/gzip.h"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>
#include <zlib.h>

namespace denseshift::sim {

namespace {

constexpr int kGzipHeader = 16;  // added to the window bits
constexpr int kMemoryLevel = 8;  // zlib's own default
constexpr std::size_t kChunk = 65536;

class Deflater {
 public:
  Deflater() {
    if (deflateInit2(&stream_,
                     Z_DEFAULT_COMPRESSION,
                     Z_DEFLATED,
                     MAX_WBITS + kGzipHeader,
                     kMemoryLevel,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::runtime_error("zlib cannot compress: out of memory");
    }
  }

  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  ~Deflater() { deflateEnd(&stream_); }

  // Appends what the stream gives for `data`; `flush` is Z_FINISH with the last.
  void Add(std::string_view data, int flush, std::string& out) {
    // zlib does not write to its input.
    stream_.next_in =
        reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));  // NOLINT(*-const-cast)
    stream_.avail_in = static_cast<uInt>(data.size());
    do {
      stream_.next_out = buffer_.data();
      stream_.avail_out = static_cast<uInt>(buffer_.size());
      deflate(&stream_, flush);  // cannot fail with a valid stream and room for output
      out.append(reinterpret_cast<const char*>(buffer_.data()), buffer_.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

 private:
  z_stream stream_ = {};
  std::array<Bytef, kChunk> buffer_ = {};
};

}  // namespace

std::string Gzip(std::string_view data) {
  constexpr std::size_t kPiece = std::numeric_limits<uInt>::max() / 2;  // zlib counts in uInt
  Deflater deflater;
  std::string out;
  while (data.size() > kPiece) {
    deflater.Add(data.substr(0, kPiece), Z_NO_FLUSH, out);
    data.remove_prefix(kPiece);
  }
  deflater.Add(data, Z_FINISH, out);
  return out;
}

}  // namespace denseshift::sim
