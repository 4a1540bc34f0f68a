// What only the SQLite engine promises: data that stays, one server per folder, batches, full
// disks.
#include <chrono>

#include "catch.hpp"
#include "log/sqlite_log.hpp"
#include "log_fixture.hpp"
#include "raw_database.hpp"

namespace rundbord::log {
namespace {

using Mode = SqliteOptions::Mode;
const auto a = workshop(1);
const auto b = workshop(2);

TEST_CASE("sqlite: what was stored is there after reopening, and the stream goes on") {
  const TemporaryFolder folder;
  std::string before;
  std::string history;
  {
    SqliteLog log({folder.path() / "made" / "below"});
    append_and_wait(log, commit(a, 1, {"first"}));
    append_and_wait(log, {a, {}, {{"name", "seat", "Kari"}}});
    before = dump(log);
    history = log.history();
  }
  SqliteLog log({folder.path() / "made" / "below"});
  CHECK(dump(log) == before);
  CHECK(log.history() == history);
  CHECK(log.row("name", "seat")->value == "Kari");
  CHECK(is_error(append_and_wait(log, commit(a, 1)), AppendError::wrong_seq));
  CHECK(is_stored(append_and_wait(log, commit(a, 2))));
  CHECK(log.verify().empty());
}

TEST_CASE("sqlite: a folder the log makes is closed to other users") {
  const TemporaryFolder folder;
  const auto made = folder.path() / "made";
  const SqliteLog log({made});
  CHECK((std::filesystem::status(made).permissions() & std::filesystem::perms::all) ==
        std::filesystem::perms::owner_all);
}

TEST_CASE("sqlite: a second server is refused until the first has closed") {
  const TemporaryFolder folder;
  SqliteLog first({folder.path()});
  CHECK(error_code([&] { SqliteLog second({folder.path()}); }) == "data_in_use");
  CHECK(is_stored(append_and_wait(first, commit(a, 1))));
  first.close();
  SqliteLog second({folder.path()});
  CHECK(second.last_seq(a) == 1);
  CHECK(error_code([&] { first.last_seq(a); }) == "io_error");
}

TEST_CASE("sqlite: a reader works beside the server and sees what is stored meanwhile") {
  const TemporaryFolder folder;
  CHECK(error_code([&] { SqliteLog none({folder.path(), Mode::read}); }) == "data_missing");
  SqliteLog server({folder.path()});
  append_and_wait(server, commit(a, 1));
  SqliteLog reader({folder.path(), Mode::read});
  CHECK(reader.last_seq(a) == 1);
  append_and_wait(server, commit(a, 2, {"text"}));
  CHECK(dump(reader) == dump(server));
  CHECK(reader.history() == server.history());
  CHECK(reader.verify().empty());
  CHECK_THROWS_AS(reader.append(commit(a, 3), [](const AppendResult&) {}), std::logic_error);
  CHECK_THROWS_AS(reader.remove(a), std::logic_error);
}

TEST_CASE("sqlite: closing ends a long read that is under way") {
  constexpr std::uint64_t commits = 20'000;
  const TemporaryFolder folder;
  SqliteLog log({folder.path()});
  Append many{a, {}, {}};
  for (std::uint64_t seq = 1; seq <= commits; ++seq) many.commits.push_back(draft(seq));
  REQUIRE(is_stored(append_and_wait(log, std::move(many))));
  std::promise<void> reading;
  std::uint64_t visited = 0;
  auto code = std::async(std::launch::async, [&] {
    return error_code([&] {
      log.read(a, 1, [&](const StoredCommit&) {
        if (++visited > 1) return true;
        reading.set_value();
        while (!is_error(append_and_wait(log, {a, {}, {}}), AppendError::closed)) {
        }
        return true;
      });
    });
  });
  reading.get_future().wait();
  log.close();
  CHECK(code.get() == "io_error");
  CHECK(visited < commits);
}

TEST_CASE("sqlite: a folder of another version is refused and left as it was") {
  const TemporaryFolder folder;
  { SqliteLog log({folder.path()}); }
  RawDatabase(folder.path()).run("UPDATE meta SET value = '99' WHERE key = 'format'");
  const auto mode = GENERATE(Mode::serve, Mode::read);
  try {
    SqliteLog log({folder.path(), mode});
    FAIL("opened");
  } catch (const LogError& error) {
    CHECK(error.code == "data_version");
    CHECK_THAT(error.sentence, Catch::Matchers::Contains("99"));
  }
  CHECK(RawDatabase(folder.path()).value("SELECT value FROM meta WHERE key = 'format'") == "99");
}

TEST_CASE("sqlite: another program's database is refused and left as it was") {
  const TemporaryFolder folder;
  { SqliteLog log({folder.path()}); }
  {
    RawDatabase raw(folder.path());
    raw.run("DROP TABLE meta; PRAGMA journal_mode = DELETE");
  }
  CHECK(error_code([&] { SqliteLog log({folder.path()}); }) == "data_version");
  CHECK(RawDatabase(folder.path()).value("PRAGMA journal_mode") == "delete");
}

TEST_CASE("sqlite: one workshop's wrong seq does not touch the others in its batch") {
  const TemporaryFolder folder;
  WriterGate gate;
  SqliteLog log({folder.path(), Mode::serve, gate.salts()});
  auto first = start_append(log, commit(a, 1, {"text"}));
  gate.wait_until_blocked();
  auto good = start_append(log, commit(b, 1));
  auto stale = start_append(log, commit(a, 5));
  auto stale_with_rows = start_append(log, {a, {draft(1)}, {{"name", "x", "1"}}});
  auto next = start_append(log, commit(a, 2));
  gate.open();
  CHECK(is_stored(first.get()));
  CHECK(is_stored(good.get()));
  CHECK(is_error(stale.get(), AppendError::wrong_seq));
  CHECK(is_error(stale_with_rows.get(), AppendError::wrong_seq));
  CHECK(is_stored(next.get()));
  CHECK(log.counts().transactions == 2);
  CHECK(log.last_seq(a) == 2);
  CHECK(log.last_seq(b) == 1);
  CHECK_FALSE(log.row("name", "x"));
}

TEST_CASE("sqlite: what waited together is stored together, 256 commits at most") {
  const TemporaryFolder folder;
  WriterGate gate;
  SqliteLog log({folder.path(), Mode::serve, gate.salts()});
  auto first = start_append(log, commit(a, 1, {"text"}));
  gate.wait_until_blocked();
  std::vector<std::future<AppendResult>> answers;
  for (std::uint64_t seq = 1; seq <= 600; ++seq) {
    answers.push_back(start_append(log, commit(b, seq)));
  }
  gate.open();
  for (auto& answer : answers) REQUIRE(is_stored(answer.get()));
  CHECK(log.counts().transactions == 1 + 3);
  CHECK(log.counts().commits == 601);
}

TEST_CASE("sqlite: an append larger than a batch is one transaction all the same") {
  const TemporaryFolder folder;
  SqliteLog log({folder.path()});
  Append large{a, {}, {}};
  for (std::uint64_t seq = 1; seq <= 1000; ++seq) large.commits.push_back(draft(seq, {"text"}));
  REQUIRE(is_stored(append_and_wait(log, large)));
  CHECK(log.counts().transactions == 1);
  CHECK(log.last_seq(a) == 1000);
}

TEST_CASE("sqlite: transactions of a busy log start the interval apart or more") {
  // Longer than the ordinary 2 ms, which a slow disk may take by itself.
  constexpr auto interval = std::chrono::milliseconds(60);
  const TemporaryFolder folder;
  SqliteOptions options{folder.path()};
  options.batch_interval = interval;
  SqliteLog log(options);
  const auto start = std::chrono::steady_clock::now();
  for (std::uint64_t seq = 1; seq <= 6; ++seq) append_and_wait(log, commit(a, seq));
  CHECK(std::chrono::steady_clock::now() - start >= 5 * interval);
}

TEST_CASE("sqlite: a full disk is an answer; once there is room, the same commit is stored") {
  const TemporaryFolder folder;
  SqliteLog log({folder.path()});
  REQUIRE(is_stored(append_and_wait(log, commit(a, 1, {"before"}))));
  const auto before = dump(log);
  log.limit_pages(1);
  Append large = commit(a, 2, {std::string(1'000'000, 'x')});
  large.rows.push_back({"name", "seat", "Kari"});
  REQUIRE(is_error(append_and_wait(log, large), AppendError::disk_full));
  CHECK(is_error(append_and_wait(log, commit(a, 3)), AppendError::wrong_seq));
  CHECK(dump(log) == before);
  CHECK_FALSE(log.row("name", "seat"));
  CHECK(log.verify().empty());

  log.limit_pages(0);
  CHECK(is_stored(append_and_wait(log, large)));
  CHECK(is_stored(append_and_wait(log, commit(a, 3))));
  CHECK(log.verify().empty());
}

TEST_CASE("sqlite: in a batch that finds the disk full, a wrong seq is still a wrong seq") {
  const TemporaryFolder folder;
  WriterGate gate;
  SqliteLog log({folder.path(), Mode::serve, gate.salts()});
  auto first = start_append(log, commit(a, 1, {"text"}));
  gate.wait_until_blocked();
  log.limit_pages(1);
  auto stale = start_append(log, commit(a, 9));
  auto small = start_append(log, commit(a, 2));
  auto large = start_append(log, commit(b, 1, {std::string(1'000'000, 'x')}));
  gate.open();
  CHECK(is_stored(first.get()));
  CHECK(is_error(stale.get(), AppendError::wrong_seq));
  CHECK(is_error(small.get(), AppendError::disk_full));
  CHECK(is_error(large.get(), AppendError::disk_full));
  CHECK(log.last_seq(a) == 1);
  log.limit_pages(0);
  CHECK(is_stored(append_and_wait(log, commit(a, 2))));
  CHECK(log.verify().empty());
}

TEST_CASE("sqlite: removing a workshop leaves no row in any table and no text in any file") {
  const TemporaryFolder folder;
  SqliteLog log({folder.path()});
  const std::string secret = "Noko ingen andre skal sjå";
  auto append = commit(a, 1, {secret});
  append.rows.push_back({"name", "seat", secret});
  append_and_wait(log, append);
  append_and_wait(log, commit(b, 1, {"stays"}));
  log.remove(a);
  RawDatabase raw(folder.path());
  CHECK(raw.value("SELECT hex(workshop) FROM commits").substr(0, 2) == "02");
  CHECK(raw.value("SELECT count(*) FROM commits") == "1");
  CHECK(raw.value("SELECT count(*) FROM texts") == "1");
  CHECK(raw.value("SELECT count(*) FROM \"rows\"") == "0");
  for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
    CHECK_FALSE(file_holds(file.path(), secret));
  }
  CHECK(file_holds(folder.path() / "rundbord.sqlite", "stays"));
}

TEST_CASE("sqlite: a text that was erased reads as nothing and verifies") {
  const TemporaryFolder folder;
  SqliteLog log({folder.path()});
  append_and_wait(log, commit(a, 1, {"stays", "goes"}));
  RawDatabase(folder.path()).run("UPDATE texts SET salt = NULL, text = NULL WHERE n = 1");
  const auto stored = read_all(log, a);
  REQUIRE(stored.size() == 1);
  CHECK(stored[0].texts == std::vector<std::optional<std::string>>{"stays", std::nullopt});
  CHECK(log.verify().empty());
}

}  // namespace
}  // namespace rundbord::log
