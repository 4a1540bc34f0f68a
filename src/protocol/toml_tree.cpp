#include "protocol/toml_tree.hpp"

#include <toml++/toml.h>

#include <algorithm>

namespace rundbord::protocol {
namespace {

// A table that only its subtables name has no place of its own; it gets its parent's.
TomlPlace place_of(const toml::source_region& source, TomlPlace fallback) {
  if (!source.begin) return fallback;
  return {static_cast<int>(source.begin.line), static_cast<int>(source.begin.column)};
}

TomlNode tree_of(const toml::node& node, TomlPlace parent);

TomlTable table_of(const toml::table& table, TomlPlace parent) {
  TomlTable members;
  for (const auto& [key, value] : table) {
    const TomlPlace at = place_of(key.source(), parent);
    members.push_back({std::string(key.str()), at, tree_of(value, at)});
  }
  return members;
}

TomlList list_of(const toml::array& array, TomlPlace parent) {
  TomlList items;
  for (const toml::node& item : array) items.push_back(tree_of(item, parent));
  return items;
}

TomlNode tree_of(const toml::node& node, TomlPlace parent) {
  const TomlPlace at = place_of(node.source(), parent);
  if (const auto* table = node.as_table()) return {at, table_of(*table, at)};
  if (const auto* array = node.as_array()) return {at, list_of(*array, at)};
  if (const auto* text = node.as_string()) return {at, text->get()};
  if (const auto* number = node.as_integer()) return {at, number->get()};
  return {at, TomlOther{}};
}

}  // namespace

std::variant<TomlNode, TomlFault> read_toml(std::string_view toml) {
  if (toml.size() > toml_bytes_max) {
    return TomlFault{{}, "the file is larger than " + std::to_string(toml_bytes_max) + " bytes"};
  }
  if (std::count(toml.begin(), toml.end(), '.') > static_cast<std::ptrdiff_t>(toml_dots_max)) {
    return TomlFault{{},
                     "the file has more than " + std::to_string(toml_dots_max) +
                         " full stops; split it into several templates"};
  }
  try {
    const toml::table root = toml::parse(toml);
    return tree_of(root, {});
  } catch (const toml::parse_error& error) {  // toml++ has no other way to say it
    return TomlFault{place_of(error.source(), {}), std::string(error.description())};
  }
}

}  // namespace rundbord::protocol
