// rundbord backup and restore: a data folder into one file, and back.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>

#include "app/commands.hpp"
#include "log/sqlite_backup.hpp"

namespace rundbord::app {
namespace {

struct Paths {
  std::filesystem::path folder;
  std::filesystem::path file;
};

int backup(const Paths& paths) {
  log::backup_sqlite(paths.folder, paths.file);
  std::cout << "backed up to " << paths.file.string() << "; the server link is not in it\n";
  return 0;
}

int restore(const Paths& paths) {
  log::restore_sqlite(paths.file, paths.folder);
  std::cout << "restored into " << paths.folder.string()
            << "; the server draws a new server link when it starts, workshop links still hold\n";
  return 0;
}

std::shared_ptr<Paths> add_paths(CLI::App& command) {
  auto paths = std::make_shared<Paths>();
  command.add_option("--data", paths->folder, "The data folder")->required()->type_name("DIR");
  command.add_option("FILE", paths->file, "The backup")->required()->type_name("");
  return paths;
}

}  // namespace

void add_backup(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand("backup", "Copy everything stored into one new file");
  command->footer(
      "Works beside a running server.\n"
      "Example: rundbord backup --data ~/rundbord monday.backup");
  const auto paths = add_paths(*command);
  command->callback([paths, &chosen] { chosen = [paths] { return backup(*paths); }; });
}

void add_restore(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand("restore", "Make an empty data folder from a backup");
  command->footer(
      "A folder that holds data already is left as it is.\n"
      "Example: rundbord restore monday.backup --data ~/rundbord-monday");
  const auto paths = add_paths(*command);
  command->callback([paths, &chosen] { chosen = [paths] { return restore(*paths); }; });
}

}  // namespace rundbord::app
