#include "protocol/describe.hpp"

#include <map>
#include <optional>
#include <type_traits>
#include <variant>
#include <vector>

#include "domain/commands.hpp"
#include "domain/events_text.hpp"

namespace rundbord::protocol {
namespace {

std::string indented(int depth) {
  return std::string(static_cast<std::size_t>(depth) * 2, ' ');
}

// Writes the schema of a type as YAML, one line or a block below `key:`.
class SchemaWriter {
 public:
  explicit SchemaWriter(int depth) : depth_(depth) {}

  template <class T>
  void operator()(std::string_view key, const T& value) {
    out_ += indented(depth_) + std::string(key) + ":\n";
    ++depth_;
    schema(value);
    --depth_;
  }

  template <class T>
  void object(const T& value) {
    line("type: object");
    SchemaWriter properties(depth_ + 1);
    T::fields(value, properties);
    if (properties.out_.empty()) return;
    line("properties:");
    out_ += properties.out_;
  }

  template <class Kind>
  void named(std::string_view key) {
    line("type: object");
    line("properties:");
    out_ +=
        indented(depth_ + 1) + std::string(key) + ": { const: " + std::string(Kind::name) + " }\n";
    SchemaWriter properties(depth_ + 1);
    const Kind value{};
    Kind::fields(value, properties);
    out_ += properties.out_;
  }

  const std::string& text() const { return out_; }

 private:
  void line(const std::string& text) { out_ += indented(depth_) + text + '\n'; }

  template <class T>
  requires requires(const T& t, SchemaWriter& w) { T::fields(t, w); }
  void schema(const T& value) { object(value); }
  template <class T>
  void schema(const std::optional<T>&) {
    schema(T{});
  }
  template <class T>
  void schema(const std::vector<T>&) {
    line("type: array");
    line("items:");
    ++depth_;
    schema(T{});
    --depth_;
  }
  template <class T>
  void schema(const std::map<std::string, T>&) {
    line("type: object");
    line("additionalProperties:");
    ++depth_;
    schema(T{});
    --depth_;
  }
  template <class... Kinds>
  void schema(const std::variant<Kinds...>&) {
    line("oneOf:");
    (one_of<Kinds>(), ...);
  }
  template <class Kind>
  void one_of() {
    line("  -");
    depth_ += 2;
    named<Kind>("is");
    depth_ -= 2;
  }
  template <class T>
  requires std::is_enum_v<T>
  void schema(const T&) {
    std::string names;
    for (const auto& [value, name] : EnumNames<T>::all) {
      names += (names.empty() ? "" : ", ") + std::string(name);
    }
    line("enum: [" + names + "]");
  }
  void schema(bool) { line("type: boolean"); }
  template <class T>
  requires std::is_integral_v<T>
  void schema(T) { line("type: integer"); }
  void schema(RoomNumber) { reference("room_number"); }
  void schema(Time) { reference("time"); }
  void schema(Duration) { reference("duration"); }
  template <class Tag>
  void schema(const Id<Tag>&) {
    reference("id");
  }
  void schema(const Text&) { reference("text"); }
  void schema(const std::string&) { reference("token"); }
  void schema(const ChangeSet&) { reference("change"); }
  void reference(const std::string& name) { line("$ref: '#/components/schemas/" + name + "'"); }

  std::string out_;
  int depth_;
};

template <class... Kinds>
std::string schemas(const std::variant<Kinds...>*, const std::string& prefix,
                    std::string_view name_key) {
  std::string out;
  const auto one = [&](auto* kind) {
    using Kind = std::remove_pointer_t<decltype(kind)>;
    SchemaWriter writer(3);
    if (name_key.empty()) {
      writer.object(Kind{});
    } else {
      writer.named<Kind>(name_key);
    }
    out += indented(2) + prefix + std::string(Kind::name) + ":\n" + writer.text();
  };
  (one(static_cast<Kinds*>(nullptr)), ...);
  return out;
}

template <class... Kinds>
std::string references(const std::variant<Kinds...>*, const std::string& prefix, int depth) {
  std::string out;
  ((out +=
    indented(depth) + "- $ref: '#/components/schemas/" + prefix + std::string(Kinds::name) + "'\n"),
   ...);
  return out;
}

constexpr const Command* commands = nullptr;
constexpr const Event* events = nullptr;

constexpr std::string_view head =
    R"(# Made from the field lists of src/domain by describe.cpp; a test holds it to them.
asyncapi: 2.6.0
info:
  title: Rundbord wire protocol
  version: "1"
  description: The numbered rules stand in SPEC.md; this file lists every command and event.
channels:
  /ws/{workshop}:
    parameters:
      workshop:
        schema:
          $ref: '#/components/schemas/id'
    publish:
      summary: What a client sends
      message:
        payload:
          oneOf:
            - $ref: '#/components/schemas/subscribe'
            - $ref: '#/components/schemas/unsubscribe'
            - $ref: '#/components/schemas/ping'
            - $ref: '#/components/schemas/writing'
            - $ref: '#/components/schemas/command'
    subscribe:
      summary: What the server sends
      message:
        payload:
          oneOf:
            - $ref: '#/components/schemas/welcome'
            - $ref: '#/components/schemas/pong'
            - $ref: '#/components/schemas/frame'
            - $ref: '#/components/schemas/snapshot'
            - $ref: '#/components/schemas/refused'
            - $ref: '#/components/schemas/unsubscribed'
            - $ref: '#/components/schemas/presence'
            - $ref: '#/components/schemas/ok'
            - $ref: '#/components/schemas/rejected'
components:
  schemas:
    id: { type: string, pattern: '^[A-Za-z0-9_-]{22}$' }
    room_number: { type: integer, minimum: 1, maximum: 9999 }
    time: { type: integer, description: milliseconds since 1970-01-01T00:00Z }
    duration: { type: integer, description: milliseconds }
    text: { type: string, description: as typed }
    token: { type: string, pattern: '^[!-~]{0,80}$' }
    change: { type: array, description: sections over UTF-16 units, SPEC TX1 }
    channel:
      type: string
      pattern: '^(plenary|console|room/\d+|seat/[\w-]{22}|wall(/\d+(\.\d+)?)?)$'
    subscribe: { type: object, description: SPEC SB1 }
    unsubscribe: { type: object, description: SPEC SB5 }
    ping: { type: object, description: SPEC CN4 }
    writing: { type: object, description: SPEC FR10 }
    welcome: { type: object, description: SPEC CN3 }
    pong: { type: object, description: SPEC CN4 }
    snapshot: { type: object, description: SPEC FR2 and SN1 to SN5 }
    refused: { type: object, description: SPEC SB3 }
    unsubscribed: { type: object, description: SPEC SB4 }
    presence: { type: object, description: SPEC FR10 }
    ok: { type: object, description: 'SPEC CM2, RC1' }
    rejected: { type: object, description: SPEC CM2 }
)";

}  // namespace

std::string describe_asyncapi() {
  std::string out(head);
  out += indented(2) + "command:\n" + indented(3) + "type: object\n" + indented(3) +
         "description: SPEC CM1; `fields` is one of\n" + indented(3) + "oneOf:\n" +
         references(commands, "command_", 4);
  out += indented(2) + "frame:\n" + indented(3) + "type: object\n" + indented(3) +
         "description: SPEC FR1; an event is one of\n" + indented(3) + "oneOf:\n" +
         references(events, "event_", 4);
  out += schemas(commands, "command_", "");
  out += schemas(events, "event_", "event");
  return out;
}

}  // namespace rundbord::protocol
