// rundbord backup and restore: a data folder into one file, and back.
#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <vector>

#include "app/commands.hpp"
#include "archive/erasure.hpp"
#include "log/data_folder.hpp"
#include "log/sqlite_backup.hpp"
#include "log/sqlite_log.hpp"

namespace rundbord::app {
namespace {

struct Paths {
  std::filesystem::path folder;
  std::filesystem::path file;
  std::filesystem::path erasures;  // a list from elsewhere; empty: none
};

Time now() {
  return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

// The list beside a backup; one for all backups in that folder.
std::filesystem::path list_beside(const std::filesystem::path& file) {
  return archive::erasure_list_in(std::filesystem::absolute(file).parent_path());
}

// The list goes where the backups are: an older one beside this one must not bring words back.
int backup(const Paths& paths) {
  log::backup_sqlite(paths.folder, paths.file);
  const auto records = archive::ErasureList(archive::erasure_list_in(paths.folder)).read();
  archive::ErasureList(list_beside(paths.file)).add(records);
  std::cout << "backed up to " << paths.file.string() << "; the server link is not in it\n";
  return 0;
}

// Whatever is known to have been erased: in the folder to be filled, beside the backup, or given.
std::vector<archive::ErasureRecord> known_erasures(const Paths& paths) {
  if (!paths.erasures.empty() && !std::filesystem::exists(paths.erasures)) {
    throw log::LogError{"data_missing",
                        "There is no list of erasures " + paths.erasures.string() + "."};
  }
  archive::ErasureList own(archive::erasure_list_in(paths.folder));
  own.add(archive::ErasureList(list_beside(paths.file)).read());
  if (!paths.erasures.empty()) own.add(archive::ErasureList(paths.erasures).read());
  return own.read();
}

int restore(const Paths& paths) {
  std::size_t erased = 0;
  log::make_folder(paths.folder);
  const auto erasures = known_erasures(paths);
  log::restore_sqlite(paths.file, paths.folder, [&](const std::filesystem::path& folder) {
    if (erasures.empty()) return;
    log::SqliteLog log({.folder = folder});
    erased = archive::erase_again(log, erasures, now());
    log.close();
  });
  std::cout << "restored into " << paths.folder.string()
            << "; the server draws a new server link when it starts, workshop links still hold\n";
  if (erased > 0) {
    std::cout << "erased again: " << erased << (erased == 1 ? " erasure" : " erasures")
              << " made after this backup\n";
  }
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
      "Works beside a running server. Keep the erasures.jsonl that it writes beside FILE.\n"
      "Example: rundbord backup --data ~/rundbord monday.backup");
  const auto paths = add_paths(*command);
  command->callback([paths, &chosen] { chosen = [paths] { return backup(*paths); }; });
}

void add_restore(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand("restore", "Make an empty data folder from a backup");
  command->footer(
      "A folder that holds data already is left as it is. What was erased after the backup\n"
      "was made is erased again: lists named erasures.jsonl are read in DIR and beside FILE.\n"
      "Example: rundbord restore monday.backup --data ~/rundbord-monday");
  const auto paths = add_paths(*command);
  command->add_option("--erasures", paths->erasures, "A further list of erasures to apply")
      ->type_name("LIST");
  command->callback([paths, &chosen] { chosen = [paths] { return restore(*paths); }; });
}

}  // namespace rundbord::app
