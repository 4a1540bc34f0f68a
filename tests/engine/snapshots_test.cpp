// What a newcomer gets of each channel, and what all on a channel get alike.
#include "bench_workshop.hpp"
#include "catch.hpp"

using namespace rundbord;
using namespace rundbord::engine;
using namespace rundbord::engine::test;

namespace {

struct Gathering {
  Disk disk;
  Bench bench{disk};
  SeatId kari, ola;
  SessionId karis{}, olas{}, organiser{}, projector{};

  Gathering() {
    bench.create();
    kari = bench.join(1, 1);
    ola = bench.join(2, 1, "Ola");
    karis = bench.open(1, {false, false, {kari}});
    olas = bench.open(2, {false, false, {ola}});
    organiser = bench.open(3, {true, false, {}});
    projector = bench.open(4, {false, true, {}});
    bench.write_note(karis, 10, kari, 10, "Innspill én");
    edit_text();
    bench.sync();
    bench.pass(std::chrono::seconds(1));
  }
  void edit_text() {
    bench.command(karis, 11, kari, "edit_text",
                  {{"room", 1},
                   {"place", {{"task", 1}, {"question", 1}}},
                   {"version", 0},
                   {"writer", to_text(id<WriterId>(5))},
                   {"counter", 1},
                   {"change", {{0, "Vi vil"}}}});
  }
  json state(SessionId session, const std::string& channel) {
    bench.subscribe(session, channel);
    const auto snapshots = bench.take(session, "snapshot");
    REQUIRE(snapshots.size() == 1);
    return snapshots[0]["state"];
  }
};

}  // namespace

TEST_CASE("SN1: the plenary's snapshot has programme, rooms and sittings") {
  Gathering gathering;
  const auto state = gathering.state(gathering.karis, "plenary");
  CHECK(state["workshop"]["settings"]["title"]["nb"] == "Møteplasser");
  CHECK(state["workshop"]["programme"]["tasks"][0]["questions"].size() == 2);
  CHECK(state["rooms"].size() == 3);
  CHECK(state["sittings"][0]["sitting"] == 1);
}

TEST_CASE("SN2 FR5 TX5: a room's snapshot has names, notes in order and texts") {
  Gathering gathering;
  const auto state = gathering.state(gathering.olas, "room/1");
  CHECK(state["seats"].size() == 2);
  CHECK(state["seats"][1]["person"] == "Ola");
  CHECK(state["columns"][0]["notes"][0]["text"] == "Innspill én");
  CHECK(state["texts"][0]["text"] == "Vi vil");
  CHECK(state["texts"][0]["version"] == 1);
  CHECK(state["texts"][0]["writers"][to_text(id<WriterId>(5))] == 1);
}

TEST_CASE("SN3: a seat's snapshot is the seat, with its name") {
  Gathering gathering;
  const auto state = gathering.state(gathering.karis, "seat/" + to_text(gathering.kari));
  CHECK(state["seat"]["room"] == 1);
  CHECK(state["seat"]["person"] == "Kari");
  CHECK(state["notes"].empty());
}

TEST_CASE("SN4: the console's snapshot counts and does not tell") {
  Gathering gathering;
  const auto state = gathering.state(gathering.organiser, "console");
  CHECK(state["rooms"][0]["columns"][0]["notes"] == 1);
  CHECK(state["rooms"][0]["texts"][0]["units"] == 6);
  CHECK(state["seats"].size() == 2);
  CHECK_THAT(state.dump(), !Catch::Contains("Innspill én"));
}

TEST_CASE("SN5: a wall's snapshot has each room's notes and text, and no authors") {
  Gathering gathering;
  const auto state = gathering.state(gathering.projector, "wall/1.1");
  CHECK(state["rooms"][0]["notes"][0]["text"] == "Innspill én");
  CHECK(state["rooms"][0]["text"]["text"] == "Vi vil");
  CHECK_THAT(state.dump(), !Catch::Contains(to_text(gathering.kari)));
}

TEST_CASE("FR4: all on a channel get the same commits in the same order") {
  Gathering gathering;
  for (const auto session : {gathering.karis, gathering.olas}) gathering.state(session, "room/1");
  for (int n = 20; n < 30; ++n) {
    gathering.bench.write_note(gathering.karis, n, gathering.kari, n, "Nr. " + std::to_string(n));
    gathering.bench.sync();
  }
  gathering.bench.pass(std::chrono::seconds(1));
  const auto frames = gathering.bench.take(gathering.karis, "frame");
  CHECK(!frames.empty());
  CHECK(frames == gathering.bench.take(gathering.olas, "frame"));
  for (std::size_t i = 1; i < frames.size(); ++i) CHECK(frames[i]["after"] == frames[i - 1]["to"]);
}

TEST_CASE("FR10: presence tells who is online and who writes, and is never stored") {
  Gathering gathering;
  gathering.state(gathering.olas, "room/1");
  gathering.bench.take(gathering.olas, "presence");
  const auto commits = gathering.disk.commits.size();
  gathering.bench.say(gathering.karis, {{"type", "writing"},
                                        {"seat", to_text(gathering.kari)},
                                        {"place", {{"task", 1}, {"question", 1}}}});
  gathering.bench.pass(std::chrono::seconds(1));
  const auto told = gathering.bench.take(gathering.olas, "presence");
  REQUIRE(told.size() == 1);
  CHECK(told[0]["online"].size() == 2);
  CHECK(told[0]["writing"][0]["seat"] == to_text(gathering.kari));
  CHECK(gathering.disk.commits.size() == commits);
}

TEST_CASE("SB5: after unsubscribing nothing more comes") {
  Gathering gathering;
  gathering.state(gathering.olas, "room/1");
  gathering.bench.say(gathering.olas, {{"type", "unsubscribe"}, {"channels", {"room/1"}}});
  gathering.bench.write_note(gathering.karis, 20, gathering.kari, 20, "Etterpå");
  gathering.bench.sync();
  gathering.bench.pass(std::chrono::seconds(1));
  CHECK(gathering.bench.take(gathering.olas, "frame").empty());
}

TEST_CASE("CM4: a command for all rooms is one commit, and one that is refused leaves none") {
  Gathering gathering;
  const auto before = gathering.disk.commits.size();
  gathering.bench.feed(
      Submit{Token{1}, ByOrganiser{}, id<CommandId>(50), StartStep{{}, {1, 0, 2}, {}}});
  CHECK(gathering.disk.commits.size() == before + 1);
  gathering.bench.feed(Submit{Token{2}, ByOrganiser{}, id<CommandId>(51),
                              StartStep{{RoomNumber{1}, RoomNumber{77}}, {1, 0, 1}, {}}});
  CHECK(gathering.disk.commits.size() == before + 1);
}

TEST_CASE("LG3: a name stands in a row beside the commit, not in it") {
  Gathering gathering;
  const auto& joined = gathering.disk.commits[1];
  CHECK_THAT(joined.header, Catch::Contains("seat_joined"));
  CHECK_THAT(joined.header, !Catch::Contains("Kari"));
  CHECK(joined.texts.empty());
  REQUIRE(joined.names.size() == 1);
  CHECK_THAT(*joined.names[0].value, Catch::Contains("Kari"));
}
