// rundbord export: one workshop's result as a document, beside a running server or without one.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "app/commands.hpp"
#include "app/documents.hpp"
#include "app/say.hpp"
#include "log/sqlite_log.hpp"

namespace rundbord::app {
namespace {

struct Options {
  std::filesystem::path folder;
  std::string workshop;
  std::string format;
  std::optional<int> sitting;
  std::optional<int> room;
  bool without_names = false;
  std::filesystem::path file;
};

int write(const net::ExportedDocument& document, const std::filesystem::path& file) {
  if (file.empty()) {
    std::cout << document.bytes << std::flush;
    return std::cout ? 0 : fail("the document could not be written to the output");
  }
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << document.bytes;
  out.close();
  return out ? 0 : fail(file.string() + " cannot be written");
}

int export_workshop(const Options& options) {
  const auto id = id_from_text<WorkshopId>(options.workshop);
  if (!id) return fail('"' + options.workshop + "\" is not the id of a workshop");
  log::SqliteLog log({.folder = options.folder, .mode = log::SqliteOptions::Mode::read});
  const auto outcome = export_document(
      log, {*id, options.format, options.sitting, options.room, !options.without_names});
  if (const auto* refused = std::get_if<net::ExportRefused>(&outcome)) {
    return fail(refused->detail);
  }
  return write(std::get<net::ExportedDocument>(outcome), options.file);
}

}  // namespace

void add_export(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand("export", "Write a workshop's result as a document");
  command->footer(
      "Works beside a running server.\n"
      "Example: rundbord export 5QkXbq0sR3mJ9vYt1wZc8A --data ~/rundbord --format md \\\n"
      "           -o seminar.md");
  auto options = std::make_shared<Options>();
  command->add_option("WORKSHOP", options->workshop, "The workshop's id")
      ->required()
      ->type_name("");
  command->add_option("--data", options->folder, "The data folder")->required()->type_name("DIR");
  command
      ->add_option("--format", options->format,
                   "json, md, csv, html, pdf, docx, xlsx, zip or chain")
      ->required()
      ->check(CLI::IsMember({"json", "md", "csv", "html", "pdf", "docx", "xlsx", "zip", "chain"}));
  command->add_option("--sitting", options->sitting, "Only this sitting")->type_name("N");
  command->add_option("--room", options->room, "Only this room")->type_name("N");
  command->add_flag("--without-names", options->without_names, "Leave people's names out");
  command->add_option("-o,--output", options->file, "Write to this file")->type_name("FILE");
  command->callback(
      [options, &chosen] { chosen = [options] { return export_workshop(*options); }; });
}

}  // namespace rundbord::app
