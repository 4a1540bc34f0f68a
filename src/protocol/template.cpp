#include "protocol/template.hpp"

#include <algorithm>
#include <set>

#include "domain/limits.hpp"
#include "protocol/template_programme.hpp"
#include "protocol/template_reader.hpp"

namespace rundbord::protocol {
namespace {

constexpr std::string_view id_characters = "abcdefghijklmnopqrstuvwxyz0123456789-";
constexpr std::string_view key_characters = "abcdefghijklmnopqrstuvwxyz_";
constexpr std::size_t role_key_length_max = 40;
constexpr std::size_t languages_max = 12;
constexpr std::size_t language_tag_length_max = 12;
constexpr int version_max = 1'000'000;

std::vector<Right> read_rights(TableReader& role) {
  std::vector<Right> rights;
  for (const TomlNode& node : role.list("rights", 0, EnumNames<Right>::all.size())) {
    const std::size_t faults = role.reading().faults.size();
    const Right right = choice_in(role.reading(), node, "right", Right::lead_steps);
    if (role.reading().faults.size() > faults) continue;
    if (std::find(rights.begin(), rights.end(), right) != rights.end()) {
      role.reading().fault(node.at, "right " + in_quotes(name_of(right)) + " is given twice");
    }
    rights.push_back(right);
  }
  return rights;
}

Role read_role(TemplateReading& reading, const TomlNode& node) {
  TableReader table(reading, node, "a role", {"key", "name", "help", "rights"});
  Role role;
  role.key = table.word("key", key_characters, role_key_length_max, "a-z and _");
  role.name = table.words("name", name_graphemes_max);
  role.help = table.words("help", message_graphemes_max);
  role.rights = read_rights(table);
  return role;
}

std::vector<Role> read_roles(TableReader& root) {
  std::vector<Role> roles;
  std::set<std::string> keys;
  for (const TomlNode& node : root.list("roles", 0, roles_max)) {
    roles.push_back(read_role(root.reading(), node));
    const std::string& key = roles.back().key;
    if (!keys.insert(key).second && !key.empty()) {
      root.reading().fault(node.at, "two roles have the key " + in_quotes(key));
    }
  }
  return roles;
}

// A template promises these four unless it says otherwise (one made for a single municipality may).
std::vector<std::string> read_languages(TableReader& root) {
  std::vector<std::string> languages;
  for (const TomlNode& node : root.list("languages", 0, languages_max)) {
    const std::string* tag = string_in(root.reading(), node, "a language");
    if (!tag) continue;
    if (!is_word_of(id_characters, *tag, language_tag_length_max)) {
      root.reading().fault(node.at, "a language must be a tag such as \"nb\"");
    }
    languages.push_back(*tag);
  }
  if (languages.empty()) return {"nb", "nn", "da", "en"};
  return languages;
}

Settings read_settings(TableReader& root) {
  Settings settings;
  settings.title = root.words("title", title_graphemes_max);
  settings.language = root.reading().languages.front();
  settings.label = root.choice("label", RoomLabel::group);
  settings.authorship = root.choice("authorship", Authorship::shown);
  settings.facilitator_turn = root.choice("facilitator_turn", FacilitatorTurn::last);
  settings.assignment = root.choice("assignment", Assignment::choose);
  return settings;
}

Template read_template(TemplateReading& reading, const TomlNode& node) {
  TableReader root(reading, node, "a template",
                   {"id", "version", "languages", "label", "authorship", "facilitator_turn",
                    "assignment", "title", "description", "roles", "sittings"});
  reading.languages = read_languages(root);
  Template read;
  read.id = root.word("id", id_characters, template_id_length_max, "a-z, 0-9 and -");
  read.version = root.number("version", 1, version_max);
  read.languages = reading.languages;
  read.settings = read_settings(root);
  read.description = root.words("description", question_graphemes_max);
  read.roles = read_roles(root);
  read.programme = read_programme(root);
  return read;
}

std::vector<TemplateError> in_file_order(std::vector<TomlFault> faults, std::string_view file) {
  std::stable_sort(faults.begin(), faults.end(),
                   [](const TomlFault& a, const TomlFault& b) { return a.at < b.at; });
  if (faults.size() > template_errors_max) faults.resize(template_errors_max);
  std::vector<TemplateError> errors;
  for (TomlFault& fault : faults) {
    errors.push_back({std::string(file), fault.at.line, fault.at.column, std::move(fault.reason)});
  }
  return errors;
}

}  // namespace

std::string to_text(const TemplateError& error) {
  return error.file + ":" + std::to_string(error.line) + ":" + std::to_string(error.column) + ": " +
         error.reason;
}

std::variant<Template, std::vector<TemplateError>> parse_template(std::string_view toml,
                                                                  std::string_view file_name) {
  const auto tree = read_toml(toml);
  if (const auto* fault = std::get_if<TomlFault>(&tree)) return in_file_order({*fault}, file_name);
  TemplateReading reading;
  Template read = read_template(reading, std::get<TomlNode>(tree));
  if (!reading.faults.empty()) return in_file_order(std::move(reading.faults), file_name);
  return read;
}

}  // namespace rundbord::protocol
