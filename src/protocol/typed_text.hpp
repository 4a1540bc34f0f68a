// The edge where typed text comes in: line endings become \n, control characters and broken UTF-8
// are refused, graphemes are counted once; nothing else changes. Pure functions, any thread.
#pragma once
#include <optional>
#include <string_view>
#include <variant>

#include "domain/text.hpp"

namespace rundbord::protocol {

enum class TextFault { invalid_utf8, control_character };

// Control characters are Unicode's Cc without tab and newline; \r\n and \r count as newlines.
std::variant<Text, TextFault> typed_text(std::string_view typed);

// Extended grapheme clusters (UAX #29) of valid UTF-8.
std::size_t count_graphemes(std::string_view utf8);

}  // namespace rundbord::protocol
