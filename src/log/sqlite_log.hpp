// The log in SQLite, in the data folder's rundbord.sqlite: the default engine. Owned by whoever
// opened it; any thread, and `done` runs on the writer's thread.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "log/data_folder.hpp"
#include "log/event_log.hpp"

namespace rundbord::log {

struct SqliteOptions {
  // serve: makes what is missing, keeps other servers out, writes.
  // read: for export, verify and the like, also beside a running server. Appends are a bug there.
  enum class Mode { serve, read };

  std::filesystem::path folder;
  Mode mode = Mode::serve;
  SaltSource salts = random_salts();
  // From the start of one transaction to the start of the next: more appends then share a sync.
  // The first after a pause waits for nobody.
  std::chrono::milliseconds batch_interval{2};
  // So far it grows when more than 500 commits come in a second: a sync costs the same for one and
  // for fifty.
  std::chrono::milliseconds batch_interval_max{10};
  // A write-ahead log of so many pages of 4 KiB is moved into the database. Larger ones made
  // checkpoints, and so single answers, slower.
  int wal_pages_max = 1000;
  // After a sync that failed nothing is read or stored before the database was opened anew; what
  // it holds then is on the disk. It is tried at once, and again so often. Goal R4 gives 2 s.
  std::chrono::milliseconds open_anew_every{500};
  FolderCalls folder_calls = {};
};

class SqliteLog final : public EventLog {
 public:
  // Waits up to 10 s for readers when the data was not closed properly. Throws LogError:
  // data_in_use, data_missing, data_version, disk_full, io_error, damaged.
  explicit SqliteLog(SqliteOptions options);
  ~SqliteLog() override;

  // After a sync that failed appends wait until reads under way have ended, so `visit` must not
  // wait for an append.
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
  void close() override;  // not from inside `done` or `visit`

  // The database stops growing at this many pages of 4 KiB and then answers disk_full; 0 lifts the
  // limit. From the next transaction on.
  void limit_pages(std::uint32_t pages_max);
  // How many transactions were synced, and the commits in them: how well group commit gathers.
  struct Counts {
    std::uint64_t transactions = 0;
    std::uint64_t commits = 0;
  };
  Counts counts() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace rundbord::log
