// JSON files in their one allowed form, ending in a checksum of themselves (SPEC RC2): not a byte
// can be changed without being found, though whoever means to can make the checksum anew. Pure, any
// thread.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "log/chain.hpp"

namespace rundbord::archive {

inline constexpr int chain_file_version = 1;
inline constexpr int receipts_file_version = 1;
// A whole workshop's chain of 100,000 commits takes 20 MB.
inline constexpr std::size_t sealed_file_bytes_max = 256 << 20;

// The event that says that erased words are gone; named here because files are read without
// domain/.
inline constexpr std::string_view erasure_finished = "erasure_finished";

// `{…}` with `,"checksum":"…"` before its closing brace, over the bytes given.
std::string with_own_checksum(std::string json);
// Whether `bytes` end in the checksum of what stands before it.
bool fits_own_checksum(std::string_view bytes);
// The value, if `bytes` are its one allowed form: no white space, no key twice, keys in the order
// they came, no escape that is not needed, UTF-8.
std::optional<nlohmann::ordered_json> parse_strictly(std::string_view bytes);
// The same of any JSON: for the program that shows that the form is needed.
std::optional<nlohmann::ordered_json> parse_leniently(std::string_view bytes);

// 32 lower-case digits, and back; nothing from anything else.
std::string salt_digits(const log::Salt& salt);
std::optional<log::Salt> salt_from(std::string_view digits);

}  // namespace rundbord::archive
