// The hash chain over one workshop's commits (SPEC LG2): chain(n) = SHA-256(chain(n-1) ‖ D(n)), the
// digest D(n) = SHA-256(SHA-256(header) ‖ text hashes), chain(0) = SHA-256(the workshop's id). A
// text hash is SHA-256(salt ‖ text): a text and its salt can be erased, and a header kept to
// oneself, and the chain still verifies. Pure functions, any thread.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.hpp"

namespace rundbord::log {

using Hash = ChainHash;
using Salt = std::array<std::uint8_t, 16>;
// Draws the salt of each stored text: random in production, counted in tests. Called by the log,
// the only place that reads salts, from its writer thread.
using SaltSource = std::function<Salt()>;

using rundbord::to_hex;
Hash sha256(std::string_view bytes);
Hash text_hash(const Salt& salt, std::string_view text);
// chain(0). Two workshops' streams cannot be exchanged.
Hash chain_start(const WorkshopId& workshop);
// D(n) of a header as seal_header made it.
Hash commit_digest(std::string_view stored_header);
// The same from its parts: the hash of the header without its text hashes, and those.
Hash commit_digest(const Hash& header_hash, const std::vector<Hash>& text_hashes);
Hash chain_next(const Hash& previous, const Hash& digest);
// `header` with `,"text_hashes":["…hex…",…]` before its closing brace; unchanged without texts.
std::string seal_header(std::string_view header, const std::vector<Hash>& text_hashes);
// What seal_header put there, in order; empty when there is none.
std::vector<Hash> text_hashes_of(std::string_view stored_header);
// What seal_header was given.
struct HeaderParts {
  std::string header;
  std::vector<Hash> text_hashes;
};
// Putting the parts together again gives `stored_header`, byte for byte: no other bytes are taken
// for a list of hashes, so a digest stands for one header alone.
HeaderParts header_parts(std::string_view stored_header);
// Nothing unless it is 64 lower-case digits.
std::optional<Hash> hash_from_hex(std::string_view text);
// Its copies share a supply, so that no salt is drawn twice: one thread at a time.
SaltSource random_salts();

}  // namespace rundbord::log
