#include "archive/sealed_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace rundbord::archive {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view opens = ",\"checksum\":\"";
constexpr std::string_view closes = "\"}";
constexpr std::size_t digits = 64;

}  // namespace

std::string with_own_checksum(std::string json) {
  const auto checksum = log::to_hex(log::sha256(json));
  json.pop_back();
  return json.append(opens).append(checksum).append(closes);
}

bool fits_own_checksum(std::string_view bytes) {
  const auto length = opens.size() + digits + closes.size();
  if (bytes.size() < length) return false;
  return with_own_checksum(std::string(bytes.substr(0, bytes.size() - length)) + '}') == bytes;
}

std::optional<Json> parse_leniently(std::string_view bytes) {
  if (bytes.size() > sealed_file_bytes_max) return std::nullopt;
  auto json = Json::parse(bytes, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  return json;
}

std::optional<Json> parse_strictly(std::string_view bytes) {
  auto json = parse_leniently(bytes);
  if (!json || json->dump() != bytes) return std::nullopt;
  return json;
}

// A salt is half a hash: the same digits serve.
std::string salt_digits(const log::Salt& salt) {
  log::Hash wide{};
  std::copy(salt.begin(), salt.end(), wide.begin());
  return log::to_hex(wide).substr(0, 2 * salt.size());
}

std::optional<log::Salt> salt_from(std::string_view digits) {
  log::Salt salt;
  if (digits.size() != 2 * salt.size()) return std::nullopt;
  const auto wide = log::hash_from_hex(std::string(digits) + std::string(digits.size(), '0'));
  if (!wide) return std::nullopt;
  std::copy_n(wide->begin(), salt.size(), salt.begin());
  return salt;
}

}  // namespace rundbord::archive
