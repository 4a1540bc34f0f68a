// JSON text: writing strings as RFC 8259 asks, and reading with the limits of SPEC CN5.
// Pure functions, any thread.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "domain/rejection.hpp"

namespace rundbord::protocol {

inline constexpr int json_depth_max = 16;
inline constexpr std::size_t message_bytes_max = 256 * 1024;

// Appends `"…"`; `utf8` must be valid UTF-8. U+2028, U+2029 and `<` need no escape: the text is
// read by JSON.parse, never as script.
void append_json_string(std::string& out, std::string_view utf8);

// A document of at most json_depth_max levels, with no key twice in an object and valid UTF-8.
std::variant<nlohmann::json, Rejection> parse_json(std::string_view text);

// What this program wrote itself: of at most stored_json_depth_max levels. Nothing: it is no JSON.
inline constexpr int stored_json_depth_max = 64;
std::optional<nlohmann::json> parse_stored_json(std::string_view text);

}  // namespace rundbord::protocol
