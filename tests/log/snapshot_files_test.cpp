// Snapshots on the disk: whatever is not exactly what was kept is ignored, and a dropped one is
// gone.
#include <filesystem>
#include <fstream>

#include "catch.hpp"
#include "log/packed_snapshot.hpp"
#include "log/sqlite_log.hpp"
#include "log_fixture.hpp"

namespace rundbord::log {
namespace {

const auto a = workshop(1);

StateSnapshot sample() {
  return {"format", 258, Hash{1, 2, 3}, "everything\n\xff"};
}

std::filesystem::path only_file(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  REQUIRE(files.size() == 1);
  return files.front();
}

TEST_CASE("a packed snapshot is read back, but by no other history") {
  const auto bytes = pack_snapshot("history", sample());
  const auto read = unpack_snapshot("history", bytes);
  REQUIRE(read);
  CHECK(read->format == sample().format);
  CHECK(read->seq == sample().seq);
  CHECK(read->chain == sample().chain);
  CHECK(read->state == sample().state);
  CHECK_FALSE(unpack_snapshot("histori", bytes));
  CHECK_FALSE(unpack_snapshot("", bytes));
}

TEST_CASE("a packed snapshot with any bit changed, or cut anywhere, is ignored") {
  const auto bytes = pack_snapshot("history", sample());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    CHECK_FALSE(unpack_snapshot("history", bytes.substr(0, at)));
    for (int bit = 0; bit < 8; ++bit) {
      auto changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ 1 << bit);
      CHECK_FALSE(unpack_snapshot("history", changed));
    }
  }
  CHECK_FALSE(unpack_snapshot("history", bytes + '\0'));
}

TEST_CASE("a snapshot outlives the process, unless its file was damaged") {
  const TemporaryFolder folder;
  {
    SqliteLog log({.folder = folder.path()});
    CHECK(log.keep_snapshot(a, 0, sample()));
  }
  const auto file = only_file(folder.path() / "snapshots");
  CHECK(SqliteLog({.folder = folder.path()}).snapshot(a).snapshot->seq == 258);
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
  CHECK_FALSE(SqliteLog({.folder = folder.path()}).snapshot(a).snapshot);
}

TEST_CASE("a dropped snapshot leaves nothing in the data folder, not even half-written") {
  const TemporaryFolder folder;
  SqliteLog log({.folder = folder.path()});
  CHECK(log.keep_snapshot(a, 0, sample()));
  const auto snapshots = folder.path() / "snapshots";
  std::ofstream(only_file(snapshots).string() + ".partial") << "everything";
  log.drop_snapshot(a);
  CHECK(std::filesystem::is_empty(snapshots));
}

TEST_CASE("where no snapshot can be written, none is kept and nothing else happens") {
  const TemporaryFolder folder;
  SqliteLog log({.folder = folder.path()});
  std::ofstream(folder.path() / "snapshots") << "not a folder";
  CHECK_FALSE(log.keep_snapshot(a, 0, sample()));
  CHECK_FALSE(log.snapshot(a).snapshot);
  CHECK(is_stored(append_and_wait(log, commit(a, 1))));
}

}  // namespace
}  // namespace rundbord::log
