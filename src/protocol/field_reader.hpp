// Reads domain values from parsed JSON by visiting their fields; remembers the first fault with the
// path of its field. Inside protocol/ only; one thread.
#pragma once
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "domain/change_set.hpp"
#include "domain/ids.hpp"
#include "domain/names.hpp"
#include "domain/rejection.hpp"
#include "domain/time.hpp"

namespace rundbord::protocol {

// Where typed words come from: a client's message (checked and counted), or the log, where they
// stand beside the header and were checked long ago.
class TextSource {
 public:
  virtual ~TextSource() = default;
  // Nothing when it cannot be taken. `one_line`: a name or title, where line breaks and
  // bidirectional controls are refused.
  virtual std::optional<Text> text(const nlohmann::json& json, bool one_line) = 0;
  virtual std::optional<ChangeSet> change(const nlohmann::json& json) = 0;
  virtual RejectionCode fault() const = 0;
  // Whether a missing number or id takes its default (the log: written before the field existed).
  virtual bool missing_is_default() const = 0;
};

template <class T>
struct must_be_given : std::bool_constant<std::is_integral_v<T> && !std::is_same_v<T, bool>> {};
template <>
struct must_be_given<RoomNumber> : std::true_type {};
template <>
struct must_be_given<Duration> : std::true_type {};
template <>
struct must_be_given<ChangeSet> : std::true_type {};
template <class Tag>
struct must_be_given<Id<Tag>> : std::true_type {};

class FieldReader {
 public:
  FieldReader(const nlohmann::json& object, TextSource& texts) : json_(&object), texts_(texts) {}

  // Fills `value` from the object given to the constructor; false after a fault.
  template <class T>
  bool read_all(T& value) {
    if (!json_->is_object()) return fail(RejectionCode::wrong_type);
    T::fields(value, *this);
    return !fault_;
  }
  const std::optional<Rejection>& fault() const { return fault_; }

  template <class T>
  void operator()(std::string_view key, T& value) {
    if (fault_) return;
    const auto found = json_->find(key);
    if (found == json_->end()) {
      if (must_be_given<T>::value && !texts_.missing_is_default()) {
        descend(key, [this] { fail(RejectionCode::missing_field); });
      }
      return;
    }
    descend(key, [&] { read(*found, value); });
  }

 private:
  static constexpr std::size_t list_max = 20'000;
  static constexpr std::size_t token_bytes_max = 80;

  template <class Body>
  void descend(std::string_view key, Body body) {
    const auto length = path_.size();
    if (!path_.empty()) path_ += '.';
    path_ += key;
    const auto outer_one_line = one_line_;
    one_line_ = one_line_ || names_something(key);
    body();
    one_line_ = outer_one_line;
    path_.resize(length);
  }

  static bool names_something(std::string_view key) {
    return key == "person" || key == "organisation" || key == "from_organisation" ||
           key == "name" || key == "to" || key == "title" || key == "url" || key == "label";
  }

  bool fail(RejectionCode code) {
    if (!fault_) fault_ = Rejection{code, path_, {}};
    return false;
  }

  template <class T>
  requires requires(T& t, FieldReader& r) { T::fields(t, r); }
  void read(const nlohmann::json& json, T& value) {
    if (!json.is_object()) return void(fail(RejectionCode::wrong_type));
    const auto* outer = json_;
    json_ = &json;
    T::fields(value, *this);
    json_ = outer;
  }

  template <class T>
  void read(const nlohmann::json& json, std::optional<T>& value) {
    if (json.is_null()) return void(value.reset());
    read(json, value.emplace());
  }

  template <class T>
  void read(const nlohmann::json& json, std::vector<T>& values) {
    if (!json.is_array()) return void(fail(RejectionCode::wrong_type));
    if (json.size() > list_max) return void(fail(RejectionCode::too_many));
    values.clear();
    for (std::size_t i = 0; i < json.size() && !fault_; ++i) {
      descend(std::to_string(i), [&] { read(json[i], values.emplace_back()); });
    }
  }

