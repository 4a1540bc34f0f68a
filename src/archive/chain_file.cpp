#include "archive/chain_file.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "archive/result.hpp"
#include "archive/sealed_json.hpp"
#include "domain/events_erasure.hpp"
#include "domain/events_text.hpp"

namespace rundbord::archive {
namespace {

static_assert(erasure_finished == ErasureFinished::name);

using Json = nlohmann::ordered_json;

template <class... Cases>
struct OneOf : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
OneOf(Cases...) -> OneOf<Cases...>;  // Clang 14 needs it said

log::Hash hash_of(const ChainText& text) {
  return std::visit(
      OneOf{[](const ShownText& shown) { return log::text_hash(shown.salt, shown.text); },
            [](const HiddenText& hidden) { return hidden.hash; },
            [](const GoneText& gone) { return gone.hash; }},
      text);
}

// --- what is shown
// --------------------------------------------------------------------------------

using TextPlace = std::pair<std::uint64_t, std::size_t>;  // a commit's seq, a text's number in it

std::set<NoteId> notes_shown(const Folded& folded) {
  std::set<NoteId> shown;
  for (const auto& room : make_result(folded, {}).rooms) {
    for (const auto& note : room.notes) shown.insert(note.id);
  }
  return shown;
}

// The note whose words an event holds, and the number of the text they are.
std::optional<std::pair<NoteId, std::size_t>> words_in(const Json& event) {
  const auto name = event.value("event", std::string());
  const bool written = name == NoteWritten::name;
  if (!written && name != NoteEdited::name) return std::nullopt;
  const auto& holder = written ? event.at("note") : event;
  const auto id = id_from_text<NoteId>(holder.at(written ? "id" : "note").get<std::string>());
  const auto text = holder.find("text");
  if (!id || text == holder.end() || !text->is_object()) return std::nullopt;
  return std::pair(*id, text->at("t").get<std::size_t>());
}

// The words that stand in the result, each where it was last worded: earlier wordings, deleted
// notes and private ones are nobody's business, and so are all headers, which tell who wrote what.
std::set<TextPlace> places_shown(log::EventLog& log, const Folded& folded) {
  const auto notes = notes_shown(folded);
  std::map<NoteId, TextPlace> last;
  log.read(folded.workshop.id, 1, [&](const log::StoredCommit& stored) {
    if (stored.seq > folded.workshop.seq) return false;
    const auto header = Json::parse(stored.header);
    for (const auto& event : header.at("events")) {
      const auto words = words_in(event);
      if (words && notes.contains(words->first)) last[words->first] = {stored.seq, words->second};
    }
    return true;
  });
  std::set<TextPlace> places;
  for (const auto& [note, place] : last) places.insert(place);
  return places;
}

// What the server itself has written names nobody, and proves revisions and erasures.
bool is_for_anyone(const std::string& header) {
  const auto parsed = Json::parse(header);
  if (parsed.contains("seat") || parsed.at("events").empty()) return false;
  for (const auto& event : parsed.at("events")) {
    const auto name = event.value("event", std::string());
    if (name != RevisionSealed::name && name != erasure_finished) return false;
  }
  return true;
}

class Reader {
 public:
  Reader(Showing showing, std::set<TextPlace> shown)
      : showing_(showing), shown_(std::move(shown)) {}

  ChainCommit read(const log::StoredCommit& stored) const {
    const auto parts = log::header_parts(stored.header);
    const bool shows_header = showing_ == Showing::everything || is_for_anyone(parts.header);
    OpenCommit open{log::sha256(parts.header), {}};
    if (shows_header) open.header = parts.header;
    bool shows_text = false;
    for (std::size_t n = 0; n < parts.text_hashes.size(); ++n) {
      open.texts.push_back(text(stored, n, parts.text_hashes[n]));
      if (!std::holds_alternative<HiddenText>(open.texts.back())) shows_text = true;
    }
    if (shows_header || shows_text) return {std::move(open), stored.chain};
    return {ClosedCommit{log::commit_digest(stored.header)}, stored.chain};
  }

 private:
  ChainText text(const log::StoredCommit& stored, std::size_t n, const log::Hash& hash) const {
    if (!stored.texts[n]) return GoneText{hash};
    const bool shown = showing_ == Showing::everything || shown_.contains({stored.seq, n});
    if (!shown) return HiddenText{hash};
    return ShownText{stored.salts[n], *stored.texts[n]};
  }

  Showing showing_;
  std::set<TextPlace> shown_;
};

// --- as JSON
// --------------------------------------------------------------------------------------

Json text_json(const ChainText& text) {
  return std::visit(OneOf{[](const ShownText& shown) {
                            return Json{{"salt", salt_digits(shown.salt)}, {"text", shown.text}};
                          },
                          [](const HiddenText& hidden) {
                            return Json{{"hash", to_hex(hidden.hash)}};
                          },
                          [](const GoneText& gone) {
                            return Json{{"erased", to_hex(gone.hash)}};
                          }},
                    text);
}

Json open_json(const OpenCommit& open) {
  Json json = Json::object();
  if (const auto* header = std::get_if<std::string>(&open.header)) {
    json["header"] = *header;
  } else {
    json["header_hash"] = to_hex(std::get<log::Hash>(open.header));
  }
  json["texts"] = Json::array();
  for (const auto& text : open.texts) json["texts"].push_back(text_json(text));
  return json;
}

Json commit_json(const ChainCommit& commit) {
  Json json = std::visit(OneOf{[](const ClosedCommit& closed) {
                                 return Json{{"digest", to_hex(closed.digest)}};
                               },
                               [](const OpenCommit& open) { return open_json(open); }},
                         commit.content);
  json["chain"] = to_hex(commit.chain);
  return json;
}

}  // namespace

log::Hash digest_of(const ChainCommit& commit) {
  if (const auto* closed = std::get_if<ClosedCommit>(&commit.content)) return closed->digest;
  const auto& open = std::get<OpenCommit>(commit.content);
  std::vector<log::Hash> texts;
  for (const auto& text : open.texts) texts.push_back(hash_of(text));
  const auto* header = std::get_if<std::string>(&open.header);
  return log::commit_digest(header ? log::sha256(*header) : std::get<log::Hash>(open.header),
                            texts);
}

std::variant<ChainFile, Unreadable> read_chain(log::EventLog& log, const WorkshopId& workshop,
                                               Showing showing) {
  const auto folded = fold(log, workshop);
  if (const auto* unreadable = std::get_if<Unreadable>(&folded)) return *unreadable;
  const auto& head = std::get<Folded>(folded);
  std::set<TextPlace> shown;
  if (showing == Showing::result) shown = places_shown(log, head);
  const Reader reader(showing, std::move(shown));
  ChainFile file{workshop, head.workshop.seq, {}};
  log.read(workshop, 1, [&](const log::StoredCommit& stored) {
    if (stored.seq > file.seq) return false;
    file.commits.push_back(reader.read(stored));
    return true;
  });
  return file;
}

std::string encode_chain_file(const ChainFile& file) {
  Json json = {{"chain_file", chain_file_version},
               {"workshop", to_text(file.workshop)},
               {"seq", file.seq},
               {"commits", Json::array()}};
  for (const auto& commit : file.commits) json["commits"].push_back(commit_json(commit));
  return with_own_checksum(json.dump());
}

}  // namespace rundbord::archive
