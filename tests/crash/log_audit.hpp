// Reads a data folder's log beside the server, from where it stopped the last time, and holds what
// it finds against what clients were told. Owned by a trial; its thread.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "log/chain.hpp"
#include "log/event_log.hpp"

namespace rundbord::crash {

class LogAudit {
 public:
  // Takes in what was stored since the last time.
  void read(const std::filesystem::path& folder);
  // The same, of a log that is at hand; of its only workshop.
  void read(log::EventLog& log);
  // Every command that a client was told of stands at the seq it was told, and once.
  void compare(const std::unordered_map<std::string, std::uint64_t>& acknowledged);
  // Everything again from the start, chains and hashes.
  void verify(const std::filesystem::path& folder);

  bool holds(const std::string& command) const { return seqs_.count(command) > 0; }
  std::uint64_t last_seq() const { return last_seq_; }
  // The notes written in a room, by id.
  const std::multiset<std::string>& notes_in(int room) { return notes_[room]; }
  // Sentences; empty: all is well.
  const std::vector<std::string>& wrong() const { return wrong_; }

 private:
  void take(const log::StoredCommit& commit);

  std::uint64_t last_seq_ = 0;
  std::optional<log::Hash> last_chain_;
  std::unordered_map<std::string, std::uint64_t> seqs_;
  std::map<int, std::multiset<std::string>> notes_;
  std::vector<std::string> wrong_;
};

}  // namespace rundbord::crash
