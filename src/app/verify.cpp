// rundbord verify: reads the whole data folder again and says what does not fit.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>

#include "app/commands.hpp"
#include "app/say.hpp"
#include "archive/revision.hpp"
#include "domain/ids.hpp"
#include "log/sqlite_log.hpp"

namespace rundbord::app {
namespace {

std::string sentence_of(const log::Broken& broken) {
  if (broken.workshop == WorkshopId{}) return broken.place;
  std::string sentence = "workshop " + to_text(broken.workshop);
  if (broken.seq != 0) sentence += ", commit " + std::to_string(broken.seq);
  return sentence + ": " + broken.place;
}

int verify(const std::filesystem::path& folder) {
  log::SqliteLog log({.folder = folder, .mode = log::SqliteOptions::Mode::read});
  auto broken = log.verify();
  const auto revisions = archive::verify_revisions(log);
  broken.insert(broken.end(), revisions.broken.begin(), revisions.broken.end());
  for (const auto& each : broken) say_error(sentence_of(each));
  if (!broken.empty()) return 1;
  for (const auto& each : revisions.erased) std::cout << "erased: " << sentence_of(each) << '\n';
  const auto count = log.workshops().size();
  std::cout << "verified: " << count << (count == 1 ? " workshop" : " workshops")
            << ", nothing is broken\n";
  return 0;
}

}  // namespace

void add_verify(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand("verify", "Read everything stored again and check it");
  command->footer(
      "Works beside a running server. Exit code 1, and each place, when something is\n"
      "broken. Example: rundbord verify --data ~/rundbord");
  auto folder = std::make_shared<std::filesystem::path>();
  command->add_option("--data", *folder, "The data folder")->required()->type_name("DIR");
  command->callback([folder, &chosen] { chosen = [folder] { return verify(*folder); }; });
}

}  // namespace rundbord::app
