// Goal: a seminar played at full speed while the server is killed with -9 three times ends with
// every line in its place, once, unchanged; and verify names any stored byte changed after that.
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <map>

#include "catch.hpp"
#include "damage.hpp"
#include "log/sqlite_log.hpp"
#include "process/child.hpp"
#include "process/serving.hpp"
#include "source_dir.hpp"

using namespace rundbord;
using namespace rundbord::process;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const fs::path seminar_file = source_dir() / "tests" / "seminar" / "seminar.json";

json read_json(const fs::path& file) {
  std::ifstream in(file);
  REQUIRE(in);
  return json::parse(in);
}

// An oracle of its own: nothing here is shared with the replay that is tested.
std::string normal(std::string text) {
  for (auto at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n", at)) {
    text.erase(at, 1);
  }
  std::replace(text.begin(), text.end(), '\r', '\n');
  return text;
}

// (room, task, question) as JSON text → texts in order.
using Board = std::map<std::string, std::vector<std::string>>;

std::string key(const json& room, const json& task, const json& question) {
  return json::array({room, task, question}).dump();
}

Board lines_of_seminar(const json& seminar) {
  Board board;
  for (const auto& room : seminar.at("rooms")) {
    for (const auto& post : room.at("posts")) {
      for (const auto& note : post.at("notes")) {
        board[key(room.at("number"), note.at("task"), note.at("question"))].push_back(
            normal(note.at("text")));
      }
    }
  }
  return board;
}

Board texts_of_seminar(const json& seminar) {
  std::map<std::string, std::string> joined;
  for (const auto& room : seminar.at("rooms")) {
    for (const auto& post : room.at("posts")) {
      if (post.at("text") == "") continue;
      json task = nullptr;
      const auto& notes = post.at("notes");
      const bool one_task = std::all_of(notes.begin(), notes.end(), [&](const json& note) {
        return note.at("task") == notes.at(0).at("task");
      });
      if (!notes.empty() && one_task) task = notes.at(0).at("task");
      auto& text = joined[key(room.at("number"), task, nullptr)];
      text += (text.empty() ? "" : "\n\n") + normal(post.at("text"));
    }
  }
  Board board;
  for (const auto& [place, text] : joined) board[place] = {text};
  return board;
}

Board part_of_export(const json& exported, const char* part) {
  Board board;
  for (const auto& room : exported.at("rooms")) {
    for (const auto& each : room.at(part)) {
      board[key(room.at("number"), each.at("task"), each.at("question"))].push_back(
          each.at("text"));
    }
  }
  return board;
}

std::size_t count_lines(const Board& board) {
  std::size_t count = 0;
  for (const auto& [place, lines] : board) count += lines.size();
  return count;
}

// Read from the log itself, beside the server.
std::size_t count_commits_with(const fs::path& folder, const std::string& event) {
  log::SqliteLog log({.folder = folder, .mode = log::SqliteOptions::Mode::read});
  std::size_t count = 0;
  for (const auto& workshop : log.workshops()) {
    log.read(workshop, 1, [&](const log::StoredCommit& stored) {
      count += stored.header.find('"' + event + '"') != std::string::npos ? 1 : 0;
      return true;
    });
  }
  return count;
}

// The revision's checksum reaches the chain a moment after the sitting was closed.
void wait_until_sealed(const fs::path& folder) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  bool sealed = false;
  while (!sealed && std::chrono::steady_clock::now() < until) {
    sealed = count_commits_with(folder, "revision_sealed") > 0;
  }
  REQUIRE(sealed);
}

struct Played {
  std::string workshop;
  std::vector<std::size_t> stored_at_kill;
};

