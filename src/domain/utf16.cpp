#include "domain/utf16.hpp"

#include <cstdint>

namespace rundbord {
namespace {

struct Lead {
  int following;        // bytes after the first
  std::uint32_t value;  // what the first byte contributes
  std::uint32_t least;  // smaller values are overlong
};

std::optional<Lead> read_lead(unsigned char byte) {
  if (byte < 0x80) return Lead{0, byte, 0};
  if (byte >= 0xC2 && byte <= 0xDF) return Lead{1, byte & 0x1Fu, 0x80};
  if (byte >= 0xE0 && byte <= 0xEF) return Lead{2, byte & 0x0Fu, 0x800};
  if (byte >= 0xF0 && byte <= 0xF4) return Lead{3, byte & 0x07u, 0x10000};
  return std::nullopt;
}

// Reads one code point and moves `at` past it.
std::optional<std::uint32_t> read_point(std::string_view utf8, std::size_t& at) {
  const auto lead = read_lead(static_cast<unsigned char>(utf8[at++]));
  if (!lead || utf8.size() - at < static_cast<std::size_t>(lead->following)) return std::nullopt;
  auto point = lead->value;
  for (int i = 0; i < lead->following; ++i) {
    const auto byte = static_cast<unsigned char>(utf8[at++]);
    if ((byte & 0xC0) != 0x80) return std::nullopt;
    point = (point << 6) | (byte & 0x3Fu);
  }
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (point < lead->least || point > 0x10FFFF || surrogate) return std::nullopt;
  return point;
}

void append_utf16(std::u16string& text, std::uint32_t point) {
  if (point < 0x10000) {
    text += static_cast<char16_t>(point);
    return;
  }
  text += static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10));
  text += static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF));
}

void append_utf8(std::string& utf8, std::uint32_t point) {
  const auto put = [&](std::uint32_t byte) { utf8 += static_cast<char>(byte); };
  const auto follow = [&](int shift) { put(0x80 | ((point >> shift) & 0x3F)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | (point >> 6));
    return follow(0);
  }
  put(point < 0x10000 ? 0xE0 | (point >> 12) : 0xF0 | (point >> 18));
  if (point >= 0x10000) follow(12);
  follow(6);
  follow(0);
}

}  // namespace

std::optional<std::u16string> to_utf16(std::string_view utf8) {
  std::u16string text;
  text.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const auto point = read_point(utf8, at);
    if (!point) return std::nullopt;
    append_utf16(text, *point);
  }
  return text;
}

std::optional<std::string> to_utf8(std::u16string_view text) {
  if (!is_well_formed(text)) return std::nullopt;
  std::string utf8;
  utf8.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::uint32_t point = text[at];
    if (is_high_surrogate(text[at])) {
      point = 0x10000 + ((point - 0xD800u) << 10) + (text[++at] - 0xDC00u);
    }
    append_utf8(utf8, point);
  }
  return utf8;
}

bool is_well_formed(std::u16string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_low_surrogate(text[at])) return false;
    if (!is_high_surrogate(text[at])) continue;
    if (++at == text.size() || !is_low_surrogate(text[at])) return false;
  }
  return true;
}

bool splits_pair(std::u16string_view text, std::size_t at) {
  return at > 0 && at < text.size() && is_high_surrogate(text[at - 1]) &&
         is_low_surrogate(text[at]);
}

}  // namespace rundbord
