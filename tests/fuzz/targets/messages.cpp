// What a browser sends and gets over the socket, and the JSON below it.
#include <nlohmann/json.hpp>
#include <set>

#include "domain/utf16.hpp"
#include "oracle.hpp"
#include "protocol/client_message.hpp"
#include "protocol/field_writer.hpp"
#include "protocol/json_text.hpp"
#include "protocol/server_message.hpp"
#include "protocol/typed_text.hpp"
#include "target.hpp"

namespace rundbord::fuzz {
namespace {

using namespace protocol;

// Visits every field of a command and holds each text of people against CM6.
class TypedWords {
 public:
  template <class T>
  void operator()(std::string_view, const T& value) {
    hold(value);
  }
  template <class T>
  void hold(const T& value) {
    if constexpr (requires { T::fields(value, *this); }) T::fields(value, *this);
  }
  void hold(const Text& text) {
    require(is_utf8(text.utf8), "typed words are UTF-8");
    require(as_text(text.utf8) == text.utf8, "typed words hold no control characters");
    require(text.graphemes <= text.utf8.size(), "no character without a byte");
    require(text.graphemes > 0 || text.utf8.empty(), "words are counted");
  }
  void hold(const ChangeSet& change) {
    require(change.length_before() <= summary_units_max, "a change is of a text within its limit");
    require(is_well_formed(change.inserted()), "a change inserts whole characters");
  }
  void hold(const std::string& token) {
    for (const char c : token) require(c > 0x20 && c < 0x7F, "a token is of printable ASCII");
  }
  template <class T>
  void hold(const std::optional<T>& value) {
    if (value) hold(*value);
  }
  template <class T>
  void hold(const std::vector<T>& values) {
    for (const auto& value : values) hold(value);
  }
  template <class T>
  void hold(const std::map<std::string, T>& values) {
    for (const auto& [key, value] : values) hold(key), hold(value);
  }
};

std::string fields_of(const Command& command) {
  std::string out;
  FieldWriter(out).write(command);
  return out;
}

std::string_view name_of(const Command& command) {
  return std::visit([](const auto& kind) { return kind.name; }, command);
}

std::string written_again(const CommandMessage& message) {
  std::string out;
  FieldWriter writer(out);
  writer.open();
  writer("type", std::string_view("command"));
  writer("id", message.id);
  writer("seat", message.seat);
  writer("author_key", message.author_key);
  writer("name", name_of(message.command));
  writer.member("fields");
  writer.open();
  std::visit([&](const auto& command) { command.fields(command, writer); }, message.command);
  writer.close();
  writer.close();
  return out;
}

void hold_command(const CommandMessage& message) {
  std::visit([](const auto& command) { TypedWords().hold(command); }, message.command);
  const auto again = read_client_message(written_again(message));
  const auto* read = std::get_if<CommandMessage>(&again);
  require(read, "a command that was read can be read again");
  require(read->id == message.id && read->seat == message.seat &&
              read->author_key == message.author_key,
          "who asked and as which command is read again");
  require(fields_of(read->command) == fields_of(message.command), "a command is read as written");
}

void hold_channel(const Channel& channel) {
  require(channel_from_text(to_text(channel)) == channel, "a channel's name is read as written");
}

void hold_message(const ClientMessage& message) {
  if (const auto* command = std::get_if<CommandMessage>(&message)) hold_command(*command);
  if (const auto* subscribe = std::get_if<Subscribe>(&message)) {
    std::set<Channel> named;
    for (const auto& subscription : subscribe->channels) {
      hold_channel(subscription.channel);
      require(named.insert(subscription.channel).second, "a channel is asked for once");
    }
    require(named.size() <= channels_per_message_max, "channels of one message are limited");
  }
  if (const auto* unsubscribe = std::get_if<Unsubscribe>(&message)) {
    for (const auto& channel : unsubscribe->channels) hold_channel(channel);
    require(unsubscribe->channels.size() <= channels_per_message_max, "as for subscriptions");
  }
}

std::string string_of(std::string_view utf8) {
  std::string out;
  append_json_string(out, utf8);
  return out;
}

// Neither an exponent nor a number of hundreds of digits: nothing that no double can hold.
bool holds_small_numbers_only(std::string_view text) {
  for (std::size_t at = 1; at < text.size(); ++at) {
    if ((text[at] | 0x20) == 'e' && text[at - 1] >= '0' && text[at - 1] <= '9') return false;
  }
  return text.size() < 300;
}

Rejection rejection_from(Parts& parts) {
  Rejection rejection{RejectionCode::too_many, as_text(parts.next()), {}};
  for (int i = 0; i < 4 && !parts.done(); ++i) {
    const auto part = parts.next();
    rejection.facts.emplace_back(as_text(part) + std::to_string(i),
                                 static_cast<std::int64_t>(part.size()) - 5);
  }
  return rejection;
}

nlohmann::json read_message(const std::string& message) {
  const auto form = json_form(message);
  require(form.ok && !form.repeats_key, "a message to a browser is JSON without repeated keys");
  return nlohmann::json::parse(message);
}

}  // namespace

RUNDBORD_FUZZ(client_message, 2048) {
  const auto message = read_client_message(bytes);
  if (const auto* unreadable = std::get_if<Unreadable>(&message)) {
    read_message(rejected_message(unreadable->id, unreadable->rejection, 7));
    return;
  }
  const auto form = json_form(without_mark(bytes));
  require(form.ok, "SB: what is taken is JSON in UTF-8");
  require(form.depth <= 16, "CN5: what is taken is at most 16 deep");
  require(!form.repeats_key, "CN5: what is taken repeats no key");
  hold_message(message);
}

RUNDBORD_FUZZ(json_text, 1024) {
  const auto read = parse_json(bytes);
  const auto form = json_form(without_mark(bytes));
  const bool taken = std::holds_alternative<nlohmann::json>(read);
  const bool fits = form.ok && form.depth <= 16 && !form.repeats_key;
  require(!taken || fits, "CN5: JSON is taken within its limits only");
  const bool marked = without_mark(bytes).size() != bytes.size();
  require(taken || marked || !fits || !holds_small_numbers_only(bytes),
          "JSON within its limits is taken");
  if (!taken) return;
  const auto written = std::get<nlohmann::json>(read).dump();
  const auto again = parse_json(written);
  require(std::holds_alternative<nlohmann::json>(again) &&
              std::get<nlohmann::json>(again).dump() == written,
          "JSON is read as written");
}

RUNDBORD_FUZZ(json_string, 512) {
  const auto text = as_text(bytes);
  const auto raw = is_utf8(bytes) ? std::string(bytes) : text;
  for (const auto& words : {text, raw}) {
    const auto written = string_of(words);
    require(json_form(written).ok, "a string is written as RFC 8259 asks");
    require(nlohmann::json::parse(written).get<std::string>() == words, "and read as it was");
  }
}

RUNDBORD_FUZZ(server_message, 512) {
  Parts parts(bytes);
  const auto history = as_text(parts.next());
  const auto count = bytes.size();
  const Channel channel = RoomChannel{RoomNumber{static_cast<int>(count)}};
  const auto welcome = read_message(welcome_message({history, Time{}, {SeatId{}}, true, false}));
  require(welcome["history"] == history && welcome["type"] == "welcome", "the history as given");
  const auto state = "{\"words\":" + string_of(as_text(parts.next())) + "}";
  const auto snapshot = read_message(snapshot_message(channel, history, count, state));
  require(snapshot["seq"] == count && snapshot["state"].is_object(), "a snapshot's state as given");
  const auto commit = encode_commit_for_channel(count, Time{}, state + ',' + state);
  const auto frame = read_message(frame_message(channel, 1, count, commit + ',' + commit));
  require(frame["commits"].size() == 2, "a frame holds its commits");
  require(frame["commits"][0]["events"].size() == 2, "a commit holds its events");
  const auto rejection = rejection_from(parts);
  const auto rejected = read_message(rejected_message(std::nullopt, rejection, count));
  require(rejected.value("field", std::string()) == rejection.field,
          "a rejection's field as given");
  require(rejected["facts"].size() == rejection.facts.size(), "and all its facts");
}

RUNDBORD_FUZZ(typed_text, 512) {
  const auto typed = typed_text(bytes);
  const auto* text = std::get_if<Text>(&typed);
  const bool utf8 = is_utf8(bytes);
  if (!text) {
    const bool blames_utf8 =
        std::get<protocol::TextFault>(typed) == protocol::TextFault::invalid_utf8;
    require(!blames_utf8 || !utf8, "good UTF-8 is not blamed");
    require(!utf8 || as_text(bytes) != bytes, "a text without fault is taken");
    return;
  }
  require(utf8, "CM6: what is taken is UTF-8");
  require(as_text(text->utf8) == text->utf8, "CM6: and holds no control characters");
  const auto again = typed_text(text->utf8);
  require(std::get<Text>(again).utf8 == text->utf8, "taken twice changes nothing more");
  require(text->graphemes == count_graphemes(text->utf8), "the count is that of the text");
  require(text->graphemes <= text->utf8.size(), "no character without a byte");
  require(text->empty() == (text->graphemes == 0), "and none unseen");
}

RUNDBORD_FUZZ(utf16, 512) {
  const auto wide = to_utf16(bytes);
  require(wide.has_value() == is_utf8(bytes), "UTF-8 is taken and nothing else");
  if (!wide) return;
  require(is_well_formed(*wide), "UTF-16 from UTF-8 is well formed");
  require(to_utf8(*wide) == std::string(bytes), "UTF-8 to UTF-16 and back changes nothing");
}

}  // namespace rundbord::fuzz
