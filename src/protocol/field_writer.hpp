// Writes domain values as JSON text by visiting their fields. Every value is written but an
// optional without one. Typed words (Text, ChangeSet) go inline on the wire; for the log they go to
// a list beside, with their number in their place (SPEC LG1). Inside protocol/ only; one thread.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "domain/change_set.hpp"
#include "domain/ids.hpp"
#include "domain/names.hpp"
#include "domain/time.hpp"
#include "protocol/change_set_codec.hpp"
#include "protocol/json_text.hpp"

namespace rundbord::protocol {

class FieldWriter {
 public:
  // `beside`: where typed words go; null: inline.
  explicit FieldWriter(std::string& out, std::vector<std::string>* beside = nullptr)
      : out_(out), beside_(beside) {}

  template <class T>
  void operator()(std::string_view key, const T& value) {
    member(key);
    write(value);
  }
  template <class T>
  void operator()(std::string_view key, const std::optional<T>& value) {
    if (value) (*this)(key, *value);
  }

  // For what is not a field of a domain value.
  void member(std::string_view key) {
    if (out_.back() != '{') out_ += ',';
    append_json_string(out_, key);
    out_ += ':';
  }
  void open() { out_ += '{'; }
  void close() { out_ += '}'; }

  template <class T>
  requires requires(const T& t, FieldWriter& w) { T::fields(t, w); }
  void write(const T& value) {
    open();
    T::fields(value, *this);
    close();
  }

  // An event, command or clock: its name first, then its fields.
  template <class... Kinds>
  void write(const std::variant<Kinds...>& value) {
    std::visit([this](const auto& kind) { write_named("is", kind); }, value);
  }
  template <class T>
  void write_named(std::string_view key, const T& value) {
    open();
    (*this)(key, T::name);
    T::fields(value, *this);
    close();
  }

  void write(bool value) { out_ += value ? "true" : "false"; }
  template <class T>
  requires std::is_integral_v<T>
  void write(T value) { out_ += std::to_string(value); }
  template <class T>
  requires std::is_enum_v<T>
  void write(T value) { append_json_string(out_, name_of(value)); }
  void write(RoomNumber value) { write(to_int(value)); }
  void write(Time value) { write(value.time_since_epoch().count()); }
  void write(Duration value) { write(value.count()); }
  void write(std::string_view value) { append_json_string(out_, value); }
  void write(const std::string& value) { append_json_string(out_, value); }

  template <class Tag>
  void write(const Id<Tag>& value) {
    out_ += '"';
    out_ += to_text(value);
    out_ += '"';
  }

  // An empty text needs no place beside the header: nothing of it can be erased. One that was
  // erased stands as null in what is stored of a state.
  void write(const Text& value) {
    if (beside_ && value.erased) return void(out_ += "null");
    if (!beside_ || value.empty()) return append_json_string(out_, value.utf8);
    number(value.utf8);
  }
  void write(const ChangeSet& value) {
    if (beside_) return number(change_to_json_text(value));
    out_ += change_to_json_text(value);
  }

  template <class T>
  void write(const std::vector<T>& values) {
    out_ += '[';
    bool first = true;
    for (const auto& value : values) {
      if (!first) out_ += ',';
      first = false;
      write(value);
    }
    out_ += ']';
  }

  template <class T>
  void write(const std::map<std::string, T>& values) {
    open();
    for (const auto& [key, value] : values) (*this)(key, value);
    close();
  }

 private:
  void number(std::string text) {
    out_ += "{\"t\":" + std::to_string(beside_->size()) + '}';
    beside_->push_back(std::move(text));
  }

  std::string& out_;
  std::vector<std::string>* beside_;
};

}  // namespace rundbord::protocol