  template <class T>
  void read(const nlohmann::json& json, std::map<std::string, T>& values) {
    if (!json.is_object()) return void(fail(RejectionCode::wrong_type));
    values.clear();
    for (const auto& [key, member] : json.items()) {
      if (fault_) return;
      if (!is_token(key)) return void(fail(RejectionCode::invalid_text));
      descend(key, [&, &json_member = member, &name = key] { read(json_member, values[name]); });
    }
  }

  template <class... Kinds>
  void read(const nlohmann::json& json, std::variant<Kinds...>& value) {
    if (!json.is_object() || !json.contains("is") || !json["is"].is_string()) {
      return void(fail(RejectionCode::wrong_type));
    }
    const auto& name = json["is"].get_ref<const std::string&>();
    if (!(read_kind<Kinds>(json, name, value) || ...)) fail(RejectionCode::wrong_type);
  }
  template <class Kind, class Variant>
  bool read_kind(const nlohmann::json& json, const std::string& name, Variant& value) {
    if (name != Kind::name) return false;
    read(json, value.template emplace<Kind>());
    return true;
  }

  void read(const nlohmann::json& json, bool& value) {
    if (!json.is_boolean()) return void(fail(RejectionCode::wrong_type));
    value = json.get<bool>();
  }

  template <class T>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool>) void read(const nlohmann::json& json,
                                                                        T& value) {
    if (!json.is_number_integer()) return void(fail(RejectionCode::wrong_type));
    if (json.is_number_unsigned() &&
        json.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<T>::max())) {
      return void(fail(RejectionCode::out_of_range));
    }
    const auto number = json.get<std::int64_t>();
    if (number < static_cast<std::int64_t>(std::numeric_limits<T>::lowest())) {
      return void(fail(RejectionCode::out_of_range));
    }
    value = static_cast<T>(number);
  }

  template <class T>
  requires std::is_enum_v<T>
  void read(const nlohmann::json& json, T& value) {
    if (!json.is_string()) return void(fail(RejectionCode::wrong_type));
    for (const auto& [known, name] : EnumNames<T>::all) {
      if (name == json.get_ref<const std::string&>()) return void(value = known);
    }
    fail(RejectionCode::out_of_range);
  }

  void read(const nlohmann::json& json, RoomNumber& value) {
    int number = 0;
    read(json, number);
    value = RoomNumber{number};
  }
  void read(const nlohmann::json& json, Duration& value) {
    std::int64_t count = 0;
    read(json, count);
    // Half a century either way: sums of such times cannot overflow.
    if (count > milliseconds_max || count < -milliseconds_max) fail(RejectionCode::out_of_range);
    value = Duration{count};
  }
  void read(const nlohmann::json& json, Time& value) {
    Duration since_epoch{};
    read(json, since_epoch);
    value = Time{since_epoch};
  }
  static constexpr std::int64_t milliseconds_max = 9'000'000'000'000;

  template <class Tag>
  void read(const nlohmann::json& json, Id<Tag>& value) {
    if (!json.is_string()) return void(fail(RejectionCode::wrong_type));
    const auto id = id_from_text<Id<Tag>>(json.get_ref<const std::string&>());
    if (!id) return void(fail(RejectionCode::wrong_type));
    value = *id;
  }

  void read(const nlohmann::json& json, std::string& value) {
    if (!json.is_string()) return void(fail(RejectionCode::wrong_type));
    value = json.get<std::string>();
    if (!value.empty() && !is_token(value)) fail(RejectionCode::invalid_text);
  }
  static bool is_token(const std::string& value) {
    if (value.empty() || value.size() > token_bytes_max) return false;
    for (const char c : value) {
      if (c < 0x21 || c > 0x7e) return false;
    }
    return true;
  }

  void read(const nlohmann::json& json, Text& value) {
    auto text = texts_.text(json, one_line_);
    if (!text) return void(fail(texts_.fault()));
    value = std::move(*text);
  }
  void read(const nlohmann::json& json, ChangeSet& value) {
    auto change = texts_.change(json);
    if (!change) return void(fail(texts_.fault()));
    value = std::move(*change);
  }

  const nlohmann::json* json_;
  TextSource& texts_;
  std::optional<Rejection> fault_;
  std::string path_;
  bool one_line_ = false;
};

}  // namespace rundbord::protocol
