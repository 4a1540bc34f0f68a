// The port to durable storage: one append-only stream of commits per workshop and, written in the
// same transaction, rows that belong to it (names, grants, codes, revisions; opaque here). Engines:
// memory, sqlite, faulty. Any thread may call; `done` runs on a thread of the engine's choosing.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/ids.hpp"
#include "log/chain.hpp"

namespace rundbord::log {

// Headers carry no free text; opening 3,000 rooms in one commit takes about a tenth of this.
inline constexpr std::size_t header_bytes_max = 4 << 20;

// What a workshop's owner hands over: a header without free text (a JSON object) and the texts that
// stand beside it. The engine draws the salts, adds `text_hashes` to the header and chains it.
struct CommitDraft {
  std::uint64_t seq = 0;  // 1 for the first; must be the stream's last seq + 1
  std::string header;     // a JSON object of at most header_bytes_max, without `text_hashes`
  std::vector<std::string> texts;
};

// A row kept beside the stream. `table` is a short constant ("name", "grant", "code", "revision");
// writing an existing key replaces it, whichever workshop wrote it; no value deletes it.
struct RowWrite {
  std::string table;
  std::string key;
  std::optional<std::string> value;
};

struct Row {
  WorkshopId workshop;
  std::string key;
  std::string value;
};

// Where a text stands: text number `n` beside the commit `seq`.
struct TextAt {
  std::uint64_t seq = 0;
  std::uint64_t n = 0;
};

// All of it becomes durable in one transaction, or none of it. Commits may be empty (rows only).
struct Append {
  WorkshopId workshop;
  std::vector<CommitDraft> commits;
  std::vector<RowWrite> rows;
  // Texts of earlier commits to delete with their salts; the chain still verifies. One that is not
  // there is passed over. Their bytes may stay on the disk until scrub().
  std::vector<TextAt> erased = {};
};

enum class AppendError {
  wrong_seq,  // somebody else wrote, or the owner's state is stale
  disk_full,
  io_error,
  closed,  // the log is shutting down
};

struct Appended {
  std::uint64_t seq = 0;     // of the last commit, 0 when there was none
  std::vector<Hash> chains;  // the place in the chain of each commit, in order
};
using AppendResult = std::variant<Appended, AppendError>;
using AppendDone = std::function<void(const AppendResult&)>;

// A commit as it was stored. A text that was erased is nothing; its hash stays in the header.
struct StoredCommit {
  std::uint64_t seq = 0;
  std::string header;
  std::vector<std::optional<std::string>> texts;
  Hash chain{};
  std::vector<Salt> salts;  // one for each text; zeros where it was erased
};

// What loading may start from instead of the first commit: a cache beside the chain. Whoever uses
// it checks that commit `seq` has this place in the chain, for the stream may be another one by
// now.
struct StateSnapshot {
  std::string format;  // of `state`; opaque here, a reader of another one ignores it
  std::uint64_t seq = 0;
  Hash chain{};
  std::string state;
};
struct KeptSnapshot {
  std::optional<StateSnapshot> snapshot;
  // How often the workshop's snapshots were dropped since the log was opened.
  std::uint64_t drops = 0;
};

struct Broken {
  WorkshopId workshop;
  std::uint64_t seq = 0;  // 0: not tied to one commit
  std::string place;      // a sentence: what does not fit, and where
};
inline constexpr std::size_t broken_max = 1000;

class EventLog {
 public:
  virtual ~EventLog() = default;

  // `done` is called exactly once, after the transaction is synced or has failed. Appends of one
  // workshop are stored in the order of the calls; after a failure later ones of that workshop fail
  // with wrong_seq until its owner has read the stream again (rows alone carry no seq and pass).
  // `done` must not throw. Throws std::logic_error, storing nothing, for a header that breaks the
  // rules of CommitDraft: a bug in the caller.
  virtual void append(Append append, AppendDone done) = 0;

  // In order of seq, from `from` on; returns early when `visit` returns false. All of one moment:
  // what is appended meanwhile is not visited. This and the other reads throw LogError when the
  // storage cannot be read.
  virtual void read(const WorkshopId& workshop, std::uint64_t from,
                    const std::function<bool(const StoredCommit&)>& visit) = 0;
  virtual std::uint64_t last_seq(const WorkshopId& workshop) = 0;  // 0: no such stream
  virtual std::vector<WorkshopId> workshops() = 0;

  virtual std::optional<Row> row(std::string_view table, std::string_view key) = 0;
  // In order of key.
  virtual std::vector<Row> rows(const WorkshopId& workshop, std::string_view table) = 0;

  // The workshop's newest snapshot, if one is kept and undamaged. Never throws: without it the
  // stream tells the same.
  virtual KeptSnapshot snapshot(const WorkshopId& workshop) = 0;
  // In place of an earlier one; it may be lost again at any time. `drops` is what snapshot() said
  // before the first commit in it was read: false, keeping nothing, when snapshots were dropped
  // since (a text in it may have been erased), or when it cannot be written.
  virtual bool keep_snapshot(const WorkshopId& workshop, std::uint64_t drops,
                             const StateSnapshot& snapshot) = 0;
  // Before texts are erased and again after it, so that none holds them. On the disk when it
  // returns. Throws LogError.
  virtual void drop_snapshot(const WorkshopId& workshop) = 0;

  // Removes every commit, text, row and snapshot of the workshop, all but the last in one
  // transaction, after the appends made before it; then as scrub(). Not from inside `done`. Throws
  // LogError.
  virtual void remove(const WorkshopId& workshop) = 0;

  // Returns when no byte of what was deleted or replaced before the call is left in what the engine
  // stores; takes about a second for 100 MB, and appends wait for most of it. What was deleted but
  // not scrubbed when the process ended is scrubbed when the log is opened for serving. Not from
  // inside `done`. Throws LogError; then call again.
  virtual void scrub() = 0;

  // Changes only when a backup was restored; part of every position a client holds.
  virtual std::string history() = 0;

  // Reads everything again: chains, text hashes, and what the engine can check of its storage.
  // Empty: all is well. At most broken_max findings; the last then says that there are more.
  virtual std::vector<Broken> verify() = 0;

  // Refuses new appends (`closed`), finishes those under way, returns when the storage is closed.
  virtual void close() = 0;
};

// A failure to open or read, with a sentence a person can use.
struct LogError {
  // data_in_use, data_missing, data_exists, data_version, disk_full, io_error, damaged
  std::string code;
  std::string sentence;
};

}  // namespace rundbord::log
