#include "access/secret.hpp"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>

#include "domain/ids.hpp"
#include "log/chain.hpp"

namespace rundbord::access {

RandomSource system_random() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium found no source of random numbers");
  return [] {
    std::array<std::uint8_t, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
  };
}

std::string draw_secret(const RandomSource& random) {
  return to_base64url(random());
}

bool is_secret(std::string_view text) {
  return from_base64url(text).has_value();
}

std::string kept_as(std::string_view secret) {
  return log::to_hex(log::sha256(secret));
}

std::string derive_secret(std::string_view secret, std::string_view purpose) {
  std::array<std::uint8_t, crypto_auth_hmacsha256_BYTES> mac{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(secret.data()),
                              secret.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(purpose.data()),
                                purpose.size());
  crypto_auth_hmacsha256_final(&state, mac.data());
  std::array<std::uint8_t, 16> cut{};
  std::copy_n(mac.begin(), cut.size(), cut.begin());
  return to_base64url(cut);
}

bool same_secret(std::string_view left, std::string_view right) {
  const auto left_hash = log::sha256(left);
  const auto right_hash = log::sha256(right);
  return sodium_memcmp(left_hash.data(), right_hash.data(), left_hash.size()) == 0;
}

}  // namespace rundbord::access
