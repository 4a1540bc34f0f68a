// The code people type to join: 40 random bits as 8 Crockford base32 characters, shown XXXX-XXXX.
// Plain values: any thread.
#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "access/secret.hpp"

namespace rundbord::access {

inline constexpr std::size_t join_code_length = 8;
// Room for dashes and spaces; longer is not read at all.
inline constexpr std::size_t typed_code_bytes_max = 32;

struct JoinCode {
  std::string characters;  // 8 of 0-9 A-Z without I L O U
  auto operator<=>(const JoinCode&) const = default;
};

JoinCode draw_code(const RandomSource& random);
// As people type: any case, O for 0, I or L for 1, dashes and spaces anywhere.
std::optional<JoinCode> code_from(std::string_view typed);
std::string shown(const JoinCode& code);  // "7KQ4-M2XB"

}  // namespace rundbord::access
