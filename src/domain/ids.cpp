#include "domain/ids.hpp"

namespace rundbord {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<std::int8_t, 256> make_values() {
  std::array<std::int8_t, 256> values{};
  for (auto& value : values) value = -1;
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}

constexpr auto values = make_values();

}  // namespace

std::string to_base64url(const std::array<std::uint8_t, 16>& bytes) {
  std::string text;
  text.reserve(id_text_length);
  unsigned bits = 0;
  int held = 0;
  for (const auto byte : bytes) {
    bits = (bits << 8) | byte;
    held += 8;
    while (held >= 6) {
      held -= 6;
      text += alphabet[(bits >> held) & 63];
    }
  }
  text += alphabet[(bits << (6 - held)) & 63];
  return text;
}

std::optional<std::array<std::uint8_t, 16>> from_base64url(std::string_view text) {
  if (text.size() != id_text_length) return std::nullopt;
  std::array<std::uint8_t, 16> bytes{};
  unsigned bits = 0;
  int held = 0;
  std::size_t next = 0;
  for (const char c : text) {
    const auto value = values[static_cast<unsigned char>(c)];
    if (value < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<unsigned>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[next++] = static_cast<std::uint8_t>(bits >> held);
  }
  if ((bits & ((1u << held) - 1)) != 0) return std::nullopt;
  return bytes;
}

std::string to_hex(const ChainHash& hash) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * hash.size());
  for (const auto byte : hash) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

}  // namespace rundbord
