#include "protocol/log_codec.hpp"

#include <functional>
#include <unordered_map>

#include "protocol/field_writer.hpp"
#include "protocol/json_text.hpp"
#include "protocol/text_sources.hpp"
#include "protocol/upcast.hpp"

namespace rundbord::protocol {
namespace {

using nlohmann::json;
using ReadEvent = std::function<std::optional<Rejection>(const json&, TextSource&, Event&)>;

template <class Kind>
std::optional<Rejection> read_event(const json& object, TextSource& texts, Event& event) {
  FieldReader reader(object, texts);
  reader.read_all(event.emplace<Kind>());
  return reader.fault();
}

template <class... Kinds>
std::unordered_map<std::string, ReadEvent> event_readers(const std::variant<Kinds...>*) {
  return {{std::string(Kinds::name), read_event<Kinds>}...};
}

const ReadEvent* find_reader(const json& event) {
  static const auto readers = event_readers(static_cast<const Event*>(nullptr));
  if (!event.is_object() || !event.contains("event") || !event["event"].is_string()) {
    return nullptr;
  }
  const auto found = readers.find(event["event"].get_ref<const std::string&>());
  return found == readers.end() ? nullptr : &found->second;
}

// The header's own fields; the events are read one by one.
struct Header {
  std::uint64_t seq = 0;
  Time at;
  CommandId command;
  std::optional<SeatId> seat;
  RUNDBORD_FIELDS {
    v("seq", self.seq);
    v("at", self.at);
    v("command", self.command);
    v("seat", self.seat);
  }
};

std::string at_event(std::size_t index, const std::string& what) {
  return "event " + std::to_string(index) + ": " + what;
}

}  // namespace

StoredForm encode_commit(const Commit& commit) {
  StoredForm form;
  FieldWriter writer(form.header, &form.texts);
  writer.open();
  const Header own{commit.seq, commit.at, commit.command, commit.seat};
  Header::fields(own, writer);
  writer.member("events");
  form.header += '[';
  for (const auto& event : commit.events) {
    if (form.header.back() != '[') form.header += ',';
    std::visit([&](const auto& kind) { writer.write_named("event", kind); }, event);
  }
  form.header += ']';
  writer.close();
  return form;
}

namespace {

// A sentence when the header cannot be read; else each event is handed to `take`.
template <class Take>
std::optional<std::string> read_header(const std::string& header, TextSource& texts,
                                       const Upcasts& upcasts, Header& own, Take take) {
  auto whole = parse_stored_json(header);
  auto parsed = whole ? std::move(*whole) : json();
  if (!parsed.is_object() || !parsed.contains("events") || !parsed["events"].is_array()) {
    return std::string("the header is no commit");
  }
  if (FieldReader reader(parsed, texts); !reader.read_all(own)) {
    return "the header's field " + reader.fault()->field + " cannot be read";
  }
  std::size_t index = 0;
  for (auto& stored : parsed["events"]) {
    upcast(stored, upcasts);
    const auto* read = find_reader(stored);
    if (read == nullptr) return at_event(index, "has no name that this version knows");
    Event event;
    const auto fault = (*read)(stored, texts, event);
    if (fault) return at_event(index, "field " + fault->field + " cannot be read");
    take(std::move(event));
    ++index;
  }
  return std::nullopt;
}

}  // namespace

std::variant<Commit, std::string> decode_commit(
    const std::string& header, const std::vector<std::optional<std::string>>& texts) {
  return decode_commit(header, texts, own_upcasts());
}

std::variant<Commit, std::string> decode_commit(
    const std::string& header, const std::vector<std::optional<std::string>>& texts,
    const Upcasts& upcasts) {
  StoredTexts source(texts);
  Header own;
  std::vector<Event> events;
  auto fault = read_header(header, source, upcasts, own,
                           [&](Event&& event) { events.push_back(std::move(event)); });
  if (fault) return *std::move(fault);
  return Commit{own.seq, own.at, own.command, own.seat, std::move(events)};
}

std::variant<WordlessCommit, std::string> decode_without_words(const std::string& header) {
  NumberedTexts source;
  Header own;
  std::vector<WordlessEvent> events;
  auto fault = read_header(header, source, own_upcasts(), own, [&](Event&& event) {
    events.push_back({std::move(event), source.take()});
  });
  if (fault) return *std::move(fault);
  return WordlessCommit{own.seq, own.at, own.command, std::move(events)};
}

}  // namespace rundbord::protocol
