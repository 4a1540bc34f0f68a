// A workshop template: a TOML file with words in every language it promises, read into the values a
// workshop is made from, or refused with every fault and its line. Pure functions, any thread.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/programme.hpp"

namespace rundbord::protocol {

inline constexpr std::size_t template_id_length_max = 60;
inline constexpr std::size_t template_errors_max = 50;  // more would not be read anyway

struct Template {
  std::string id;  // [a-z0-9-], stable; the file is named after it
  int version = 1;
  std::vector<std::string> languages;  // those every text of the template has
  LocalText description;
  Settings settings;
  std::vector<Role> roles;
  Programme programme;

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("id", self.id);
    v("version", self.version);
    v("languages", self.languages);
    v("description", self.description);
    v("settings", self.settings);
    v("roles", self.roles);
    v("programme", self.programme);
  }
  bool operator==(const Template&) const = default;
};

struct TemplateError {
  std::string file;
  int line = 1;
  int column = 1;
  std::string reason;  // in English, without the place

  bool operator==(const TemplateError&) const = default;
};

// "dialogue-seminar.toml:12:1: unknown key …", as compilers say it.
std::string to_text(const TemplateError& error);

// `file_name` only names the file in errors. Errors come in the file's order, at most
// template_errors_max.
std::variant<Template, std::vector<TemplateError>> parse_template(std::string_view toml,
                                                                  std::string_view file_name);

}  // namespace rundbord::protocol
