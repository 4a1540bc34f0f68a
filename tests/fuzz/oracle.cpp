#include "oracle.hpp"

#include <algorithm>
#include <set>

namespace rundbord::fuzz {
namespace {

unsigned char byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

// How many bytes the character at the beginning has; 0 where none stands.
std::size_t utf8_length(std::string_view bytes) {
  const auto first = byte_at(bytes, 0);
  const auto second = byte_at(bytes, 1);
  const auto tail = [&](std::size_t at) { return byte_at(bytes, at) >> 6 == 2; };
  if (first < 0x80) return bytes.empty() ? 0 : 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (first == 0xE0 && second < 0xA0) return 0;  // overlong
    if (first == 0xED && second > 0x9F) return 0;  // a surrogate
    return tail(1) && tail(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (first == 0xF0 && second < 0x90) return 0;  // overlong
    if (first == 0xF4 && second > 0x8F) return 0;  // beyond U+10FFFF
    return tail(1) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

// A reader of JSON that only judges. Recursive: callers give it texts, not towers of brackets.
class JsonJudge {
 public:
  explicit JsonJudge(std::string_view text) : rest_(text) {}

  JsonForm judge() {
    form_.ok = value(0) && (space(), rest_.empty());
    return form_;
  }

 private:
  static constexpr std::size_t depth_judged_max = 2500;

  void space() {
    const auto end = rest_.find_first_not_of(" \t\n\r");
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
  }
  bool take(std::string_view word) {
    if (rest_.substr(0, word.size()) != word) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  bool value(std::size_t depth) {
    space();
    if (depth > form_.depth) form_.depth = depth;
    if (depth > depth_judged_max || rest_.empty()) return false;
    switch (rest_.front()) {
      case '{':
        return object(depth + 1);
      case '[':
        return list(depth + 1);
      case '"':
        return string(nullptr);
      case 't':
        return take("true");
      case 'f':
        return take("false");
      case 'n':
        return take("null");
      default:
        return number();
    }
  }

  bool object(std::size_t depth) {
    if (depth > form_.depth) form_.depth = depth;
    std::set<std::string> keys;
    take("{");
    space();
    if (take("}")) return true;
    do {
      std::string key;
      space();
      if (!string(&key)) return false;
      if (!keys.insert(key).second) form_.repeats_key = true;
      space();
      if (!take(":") || !value(depth)) return false;
      space();
    } while (take(","));
    return take("}");
  }

  bool list(std::size_t depth) {
    if (depth > form_.depth) form_.depth = depth;
    take("[");
    space();
    if (take("]")) return true;
    do {
      if (!value(depth)) return false;
      space();
    } while (take(","));
    return take("]");
  }

  bool digits() {
    const auto end = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    rest_.remove_prefix(end);
    return end > 0;
  }
  bool number() {
    take("-");
    if (!take("0") && !digits()) return false;
    if (take(".") && !digits()) return false;
    if (take("e") || take("E")) {
      if (!take("+")) take("-");
      return digits();
    }
    return true;
  }

  int hex4() {
    int unit = 0;
    for (int i = 0; i < 4; ++i) {
      const auto at = rest_.empty() ? std::string_view::npos
                                    : std::string_view("0123456789abcdefABCDEF").find(rest_[0]);
      if (at == std::string_view::npos) return -1;
      unit = unit * 16 + static_cast<int>(at < 16 ? at : at - 6);
      rest_.remove_prefix(1);
    }
    return unit;
  }
  // Keys are compared as they read: \u00e5 and å are one.
  bool escape(std::string* out) {
    constexpr std::string_view shorts = "\"\\/bfnrt";
    constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
    const auto at = rest_.empty() ? std::string_view::npos : shorts.find(rest_.front());
    if (at != std::string_view::npos) {
      if (out) *out += meant[at];
      rest_.remove_prefix(1);
      return true;
    }
    if (!take("u")) return false;
    const int unit = hex4();
    if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return false;
    if (out) append(*out, unit);
    if (unit < 0xD800 || unit > 0xDBFF) return true;
    if (!take("\\u")) return false;
    const int low = hex4();
    if (out) append_pair(*out, unit, low);
    return low >= 0xDC00 && low <= 0xDFFF;
  }
  static void append(std::string& out, int unit) {
    if (unit >= 0xD800 && unit <= 0xDBFF) return;
    if (unit < 0x80) {
      out += static_cast<char>(unit);
    } else if (unit < 0x800) {
      out += static_cast<char>(0xC0 | unit >> 6);
      out += static_cast<char>(0x80 | (unit & 0x3F));
    } else {
      out += static_cast<char>(0xE0 | unit >> 12);
      out += static_cast<char>(0x80 | (unit >> 6 & 0x3F));
      out += static_cast<char>(0x80 | (unit & 0x3F));
    }
  }
  static void append_pair(std::string& out, int high, int low) {
    const int point = 0x10000 + ((high - 0xD800) << 10) + (low & 0x3FF);
    out += static_cast<char>(0xF0 | point >> 18);
    out += static_cast<char>(0x80 | (point >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (point & 0x3F));
  }

  bool string(std::string* out) {
    if (!take("\"")) return false;
    while (!rest_.empty()) {
      if (take("\"")) return true;
      if (take("\\")) {
        if (!escape(out)) return false;
        continue;
      }
      const auto length = utf8_length(rest_);
      if (length == 0 || byte_at(rest_, 0) < 0x20) return false;
      if (out) out->append(rest_.substr(0, length));
      rest_.remove_prefix(length);
    }
    return false;
  }

  std::string_view rest_;
  JsonForm form_;
};

// `"…"` at the beginning, doubled quotes inside; nothing where none stands.
std::optional<std::string> take_cell(std::string_view& rest) {
  if (rest.empty() || rest.front() != '"') return std::nullopt;
  rest.remove_prefix(1);
  std::string cell;
  while (!rest.empty()) {
    const char c = rest.front();
    rest.remove_prefix(1);
    if (c != '"') {
      cell += c;
    } else if (!rest.empty() && rest.front() == '"') {
      cell += '"';
      rest.remove_prefix(1);
    } else {
      return cell;
    }
  }
  return std::nullopt;
}

bool take_any(std::string_view& rest, const std::vector<std::string_view>& known,
              std::string_view* taken = nullptr) {
  for (const auto word : known) {
    if (rest.substr(0, word.size()) != word) continue;
    rest.remove_prefix(word.size());
    if (taken) *taken = word;
    return true;
  }
  return false;
}

// One of the references we write, as the character it stands for.
std::optional<char> take_reference(std::string_view& rest) {
  static const std::vector<std::string_view> known = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
  std::string_view taken;
  if (!take_any(rest, known, &taken)) return std::nullopt;
  if (taken == "&amp;") return '&';
  if (taken == "&lt;") return '<';
  if (taken == "&gt;") return '>';
  return taken == "&quot;" ? '"' : '\'';
}

// The rest of a tag whose attribute's opening quote was taken.
bool take_attribute_end(std::string_view& rest) {
  while (!rest.empty() && rest.front() != '"') {
    if (rest.front() == '<' || rest.front() == '>') return false;
    if (rest.front() != '&') {
      rest.remove_prefix(1);
    } else if (!take_reference(rest)) {
      return false;
    }
  }
  return take_any(rest, {"\">"});
}

bool take_tag(std::string_view& rest) {
  static const std::vector<std::string_view> plain = {"<p>",
                                                      "</p>",
                                                      "<ul>",
                                                      "</ul>",
                                                      "<li>",
                                                      "</li>",
                                                      "<h1>",
                                                      "</h1>",
                                                      "<h2>",
                                                      "</h2>",
                                                      "<h3>",
                                                      "</h3>",
                                                      "<h4>",
                                                      "</h4>",
                                                      "<h5>",
                                                      "</h5>",
                                                      "<h6>",
                                                      "</h6>",
                                                      "<blockquote>",
                                                      "</blockquote>",
                                                      "</span>",
                                                      "</nav>",
                                                      "</a>",
                                                      "<main>",
                                                      "</main>",
                                                      "<body>",
                                                      "</body>",
                                                      "</html>",
                                                      "<p class=\"remark\">",
                                                      "<span class=\"by\">"};
  static const std::vector<std::string_view> with_value = {
      "<nav aria-label=\"", "<a href=\"#", "<h1 id=\"", "<h2 id=\"",
      "<h3 id=\"",          "<h4 id=\"",   "<h5 id=\"", "<h6 id=\""};
  if (take_any(rest, plain)) return true;
  return take_any(rest, with_value) && take_attribute_end(rest);
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto length = utf8_length(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

JsonForm json_form(std::string_view text) {
  return JsonJudge(text).judge();
}

std::string_view without_mark(std::string_view text) {
  take_any(text, {"\xEF\xBB\xBF"});
  return text;
}

std::optional<Rows> read_csv(std::string_view text) {
  if (!take_any(text, {"\xEF\xBB\xBF"})) return std::nullopt;
  Rows rows;
  while (!text.empty()) {
    rows.emplace_back();
    do {
      auto cell = take_cell(text);
      if (!cell) return std::nullopt;
      rows.back().push_back(*std::move(cell));
    } while (take_any(text, {","}));
    if (!take_any(text, {"\r\n"})) return std::nullopt;
  }
  return rows;
}

std::optional<std::string> shown_by_html(std::string_view page) {
  std::string shown;
  while (!page.empty()) {
    if (page.front() == '<') {
      if (!take_tag(page)) return std::nullopt;
    } else if (page.front() == '&') {
      const auto character = take_reference(page);
      if (!character) return std::nullopt;
      shown += *character;
    } else {
      if (page.front() == '>') return std::nullopt;
      shown += page.front();
      page.remove_prefix(1);
    }
  }
  return shown;
}

}  // namespace rundbord::fuzz
