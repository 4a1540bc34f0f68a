#include "protocol/json_text.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>  // here alone: Boost.JSON without its library
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace rundbord::protocol {
namespace {

using nlohmann::json;
using Error = boost::json::error_code;
using View = boost::json::string_view;

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

// What Boost.JSON's reader finds, built into a value of the kind that all others walk: it reads
// four times as fast as nlohmann's, which knows neither depth nor repeated keys.
class Builder {
 public:
  explicit Builder(std::size_t depth_max) : depth_max_(depth_max) {}

  // Boost's own limits on sizes: the text was measured before.
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;

  std::optional<Rejection> fault;
  json result;

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error& ec) { return open(json::object(), ec); }
  bool on_object_end(std::size_t, Error&) { return close(); }
  bool on_array_begin(Error& ec) { return open(json::array(), ec); }
  bool on_array_end(std::size_t, Error&) { return close(); }
  bool on_key_part(View part, std::size_t, Error&) { return gather(key_, part); }
  bool on_key(View rest, std::size_t, Error&) { return gather(key_, rest); }
  bool on_string_part(View part, std::size_t, Error&) { return gather(text_, part); }
  bool on_string(View rest, std::size_t, Error& ec) {
    gather(text_, rest);
    return put(std::exchange(text_, {}), ec);
  }
  bool on_number_part(View, Error&) { return true; }
  bool on_int64(std::int64_t value, View, Error& ec) {
    return value < 0 ? put(value, ec) : put(static_cast<std::uint64_t>(value), ec);
  }
  bool on_uint64(std::uint64_t value, View, Error& ec) { return put(value, ec); }
  bool on_double(double value, View text, Error& ec) {
    // Boost's own is not always the nearest one; where nothing is near, that tells which end.
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::isfinite(value) ? put(value, ec) : stop(ec);  // beyond what a number can be
  }
  bool on_bool(bool value, Error& ec) { return put(value, ec); }
  bool on_null(Error& ec) { return put(nullptr, ec); }
  bool on_comment_part(View, Error&) { return true; }
  bool on_comment(View, Error&) { return true; }

 private:
  static bool gather(std::string& whole, View part) {
    whole.append(part.data(), part.size());
    return true;
  }

  // Where the value now stands; null when its key is there already.
  json* place(json value) {
    if (open_.empty()) return &(result = std::move(value));
    json& parent = *open_.back();
    if (parent.is_array()) return &parent.emplace_back(std::move(value));
    const auto [member, is_new] = parent.emplace(std::move(key_), std::move(value));
    if (!is_new) fault = Rejection{RejectionCode::malformed, member.key(), {}};
    key_.clear();
    return is_new ? &*member : nullptr;
  }

  bool put(json value, Error& ec) { return place(std::move(value)) || stop(ec); }

  bool open(json value, Error& ec) {
    if (open_.size() == depth_max_) {
      fault =
          Rejection{RejectionCode::too_deep, "", {{"max", static_cast<std::int64_t>(depth_max_)}}};
      return stop(ec);
    }
    auto* where = place(std::move(value));
    if (!where) return stop(ec);
    open_.push_back(where);
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }
  static bool stop(Error& ec) {
    ec = boost::json::error::exception;
    return false;
  }

  std::size_t depth_max_;
  std::vector<json*> open_;
  std::string key_, text_;
};

std::variant<json, Rejection> read(std::string_view text, std::size_t depth_max) {
  boost::json::parse_options options;
  options.max_depth = depth_max + 1;  // the builder stops before
  boost::json::basic_parser<Builder> parser(options, depth_max);
  Error ec;
  const auto taken = parser.write_some(false, text.data(), text.size(), ec);
  auto& built = parser.handler();
  if (built.fault) return *built.fault;
  if (!ec && taken == text.size()) return std::move(built.result);
  return Rejection{
      RejectionCode::malformed, "", {{"position", static_cast<std::int64_t>(taken) + 1}}};
}

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
  return read(text, json_depth_max);
}

std::optional<json> parse_stored_json(std::string_view text) {
  auto value = read(text, stored_json_depth_max);
  if (auto* found = std::get_if<json>(&value)) return std::move(*found);
  return std::nullopt;
}

}  // namespace rundbord::protocol
