#include "protocol/change_set_codec.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "domain/utf16.hpp"
#include "protocol/json_text.hpp"

namespace rundbord::protocol {
namespace {

using nlohmann::json;

std::optional<std::size_t> read_length(const json& value) {
  if (!value.is_number_unsigned()) return std::nullopt;
  const auto length = value.get<std::uint64_t>();
  if (length > summary_units_max) return std::nullopt;
  return static_cast<std::size_t>(length);
}

std::optional<std::u16string> read_line(const json& value) {
  if (!value.is_string()) return std::nullopt;
  auto line = to_utf16(value.get_ref<const std::string&>());
  if (line && line->find(u'\n') != std::u16string::npos) return std::nullopt;
  return line;
}

bool read_replacement(const json& section, ChangeSet& change) {
  if (!section.is_array() || section.empty()) return false;
  const auto length = read_length(section.front());
  if (!length) return false;
  change.remove(*length);
  for (std::size_t i = 1; i < section.size(); ++i) {
    const auto line = read_line(section[i]);
    if (!line) return false;
    if (i > 1) change.insert(u"\n");
    change.insert(*line);
  }
  return true;
}

bool read_section(const json& section, ChangeSet& change) {
  if (section.is_array()) return read_replacement(section, change);
  const auto length = read_length(section);
  if (length) change.keep(*length);
  return length.has_value();
}

json write_replacement(const Section& section, std::u16string_view text) {
  json replacement = json::array({section.length});
  if (text.empty()) return replacement;
  for (;;) {
    const auto end = text.find(u'\n');
    auto line = to_utf8(text.substr(0, end));
    if (!line) throw std::logic_error("a change that inserts half a character was let in");
    replacement.push_back(*std::move(line));
    if (end == std::u16string_view::npos) return replacement;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::optional<ChangeSet> change_from_json(const json& value) {
  if (!value.is_array()) return std::nullopt;
  ChangeSet change;
  for (const auto& section : value) {
    if (!read_section(section, change)) return std::nullopt;
    if (change.length_before() > summary_units_max) return std::nullopt;
  }
  return change;
}

std::optional<ChangeSet> change_from_json_text(std::string_view text) {
  const auto value = parse_stored_json(text);
  return value ? change_from_json(*value) : std::nullopt;
}

json change_to_json(const ChangeSet& change) {
  json sections = json::array();
  auto inserted = change.inserted();
  for (const auto& section : change.sections()) {
    if (section.keep) {
      sections.push_back(section.length);
      continue;
    }
    sections.push_back(write_replacement(section, inserted.substr(0, section.inserted)));
    inserted.remove_prefix(section.inserted);
  }
  return sections;
}

std::string change_to_json_text(const ChangeSet& change) {
  return change_to_json(change).dump();
}

}  // namespace rundbord::protocol
