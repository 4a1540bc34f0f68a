// A private note reaches nobody but its author until it is revealed; hidden authors stay hidden.
#include "bench_workshop.hpp"
#include "catch.hpp"

using namespace rundbord;
using namespace rundbord::engine;
using namespace rundbord::engine::test;

namespace {

struct SilentRoom {
  Disk disk;
  Bench bench{disk};
  SeatId kari, ola;
  SessionId karis{}, olas{}, organiser{};

  SilentRoom() {
    bench.create();
    kari = bench.join(1, 1);
    ola = bench.join(2, 1, "Ola");
    karis = bench.open(1, {false, false, {kari}});
    olas = bench.open(2, {false, false, {ola}});
    organiser = bench.open(3, {true, false, {}});
    start_step(0);
    bench.subscribe(karis, "seat/" + to_text(kari));
    for (const auto session : {karis, olas, organiser}) bench.subscribe(session, "room/1");
    bench.subscribe(organiser, "console");
    bench.subscribe(organiser, "wall/1.1");
    bench.pass(std::chrono::seconds(1));
  }
  void start_step(int step) {
    bench.feed(
        Submit{Token{1}, ByOrganiser{}, id<CommandId>(50 + step), StartStep{{}, {1, 0, step}, {}}});
    bench.sync();
    bench.pass(std::chrono::seconds(1));
  }
  // Everything the session got since last asked, as one text.
  std::string all(SessionId session) {
    std::string text;
    for (const auto type : {"frame", "snapshot", "ok", "presence", "unsubscribed"}) {
      for (const auto& message : bench.take(session, type)) text += message.dump() + "\n";
    }
    return text;
  }
};

}  // namespace

TEST_CASE("FR6: a private note's text goes to its author only, until the lap reveals it") {
  SilentRoom room;
  room.bench.write_note(room.karis, 10, room.kari, 10, "Hemmelig tanke");
  room.bench.sync();
  room.bench.pass(std::chrono::seconds(1));
  CHECK_THAT(room.all(room.karis), Catch::Contains("Hemmelig tanke"));
  const auto olas = room.all(room.olas);
  CHECK_THAT(olas, !Catch::Contains("Hemmelig tanke"));
  CHECK_THAT(olas, Catch::Contains(R"("private_writers":1)"));
  CHECK_THAT(room.all(room.organiser), !Catch::Contains("Hemmelig tanke"));

  for (const auto session : {room.olas, room.organiser}) room.bench.subscribe(session, "room/1");
  room.bench.subscribe(room.organiser, "wall/1.1");
  CHECK_THAT(room.all(room.olas), !Catch::Contains("Hemmelig tanke"));
  CHECK_THAT(room.all(room.organiser), !Catch::Contains("Hemmelig tanke"));

  room.start_step(2);
  CHECK_THAT(room.all(room.olas), Catch::Contains("Hemmelig tanke"));
  CHECK_THAT(room.all(room.organiser), Catch::Contains("Hemmelig tanke"));
}

TEST_CASE("FR7: a hidden author is named to nobody else, and knows the note as its own") {
  SilentRoom room;
  room.start_step(2);
  Settings hidden = small_workshop().settings;
  hidden.authorship = Authorship::hidden;
  room.bench.feed(Submit{Token{1}, ByOrganiser{}, id<CommandId>(70), ChangeSettings{hidden}});
  room.bench.sync();
  for (const auto session : {room.karis, room.olas, room.organiser}) room.all(session);
  room.bench.write_note(room.karis, 11, room.kari, 11, "Uten navn");
  room.bench.sync();
  room.bench.pass(std::chrono::seconds(1));
  const auto author = R"("author":")" + to_text(room.kari);
  CHECK_THAT(room.all(room.karis), Catch::Contains(author));
  const auto olas = room.all(room.olas);
  CHECK_THAT(olas, Catch::Contains("Uten navn"));
  CHECK_THAT(olas, !Catch::Contains(author));
  CHECK_THAT(room.all(room.organiser), !Catch::Contains(author));
}

TEST_CASE("a note whose author is never stored has no seat in the log") {
  SilentRoom room;
  room.start_step(2);
  Settings never = small_workshop().settings;
  never.authorship = Authorship::never;
  room.bench.feed(Submit{Token{1}, ByOrganiser{}, id<CommandId>(70), ChangeSettings{never}});
  room.bench.sync();
  room.bench.say(room.karis, {{"type", "command"},
                              {"id", to_text(id<CommandId>(71))},
                              {"seat", to_text(room.kari)},
                              {"author_key", "a-key-in-this-browser!"},
                              {"name", "write_note"},
                              {"fields",
                               {{"note", to_text(id<NoteId>(71))},
                                {"room", 1},
                                {"place", {{"task", 1}, {"question", 1}}},
                                {"text", "Helt anonymt"}}}});
  room.bench.sync();
  REQUIRE(room.bench.take(room.karis, "ok").size() == 1);
  const auto& header = room.disk.commits.back().header;
  CHECK_THAT(header, Catch::Contains("note_written"));
  CHECK_THAT(header, !Catch::Contains(to_text(room.kari)));
  CHECK_THAT(room.all(room.karis), !Catch::Contains("author_key"));
}
