#include "protocol/client_message.hpp"

#include <functional>
#include <set>
#include <unordered_map>

#include "protocol/json_text.hpp"
#include "protocol/text_sources.hpp"

namespace rundbord::protocol {
namespace {

using nlohmann::json;
using ReadCommand = std::variant<Command, Rejection> (*)(const json&);

template <class Kind>
std::variant<Command, Rejection> read_kind(const json& fields) {
  TypedTexts texts;
  FieldReader reader(fields, texts);
  Kind command;
  if (!reader.read_all(command)) return *reader.fault();
  return Command{std::move(command)};
}

template <class... Kinds>
std::unordered_map<std::string_view, ReadCommand> readers_by_name(const std::variant<Kinds...>*) {
  return {{Kinds::name, &read_kind<Kinds>}...};
}

std::variant<Command, Rejection> command_from(std::string_view name, const json& fields) {
  static const auto readers = readers_by_name(static_cast<const Command*>(nullptr));
  const auto found = readers.find(name);
  if (found == readers.end()) return Rejection{RejectionCode::unknown_command, "name", {}};
  return found->second(fields);
}

const std::string* string_member(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return nullptr;
  return &found->get_ref<const std::string&>();
}

template <class IdType>
std::optional<IdType> id_member(const json& object, const char* key) {
  const auto* text = string_member(object, key);
  return text ? id_from_text<IdType>(*text) : std::nullopt;
}

Unreadable unreadable(RejectionCode code, std::string field, std::optional<CommandId> id = {}) {
  return Unreadable{id, Rejection{code, std::move(field), {}}};
}

ClientMessage read_command_message(const json& message) {
  const auto id = id_member<CommandId>(message, "id");
  if (!id) return unreadable(RejectionCode::malformed, "id");
  const auto* name = string_member(message, "name");
  if (!name) return unreadable(RejectionCode::malformed, "name", id);
  const auto fields = message.find("fields");
  if (fields == message.end()) return unreadable(RejectionCode::malformed, "fields", id);
  const auto seat = id_member<SeatId>(message, "seat");
  if (message.contains("seat") && !seat) return unreadable(RejectionCode::wrong_type, "seat", id);
  auto command = command_from(*name, *fields);
  if (auto* rejection = std::get_if<Rejection>(&command)) return Unreadable{id, *rejection};
  CommandMessage read{*id, seat, std::nullopt, std::get<Command>(std::move(command))};
  if (const auto* key = string_member(message, "author_key")) read.author_key = *key;
  return read;
}

// History and seq, both or neither.
std::optional<Position> position_of(const json& entry) {
  const auto* history = string_member(entry, "history");
  const auto seq = entry.find("seq");
  if (!history || seq == entry.end() || !seq->is_number_unsigned()) return std::nullopt;
  return Position{*history, seq->get<std::uint64_t>()};
}

const json* channel_list(const json& message) {
  const auto found = message.find("channels");
  if (found == message.end() || !found->is_array()) return nullptr;
  return found->size() <= channels_per_message_max ? &*found : nullptr;
}

ClientMessage read_subscribe(const json& message) {
  const auto* list = channel_list(message);
  if (!list) return unreadable(RejectionCode::malformed, "channels");
  Subscribe subscribe;
  std::set<Channel> named;
  for (const auto& entry : *list) {
    const auto* name = entry.is_object() ? string_member(entry, "channel") : nullptr;
    const auto channel = name ? channel_from_text(*name) : std::nullopt;
    if (!channel) return unreadable(RejectionCode::malformed, "channels");
    // Each is answered with up to a whole snapshot: once is enough.
    if (!named.insert(*channel).second) return unreadable(RejectionCode::malformed, "channels");
    subscribe.channels.push_back({*channel, position_of(entry)});
  }
  return subscribe;
}

ClientMessage read_unsubscribe(const json& message) {
  const auto* list = channel_list(message);
  if (!list) return unreadable(RejectionCode::malformed, "channels");
  Unsubscribe unsubscribe;
  for (const auto& entry : *list) {
    const auto channel =
        entry.is_string() ? channel_from_text(entry.get_ref<const std::string&>()) : std::nullopt;
    if (!channel) return unreadable(RejectionCode::malformed, "channels");
    unsubscribe.channels.push_back(*channel);
  }
  return unsubscribe;
}

struct WritingFields {
  SeatId seat;
  std::optional<Place> place;
  RUNDBORD_FIELDS {
    v("seat", self.seat);
    v("place", self.place);
  }
};

ClientMessage read_writing(const json& message) {
  TypedTexts texts;
  FieldReader reader(message, texts);
  WritingFields fields;
  if (!reader.read_all(fields)) return Unreadable{std::nullopt, *reader.fault()};
  return Writing{fields.seat, fields.place};
}

}  // namespace

ClientMessage read_client_message(std::string_view frame) {
  if (frame.size() > message_bytes_max) return unreadable(RejectionCode::too_large, "");
  const auto parsed = parse_json(frame);
  if (const auto* rejection = std::get_if<Rejection>(&parsed)) {
    return Unreadable{std::nullopt, *rejection};
  }
  const auto& message = std::get<json>(parsed);
  const auto* type = message.is_object() ? string_member(message, "type") : nullptr;
  if (!type) return unreadable(RejectionCode::malformed, "type");
  if (*type == "command") return read_command_message(message);
  if (*type == "ping") return Ping{};
  if (*type == "subscribe") return read_subscribe(message);
  if (*type == "unsubscribe") return read_unsubscribe(message);
  if (*type == "writing") return read_writing(message);
  return unreadable(RejectionCode::malformed, "type");
}

std::variant<Command, Rejection> read_command(std::string_view name, std::string_view fields_json) {
  const auto parsed = parse_json(fields_json);
  if (const auto* rejection = std::get_if<Rejection>(&parsed)) return *rejection;
  return command_from(name, std::get<json>(parsed));
}

}  // namespace rundbord::protocol
