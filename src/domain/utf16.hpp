// UTF-16 as the browser counts it: conversion to and from UTF-8, and where a text may be cut.
// Pure functions over plain values: any thread.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rundbord {

constexpr bool is_high_surrogate(char16_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
constexpr bool is_low_surrogate(char16_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

// Nothing for ill-formed UTF-8 (overlong, cut off, a surrogate, beyond U+10FFFF; Unicode table
// 3-7).
std::optional<std::u16string> to_utf16(std::string_view utf8);
// Nothing for a lone surrogate.
std::optional<std::string> to_utf8(std::u16string_view text);

// True when every surrogate stands in a pair.
bool is_well_formed(std::u16string_view text);
// True when `at` lies between the two halves of a pair; false at both ends of the text.
bool splits_pair(std::u16string_view text, std::size_t at);
// Unicode Cc apart from tab and newline: refused in every text people write.
constexpr bool is_refused_control(char16_t unit) {
  return (unit < 0x20 && unit != u'\t' && unit != u'\n') || (unit >= 0x7F && unit <= 0x9F);
}

}  // namespace rundbord
