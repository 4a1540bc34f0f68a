// LG8 as an operator meets it: a backup that is older than an erasure does not bring the words back
// as long as a list that names the erasure is given. Runs the real binary.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "archive/erasure_house.hpp"
#include "catch.hpp"
#include "process/child.hpp"
#include "process/serving.hpp"

using namespace rundbord;
using archive::test::House;
using archive::test::nb;
using archive::test::words;
using process::run;
namespace fs = std::filesystem;

namespace {

const RoomNumber room{7};
const std::string mark = "MERKE881";

CreateWorkshop plan() {
  CreateWorkshop create;
  create.settings.title = nb("Møteplasser");
  create.programme.sittings = {{1, nb("Økt 1")}};
  Task task{1, 1, nb("Oppgave 1"), {}, {{1, "open", nb("Hva virker?"), {}, {}}}, {}};
  task.cycles = {{{1}, {{StepKind::dialogue, 10}}}};
  create.programme.tasks = {task};
  create.rooms = {{room, {}}};
  return create;
}

bool holds_mark(const fs::path& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (bytes.find(mark) != std::string::npos) return true;
  }
  return false;
}

// A backup that holds the words, and a list from elsewhere that names their erasure.
struct BackedUp {
  BackedUp() {
    House house(data.path());
    house.by_organiser(plan());
    house.by_organiser(RenameRoom{room, words("Hos " + mark)});
    REQUIRE(run({"backup", "--data", data.path().string(), file().string()}).code == 0);
    house.by_organiser(EraseRoomName{room});
    fs::copy_file(data.path() / "erasures.jsonl", list());
  }
  fs::path file() const { return backups.path() / "monday.backup"; }
  fs::path list() const { return lists.path() / "tuesday.jsonl"; }

  process::TemporaryFolder data;
  process::TemporaryFolder backups;
  process::TemporaryFolder lists;
  process::TemporaryFolder restored;
};

}  // namespace

TEST_CASE("LG8: restore --erasures erases again what an older backup still holds") {
  const BackedUp made;
  REQUIRE(holds_mark(made.backups.path()));
  REQUIRE_FALSE(holds_mark(made.data.path()));
  const auto folder = made.restored.path() / "data";
  const auto done = run({"restore", made.file().string(), "--data", folder.string(), "--erasures",
                         made.list().string()});
  CAPTURE(done.err);
  REQUIRE(done.code == 0);
  CHECK(done.out.find("erased again: 1 erasure made after this backup") != std::string::npos);
  CHECK_FALSE(holds_mark(folder));
  CHECK(run({"verify", "--data", folder.string()}).code == 0);
}

TEST_CASE("LG8: without the list the words come back, which is why it is kept beside backups") {
  const BackedUp made;
  const auto folder = made.restored.path() / "data";
  REQUIRE(run({"restore", made.file().string(), "--data", folder.string()}).code == 0);
  CHECK(holds_mark(folder));
}

TEST_CASE("LG8: a list that is not there stops restore before anything is restored") {
  const BackedUp made;
  const auto folder = made.restored.path() / "data";
  const auto missing = (made.lists.path() / "missing.jsonl").string();
  const auto ended =
      run({"restore", made.file().string(), "--data", folder.string(), "--erasures", missing});
  CHECK(ended.code == 1);
  CHECK(ended.err.find(missing) != std::string::npos);
  CHECK_FALSE(holds_mark(made.restored.path()));
}
