#include "log/sqlite_reader.hpp"

#include <utility>

#include "log/sqlite_rows.hpp"
#include "log/sqlite_verify.hpp"

namespace rundbord::log {
namespace {

// More read at once in rare moments; their connections are closed afterwards.
constexpr std::size_t idle_max = 4;

SqliteError misplaced_text(std::uint64_t seq) {
  return damage("a text of commit " + std::to_string(seq) + " is missing or out of place");
}

// The texts of one commit. `texts` stands on its first text, or on a later commit's when it has
// none; the result is whether `texts` still stands on a row.
bool take_texts(Statement& texts, bool has_row, StoredCommit& commit) {
  for (std::uint64_t n = 0; n < commit.texts.size(); ++n) {
    if (!has_row || texts.integer(0) != commit.seq || texts.integer(1) != n) {
      throw misplaced_text(commit.seq);
    }
    if (!texts.is_null(2)) {
      commit.texts[n] = std::string(texts.bytes(2));
      commit.salts[n] = salt_from(texts.bytes(3));
    }
    has_row = texts.step();
  }
  return has_row;
}

void read_stream(Connection& connection, const WorkshopId& workshop, std::uint64_t from,
                 const std::function<bool(const StoredCommit&)>& visit) {
  const ReadTransaction one_moment(connection);
  Statement commits(connection,
                    "SELECT seq, header, chain FROM commits WHERE workshop = ?1 AND seq >= ?2"
                    " ORDER BY seq");
  Statement texts(connection,
                  "SELECT seq, n, text, salt FROM texts WHERE workshop = ?1 AND seq >= ?2"
                  " ORDER BY seq, n");
  commits.bind_blob(1, bytes_of(workshop)).bind(2, from);
  texts.bind_blob(1, bytes_of(workshop)).bind(2, from);
  bool has_text = texts.step();
  while (commits.step()) {
    StoredCommit commit{
        commits.integer(0), std::string(commits.bytes(1)), {}, hash_from(commits.bytes(2)), {}};
    commit.texts.resize(text_hashes_of(commit.header).size());
    commit.salts.resize(commit.texts.size());
    has_text = take_texts(texts, has_text, commit);
    if (!visit(commit)) return;
  }
}

std::uint64_t read_last_seq(Connection& connection, const WorkshopId& workshop) {
  Statement last(connection,
                 "SELECT seq FROM commits WHERE workshop = ?1 ORDER BY seq DESC LIMIT 1");
  return last.bind_blob(1, bytes_of(workshop)).step() ? last.integer(0) : 0;
}

// Jumps from stream to stream; DISTINCT would read every header.
std::vector<WorkshopId> read_workshops(Connection& connection) {
  std::vector<WorkshopId> found;
  Statement next(connection,
                 "SELECT workshop FROM commits WHERE workshop > ?1 ORDER BY workshop LIMIT 1");
  std::string previous;  // no bytes at all sort before every id
  while (next.bind_blob(1, previous).step()) {
    previous = next.bytes(0);
    found.push_back(workshop_from(previous));
    next.reset();
  }
  return found;
}

Row row_in(Statement& row) {
  return {workshop_from(row.bytes(0)), std::string(row.bytes(1)), std::string(row.bytes(2))};
}

std::vector<Row> read_rows(Connection& connection, const WorkshopId& workshop,
                           std::string_view table) {
  Statement row(connection,
                "SELECT workshop, key, value FROM \"rows\" WHERE workshop = ?1 AND \"table\" = ?2"
                " ORDER BY key");
  row.bind_blob(1, bytes_of(workshop)).bind_text(2, table);
  std::vector<Row> found;
  while (row.step()) found.push_back(row_in(row));
  return found;
}

}  // namespace

std::optional<Row> ReadConnection::row(std::string_view table, std::string_view key) {
  if (!row_) {
    row_.emplace(connection_,
                 "SELECT workshop, key, value FROM \"rows\" WHERE \"table\" = ?1 AND key = ?2");
  }
  // Left standing on a row it would keep its view of the database, and the write-ahead log growing.
  const auto reset = [](Statement* used) { used->reset(); };
  const std::unique_ptr<Statement, decltype(reset)> row(&*row_, reset);
  if (!row->bind_text(1, table).bind_text(2, key).step()) return std::nullopt;
  return row_in(*row);
}

SqliteReader::SqliteReader(std::filesystem::path file) : file_(std::move(file)) {}

SqliteReader::~SqliteReader() {
  close();
}

template <class Reading>
auto SqliteReader::with_connection(Reading reading) {
  try {
    // Comes back also when `reading` throws, and then is still good for the next.
    const auto back = [this](ReadConnection* used) {
      give_back(std::unique_ptr<ReadConnection>(used));
    };
    const std::unique_ptr<ReadConnection, decltype(back)> connection(borrow().release(), back);
    return reading(*connection);
  } catch (const SqliteError& error) {
    throw log_error(error);
  }
}

std::unique_ptr<ReadConnection> SqliteReader::borrow() {
  const std::lock_guard lock(mutex_);
  if (closed_) throw LogError{"io_error", "The log is closed."};
  if (stopped_) throw LogError{"io_error", "The disk failed; the log is being opened anew."};
  std::unique_ptr<ReadConnection> connection;
  if (idle_.empty()) {
    connection = std::make_unique<ReadConnection>(file_);
    (*connection)->stop_when(stopped_);
  } else {
    connection = std::move(idle_.back());
    idle_.pop_back();
  }
  ++borrowed_;
  return connection;
}

void SqliteReader::give_back(std::unique_ptr<ReadConnection> connection) {
  const std::lock_guard lock(mutex_);
  --borrowed_;
  if (!stopped_ && idle_.size() < idle_max) idle_.push_back(std::move(connection));
  connection.reset();
  returned_.notify_all();
}

void SqliteReader::pause() {
  std::unique_lock lock(mutex_);
  stopped_ = true;
  idle_.clear();
  returned_.wait(lock, [this] { return borrowed_ == 0; });
}

void SqliteReader::resume() {
  const std::lock_guard lock(mutex_);
  if (!closed_) stopped_ = false;
}

void SqliteReader::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  pause();
}

void SqliteReader::read(const WorkshopId& workshop, std::uint64_t from,
                        const std::function<bool(const StoredCommit&)>& visit) {
  with_connection([&](Connection& connection) { read_stream(connection, workshop, from, visit); });
}

std::uint64_t SqliteReader::last_seq(const WorkshopId& workshop) {
  return with_connection(
      [&](Connection& connection) { return read_last_seq(connection, workshop); });
}

std::vector<WorkshopId> SqliteReader::workshops() {
  return with_connection([](Connection& connection) { return read_workshops(connection); });
}

std::optional<Row> SqliteReader::row(std::string_view table, std::string_view key) {
  return with_connection([&](ReadConnection& connection) { return connection.row(table, key); });
}

std::vector<Row> SqliteReader::rows(const WorkshopId& workshop, std::string_view table) {
  return with_connection(
      [&](Connection& connection) { return read_rows(connection, workshop, table); });
}

std::vector<Broken> SqliteReader::verify() {
  return with_connection([](Connection& connection) { return verify_database(connection); });
}

}  // namespace rundbord::log
