#include "log/sqlite_verify.hpp"

#include <cstdlib>
#include <functional>
#include <string>
#include <utility>

#include "log/sqlite_rows.hpp"
#include "log/stream_check.hpp"

namespace rundbord::log {
namespace {

// Walks the texts beside the commits; both are in order of (workshop, seq).
class Texts {
 public:
  explicit Texts(Connection& connection)
      : statement_(connection,
                   "SELECT workshop, seq, n, salt, text FROM texts ORDER BY workshop, seq, n") {
    step();
  }

  void take_orphans_before(const FoundCommit& commit, StreamCheck& check) {
    while (has_row_ && std::pair(workshop_, seq_) < std::pair(commit.workshop, commit.seq)) {
      orphan(check);
    }
  }

  void take_texts_of(FoundCommit& commit) {
    while (has_row_ && workshop_ == commit.workshop && seq_ == commit.seq) {
      commit.texts.push_back({statement_.integer(2), optional(3), optional(4)});
      step();
    }
  }

  void take_orphans(StreamCheck& check) {
    while (has_row_) orphan(check);
  }

 private:
  void step() {
    has_row_ = statement_.step();
    if (!has_row_) return;
    workshop_ = workshop_from(statement_.bytes(0));
    seq_ = statement_.integer(1);
  }

  void orphan(StreamCheck& check) {
    check.orphan(workshop_, seq_, statement_.integer(2));
    step();
  }

  std::optional<std::string> optional(int column) {
    if (statement_.is_null(column)) return std::nullopt;
    return std::string(statement_.bytes(column));
  }

  Statement statement_;
  bool has_row_ = false;
  WorkshopId workshop_;
  std::uint64_t seq_ = 0;
};

void check_streams(Connection& connection, StreamCheck& check) {
  Texts texts(connection);
  Statement commits(connection,
                    "SELECT workshop, seq, header, chain FROM commits ORDER BY workshop, seq");
  while (!check.full() && commits.step()) {
    FoundCommit commit{workshop_from(commits.bytes(0)),
                       commits.integer(1),
                       std::string(commits.bytes(2)),
                       std::string(commits.bytes(3)),
                       {}};
    texts.take_orphans_before(commit, check);
    texts.take_texts_of(commit);
    check.commit(commit);
  }
  if (!check.full()) texts.take_orphans(check);
}

void check_rows(Connection& connection, StreamCheck& check) {
  Statement row(connection,
                "SELECT workshop, \"table\" FROM \"rows\" WHERE length(workshop) <> 16");
  while (row.step()) {
    check.other({{}, 0, "A row of the table " + std::string(row.bytes(1)) + " names no workshop."});
  }
}

// SQLite's check takes a page that could not be read for damage; it may be well, and the disk not.
void require_readable(const std::string& finding) {
  constexpr std::string_view with_code = "unable to get the page. error code=";
  constexpr std::string_view without = "failed to get page";  // its number was fit
  auto unread = io_failure("checking the database: " + finding);
  if (finding.find(without) != std::string::npos) throw unread;
  const auto at = finding.find(with_code);
  if (at == std::string::npos) return;
  unread.code = std::atoi(finding.c_str() + at + with_code.size());
  if (is_io_error(unread)) throw unread;
}

void check_structure(Connection& connection, StreamCheck& check) {
  Statement line(connection, "PRAGMA integrity_check(100)");
  while (line.step()) {
    if (line.bytes(0) == "ok") continue;
    require_readable(std::string(line.bytes(0)));
    check.other({{}, 0, "The database file is damaged: " + std::string(line.bytes(0)) + "."});
  }
}

// Damage that stops SQLite from reading on is a finding, not a failure.
void or_damage(StreamCheck& check, const std::function<void()>& checking) {
  try {
    checking();
  } catch (const SqliteError& error) {
    if (!is_damage(error)) throw;
    check.other({{}, 0, "The database file is damaged: " + error.message + "."});
  }
}

}  // namespace

std::vector<Broken> verify_database(Connection& connection) {
  const ReadTransaction one_moment(connection);
  StreamCheck check;
  or_damage(check, [&] { check_streams(connection, check); });
  or_damage(check, [&] { check_rows(connection, check); });
  or_damage(check, [&] { check_structure(connection, check); });
  return check.take();
}

}  // namespace rundbord::log
