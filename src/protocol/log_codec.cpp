#include "protocol/log_codec.hpp"

#include <functional>
#include <unordered_map>

#include "protocol/field_writer.hpp"
#include "protocol/text_sources.hpp"

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
std::unordered_map<std::string, ReadEvent> readers_by_name(const std::variant<Kinds...>*) {
  return {{std::string(Kinds::name), read_event<Kinds>}...};
}

const ReadEvent* find_reader(const json& event) {
  static const auto readers = readers_by_name(static_cast<const Event*>(nullptr));
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

std::variant<Commit, std::string> decode_commit(
    const std::string& header, const std::vector<std::optional<std::string>>& texts) {
  const auto parsed = json::parse(header, nullptr, false);
  if (!parsed.is_object() || !parsed.contains("events") || !parsed["events"].is_array()) {
    return std::string("the header is no commit");
  }
  StoredTexts source(texts);
  Header own;
  if (FieldReader reader(parsed, source); !reader.read_all(own)) {
    return "the header's field " + reader.fault()->field + " cannot be read";
  }
  Commit commit{own.seq, own.at, own.command, own.seat, {}};
  for (const auto& event : parsed["events"]) {
    const auto index = commit.events.size();
    const auto* read = find_reader(event);
    if (read == nullptr) return at_event(index, "has no name that this version knows");
    const auto fault = (*read)(event, source, commit.events.emplace_back());
    if (fault) return at_event(index, "field " + fault->field + " cannot be read");
  }
  return commit;
}

}  // namespace rundbord::protocol
