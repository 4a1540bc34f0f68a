// verify finds every change of a stored byte, whoever made it and by whatever means.
#include <fstream>
#include <random>

#include "catch.hpp"
#include "log/sqlite_log.hpp"
#include "log_fixture.hpp"
#include "raw_database.hpp"

namespace rundbord::log {
namespace {

using Mode = SqliteOptions::Mode;
const auto a = workshop(1);

void fill(SqliteLog& log) {
  for (int number = 1; number <= 3; ++number) {
    for (std::uint64_t seq = 1; seq <= 4; ++seq) {
      const auto stored = append_and_wait(
          log,
          commit(workshop(number), seq, {"Kulturskulen i «bygda» " + std::to_string(seq), "b"}));
      REQUIRE(is_stored(stored));
    }
  }
}

TEST_CASE("verify: each byte of a stored header, chain, text or salt is found and named") {
  const auto column = GENERATE(as<std::string>{}, "header", "chain", "text", "salt");
  CAPTURE(column);
  const bool in_commits = column == "header" || column == "chain";
  const bool is_text = column == "header" || column == "text";
  const std::string where = " WHERE substr(hex(workshop), 1, 2) = '01' AND seq = 2" +
                            std::string(in_commits ? "" : " AND n = 0");
  const std::string table = in_commits ? "commits" : "texts";
  const std::string change = "UPDATE " + table + " SET " + column + " = ?1" + where;

  const TemporaryFolder folder;
  SqliteLog log({folder.path()});
  fill(log);
  RawDatabase raw(folder.path());
  const auto bytes = raw.value("SELECT " + column + " FROM " + table + where);
  REQUIRE(bytes.size() >= 16);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    CAPTURE(i);
    auto changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    raw.write(change, changed, is_text);
    const auto broken = log.verify();
    REQUIRE_FALSE(broken.empty());
    for (const auto& place : broken) {
      CHECK(place.workshop == a);
      CHECK(place.seq == 2);
    }
  }
  raw.write(change, bytes, is_text);
  CHECK(log.verify().empty());
}

TEST_CASE("verify: missing commits, missing texts and orphan texts are named") {
  const TemporaryFolder folder;
  SqliteLog log({folder.path()});
  fill(log);
  RawDatabase raw(folder.path());
  SECTION("a commit in the middle, its texts left behind") {
    raw.run("DELETE FROM commits WHERE hex(workshop) LIKE '01%' AND seq = 2");
    const auto broken = log.verify();
    REQUIRE(broken.size() == 3);
    CHECK(broken[0].seq == 2);
    CHECK_THAT(broken[0].place, Catch::Matchers::Contains("no commit names it"));
    CHECK(broken[2].seq == 3);
    CHECK_THAT(broken[2].place, Catch::Matchers::Contains("missing"));
  }
  SECTION("the end of a stream, its texts left behind") {
    raw.run("DELETE FROM commits WHERE hex(workshop) LIKE '03%' AND seq = 4");
    const auto broken = log.verify();
    REQUIRE(broken.size() == 2);
    CHECK(broken[0].workshop == workshop(3));
    CHECK(broken[0].seq == 4);
  }
  SECTION("a text") {
    raw.run("DELETE FROM texts WHERE hex(workshop) LIKE '01%' AND seq = 3 AND n = 0");
    const auto broken = log.verify();
    REQUIRE(broken.size() == 1);
    CHECK(broken[0].seq == 3);
    CHECK_THAT(broken[0].place, Catch::Matchers::Contains("text 0 is missing"));
    CHECK(error_code([&] { read_all(log, a); }) == "damaged");
  }
  SECTION("a row that names no workshop") {
    raw.run("INSERT INTO \"rows\" VALUES ('name', 'k', x'00', x'00')");
    REQUIRE(log.verify().size() == 1);
  }
}

// What a reader of the damaged file says: found as damaged, or what it read.
std::string look_at(const std::filesystem::path& folder) {
  try {
    SqliteLog log({folder, Mode::read});
    if (!log.verify().empty()) return "found";
    return dump(log);
  } catch (const LogError& error) {
    return "found";
  }
}

TEST_CASE("verify: a byte changed anywhere in the file is found or changes nothing stored") {
  const TemporaryFolder folder;
  const TemporaryFolder damaged;
  std::string before;
  {
    SqliteLog log({folder.path()});
    fill(log);
    before = dump(log);
  }
  const auto good = bytes_of_file(folder.path() / "rundbord.sqlite");
  REQUIRE(good.size() > 4096);
  std::minstd_rand random(20'260'722);
  std::size_t found = 0;
  for (int i = 0; i < 400; ++i) {
    auto bytes = good;
    const auto offset = random() % bytes.size();
    bytes[offset] = static_cast<char>(bytes[offset] ^ (1 << random() % 8));
    std::ofstream(damaged.path() / "rundbord.sqlite", std::ios::binary) << bytes;
    const auto seen = look_at(damaged.path());
    CAPTURE(offset);
    if (seen == "found") ++found;
    REQUIRE((seen == "found" || seen == before));
  }
  CHECK(found > 20);
}

TEST_CASE("verify: a row and its index that differ are found by SQLite's own check") {
  const TemporaryFolder folder;
  const std::string key = "a key to look for";
  {
    SqliteLog log({folder.path()});
    append_and_wait(log, {a, {}, {{"name", key, "Kari"}}});
  }
  const auto file = folder.path() / "rundbord.sqlite";
  const auto good = bytes_of_file(file);
  const auto in_table = good.find(key);
  const auto in_index = good.find(key, in_table + 1);
  REQUIRE(in_index != std::string::npos);
  for (const auto offset : {in_table, in_index}) {
    auto bytes = good;
    bytes[offset] = 'A';
    std::ofstream(file, std::ios::binary) << bytes;
    SqliteLog log({folder.path(), Mode::read});
    const auto broken = log.verify();
    REQUIRE_FALSE(broken.empty());
    CHECK_THAT(broken[0].place, Catch::Matchers::Contains("database file is damaged"));
  }
}

TEST_CASE("verify: a database cut short or overwritten is damage, not a crash") {
  const TemporaryFolder folder;
  {
    SqliteLog log({folder.path()});
    fill(log);
  }
  const auto file = folder.path() / "rundbord.sqlite";
  SECTION("cut short") {
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  }
  SECTION("overwritten") {
    std::ofstream(file, std::ios::binary) << std::string(20'000, 'x');
    CHECK(error_code([&] { SqliteLog log({folder.path()}); }) == "damaged");
  }
  CHECK(look_at(folder.path()) == "found");
}

}  // namespace
}  // namespace rundbord::log
