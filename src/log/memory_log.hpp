// The log in memory, for tests and simulation: it keeps everything the contract asks for but the
// disk. Owned by whoever made it; any thread, and `done` runs before append() returns.
#pragma once
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "log/event_log.hpp"
#include "log/sealed_commit.hpp"

namespace rundbord::log {

class MemoryLog final : public EventLog {
 public:
  explicit MemoryLog(SaltSource salts = random_salts(), std::string history = "memory");

  void append(Append append, AppendDone done) override;
  void read(const WorkshopId& workshop, std::uint64_t from,
            const std::function<bool(const StoredCommit&)>& visit) override;
  std::uint64_t last_seq(const WorkshopId& workshop) override;
  std::vector<WorkshopId> workshops() override;
  std::optional<Row> row(std::string_view table, std::string_view key) override;
  std::vector<Row> rows(const WorkshopId& workshop, std::string_view table) override;
  KeptSnapshot snapshot(const WorkshopId& workshop) override;
  bool keep_snapshot(const WorkshopId& workshop, std::uint64_t drops,
                     const StateSnapshot& snapshot) override;
  void drop_snapshot(const WorkshopId& workshop) override;
  void remove(const WorkshopId& workshop) override;
  void scrub() override;
  std::string history() override;
  std::vector<Broken> verify() override;
  void close() override;

 private:
  using RowKey = std::pair<std::string, std::string>;  // table, key

  AppendResult store(Append& append);
  void erase(const WorkshopId& workshop, const TextAt& at);
  void write_row(const WorkshopId& workshop, RowWrite& write);

  SaltSource salts_;
  const std::string history_;
  std::mutex mutex_;
  std::map<WorkshopId, std::vector<SealedCommit>> streams_;
  std::map<RowKey, Row> rows_;
  std::map<WorkshopId, KeptSnapshot> snapshots_;
  bool closed_ = false;
};

}  // namespace rundbord::log
