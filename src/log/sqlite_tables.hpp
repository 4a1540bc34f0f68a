// The statements that change the tables, inside a transaction that is somebody else's. Owned by the
// writer; writer thread only.
#pragma once
#include <map>

#include "log/event_log.hpp"
#include "log/sealed_commit.hpp"
#include "log/sqlite_connection.hpp"

namespace rundbord::log {

class SqliteTables {
 public:
  SqliteTables(Connection& connection, SaltSource salts);

  // Appended or wrong_seq, which writes nothing. Throws SqliteError: the transaction is lost.
  AppendResult store(Append& append);
  void remove(const WorkshopId& workshop);
  // After a transaction that was rolled back: what is remembered may never have been stored.
  void forget();

 private:
  Head head_of(const WorkshopId& workshop);
  void write_commit(const WorkshopId& workshop, const SealedCommit& commit);
  void write_row(const WorkshopId& workshop, const RowWrite& row);
  void erase_texts(const WorkshopId& workshop, const std::vector<TextAt>& texts);

  SaltSource salts_;
  Statement read_head_;
  Statement write_commit_;
  Statement write_text_;
  Statement write_row_;
  Statement delete_row_;
  Statement remove_commits_;
  Statement remove_texts_;
  Statement remove_rows_;
  Statement erase_text_;
  Statement note_scrub_due_;
  std::map<WorkshopId, Head> heads_;  // a cache; at most heads_max
};

}  // namespace rundbord::log
