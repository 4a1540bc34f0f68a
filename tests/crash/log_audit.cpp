#include "crash/log_audit.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "log/sqlite_log.hpp"

namespace rundbord::crash {
namespace {

log::SqliteLog open_beside(const std::filesystem::path& folder) {
  return log::SqliteLog({.folder = folder, .mode = log::SqliteOptions::Mode::read});
}

}  // namespace

void LogAudit::read(const std::filesystem::path& folder) {
  auto log = open_beside(folder);
  read(log);
}

// From the last known commit on, which must be what it was.
void LogAudit::read(log::EventLog& log) {
  const auto workshops = log.workshops();
  if (workshops.size() != 1) return wrong_.push_back("there is not exactly one workshop");
  const auto known_seq = last_seq_;
  const auto known_chain = last_chain_;
  bool known_is_there = known_seq == 0;
  log.read(workshops.front(), std::max<std::uint64_t>(1, known_seq),
           [&](const log::StoredCommit& commit) {
             if (commit.seq != known_seq) {
               take(commit);
             } else {
               known_is_there = commit.chain == known_chain;
             }
             return true;
           });
  if (!known_is_there) {
    wrong_.push_back("commit " + std::to_string(known_seq) +
                     " was the last and is not what it was");
  }
}

void LogAudit::take(const log::StoredCommit& commit) {
  const auto header = nlohmann::json::parse(commit.header);
  if (commit.seq != last_seq_ + 1) {
    wrong_.push_back("after commit " + std::to_string(last_seq_) + " comes " +
                     std::to_string(commit.seq));
  }
  last_seq_ = commit.seq;
  last_chain_ = commit.chain;
  const auto command = header.at("command").get<std::string>();
  if (!seqs_.emplace(command, commit.seq).second) {
    wrong_.push_back("command " + command + " was done twice");
  }
  for (const auto& event : header.at("events")) {
    if (event.at("event") != "note_written") continue;
    const auto& note = event.at("note");
    notes_[note.at("room").get<int>()].insert(note.at("id").get<std::string>());
  }
}

void LogAudit::compare(const std::unordered_map<std::string, std::uint64_t>& acknowledged) {
  for (const auto& [command, seq] : acknowledged) {
    const auto found = seqs_.find(command);
    if (found == seqs_.end()) {
      wrong_.push_back("command " + command + " was acknowledged as " + std::to_string(seq) +
                       " and is lost");
    } else if (found->second != seq) {
      wrong_.push_back("command " + command + " was acknowledged as " + std::to_string(seq) +
                       " and stands at " + std::to_string(found->second));
    }
  }
}

void LogAudit::verify(const std::filesystem::path& folder) {
  auto log = open_beside(folder);
  for (const auto& broken : log.verify()) wrong_.push_back("verify: " + broken.place);
}

}  // namespace rundbord::crash
