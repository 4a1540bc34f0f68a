#include "protocol/json_text.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <vector>

namespace rundbord::protocol {
namespace {

using nlohmann::json;

constexpr std::string_view hex_digits = "0123456789abcdef";

std::string_view short_escape(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return {};
  }
}

// Builds the value and stops at the first limit that is passed; nlohmann's own reader knows neither
// depth nor repeated keys.
class LimitedReader : public nlohmann::json_sax<json> {
 public:
  std::optional<Rejection> fault;
  json result;

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t&) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    if (!open_.back()->contains(name)) {
      key_ = std::move(name);
      return true;
    }
    fault = Rejection{RejectionCode::malformed, name, {}};
    return false;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    if (!fault) {
      fault = Rejection{
          RejectionCode::malformed, "", {{"position", static_cast<std::int64_t>(position)}}};
    }
    return false;
  }

 private:
  json* place(json value) {
    if (open_.empty()) {
      result = std::move(value);
      return &result;
    }
    json& parent = *open_.back();
    if (parent.is_array()) {
      parent.push_back(std::move(value));
      return &parent.back();
    }
    json& member = parent[key_];
    member = std::move(value);
    return &member;
  }

  bool put(json value) {
    place(std::move(value));
    return true;
  }

  bool open(json value) {
    if (open_.size() == json_depth_max) {
      fault = Rejection{RejectionCode::too_deep, "", {{"max", json_depth_max}}};
      return false;
    }
    open_.push_back(place(std::move(value)));
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  std::vector<json*> open_;
  std::string key_;
};

}  // namespace

void append_json_string(std::string& out, std::string_view utf8) {
  out += '"';
  std::size_t clean_from = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const char c = utf8[i];
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && c != '"' && c != '\\') continue;
    out.append(utf8, clean_from, i - clean_from);
    clean_from = i + 1;
    if (const auto escape = short_escape(c); !escape.empty()) {
      out += escape;
    } else {
      out += "\\u00";
      out += hex_digits[byte >> 4];
      out += hex_digits[byte & 15];
    }
  }
  out.append(utf8, clean_from);
  out += '"';
}

std::variant<json, Rejection> parse_json(std::string_view text) {
  // nlohmann takes a zero byte for the end, whatever stands behind it.
  if (const auto zero = text.find('\0'); zero != std::string_view::npos) {
    return Rejection{
        RejectionCode::malformed, "", {{"position", static_cast<std::int64_t>(zero) + 1}}};
  }
  LimitedReader reader;
  if (json::sax_parse(text.begin(), text.end(), &reader)) return std::move(reader.result);
  if (reader.fault) return *reader.fault;
  return Rejection{RejectionCode::malformed, "", {}};
}

}  // namespace rundbord::protocol
