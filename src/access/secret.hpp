// The 128-bit secrets in links, cookies and tickets, and the hash they are kept under; a secret
// itself is never stored. Pure but for the random source: any thread.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace rundbord::access {

// 128 random bits at a time: the operating system's in production, counted in tests.
using RandomSource = std::function<std::array<std::uint8_t, 16>()>;
RandomSource system_random();

// 22 characters of base64url.
std::string draw_secret(const RandomSource& random);
bool is_secret(std::string_view text);

// SHA-256 in hex: the key of the rows that belong to a secret. Secrets carry 128 bits, so neither
// salt nor a slow hash would add anything.
std::string kept_as(std::string_view secret);

// Another secret that only the holder of `secret` can name; the same for the same purpose
// (HMAC-SHA-256, cut to 128 bits).
std::string derive_secret(std::string_view secret, std::string_view purpose);

// In a time that does not tell how much was right.
bool same_secret(std::string_view left, std::string_view right);

}  // namespace rundbord::access
