// rundbord template check: template files against the schema, with line and reason.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "app/commands.hpp"
#include "app/places.hpp"
#include "app/say.hpp"
#include "protocol/template.hpp"

namespace rundbord::app {
namespace {

bool is_good(const std::filesystem::path& path) {
  const auto text = read_text_file(path);
  if (!text) {
    say_error(path.string() + " cannot be read");
    return false;
  }
  const auto outcome = protocol::parse_template(*text, path.string());
  if (const auto* errors = std::get_if<std::vector<protocol::TemplateError>>(&outcome)) {
    for (const auto& error : *errors) say_error(to_text(error));
    return false;
  }
  std::cout << path.string() << ": good\n";
  return true;
}

int check(const std::vector<std::filesystem::path>& files) {
  bool all_good = true;
  for (const auto& file : files) all_good = is_good(file) && all_good;
  return all_good ? 0 : 1;
}

}  // namespace

void add_template(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand("template", "Work on workshop templates");
  command->require_subcommand(1);
  command->footer("Example: rundbord template check templates/world-cafe.toml");
  auto* checking = command->add_subcommand("check", "Check template files, with line and reason");
  checking->footer("Example: rundbord template check templates/world-cafe.toml");
  auto files = std::make_shared<std::vector<std::filesystem::path>>();
  checking->add_option("FILE", *files, "Template files")->required()->type_name("");
  checking->callback([files, &chosen] { chosen = [files] { return check(*files); }; });
}

}  // namespace rundbord::app
