#include "protocol/template_reader.hpp"

#include <algorithm>

#include "domain/limits.hpp"
#include "protocol/typed_text.hpp"

namespace rundbord::protocol {
namespace {

bool holds(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string too_long(std::string_view what, std::size_t over, std::size_t most) {
  return std::string(what) + " is " + std::to_string(over) + " characters longer than the " +
         std::to_string(most) + " allowed";
}

Text one_text(TemplateReading& reading, const TomlNode& node, std::string_view what,
              std::size_t graphemes_max) {
  const std::string* typed = string_in(reading, node, what);
  if (!typed) return {};
  const auto checked = typed_text(*typed);
  const Text* text = std::get_if<Text>(&checked);
  if (!text) {
    reading.fault(node.at, std::string(what) + " holds a control character");
    return {};
  }
  if (text->empty()) reading.fault(node.at, std::string(what) + " is empty");
  if (text->graphemes > graphemes_max) {
    const std::size_t over = text->graphemes - graphemes_max;
    reading.fault(node.at, too_long(what, over, graphemes_max));
  } else if (text->utf8.size() > line_bytes_max) {
    reading.fault(node.at, std::string(what) + " takes more than " +
                               std::to_string(line_bytes_max) + " bytes");
  }
  return *text;
}

void check_languages(TemplateReading& reading, TomlPlace at, std::string_view what,
                     const LocalText& words) {
  std::vector<std::string> missing;
  for (const std::string& language : reading.languages) {
    if (!words.contains(language)) missing.push_back(language);
  }
  if (!missing.empty()) reading.fault(at, std::string(what) + " lacks " + listed(missing));
}

}  // namespace

std::string in_quotes(std::string_view word) {
  std::size_t cut = std::min(word.size(), quoted_bytes_max);
  // Never through the middle of a character.
  while (cut < word.size() && cut > 0 && (word[cut] & 0xC0) == 0x80) --cut;
  std::string shown(word.substr(0, cut));
  for (char& c : shown) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = '?';
  }
  return "\"" + shown + (cut < word.size() ? "…\"" : "\"");
}

std::string listed(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  return list;
}

bool is_word_of(std::string_view characters, std::string_view word, std::size_t length_max) {
  return !word.empty() && word.size() <= length_max &&
         word.find_first_not_of(characters) == std::string_view::npos;
}

const std::string* string_in(TemplateReading& reading, const TomlNode& node,
                             std::string_view what) {
  const auto* text = std::get_if<std::string>(&node.value);
  if (!text) reading.fault(node.at, std::string(what) + " must be text in quotation marks");
  return text;
}

LocalText words_in(TemplateReading& reading, const TomlNode& node, std::string_view what,
                   std::size_t graphemes_max) {
  const auto* table = std::get_if<TomlTable>(&node.value);
  if (!table) {
    reading.fault(node.at, std::string(what) + " must be a table with one text per language");
    return {};
  }
  LocalText words;
  for (const TomlMember& member : *table) {
    if (!holds(reading.languages, member.key)) {
      reading.fault(member.at, "unknown language " + in_quotes(member.key) + " in " +
                                   std::string(what) + "; this template has " +
                                   listed(reading.languages));
      continue;
    }
    words[member.key] = one_text(reading, member.node, what, graphemes_max);
  }
  check_languages(reading, node.at, what, words);
  return words;
}

TableReader::TableReader(TemplateReading& reading, const TomlNode& node, std::string_view what,
                         std::initializer_list<std::string_view> keys)
    : reading_(reading), at_(node.at), table_(std::get_if<TomlTable>(&node.value)) {
  if (!table_) {
    reading_.fault(at_, std::string(what) + " must be a table");
    return;
  }
  check_keys(what, keys);
}

void TableReader::check_keys(std::string_view what, std::initializer_list<std::string_view> keys) {
  for (const TomlMember& member : *table_) {
    if (std::find(keys.begin(), keys.end(), member.key) != keys.end()) continue;
    reading_.fault(member.at, "unknown key " + in_quotes(member.key) + " in " + std::string(what) +
                                  "; known: " + listed({keys.begin(), keys.end()}));
  }
}

const TomlNode* TableReader::find(std::string_view key) const {
  if (!table_) return nullptr;
  for (const TomlMember& member : *table_) {
    if (member.key == key) return &member.node;
  }
  return nullptr;
}

const TomlNode* TableReader::need(std::string_view key) {
  const TomlNode* node = find(key);
  if (!node && table_) reading_.fault(at_, std::string(key) + " is missing");
  return node;
}

std::string TableReader::word(std::string_view key, std::string_view characters,
                              std::size_t length_max, std::string_view shown) {
  const TomlNode* node = need(key);
  const std::string* text = node ? string_in(reading_, *node, key) : nullptr;
  if (!text) return {};
  if (!is_word_of(characters, *text, length_max)) {
    reading_.fault(node->at, std::string(key) + " must be 1 to " + std::to_string(length_max) +
                                 " of " + std::string(shown));
  }
  return *text;
}

int TableReader::number(std::string_view key, int least, int most) {
  const TomlNode* node = need(key);
  if (!node) return least;
  const auto* number = std::get_if<std::int64_t>(&node->value);
  if (!number || *number < least || *number > most) {
    reading_.fault(node->at, std::string(key) + " must be a whole number from " +
                                 std::to_string(least) + " to " + std::to_string(most));
    return least;
  }
  return static_cast<int>(*number);
}

LocalText TableReader::words(std::string_view key, std::size_t graphemes_max) {
  const TomlNode* node = need(key);
  return node ? words_in(reading_, *node, key, graphemes_max) : LocalText{};
}

const TomlList& TableReader::list(std::string_view key, std::size_t least, std::size_t most) {
  static const TomlList none;
  const TomlNode* node = least > 0 ? need(key) : find(key);
  if (!node) return none;
  const auto* items = std::get_if<TomlList>(&node->value);
  if (!items) {
    reading_.fault(node->at, std::string(key) + " must be a list");
    return none;
  }
  if (items->size() < least || items->size() > most) {
    reading_.fault(node->at, std::string(key) + " must have " + std::to_string(least) + " to " +
                                 std::to_string(most) + " items, not " +
                                 std::to_string(items->size()));
  }
  return *items;
}

}  // namespace rundbord::protocol
