#include "log/chain.hpp"

#include <sodium.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace rundbord::log {
namespace {

constexpr std::string_view list_opens = "\"text_hashes\":[";
constexpr std::size_t hex_length = 64;

// SHA-256 over two pieces, without joining them in memory.
Hash sha256_of(const void* first, std::size_t first_size, std::string_view second) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, static_cast<const unsigned char*>(first), first_size);
  crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(second.data()),
                            second.size());
  Hash hash;
  crypto_hash_sha256_final(&state, hash.data());
  return hash;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::optional<Hash> from_hex(std::string_view text) {
  if (text.size() != hex_length) return std::nullopt;
  Hash hash;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    const int high = hex_value(text[2 * i]);
    const int low = hex_value(text[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    hash[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return hash;
}

// `"hex","hex"` → hashes; nothing unless every item has exactly that form.
std::optional<std::vector<Hash>> hashes_in_list(std::string_view list) {
  constexpr std::size_t item = hex_length + 2;
  std::vector<Hash> hashes;
  while (true) {
    if (list.size() < item || list[0] != '"' || list[item - 1] != '"') return std::nullopt;
    const auto hash = from_hex(list.substr(1, hex_length));
    if (!hash) return std::nullopt;
    hashes.push_back(*hash);
    list.remove_prefix(item);
    if (list.empty()) return hashes;
    if (list[0] != ',') return std::nullopt;
    list.remove_prefix(1);
  }
}

}  // namespace

std::string to_hex(const Hash& hash) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(hex_length);
  for (const auto byte : hash) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

Hash sha256(std::string_view bytes) {
  return sha256_of(nullptr, 0, bytes);
}

Hash text_hash(const Salt& salt, std::string_view text) {
  return sha256_of(salt.data(), salt.size(), text);
}

Hash chain_next(const Hash& previous, std::string_view header) {
  return sha256_of(previous.data(), previous.size(), header);
}

std::string seal_header(std::string_view header, const std::vector<Hash>& text_hashes) {
  if (text_hashes.empty()) return std::string(header);
  std::string sealed(header.substr(0, header.size() - 1));
  sealed.reserve(header.size() + 20 + text_hashes.size() * (hex_length + 3));
  if (header.size() > 2) sealed += ',';
  sealed += list_opens;
  for (const auto& hash : text_hashes) {
    sealed += '"';
    sealed += to_hex(hash);
    sealed += "\",";
  }
  sealed.back() = ']';
  sealed += '}';
  return sealed;
}

// The list is the last thing in a sealed header, and inside a JSON string its quotes would be
// escaped: no parser is needed to find it.
std::vector<Hash> text_hashes_of(std::string_view stored_header) {
  if (stored_header.size() < 2 || stored_header.substr(stored_header.size() - 2) != "]}") return {};
  const auto start = stored_header.rfind(list_opens);
  if (start == std::string_view::npos) return {};
  const auto first = start + list_opens.size();
  return hashes_in_list(stored_header.substr(first, stored_header.size() - 2 - first))
      .value_or(std::vector<Hash>{});
}

SaltSource random_salts() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot draw random numbers here");
  return [] {
    Salt salt;
    randombytes_buf(salt.data(), salt.size());
    return salt;
  };
}

}  // namespace rundbord::log
