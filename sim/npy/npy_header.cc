// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/npy/npy_header.h"

#include <array>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>
#include <string_view>

namespace denseshift::sim {

namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::uint32_t kMaxHeaderBytes = 65536;
constexpr std::size_t kMaxDimensions = 32;  // as NumPy

// Reads the Python dictionary of a header, as far as .npy files use it.
class HeaderParser {
 public:
  explicit HeaderParser(std::string_view text) : text_(text) {}

  NpyHeader Parse() {
    Expect('{');
    while (!Accept('}')) {
      const std::string key = ParseString();
      Expect(':');
      ParseValue(key);
      if (!Accept(',')) {
        Expect('}');
        break;
      }
    }
    SkipSpace();
    if (!text_.empty())
      Fail("text after the dictionary");
    if (!has_descr_ || !has_order_ || !has_shape_)
      Fail("descr, fortran_order or shape is missing");
    return header_;
  }

 private:
  [[noreturn]] static void Fail(const std::string& what) {
    throw std::runtime_error("damaged header: " + what);
  }

  void SkipSpace() {
    while (!text_.empty() && (text_[0] == ' ' || text_[0] == '\n'))
      text_.remove_prefix(1);
  }

  bool Accept(char c) {
    SkipSpace();
    if (text_.empty() || text_[0] != c)
      return false;
    text_.remove_prefix(1);
    return true;
  }

  void Expect(char c) {
    if (!Accept(c))
      Fail(fmt::format("'{}' expected", c));
  }

  bool AcceptWord(std::string_view word) {
    SkipSpace();
    if (text_.substr(0, word.size()) != word)
      return false;
    text_.remove_prefix(word.size());
    return true;
  }

  std::string ParseString() {
    SkipSpace();
    if (text_.empty() || (text_[0] != '\'' && text_[0] != '"'))
      Fail("a string expected");
    const std::size_t end = text_.find(text_[0], 1);
    if (end == std::string_view::npos)
      Fail("a string does not end");
    std::string value(text_.substr(1, end - 1));
    text_.remove_prefix(end + 1);
    return value;
  }

  std::size_t ParseNumber() {
    SkipSpace();
    std::size_t value = 0;
    std::size_t digits = 0;
    for (; digits < text_.size() && text_[digits] >= '0' && text_[digits] <= '9'; ++digits) {
      const auto digit = static_cast<std::size_t>(text_[digits] - '0');
      if (value > (std::numeric_limits<std::size_t>::max() - digit) / 10)
        Fail("a dimension is too large");
      value = value * 10 + digit;
    }
    if (digits == 0)
      Fail("a dimension expected");
    text_.remove_prefix(digits);
    return value;
  }

  void ParseValue(const std::string& key) {
    bool& seen = key == "descr"           ? has_descr_
                 : key == "fortran_order" ? has_order_
                 : key == "shape"         ? has_shape_
                                          : unknown_;
    if (&seen == &unknown_)
      Fail(fmt::format("unknown key '{}'", key));
    if (seen)
      Fail(fmt::format("key '{}' comes twice", key));
    seen = true;
    if (key == "descr") {
      header_.descr = ParseString();
    } else if (key == "fortran_order") {
      header_.fortran_order = AcceptWord("True");
      if (!header_.fortran_order && !AcceptWord("False"))
        Fail("True or False expected");
    } else {
      Expect('(');
      while (!Accept(')')) {
        header_.shape.push_back(ParseNumber());
        if (header_.shape.size() > kMaxDimensions)
          Fail("too many dimensions");
        if (!Accept(',')) {
          Expect(')');
          break;
        }
      }
    }
  }

  std::string_view text_;
  NpyHeader header_;
  bool has_descr_ = false;
  bool has_order_ = false;
  bool has_shape_ = false;
  bool unknown_ = false;
};

std::uint32_t ReadLength(std::istream& in, unsigned bytes) {
  std::array<unsigned char, 4> raw{};
  in.read(reinterpret_cast<char*>(raw.data()), bytes);
  return raw[0] | static_cast<std::uint32_t>(raw[1]) << 8U |
         static_cast<std::uint32_t>(raw[2]) << 16U | static_cast<std::uint32_t>(raw[3]) << 24U;
}

}  // namespace

NpyHeader ReadNpyHeader(std::istream& in, std::uint64_t file_bytes) {
  std::array<char, 8> start{};
  in.read(start.data(), start.size());
  if (!in || std::string_view(start.data(), kMagic.size()) != kMagic) {
    throw std::runtime_error("not a .npy file");
  }
  const int major = static_cast<unsigned char>(start[6]);
  if (major < 1 || major > 3 || start[7] != 0) {
    throw std::runtime_error(fmt::format(
        "unknown .npy version {}.{}", major, int{static_cast<unsigned char>(start[7])}));
  }
  const std::uint32_t bytes = ReadLength(in, major == 1 ? 2 : 4);
  if (!in || bytes > kMaxHeaderBytes || bytes > file_bytes) {
    throw std::runtime_error("damaged header: its length is wrong");
  }
  std::string text(bytes, '\0');
  in.read(text.data(), static_cast<std::streamsize>(bytes));
  if (!in)
    throw std::runtime_error("damaged header: the file ends inside it");
  return HeaderParser(text).Parse();
}

std::uint64_t CheckedElements(const std::vector<std::size_t>& shape, std::uint64_t limit) {
  std::uint64_t elements = 1;
  bool is_empty = false;
  for (const std::size_t dimension : shape)
    is_empty = is_empty || dimension == 0;
  if (is_empty)
    return 0;
  for (const std::size_t dimension : shape) {
    if (dimension > limit / elements) {
      throw std::runtime_error(
          fmt::format("the shape needs more values than the file holds ({})", limit));
    }
    elements *= dimension;
  }
  return elements;
}

}  // namespace denseshift::sim
