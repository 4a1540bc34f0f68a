#include "state_text.hpp"

#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <type_traits>
#include <variant>

#include "domain/decide.hpp"
#include "domain/utf16.hpp"

namespace rundbord::testing {
namespace {

class StateText {
 public:
  template <class T>
  void operator()(std::string_view name, const T& value) {
    out_ << name << ": ";
    write(value);
    out_ << "; ";
  }
  std::string text() const { return out_.str(); }

  template <class T>
  void write(const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      out_ << (value ? "yes" : "no");
    } else if constexpr (std::is_enum_v<T>) {
      write_enum(value);
    } else if constexpr (std::is_arithmetic_v<T>) {
      out_ << value;
    } else {
      write_class(value);
    }
  }

 private:
  template <class T>
  void write_enum(T value) {
    if constexpr (requires { EnumNames<T>::all; }) {
      out_ << name_of(value);
    } else {
      out_ << static_cast<long long>(value);
    }
  }

  template <class T>
  void write_class(const T& value) {
    out_ << '{';
    T::fields(value, *this);
    out_ << '}';
  }
  void write_class(const std::string& value) { out_ << '"' << value << '"'; }
  void write_class(const Text& value) { out_ << '"' << value.utf8 << '"'; }
  void write_class(const Time& value) { out_ << value.time_since_epoch().count() << " ms"; }
  void write_class(const Duration& value) { out_ << value.count() << " ms"; }
  void write_class(const ChangeSet& value) {
    for (const auto& section : value.sections()) {
      out_ << (section.keep ? 'k' : 'r') << section.length << '+' << section.inserted << ' ';
    }
    out_ << '"' << to_utf8(value.inserted()).value_or("?") << '"';
  }
  void write_class(const Document& value) {
    out_ << 'v' << value.version() << " \"" << to_utf8(value.text()).value_or("?") << '"';
  }
  template <class Tag>
  void write_class(const Id<Tag>& value) {
    out_ << to_text(value);
  }
  template <class T>
  void write_class(const std::optional<T>& value) {
    if (value)
      write(*value);
    else
      out_ << "none";
  }
  template <class T>
  void write_class(const std::vector<T>& values) {
    write_row(values);
  }
  template <class T>
  void write_class(const std::set<T>& values) {
    write_row(values);
  }
  template <class Key, class T>
  void write_class(const std::map<Key, T>& values) {
    out_ << '[';
    for (const auto& [key, value] : values) {
      write(key);
      out_ << " = ";
      write(value);
      out_ << ", ";
    }
    out_ << ']';
  }
  template <class... Ts>
  void write_class(const std::variant<Ts...>& value) {
    std::visit(
        [&](const auto& held) {
          out_ << held.name;
          write(held);
        },
        value);
  }
  template <class Row>
  void write_row(const Row& values) {
    out_ << '[';
    for (const auto& value : values) {
      write(value);
      out_ << ", ";
    }
    out_ << ']';
  }

  std::ostringstream out_;
};

}  // namespace

std::string text_of(const Event& event) {
  StateText text;
  text.write(event);
  return text.text();
}

std::string text_of(const Workshop& workshop) {
  StateText text;
  Workshop::fields(workshop, text);
  return text.text();
}

std::string text_of(const std::vector<Event>& events) {
  std::string text;
  for (const auto& event : events) text += text_of(event) + "\n";
  return text;
}

}  // namespace rundbord::testing
