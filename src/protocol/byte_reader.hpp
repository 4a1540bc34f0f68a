// Reads what ByteWriter wrote. Any bytes may be given: it never reads past their end, takes no more
// memory than a small multiple of them, and says when they are not what a writer makes. Inside
// protocol/ only; one thread.
#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "domain/audience.hpp"
#include "domain/names.hpp"
#include "domain/utf16.hpp"
#include "domain/workshop.hpp"

namespace rundbord::protocol {

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  // Everything was read, and nothing was wrong.
  bool finished() const { return !failed_ && rest_.empty(); }

  template <class T>
  void operator()(std::string_view, T& value) {
    if (!failed_) read(value);
  }

  template <class T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>) void read(T& value) {
    const auto coded = number();
    const auto wide = static_cast<std::int64_t>(coded >> 1 ^ (0 - (coded & 1)));
    if constexpr (std::is_enum_v<T>) {
      value = static_cast<T>(narrow<std::underlying_type_t<T>>(wide));
      if (!is_known(value)) failed_ = true;
    } else {
      value = narrow<T>(wide);
    }
  }
  void read(Duration& value) {
    std::int64_t count = 0;
    read(count);
    value = Duration(count);
  }
  void read(Time& value) {
    Duration since_epoch{};
    read(since_epoch);
    value = Time(since_epoch);
  }
  void read(std::string& value) { value = take(number()); }
  void read(Text& value) {
    read(value.utf8);
    read(value.erased);
  }
  template <class Tag>
  void read(Id<Tag>& value) {
    const auto bytes = take(value.bytes.size());
    std::copy(bytes.begin(), bytes.end(), value.bytes.begin());
  }
  void read(Channel& value) {
    const auto channel = channel_from_text(take(number()));
    if (!channel) return void(failed_ = true);
    value = *channel;
  }

  void read(Document& value) {
    Document::Parts parts;
    const auto text = to_utf16(take(number()));
    if (!text) return void(failed_ = true);
    parts.text = *text;
    read(parts.version);
    for (auto count = number(); count > 0 && !failed_; --count) {
      if (!parts.changes.push_packed(take(number()))) failed_ = true;
    }
    read(parts.writers);
    read(parts.erased);
    auto document = failed_ ? std::nullopt : Document::from_parts(std::move(parts));
    if (!document) return void(failed_ = true);
    value = std::move(*document);
  }
  void read(Document::LastEdit& value) {
    read(value.counter);
    read(value.version);
  }

  template <class T>
  requires requires(T& t, ByteReader& r) { T::fields(t, r); }
  void read(T& value) { T::fields(value, *this); }
  template <class T>
  void read(std::optional<T>& value) {
    bool given = false;
    read(given);
    if (given) read(value.emplace());
  }
  template <class T>
  void read(std::vector<T>& values) {
    values.clear();
    for (auto count = number(); count > 0 && !failed_; --count) read(values.emplace_back());
  }
  // Keys come in order, each once: what is read is what is written again.
  template <class T>
  void read(std::set<T>& values) {
    for (auto count = number(); count > 0 && !failed_; --count) {
      T value{};
      read(value);
      if (!values.empty() && !(*values.rbegin() < value)) failed_ = true;
      values.emplace_hint(values.end(), std::move(value));
    }
  }
  template <class Key, class T>
  void read(std::map<Key, T>& values) {
    for (auto count = number(); count > 0 && !failed_; --count) {
      Key key{};
      read(key);
      if (!values.empty() && !(values.rbegin()->first < key)) failed_ = true;
      read(values.emplace_hint(values.end(), std::move(key), T{})->second);
    }
  }
  template <class... Kinds>
  void read(std::variant<Kinds...>& value) {
    const auto index = number();
    if (index >= sizeof...(Kinds)) return void(failed_ = true);
    std::size_t at = 0;
    ((at++ == index ? read(value.template emplace<Kinds>()) : void()), ...);
  }

 private:
  template <class T>
  T narrow(std::int64_t wide) {
    const auto value = static_cast<T>(wide);
    // 64 unsigned bits pass as they are; everything else must keep its value.
    if (static_cast<std::int64_t>(value) != wide) failed_ = true;
    return value;
  }
  template <class T>
  static bool is_known(T value) {
    if constexpr (requires { EnumNames<T>::all; }) return !name_of(value).empty();
    return true;
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64 && !rest_.empty() && !failed_; shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    failed_ = true;
    return 0;
  }
  std::string_view take(std::uint64_t size) {
    if (failed_ || size > rest_.size()) {
      failed_ = true;
      return {};
    }
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace rundbord::protocol
