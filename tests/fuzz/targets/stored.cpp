// What the log stores and reads again.
#include <sodium.h>

#include <nlohmann/json.hpp>

#include "log/chain.hpp"
#include "log/packed_snapshot.hpp"
#include "oracle.hpp"
#include "protocol/erasure_codec.hpp"
#include "protocol/log_codec.hpp"
#include "protocol/names_table.hpp"
#include "protocol/state_codec.hpp"
#include "target.hpp"

namespace rundbord::fuzz {
namespace {

using namespace protocol;

using StoredTexts = std::vector<std::optional<std::string>>;

StoredTexts as_stored(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

// Each part is a text; one that is only "-" was erased.
StoredTexts texts_from(Parts& parts) {
  StoredTexts texts;
  while (!parts.done() && texts.size() < 100) {
    const auto part = parts.next();
    texts.push_back(part == "-" ? std::nullopt : std::optional(as_text(part)));
  }
  return texts;
}

void hold_commit(const Commit& commit) {
  const auto form = encode_commit(commit);
  require(json_form(form.header).ok, "LG1: a header is JSON");
  const auto again = decode_commit(form.header, as_stored(form.texts));
  require(std::holds_alternative<Commit>(again), "LG1: what was encoded can be read");
  const auto twice = encode_commit(std::get<Commit>(again));
  require(twice.header == form.header && twice.texts == form.texts, "LG1: as it was encoded");
  const auto wordless = decode_without_words(form.header);
  require(std::holds_alternative<WordlessCommit>(wordless), "a header is read without its words");
  std::size_t texts = 0;
  for (const auto& event : std::get<WordlessCommit>(wordless).events) texts += event.texts.size();
  require(texts == form.texts.size(), "and tells of every text beside it");
}

}  // namespace

RUNDBORD_FUZZ(log_codec, 2048) {
  Parts parts(bytes);
  const std::string header(parts.next());
  const auto texts = texts_from(parts);
  const auto read = decode_commit(header, texts);
  const auto wordless = decode_without_words(header);
  const auto* commit = std::get_if<Commit>(&read);
  if (!commit) return;
  const auto* same = std::get_if<WordlessCommit>(&wordless);
  require(same && same->events.size() == commit->events.size(), "the same events without words");
  const bool erased = std::any_of(texts.begin(), texts.end(), [](auto& text) { return !text; });
  if (!erased) hold_commit(*commit);
}

RUNDBORD_FUZZ(stored_state, 2048) {
  const auto state = unpack_state(bytes);
  if (!state) return;
  const auto packed = pack_state(state->workshop, state->trail);
  const auto again = unpack_state(packed);
  require(again.has_value(), "a packed state can be unpacked");
  require(pack_state(again->workshop, again->trail) == packed, "and packs to the same bytes");
  require(!unpack_state(bytes.substr(0, bytes.size() - 1)), "a torn state is not taken");
  require(!unpack_state(std::string(bytes) + '\0'), "nor one with something behind it");
}

// Once as it comes (libFuzzer sees what a checksum is compared with, and makes some), once behind a
// checksum that fits.
RUNDBORD_FUZZ(packed_snapshot, 1024) {
  const std::string history = "h1";
  if (const auto as_it_came = log::unpack_snapshot(history, bytes)) {
    require(log::pack_snapshot(history, *as_it_came) == bytes, "a snapshot has one form");
  }
  std::string sealed(32, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(sealed.data()), sealed.size(),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                     0);
  sealed += bytes;
  const auto snapshot = log::unpack_snapshot(history, sealed);
  if (!snapshot) return;
  require(log::pack_snapshot(history, *snapshot) == sealed, "a snapshot has one form");
  require(!log::unpack_snapshot("h2", sealed), "and belongs to one history");
  sealed[bytes.size() % sealed.size()] ^= 1;
  require(!log::unpack_snapshot(history, sealed), "a changed bit is noticed");
}

RUNDBORD_FUZZ(sealed_header, 1024) {
  const auto parts = log::header_parts(bytes);
  if (parts.text_hashes.empty()) {
    require(parts.header == bytes, "LG2: a header without hashes is whole");
  } else {
    require(log::seal_header(parts.header, parts.text_hashes) == bytes,
            "LG2: the parts together give the stored header");
    require(log::text_hashes_of(bytes) == parts.text_hashes, "the hashes are those of the header");
  }
  const std::string header = "{\"a\":\"" + std::string(bytes.substr(0, 20)) + "\"}";
  const std::vector<log::Hash> hashes(1 + bytes.size() % 3, log::sha256(bytes));
  const auto again = log::header_parts(log::seal_header(header, hashes));
  require(again.header == header && again.text_hashes == hashes, "LG2: sealing can be undone");
}

RUNDBORD_FUZZ(names_table, 512) {
  Parts parts(bytes);
  const auto key = parts.next();
  Names names;
  if (!take_name_row(names, key, parts.next())) {
    require(names.empty(), "a row that cannot be read adds nothing");
    return;
  }
  require(names.size() == 1, "a row is one name");
  const auto& [seat, name] = *names.begin();
  const NameWrite row{seat, name.version, name.person, name.organisation, false};
  Names again;
  require(take_name_row(again, name_row_key({}, seat), name_row_value(row)), "a row is read again");
  const auto& same = again.at(seat);
  require(same.version == name.version && same.person == name.person &&
              same.organisation == name.organisation,
          "as it was written");
}

RUNDBORD_FUZZ(erasure_codec, 512) {
  const auto what = decode_erased(std::string(bytes));
  if (!what) return;
  const auto written = encode_erased(*what);
  require(json_form(written).ok, "what was erased is JSON");
  require(decode_erased(written) == what, "and is read as written");
}

}  // namespace rundbord::fuzz
