// The hash chain over one workshop's commits: chain(n) = SHA-256(chain(n-1) ‖ header as stored),
// chain(0) = 32 zero bytes. The header holds SHA-256(salt ‖ text) of each text, so a text and its
// salt can be erased and the chain still verifies. Pure functions, any thread.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rundbord::log {

using Hash = std::array<std::uint8_t, 32>;
using Salt = std::array<std::uint8_t, 16>;
// Draws the salt of each stored text: random in production, counted in tests. Called by the log,
// the only place that reads salts, from its writer thread.
using SaltSource = std::function<Salt()>;

std::string to_hex(const Hash& hash);
Hash sha256(std::string_view bytes);
Hash text_hash(const Salt& salt, std::string_view text);
Hash chain_next(const Hash& previous, std::string_view header);
// `header` with `,"text_hashes":["…hex…",…]` before its closing brace; unchanged without texts.
std::string seal_header(std::string_view header, const std::vector<Hash>& text_hashes);
// What seal_header put there, in order; empty when there is none.
std::vector<Hash> text_hashes_of(std::string_view stored_header);
SaltSource random_salts();

}  // namespace rundbord::log
