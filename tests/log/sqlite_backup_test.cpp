// A backup holds everything of one moment; restored, it goes on in a history of its own.
#include <fstream>

#include "catch.hpp"
#include "log/sqlite_backup.hpp"
#include "log/sqlite_log.hpp"
#include "log_fixture.hpp"

namespace rundbord::log {
namespace {

const auto a = workshop(1);

void fill(SqliteLog& log) {
  for (std::uint64_t seq = 1; seq <= 5; ++seq) append_and_wait(log, commit(a, seq, {"text"}));
  append_and_wait(log, {a, {}, {{"name", "seat", "Kari"}}});
}

TEST_CASE("backup: beside a running server, and restored with another history") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "copy.rundbord";
  const auto restored = folder.path() / "restored";
  SqliteLog log({folder.path() / "data"});
  fill(log);
  const auto before = dump(log);
  backup_sqlite(folder.path() / "data", file);
  append_and_wait(log, commit(a, 6));
  restore_sqlite(file, restored);

  SqliteLog copy({restored});
  CHECK(dump(copy) == before);
  CHECK(copy.row("name", "seat")->value == "Kari");
  CHECK(copy.verify().empty());
  CHECK(copy.history() != log.history());
  CHECK(is_stored(append_and_wait(copy, commit(a, 6))));
  CHECK(is_stored(append_and_wait(log, commit(a, 7))));
  CHECK_FALSE(std::filesystem::exists(file.string() + ".partial"));
}

TEST_CASE("backup: two restores have two histories, the folder's own stays") {
  const TemporaryFolder folder;
  std::string own;
  {
    SqliteLog log({folder.path() / "data"});
    own = log.history();
  }
  backup_sqlite(folder.path() / "data", folder.path() / "copy");
  restore_sqlite(folder.path() / "copy", folder.path() / "one");
  restore_sqlite(folder.path() / "copy", folder.path() / "two");
  const auto history = [&](const char* name) {
    return SqliteLog({folder.path() / name}).history();
  };
  CHECK(history("one") != history("two"));
  CHECK(history("data") == own);
}

TEST_CASE("backup: nothing is overwritten") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "copy";
  SqliteLog log({folder.path() / "data"});
  fill(log);
  std::ofstream(file) << "something else";
  CHECK(error_code([&] { backup_sqlite(folder.path() / "data", file); }) == "data_exists");
  CHECK(bytes_of_file(file) == "something else");
  std::filesystem::remove(file);
  backup_sqlite(folder.path() / "data", file);

  CHECK(error_code([&] { restore_sqlite(file, folder.path() / "data"); }) == "data_in_use");
  log.close();
  CHECK(error_code([&] { restore_sqlite(file, folder.path() / "data"); }) == "data_exists");
  std::filesystem::create_directory(folder.path() / "left");
  std::ofstream(folder.path() / "left" / "rundbord.sqlite-wal") << "left behind";
  CHECK(error_code([&] { restore_sqlite(file, folder.path() / "left"); }) == "data_exists");
}

TEST_CASE("backup: what cannot be a backup is refused and leaves the folder empty") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "copy";
  const auto target = folder.path() / "target";
  CHECK(error_code([&] { backup_sqlite(folder.path() / "none", file); }) == "data_missing");
  CHECK(error_code([&] { restore_sqlite(file, target); }) == "data_missing");
  std::ofstream(file) << std::string(10'000, 'x');
  CHECK(error_code([&] { restore_sqlite(file, target); }) == "damaged");
  CHECK_FALSE(std::filesystem::exists(target / "rundbord.sqlite"));
  CHECK_FALSE(std::filesystem::exists(target / "rundbord.sqlite.partial"));
  SqliteLog log({target});
  CHECK(log.workshops().empty());
}

TEST_CASE("backup: a damaged backup is refused") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "copy";
  {
    SqliteLog log({folder.path() / "data"});
    for (std::uint64_t seq = 1; seq <= 50; ++seq) {
      append_and_wait(log, commit(a, seq, {std::string(1000, 'x')}));
    }
  }
  backup_sqlite(folder.path() / "data", file);
  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  CHECK(error_code([&] { restore_sqlite(file, folder.path() / "target"); }) == "damaged");
  CHECK_FALSE(std::filesystem::exists(folder.path() / "target" / "rundbord.sqlite"));
}

TEST_CASE("backup: a backup with one byte of a text changed is refused, and the place is named") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "copy";
  {
    SqliteLog log({folder.path() / "data"});
    append_and_wait(log, commit(a, 1));
    append_and_wait(log, commit(a, 2, {"eit innspel om biblioteket"}));
  }
  backup_sqlite(folder.path() / "data", file);
  auto bytes = bytes_of_file(file);
  const auto place = bytes.find("biblioteket");
  REQUIRE(place != std::string::npos);
  bytes[place] = 'B';
  std::ofstream(file, std::ios::binary) << bytes;
  try {
    restore_sqlite(file, folder.path() / "target");
    FAIL("restored");
  } catch (const LogError& error) {
    CHECK(error.code == "damaged");
    CHECK_THAT(error.sentence, Catch::Matchers::Contains("commit 2, text 0"));
  }
  CHECK_FALSE(std::filesystem::exists(folder.path() / "target" / "rundbord.sqlite"));
}

}  // namespace
}  // namespace rundbord::log
