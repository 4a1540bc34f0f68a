#include "log/sqlite_tables.hpp"

#include <algorithm>
#include <utility>

#include "log/sqlite_rows.hpp"
#include "log/sqlite_scrub.hpp"

namespace rundbord::log {
namespace {

// 100 bytes each: a megabyte. Beyond it the cache starts anew.
constexpr std::size_t heads_max = 10'000;

std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

std::string_view bytes_of(const Salt& salt) {
  return {reinterpret_cast<const char*>(salt.data()), salt.size()};
}

}  // namespace

SqliteTables::SqliteTables(Connection& connection, SaltSource salts)
    : salts_(std::move(salts)),
      read_head_(connection,
                 "SELECT seq, chain FROM commits WHERE workshop = ?1 ORDER BY seq DESC LIMIT 1"),
      write_commit_(connection,
                    "INSERT INTO commits(workshop, seq, header, chain) VALUES (?1, ?2, ?3, ?4)"),
      write_text_(connection,
                  "INSERT INTO texts(workshop, seq, n, salt, text) VALUES (?1, ?2, ?3, ?4, ?5)"),
      write_row_(connection,
                 "INSERT OR REPLACE INTO \"rows\"(\"table\", key, workshop, value)"
                 " VALUES (?1, ?2, ?3, ?4)"),
      delete_row_(connection, "DELETE FROM \"rows\" WHERE \"table\" = ?1 AND key = ?2"),
      remove_commits_(connection, "DELETE FROM commits WHERE workshop = ?1"),
      remove_texts_(connection, "DELETE FROM texts WHERE workshop = ?1"),
      remove_rows_(connection, "DELETE FROM \"rows\" WHERE workshop = ?1"),
      erase_text_(connection,
                  "UPDATE texts SET salt = NULL, text = NULL"
                  " WHERE workshop = ?1 AND seq = ?2 AND n = ?3"),
      note_scrub_due_(connection, mark_scrub_due) {}

AppendResult SqliteTables::store(Append& append) {
  auto head = head_of(append.workshop);
  if (!follows(head, append.commits)) return AppendError::wrong_seq;
  Appended appended;
  for (auto& draft : append.commits) {
    const auto commit = seal(draft, head.chain, salts_);
    write_commit(append.workshop, commit);
    head = {commit.seq, commit.chain};
    appended.seq = head.seq;
    appended.chains.push_back(head.chain);
  }
  for (const auto& row : append.rows) write_row(append.workshop, row);
  erase_texts(append.workshop, append.erased);
  if (!append.commits.empty()) heads_[append.workshop] = head;
  return appended;
}

void SqliteTables::remove(const WorkshopId& workshop) {
  heads_.erase(workshop);
  for (auto* statement : {&remove_commits_, &remove_texts_, &remove_rows_}) {
    statement->bind_blob(1, bytes_of(workshop)).run();
  }
  note_scrub_due_.run();
}

void SqliteTables::erase_texts(const WorkshopId& workshop, const std::vector<TextAt>& texts) {
  if (texts.empty()) return;
  for (const auto& text : texts) {
    erase_text_.bind_blob(1, bytes_of(workshop)).bind(2, text.seq).bind(3, text.n).run();
  }
  note_scrub_due_.run();
}

void SqliteTables::forget() {
  heads_.clear();
}

Head SqliteTables::head_of(const WorkshopId& workshop) {
  const auto known = heads_.find(workshop);
  if (known != heads_.end()) return known->second;
  auto head = first_head(workshop);
  if (read_head_.bind_blob(1, bytes_of(workshop)).step()) {
    const std::string chain(read_head_.bytes(1));
    head.seq = read_head_.integer(0);
    read_head_.reset();
    head.chain = hash_from(chain);
  }
  read_head_.reset();
  if (heads_.size() >= heads_max) heads_.clear();
  heads_[workshop] = head;
  return head;
}

void SqliteTables::write_commit(const WorkshopId& workshop, const SealedCommit& commit) {
  write_commit_.bind_blob(1, bytes_of(workshop)).bind(2, commit.seq);
  write_commit_.bind_text(3, commit.header).bind_blob(4, bytes_of(commit.chain)).run();
  std::uint64_t n = 0;
  for (const auto& text : commit.texts) {
    write_text_.bind_blob(1, bytes_of(workshop)).bind(2, commit.seq).bind(3, n++);
    write_text_.bind_blob(4, bytes_of(text.salt)).bind_text(5, text.text).run();
  }
}

void SqliteTables::write_row(const WorkshopId& workshop, const RowWrite& row) {
  if (!row.value) {
    delete_row_.bind_text(1, row.table).bind_text(2, row.key).run();
    return;
  }
  write_row_.bind_text(1, row.table).bind_text(2, row.key);
  write_row_.bind_blob(3, bytes_of(workshop)).bind_blob(4, *row.value).run();
}

}  // namespace rundbord::log
