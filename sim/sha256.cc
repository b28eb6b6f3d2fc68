// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/sha256.h"

#include <array>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <openssl/evp.h>
#include <stdexcept>

namespace denseshift::sim {

namespace {

void Check(int result) {
  if (result != 1)
    throw std::runtime_error("SHA-256 failed in libcrypto");
}

EVP_MD_CTX* Context(void* context) {
  return static_cast<EVP_MD_CTX*>(context);
}

}  // namespace

void Sha256::Free::operator()(void* context) const {
  EVP_MD_CTX_free(Context(context));
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  Check(EVP_DigestInit_ex(Context(context_.get()), EVP_sha256(), nullptr));
}

void Sha256::Update(std::string_view bytes) {
  Check(EVP_DigestUpdate(Context(context_.get()), bytes.data(), bytes.size()));
}

void Sha256::Add(std::string_view name, std::string_view content) {
  Update(fmt::format("{} {} {} ", name.size(), name, content.size()));
  Update(content);
}

void Sha256::AddFile(std::string_view name, const std::filesystem::path& file) {
  Add(name, ReadTextFile(file));
}

std::string Sha256::Finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned bytes = 0;
  Check(EVP_DigestFinal_ex(Context(context_.get()), digest.data(), &bytes));
  return fmt::format("{:02x}", fmt::join(digest.begin(), digest.begin() + bytes, ""));
}

std::string ReadTextFile(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in)
    throw std::runtime_error(fmt::format("cannot read {}", file.string()));
  return content;
}

}  // namespace denseshift::sim
