#include "log/sqlite_backup.hpp"

#include <functional>
#include <string>
#include <system_error>

#include "log/data_folder.hpp"
#include "log/event_log.hpp"
#include "log/sqlite_connection.hpp"
#include "log/sqlite_migrations.hpp"
#include "log/sqlite_schema.hpp"
#include "log/sqlite_verify.hpp"

namespace rundbord::log {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

// A copy under way; removed again unless it was finished.
class PartialFile {
 public:
  explicit PartialFile(const fs::path& target) : target_(target), path_(target) {
    path_ += ".partial";
    discard();  // what an interrupted attempt left behind
  }
  ~PartialFile() { discard(); }
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  const fs::path& path() const { return path_; }

  // The bytes are on the disk before the name is.
  void finish() {
    sync_path(path_);
    std::error_code error;
    fs::rename(path_, target_, error);
    if (error) {
      throw LogError{"io_error", target_.string() + " cannot be made: " + error.message() + "."};
    }
    sync_path(fs::absolute(target_).parent_path());
  }

 private:
  void discard() {
    std::error_code ignored;  // finding nothing is the ordinary case
    for (const auto* suffix : {"", "-journal", "-wal", "-shm"}) {
      fs::remove(path_.string() + suffix, ignored);
    }
  }

  fs::path target_;
  fs::path path_;
};

// A folder inside the data folder in which the database is made ready.
class StagingFolder {
 public:
  explicit StagingFolder(const fs::path& folder) : path_(folder / "restoring") {
    discard();  // what an interrupted attempt left behind
    make_folder(path_);
  }
  ~StagingFolder() { discard(); }
  StagingFolder(const StagingFolder&) = delete;
  StagingFolder& operator=(const StagingFolder&) = delete;

  const fs::path& path() const { return path_; }

  void release(const fs::path& database) const {
    std::error_code error;
    fs::rename(database_file(path_), database, error);
    if (error) {
      throw LogError{"io_error", database.string() + " cannot be made: " + error.message() + "."};
    }
    sync_path(fs::absolute(database).parent_path());
  }

 private:
  void discard() {
    std::error_code ignored;  // finding nothing is the ordinary case
    fs::remove_all(path_, ignored);
  }

  fs::path path_;
};

// An older one too: whoever opens the copy for serving brings it forward.
void require_known_format(Connection& connection) {
  const auto format = format_of(connection);
  const auto done = migrations_in(format);
  const std::string own(format_version);
  if (!done || *done > migrations_in(own)) throw unfit_format(format, own);
}

void copy_database(const fs::path& from, const fs::path& to) {
  Connection source(from, Connection::Access::copy);
  require_known_format(source);
  Statement(source, "VACUUM INTO ?1").bind_text(1, to.string()).run();
}

// What is damaged is better noticed now than after the event was continued on it.
void require_sound(const fs::path& backup) {
  Connection source(backup, Connection::Access::read);
  require_known_format(source);
  const auto broken = verify_database(source);
  if (broken.empty()) return;
  const auto& first = broken.front();
  const auto commit = first.seq == 0 ? std::string() : "commit " + std::to_string(first.seq) + ", ";
  throw LogError{"damaged", "The backup is damaged and was not restored: " + commit + first.place};
}

void prepare_restored(const fs::path& file) {
  Connection copy(file, Connection::Access::write);
  renew_history(copy);
  use_write_ahead_log(copy);
}

// A write-ahead log without its database would be read into the restored one.
bool holds_data(const fs::path& database) {
  return is_there(database) || is_there(database.string() + "-wal");
}

void with_log_errors(const std::function<void()>& copying) {
  try {
    copying();
  } catch (const SqliteError& error) {
    throw log_error(error);
  }
}

}  // namespace

void backup_sqlite(const fs::path& folder, const fs::path& file) {
  const auto database = database_file(folder);
  if (!is_there(database)) {
    throw LogError{"data_missing", "There is no Rundbord data in " + folder.string() + "."};
  }
  if (is_there(file)) {
    throw LogError{"data_exists", file.string() + " exists already. Choose another name."};
  }
  with_log_errors([&] {
    PartialFile partial(file);
    copy_database(database, partial.path());
    partial.finish();
  });
}

void restore_sqlite(const fs::path& file, const fs::path& folder,
                    const std::function<void(const fs::path&)>& finish) {
  if (!is_there(file)) throw LogError{"data_missing", "There is no backup " + file.string() + "."};
  make_folder(folder);
  const FolderLock lock(folder);
  const auto database = database_file(folder);
  if (holds_data(database)) {
    throw LogError{"data_exists",
                   "There is data in " + folder.string() +
                       " already. Restore into another folder; nothing was changed."};
  }
  with_log_errors([&] {
    require_sound(file);
    const StagingFolder staging(folder);
    PartialFile partial(database_file(staging.path()));
    copy_database(file, partial.path());
    prepare_restored(partial.path());
    partial.finish();
    if (finish) finish(staging.path());
    staging.release(database);
  });
}

}  // namespace rundbord::log
