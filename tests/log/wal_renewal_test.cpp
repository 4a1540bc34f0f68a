// Goal: nobody builds on what a dead process left in the write-ahead log before it is in a file
// that is on the disk (SPEC FR3). Why, and that it is enough, tests/crash shows on a simulated
// disk.
#include "log/wal_renewal.hpp"

#include <sys/stat.h>

#include "catch.hpp"
#include "log/sqlite_backup.hpp"
#include "log/sqlite_log.hpp"
#include "log_fixture.hpp"

namespace rundbord::log {
namespace {

namespace fs = std::filesystem;

const auto a = workshop(1);

fs::path wal_in(const fs::path& folder) {
  return database_file(folder).string() + "-wal";
}

// Which file it is, whatever its name.
ino_t file_number(const fs::path& path) {
  struct stat found {};
  REQUIRE(::stat(path.c_str(), &found) == 0);
  return found.st_ino;
}

// A data folder as it is when its process is killed.
class LeftBehind {
 public:
  LeftBehind() {
    SqliteLog log({living_.path()});
    append_and_wait(log, commit(a, 1, {"one"}));
    append_and_wait(log, commit(a, 2, {std::string(300'000, 'x')}));  // more than one chunk
    for (const auto* suffix : {"", "-wal"}) {
      const auto name = database_file(living_.path()).string() + suffix;
      fs::copy_file(name, folder_.path() / fs::path(name).filename());
    }
    REQUIRE(fs::file_size(wal_in(folder_.path())) > 0);
  }
  const fs::path& path() const { return folder_.path(); }

 private:
  TemporaryFolder living_;
  TemporaryFolder folder_;
};

}  // namespace

TEST_CASE(
    "renewal: a write-ahead log that was left behind becomes another file with the same bytes") {
  const LeftBehind folder;
  const auto bytes = bytes_of_file(wal_in(folder.path()));
  const auto number = file_number(wal_in(folder.path()));
  renew_write_ahead_log(database_file(folder.path()), {});
  CHECK(bytes_of_file(wal_in(folder.path())) == bytes);
  CHECK(file_number(wal_in(folder.path())) != number);
  CHECK_FALSE(fs::exists(database_file(folder.path()).string() + "-newwal"));
}

TEST_CASE("renewal: a start does it, finds everything and leaves nothing of an earlier attempt") {
  const LeftBehind folder;
  const auto number = file_number(wal_in(folder.path()));
  fs::copy_file(wal_in(folder.path()), database_file(folder.path()).string() + "-newwal");
  SqliteLog log({folder.path()});
  CHECK(file_number(wal_in(folder.path())) != number);
  CHECK_FALSE(fs::exists(database_file(folder.path()).string() + "-newwal"));
  CHECK(read_all(log, a).size() == 2);
  CHECK(log.verify().empty());
  CHECK(is_stored(append_and_wait(log, commit(a, 3))));
}

TEST_CASE("renewal: while somebody reads it waits and the file stays as it is") {
  const LeftBehind folder;
  const auto number = file_number(wal_in(folder.path()));
  SqliteLog reader({folder.path(), SqliteOptions::Mode::read});
  CHECK(reader.last_seq(a) == 2);
  CHECK(error_code([&] { renew_write_ahead_log(database_file(folder.path()), {}); }) ==
        "data_in_use");
  CHECK(file_number(wal_in(folder.path())) == number);
  reader.close();
  renew_write_ahead_log(database_file(folder.path()), {});
  CHECK(file_number(wal_in(folder.path())) != number);
}

TEST_CASE("renewal: what fails on the way leaves the old file in its place") {
  const LeftBehind folder;
  const auto bytes = bytes_of_file(wal_in(folder.path()));
  FolderCalls failing;
  failing.rename = [](const auto&, const auto&) { throw LogError{"io_error", "planted"}; };
  SqliteOptions options{folder.path()};
  options.folder_calls = failing;
  CHECK(error_code([&] { SqliteLog log(options); }) == "io_error");
  CHECK(bytes_of_file(wal_in(folder.path())) == bytes);
  SqliteLog log({folder.path()});
  CHECK(read_all(log, a).size() == 2);
}

TEST_CASE("backup of a folder that was left behind changes nothing in it") {
  const LeftBehind folder;
  const auto bytes = bytes_of_file(wal_in(folder.path()));
  backup_sqlite(folder.path(), folder.path() / "copy");
  CHECK(bytes_of_file(wal_in(folder.path())) == bytes);
}

}  // namespace rundbord::log
