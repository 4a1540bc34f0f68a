// Erasing in a live workshop: people see it go at once, `ok` waits for the last byte, and nothing
// kept in memory sends the words again.
#include "bench_workshop.hpp"
#include "catch.hpp"

using namespace rundbord;
using namespace rundbord::engine;
using namespace rundbord::engine::test;

namespace {

struct ErasingRoom {
  Disk disk;
  Bench bench{disk};
  SeatId kari;
  SessionId karis{}, organiser{};

  ErasingRoom() {
    bench.create();
    kari = bench.join(1, 1);
    karis = bench.open(1, {false, false, {kari}});
    organiser = bench.open(3, {true, false, {}});
    bench.subscribe(karis, "room/1");
    bench.subscribe(organiser, "room/1");
    bench.write_note(karis, 100, kari, 7, "HEMMELIG");
    bench.sync();
    bench.pass(std::chrono::seconds(1));
  }
  void order(int command_id, const std::string& name, json fields) {
    bench.say(organiser, {{"type", "command"},
                          {"id", to_text(id<CommandId>(command_id))},
                          {"name", name},
                          {"fields", std::move(fields)}});
    bench.sync();
    bench.pass(std::chrono::seconds(1));
  }
  void finish(int erasure) {
    bench.feed(
        Submit{Token{5}, ByServer{}, id<CommandId>(400 + erasure), FinishErasure{erasure, {}}});
    bench.sync();
  }
};

}  // namespace

TEST_CASE("CM10: ok to an erasing command comes when the words are gone, also when asked again") {
  ErasingRoom room;
  room.order(300, "erase_note", {{"note", to_text(id<NoteId>(7))}});
  REQUIRE(room.bench.erasures.size() == 1);
  CHECK(room.bench.take(room.organiser, "ok").empty());
  room.order(300, "erase_note", {{"note", to_text(id<NoteId>(7))}});
  CHECK(room.bench.take(room.organiser, "ok").empty());
  room.finish(room.bench.erasures[0].erasure);
  CHECK(room.bench.take(room.organiser, "ok").size() == 2);
  room.order(300, "erase_note", {{"note", to_text(id<NoteId>(7))}});
  CHECK(room.bench.take(room.organiser, "ok").size() == 1);
}

TEST_CASE("CM10: after a restart an unfinished erasure is asked for again") {
  ErasingRoom room;
  room.order(300, "erase_note", {{"note", to_text(id<NoteId>(7))}});
  Bench later(room.disk);
  REQUIRE(later.erasures.size() == 1);
  CHECK(later.erasures[0].erasure == 1);
}

TEST_CASE("CM10: people see an erased note go, and it is in no frame or snapshot after that") {
  ErasingRoom room;
  room.bench.take(room.karis, "frame");
  room.order(300, "erase_note", {{"note", to_text(id<NoteId>(7))}});
  const auto frames = room.bench.take(room.karis, "frame");
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].dump().find("note_deleted") != std::string::npos);
  // Whoever was away since before the note: the ring still held it a moment ago.
  const auto away = room.bench.open(9, {false, false, {room.kari}});
  room.bench.subscribe_at(away, "room/1", "h1", 2);
  CHECK(room.bench.take(away, "frame").empty());
  const auto snapshots = room.bench.take(away, "snapshot");
  REQUIRE(snapshots.size() == 1);
  CHECK(snapshots[0].dump().find("HEMMELIG") == std::string::npos);
}

TEST_CASE("CM10: an anonymised person's name is in no message any more") {
  ErasingRoom room;
  room.order(300, "erase_seat", {{"seat", to_text(room.kari)}, {"words", false}});
  const auto late = room.bench.open(9, {true, false, {}});
  room.bench.subscribe(late, "room/1");
  room.bench.subscribe(late, "console");
  for (const auto& snapshot : room.bench.take(late, "snapshot")) {
    CHECK(snapshot.dump().find("Kari") == std::string::npos);
  }
}

TEST_CASE("CM10: of an erased question no earlier wording stays with those who listen") {
  ErasingRoom room;
  const auto last_event = [&] {
    const auto frames = room.bench.take(room.karis, "frame");
    REQUIRE(frames.size() == 1);
    return frames[0]["commits"][0]["events"][0];
  };
  room.bench.take(room.karis, "frame");
  room.order(300, "add_question", {{"task", 1}, {"text", {{"nb", "HEMMELIG?"}}}, {"room", 1}});
  room.bench.take(room.karis, "frame");
  room.order(301, "correct_question", {{"task", 1}, {"question", 3}, {"text", {{"nb", "Ja?"}}}});
  const auto corrected = last_event();
  CHECK(corrected["event"] == "question_corrected");
  CHECK_FALSE(corrected.contains("earlier_erased"));

  room.order(302, "erase_question", {{"task", 1}, {"question", 3}});
  const auto erased = last_event();
  CHECK(erased["event"] == "question_corrected");
  CHECK(erased.value("earlier_erased", false));
}
