// LG9: from format 1.0 on, data is brought forward and never backward. No migration exists yet, so
// the framework is held to its word with migrations of the test's own.
#include "log/sqlite_migrations.hpp"
#include "catch.hpp"
#include "log/data_folder.hpp"
#include "log/sqlite_log.hpp"
#include "log/sqlite_schema.hpp"
#include "log_fixture.hpp"
#include "raw_database.hpp"

namespace rundbord::log {
namespace {

const auto a = workshop(1);

void make_folder_with_one_commit(const std::filesystem::path& folder) {
  SqliteLog log({folder});
  append_and_wait(log, commit(a, 1, {"skal med"}));
}

void add_column(Connection& connection) {
  connection.run("ALTER TABLE texts ADD COLUMN language TEXT");
}
void fill_column(Connection& connection) {
  connection.run("UPDATE texts SET language = 'nb'");
}
void fail(Connection& connection) {
  connection.run("UPDATE nothing SET there = 1");
}

void bring(const std::filesystem::path& folder, const Migrations& migrations) {
  Connection connection(database_file(folder), Connection::Access::write);
  bring_forward(connection, folder, migrations);
}

std::string format_in(const std::filesystem::path& folder) {
  return RawDatabase(folder).value("SELECT value FROM meta WHERE key = 'format'");
}

}  // namespace

TEST_CASE("LG9: the format is 1 and the number of migrations, and the schema says the same") {
  CHECK(format_after(own_migrations()) == format_version);
  CHECK(format_after({add_column, fill_column}) == "1.2");
  CHECK(migrations_in("1.12") == 12u);
  for (const auto* other : {"1", "2.0", "1.", "1.x", "1.-1", "(none)", ""}) {
    CAPTURE(other);
    CHECK_FALSE(migrations_in(other));
  }
}

TEST_CASE("LG9: an older folder is brought forward step by step, after a copy was kept") {
  const TemporaryFolder folder;
  make_folder_with_one_commit(folder.path());
  bring(folder.path(), {add_column});
  CHECK(format_in(folder.path()) == "1.1");
  bring(folder.path(), {add_column, fill_column});  // only the second is run
  CHECK(format_in(folder.path()) == "1.2");
  CHECK(RawDatabase(folder.path()).value("SELECT language FROM texts") == "nb");
  const auto copy = database_file(folder.path()).string() + ".before-1.2";
  REQUIRE(std::filesystem::exists(copy));
  CHECK(file_holds(copy, "skal med"));
  Connection kept(copy, Connection::Access::read);
  CHECK(format_of(kept) == "1.1");
}

TEST_CASE("LG9: a migration that fails leaves the folder as it was") {
  const TemporaryFolder folder;
  make_folder_with_one_commit(folder.path());
  CHECK_THROWS_AS(bring(folder.path(), {add_column, fail}), SqliteError);
  CHECK(format_in(folder.path()) == "1.0");
  SqliteLog log({folder.path()});
  CHECK(log.verify().empty());
  CHECK(read_all(log, a).size() == 1);
}

TEST_CASE("LG9: newer data, and data from before 1.0, are refused in words and not touched") {
  const TemporaryFolder folder;
  make_folder_with_one_commit(folder.path());
  const auto refusal = [&](const std::string& format) {
    RawDatabase(folder.path()).run("UPDATE meta SET value = '" + format + "' WHERE key = 'format'");
    std::string sentence;
    try {
      SqliteLog log({folder.path()});
    } catch (const LogError& error) {
      CHECK(error.code == "data_version");
      sentence = error.sentence;
    }
    CHECK(format_in(folder.path()) == format);
    return sentence;
  };
  CHECK_THAT(refusal("1.7"), Catch::Matchers::Contains("newer version"));
  CHECK_THAT(refusal("1"), Catch::Matchers::Contains("before 1.0"));
  CHECK(unfit_format("1.0", "1.1").sentence.find("Start its server") != std::string::npos);
}

}  // namespace rundbord::log
