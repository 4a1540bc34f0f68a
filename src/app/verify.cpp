// rundbord verify: reads a data folder again, or files that were taken away from one, and says what
// does not fit.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "app/commands.hpp"
#include "app/say.hpp"
#include "archive/receipts.hpp"
#include "archive/revision.hpp"
#include "domain/ids.hpp"
#include "log/sqlite_log.hpp"

namespace rundbord::app {
namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path folder;
  fs::path archive;
  fs::path receipts;
};

std::string sentence_of(const log::Broken& broken) {
  if (broken.workshop == WorkshopId{}) return broken.place;
  std::string sentence = "workshop " + to_text(broken.workshop);
  if (broken.seq != 0) sentence += ", commit " + std::to_string(broken.seq);
  return sentence + ": " + broken.place;
}

std::optional<std::string> bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

// Each receipt on a line of its own, and at the end how many are kept. True when all are.
template <class VerdictOf>
bool told(const std::vector<archive::Receipt>& receipts, VerdictOf verdict_of) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < receipts.size(); ++i) {
    const archive::Verdict verdict = verdict_of(receipts[i]);
    if (is_kept(verdict)) ++kept;
    std::cout << "receipt " << i + 1 << " (commit " << receipts[i].seq << "): " << sentence(verdict)
              << '\n';
  }
  std::cout << kept << " of " << receipts.size() << " receipts are kept\n";
  return kept == receipts.size();
}

// With the data folder at hand all words can be compared, also those that no file shows.
bool kept_in_log(log::EventLog& log, const std::vector<archive::Receipt>& receipts) {
  std::map<WorkshopId, archive::ChainFile> chains;
  return told(receipts, [&](const archive::Receipt& receipt) {
    auto known = chains.find(receipt.workshop);
    if (known == chains.end()) {
      auto read = archive::read_chain(log, receipt.workshop, archive::Showing::everything);
      auto* file = std::get_if<archive::ChainFile>(&read);
      known =
          chains.emplace(receipt.workshop, file ? std::move(*file) : archive::ChainFile{}).first;
    }
    return check_receipt(known->second, receipt);
  });
}

bool sound(log::EventLog& log) {
  auto broken = log.verify();
  const auto revisions = archive::verify_revisions(log);
  broken.insert(broken.end(), revisions.broken.begin(), revisions.broken.end());
  for (const auto& each : broken) say_error(sentence_of(each));
  if (!broken.empty()) return false;
  for (const auto& each : revisions.erased) std::cout << "erased: " << sentence_of(each) << '\n';
  const auto count = log.workshops().size();
  std::cout << "verified: " << count << (count == 1 ? " workshop" : " workshops")
            << ", nothing is broken\n";
  return true;
}

bool sound(const archive::ReadChainFile& archive) {
  for (const auto& finding : archive.findings) say_error(sentence(finding));
  if (!archive.findings.empty()) return false;
  std::cout << "verified: " << archive.file.seq << " commits of workshop "
            << to_text(archive.file.workshop) << ", nothing is broken\n";
  return true;
}

int verify(const Options& options) {
  std::vector<archive::Receipt> receipts;
  if (!options.receipts.empty()) {
    const auto bytes = bytes_of(options.receipts);
    if (!bytes) return fail(options.receipts.string() + " cannot be read");
    const auto read = archive::read_receipts(*bytes);
    if (!read) return fail(options.receipts.string() + " holds no receipts, or was changed");
    receipts = *read;
  }
  if (!options.folder.empty()) {
    log::SqliteLog log({.folder = options.folder, .mode = log::SqliteOptions::Mode::read});
    const bool whole = sound(log);
    const bool kept = options.receipts.empty() || kept_in_log(log, receipts);
    return whole && kept ? 0 : 1;
  }
  const auto bytes = bytes_of(options.archive);
  if (!bytes) return fail(options.archive.string() + " cannot be read");
  const auto archive = archive::read_chain_file(*bytes);
  const bool whole = sound(archive);
  const bool kept =
      options.receipts.empty() || told(receipts, [&](const archive::Receipt& receipt) {
        return check_receipt(archive.file, receipt);
      });
  return whole && kept ? 0 : 1;
}

}  // namespace

void add_verify(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand("verify", "Read everything stored again and check it");
  command->footer(
      "A data folder (also beside a running server), or, without one, a file from\n"
      "`rundbord export --format chain`. Exit code 1, and each place, when something is broken.\n"
      "Example: rundbord verify --data ~/rundbord\n"
      "         rundbord verify --data ~/rundbord --receipts receipts.json\n"
      "         rundbord verify seminar.chain.json --receipts receipts.json");
  auto options = std::make_shared<Options>();
  auto* folder =
      command->add_option("--data", options->folder, "The data folder")->type_name("DIR");
  auto* archive = command->add_option("ARCHIVE", options->archive, "A chain file")->type_name("");
  command
      ->add_option("--receipts,--receipt", options->receipts, "Hold these receipts against it too")
      ->type_name("FILE");
  folder->excludes(archive);
  command->callback([options, &chosen] {
    if (options->folder.empty() && options->archive.empty()) {
      throw CLI::RequiredError("--data or ARCHIVE");
    }
    chosen = [options] { return verify(*options); };
  });
}

}  // namespace rundbord::app
