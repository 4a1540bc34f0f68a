// Reads the database on connections of its own, beside the writer and beside other processes. Owned
// by SqliteLog; any thread, each read on a connection that nobody else uses meanwhile.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "log/event_log.hpp"
#include "log/sqlite_connection.hpp"

namespace rundbord::log {

// A connection for reading. A row is asked for at each request that names a right: its statement is
// prepared once, which takes longer than the reading.
class ReadConnection {
 public:
  explicit ReadConnection(const std::filesystem::path& file)
      : connection_(file, Connection::Access::read) {}

  operator Connection&() { return connection_; }
  Connection* operator->() { return &connection_; }
  std::optional<Row> row(std::string_view table, std::string_view key);

 private:
  Connection connection_;
  std::optional<Statement> row_;
};

// Every read throws LogError when it cannot; damage that verify() can name it returns.
class SqliteReader {
 public:
  explicit SqliteReader(std::filesystem::path file);
  ~SqliteReader();

  void read(const WorkshopId& workshop, std::uint64_t from,
            const std::function<bool(const StoredCommit&)>& visit);
  std::uint64_t last_seq(const WorkshopId& workshop);
  std::vector<WorkshopId> workshops();
  std::optional<Row> row(std::string_view table, std::string_view key);
  std::vector<Row> rows(const WorkshopId& workshop, std::string_view table);
  std::vector<Broken> verify();

  // Reads under way fail soon, also long ones; waits for that. Later ones fail at once, until
  // resume(). After it no connection is open.
  void pause();
  void resume();
  // For good.
  void close();

 private:
  // Runs `reading` on an idle connection or a new one.
  template <class Reading>
  auto with_connection(Reading reading);
  std::unique_ptr<ReadConnection> borrow();
  void give_back(std::unique_ptr<ReadConnection> connection);

  const std::filesystem::path file_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<ReadConnection>> idle_;
  std::size_t borrowed_ = 0;
  bool closed_ = false;
  std::atomic<bool> stopped_{false};  // paused or closed
};

}  // namespace rundbord::log
