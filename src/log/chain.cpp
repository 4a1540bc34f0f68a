#include "log/chain.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <memory>
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

// Each drawing is a call of the kernel's, so many salts are drawn at once.
class SaltSupply {
 public:
  Salt draw() {
    if (left_ == 0) {
      randombytes_buf(salts_.data(), sizeof salts_);
      left_ = salts_.size();
    }
    Salt& next = salts_[--left_];
    const Salt salt = next;
    sodium_memzero(next.data(), next.size());  // erased, it must not be found in memory
    return salt;
  }

 private:
  std::array<Salt, 128> salts_;
  std::size_t left_ = 0;
};

// `"hex","hex"` → hashes; nothing unless every item has exactly that form.
std::optional<std::vector<Hash>> hashes_in_list(std::string_view list) {
  constexpr std::size_t item = hex_length + 2;
  std::vector<Hash> hashes;
  while (true) {
    if (list.size() < item || list[0] != '"' || list[item - 1] != '"') return std::nullopt;
    const auto hash = hash_from_hex(list.substr(1, hex_length));
    if (!hash) return std::nullopt;
    hashes.push_back(*hash);
    list.remove_prefix(item);
    if (list.empty()) return hashes;
    if (list[0] != ',') return std::nullopt;
    list.remove_prefix(1);
  }
}

}  // namespace

Hash sha256(std::string_view bytes) {
  return sha256_of(nullptr, 0, bytes);
}

Hash text_hash(const Salt& salt, std::string_view text) {
  return sha256_of(salt.data(), salt.size(), text);
}

Hash chain_start(const WorkshopId& workshop) {
  return sha256_of(workshop.bytes.data(), workshop.bytes.size(), {});
}

Hash commit_digest(std::string_view stored_header) {
  const auto parts = header_parts(stored_header);
  return commit_digest(sha256(parts.header), parts.text_hashes);
}

Hash commit_digest(const Hash& header_hash, const std::vector<Hash>& text_hashes) {
  std::string hashes;
  hashes.reserve(text_hashes.size() * header_hash.size());
  for (const auto& hash : text_hashes) hashes.append(hash.begin(), hash.end());
  return sha256_of(header_hash.data(), header_hash.size(), hashes);
}

Hash chain_next(const Hash& previous, const Hash& digest) {
  return sha256_of(previous.data(), previous.size(),
                   {reinterpret_cast<const char*>(digest.data()), digest.size()});
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

HeaderParts header_parts(std::string_view stored_header) {
  auto hashes = text_hashes_of(stored_header);
  HeaderParts whole{std::string(stored_header), {}};
  if (hashes.empty()) return whole;
  auto bare = stored_header.substr(0, stored_header.rfind(list_opens));
  if (!bare.empty() && bare.back() == ',') bare.remove_suffix(1);
  HeaderParts parts{std::string(bare) + '}', std::move(hashes)};
  return seal_header(parts.header, parts.text_hashes) == stored_header ? parts : whole;
}

std::optional<Hash> hash_from_hex(std::string_view text) {
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

SaltSource random_salts() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot draw random numbers here");
  return [supply = std::make_shared<SaltSupply>()] { return supply->draw(); };
}

}  // namespace rundbord::log