// Kills the server when the replay tells of one more twentieth of its lines, three times.
Played play_and_kill(Serving& server) {
  constexpr std::size_t kills = 3;
  Child replay({"replay", seminar_file.string(), "--server", server.url(), "--data",
                server.folder().string(), "--speed", "max"});
  Played played;
  std::string errors;
  while (const auto line = replay.next_error_line()) {
    errors += *line + '\n';
    if (line->find(" lines kept") == std::string::npos) continue;
    if (played.stored_at_kill.size() == kills) continue;
    server.kill_hard();
    played.stored_at_kill.push_back(count_commits_with(server.folder(), "note_written"));
    server.start();
  }
  std::string last;
  while (const auto line = replay.next_line()) last = *line;
  CAPTURE(errors, last);
  REQUIRE(replay.wait() == 0);
  const auto result = json::parse(last);
  played.workshop = result.at("workshop");
  CHECK(result.at("notes") == count_lines(lines_of_seminar(read_json(seminar_file))));
  CHECK(result.at("workshop_link").get<std::string>().find('#') != std::string::npos);
  return played;
}

void require_nothing_lost(const fs::path& folder, const std::string& workshop) {
  const auto seminar = read_json(seminar_file);
  const auto exported = run({"export", workshop, "--data", folder.string(), "--format", "json"});
  REQUIRE(exported.code == 0);
  const auto result = json::parse(exported.out);
  CHECK(part_of_export(result, "notes") == lines_of_seminar(seminar));
  CHECK(part_of_export(result, "summaries") == texts_of_seminar(seminar));
  CHECK(result.at("workshop").at("state") == "closed");
}

struct Spot {
  std::string column;
  std::string table;
  std::string where;
  std::string named;
};
const std::array<Spot, 5> spots = {
    Spot{"header", "commits", "seq = 9", "commit 9"},
    Spot{"chain", "commits", "seq = 9", "commit 9"},
    Spot{"text", "texts", "seq = 1 AND n = 0", "commit 1"},
    Spot{"salt", "texts", "seq = 1 AND n = 0", "commit 1"},
    Spot{"value", "\"rows\"", "\"table\" = 'revision'", "revision 1 of sitting 1"}};

}  // namespace

TEST_CASE("killed with -9 three times in the middle: each line once, unchanged, in its place") {
  const TemporaryFolder folder;
  Serving server(folder.path());
  const auto played = play_and_kill(server);
  const auto lines = count_lines(lines_of_seminar(read_json(seminar_file)));
  REQUIRE(played.stored_at_kill.size() == 3);
  for (const auto stored : played.stored_at_kill) {
    CHECK(stored > 0);
    CHECK(stored < lines);  // it was in the middle
  }
  require_nothing_lost(folder.path(), played.workshop);
  CHECK(run({"verify", "--data", folder.path().string()}).code == 0);
  CHECK(server.stop() == 0);
  CHECK(run({"verify", "--data", folder.path().string()}).code == 0);
  require_nothing_lost(folder.path(), played.workshop);
}

TEST_CASE("a backup of a killed server's data restores to the same result") {
  const TemporaryFolder folder;
  const TemporaryFolder other;
  const auto file = (other.path() / "monday.backup").string();
  const auto restored = other.path() / "restored";
  Serving server(folder.path());
  const auto played = play_and_kill(server);
  CHECK(run({"backup", "--data", folder.path().string(), file}).code == 0);
  CHECK(run({"restore", file, "--data", restored.string()}).code == 0);
  require_nothing_lost(restored, played.workshop);
  CHECK(run({"verify", "--data", restored.string()}).code == 0);
}

TEST_CASE("verify: one changed byte of header, text, salt, chain or revision is named") {
  const TemporaryFolder folder;
  {
    Serving server(folder.path());
    const auto ended = run({"replay", seminar_file.string(), "--server", server.url(), "--data",
                            folder.path().string(), "--speed", "max"});
    CAPTURE(ended.err);
    REQUIRE(ended.code == 0);
    wait_until_sealed(folder.path());
    REQUIRE(server.stop() == 0);
  }
  for (const auto& spot : spots) {
    CAPTURE(spot.column);
    const TemporaryFolder copy;
    fs::copy(folder.path(), copy.path(), fs::copy_options::recursive);
    REQUIRE(run({"verify", "--data", copy.path().string()}).code == 0);
    crash::change_one_byte(copy.path() / "rundbord.sqlite", spot.table, spot.column, spot.where);
    const auto verified = run({"verify", "--data", copy.path().string()});
    CHECK(verified.code == 1);
    CHECK_THAT(verified.err, Catch::Matchers::Contains(spot.named));
  }
}
