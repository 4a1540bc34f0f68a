// Reads one table of a template with its own list of keys and writes down every fault it meets, so
// that one run shows them all. Owned by parse_template for the length of a call; one thread.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "domain/names.hpp"
#include "domain/text.hpp"
#include "protocol/toml_tree.hpp"

namespace rundbord::protocol {

// What the whole reading shares: the faults so far and the languages every text must have.
struct TemplateReading {
  std::vector<TomlFault> faults;
  std::vector<std::string> languages;

  void fault(TomlPlace at, std::string reason) { faults.push_back({at, std::move(reason)}); }
};

// For an error on a terminal: without control characters, cut after so many bytes.
inline constexpr std::size_t quoted_bytes_max = 80;
std::string in_quotes(std::string_view word);
// "a, b, c"
std::string listed(const std::vector<std::string>& words);

bool is_word_of(std::string_view characters, std::string_view word, std::size_t length_max);

// The text of a node that must be one, or nothing and a fault.
const std::string* string_in(TemplateReading& reading, const TomlNode& node, std::string_view what);

// The words of a node in every language of the template, each 1 to `graphemes_max` long.
LocalText words_in(TemplateReading& reading, const TomlNode& node, std::string_view what,
                   std::size_t graphemes_max);

template <class Enum>
std::vector<std::string> names_of() {
  std::vector<std::string> names;
  for (const auto& [value, name] : EnumNames<Enum>::all) names.emplace_back(name);
  return names;
}

template <class Enum>
Enum choice_in(TemplateReading& reading, const TomlNode& node, std::string_view what,
               Enum otherwise) {
  const std::string* chosen = string_in(reading, node, what);
  if (!chosen) return otherwise;
  for (const auto& [value, name] : EnumNames<Enum>::all) {
    if (name == *chosen) return value;
  }
  reading.fault(node.at, "unknown " + std::string(what) + " " + in_quotes(*chosen) +
                             "; known: " + listed(names_of<Enum>()));
  return otherwise;
}

class TableReader {
 public:
  // Faults at once when the node is no table or holds a key that is not in `keys`.
  TableReader(TemplateReading& reading, const TomlNode& node, std::string_view what,
              std::initializer_list<std::string_view> keys);

  TemplateReading& reading() { return reading_; }
  TomlPlace at() const { return at_; }

  const TomlNode* find(std::string_view key) const;
  // Faults when the key is missing; says nothing more about something that is no table.
  const TomlNode* need(std::string_view key);

  // A stable name of 1 to `length_max` of `characters`; `shown` tells which those are.
  std::string word(std::string_view key, std::string_view characters, std::size_t length_max,
                   std::string_view shown);
  int number(std::string_view key, int least, int most);
  LocalText words(std::string_view key, std::size_t graphemes_max);
  // The items of a list of `least` to `most` of them; a missing list counts as an empty one.
  const TomlList& list(std::string_view key, std::size_t least, std::size_t most);

  template <class Enum>
  Enum choice(std::string_view key, Enum otherwise) {
    const TomlNode* node = find(key);
    return node ? choice_in(reading_, *node, key, otherwise) : otherwise;
  }

 private:
  void check_keys(std::string_view what, std::initializer_list<std::string_view> keys);

  TemplateReading& reading_;
  TomlPlace at_;
  const TomlTable* table_ = nullptr;
};

}  // namespace rundbord::protocol
