// Second opinions, written apart from the code they judge and as plainly as can be: what is UTF-8,
// what is JSON, what a spreadsheet reads. Pure functions.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rundbord::fuzz {

// Unicode, table 3-7.
bool is_utf8(std::string_view bytes);

struct JsonForm {
  bool ok = false;        // RFC 8259, well-formed UTF-8 in it
  std::size_t depth = 0;  // of objects and lists inside each other
  bool repeats_key = false;
};
JsonForm json_form(std::string_view text);
// What is left without a byte order mark in front, which readers may ignore (RFC 8259, 8.1).
std::string_view without_mark(std::string_view text);

// RFC 4180 to the letter, every cell quoted, a byte order mark in front; nothing for anything else.
using Rows = std::vector<std::vector<std::string>>;
std::optional<Rows> read_csv(std::string_view text);

// The text a browser would show of an HTML page, or nothing where it holds a tag, an attribute or a
// reference that is not one of ours.
std::optional<std::string> shown_by_html(std::string_view page);

}  // namespace rundbord::fuzz
