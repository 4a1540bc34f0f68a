// Writes domain values as bytes by visiting their fields, without names: short and quick, and
// readable only by the build that wrote them. Inside protocol/ only; one thread.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "domain/audience.hpp"
#include "domain/utf16.hpp"
#include "domain/workshop.hpp"

namespace rundbord::protocol {

class ByteWriter {
 public:
  explicit ByteWriter(std::string& out) : out_(out) {}

  template <class T>
  void operator()(std::string_view, const T& value) {
    write(value);
  }

  // Seven bits in a byte, the lowest first; the sign is the lowest bit of all.
  template <class T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>) void write(T value) {
    const auto wide = static_cast<std::int64_t>(value);
    number(static_cast<std::uint64_t>(wide) << 1 ^ static_cast<std::uint64_t>(wide >> 63));
  }
  void write(Duration value) { write(value.count()); }
  void write(Time value) { write(value.time_since_epoch()); }
  void write(std::string_view value) {
    number(value.size());
    out_ += value;
  }
  void write(const std::string& value) { write(std::string_view(value)); }
  void write(const Text& value) {
    write(value.utf8);
    write(value.erased);
  }
  template <class Tag>
  void write(const Id<Tag>& value) {
    out_.append(reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size());
  }
  void write(const Channel& value) { write(to_text(value)); }

  void write(const Document& value) {
    write(to_utf8(value.text()).value());
    write(value.version());
    number(value.changes().count());
    value.changes().each_packed([this](std::string_view change) { write(change); });
    write(value.writers());
    write(value.is_erased());
  }
  void write(const Document::LastEdit& value) {
    write(value.counter);
    write(value.version);
  }

  template <class T>
  requires requires(const T& t, ByteWriter& w) { T::fields(t, w); }
  void write(const T& value) { T::fields(value, *this); }
  template <class T>
  void write(const std::optional<T>& value) {
    write(value.has_value());
    if (value) write(*value);
  }
  template <class T>
  void write(const std::vector<T>& values) {
    write_row(values);
  }
  template <class T>
  void write(const std::set<T>& values) {
    write_row(values);
  }
  template <class Key, class T>
  void write(const std::map<Key, T>& values) {
    number(values.size());
    for (const auto& [key, value] : values) {
      write(key);
      write(value);
    }
  }
  template <class... Kinds>
  void write(const std::variant<Kinds...>& value) {
    number(value.index());
    std::visit([this](const auto& kind) { write(kind); }, value);
  }

 private:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(0x80 | (value & 0x7F));
    out_ += static_cast<char>(value);
  }
  template <class Row>
  void write_row(const Row& values) {
    number(values.size());
    for (const auto& value : values) write(value);
  }

  std::string& out_;
};

}  // namespace rundbord::protocol
