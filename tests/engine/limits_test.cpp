// What one session, one seat and one workshop may ask for, at each limit and one beyond (SPEC LM).
#include "bench_workshop.hpp"
#include "catch.hpp"
#include "engine/budget.hpp"
#include "engine/snapshot_cache.hpp"

using namespace rundbord;
using namespace rundbord::engine;
using namespace rundbord::engine::test;
using namespace std::chrono_literals;

namespace {

// A seat in room 1 of a workshop whose sitting is open, ready to write.
struct Writing {
  explicit Writing(LiveWorkshopOptions options = {}) : bench(disk, std::move(options)) {
    bench.create();
    bench.feed(Submit{Token{1}, ByOrganiser{}, id<CommandId>(8999), OpenSitting{1}});
    seat = bench.join(1, 1);
    session = bench.open(1, {false, false, {seat}});
    bench.sync();
  }
  void write(int number) { bench.write_note(session, number, seat, number, "ord"); }
  // How many of the commands so far were answered busy.
  std::size_t busy() {
    std::size_t count = 0;
    for (const auto& rejected : bench.take(session, "rejected")) {
      REQUIRE(rejected["code"] == "busy");
      REQUIRE(rejected["facts"]["retry_ms"].get<int>() > 0);
      ++count;
    }
    return count;
  }

  Disk disk;
  Bench bench;
  SeatId seat;
  SessionId session{};
};

std::size_t snapshots_of(Bench& bench, SessionId session) {
  return bench.take(session, "snapshot").size();
}

}  // namespace

TEST_CASE("LM1 a budget: a burst, then a rate, and a clock set back gives nothing away") {
  const Time start{1h};
  Budget budget({10, 5}, start);
  for (int i = 0; i < 10; ++i) REQUIRE(budget.take(1, start) == 0ms);
  REQUIRE(budget.take(1, start) == 200ms);
  REQUIRE(budget.owed(start + 200ms) == 0ms);
  REQUIRE(budget.try_take(1, start + 200ms) == 200ms);  // and takes nothing
  REQUIRE(budget.try_take(1, start + 400ms) == 0ms);
  REQUIRE(budget.take(1, start - 1h) == 200ms);
  REQUIRE(budget.owed(start - 1h + 200ms) == 0ms);
}

TEST_CASE("LM8 a seat's commands over all its sockets: beyond the budget busy, and when to retry") {
  LiveWorkshopOptions options;
  options.commands_per_seat = {4, 2};
  Writing room(options);
  const auto second = room.bench.open(2, {false, false, {room.seat}});
  room.bench.write_note(second, 1, room.seat, 1, "ord");
  for (int i = 2; i <= 4; ++i) room.write(i);
  REQUIRE(room.busy() == 0);
  room.write(5);
  REQUIRE(room.busy() == 1);
  room.bench.pass(500ms);
  room.write(5);
  room.bench.sync();
  REQUIRE(room.busy() == 0);
  REQUIRE(room.bench.take(room.session, "ok").size() == 4);
}

TEST_CASE("LM8 CM8 a disk that is behind: commands beyond what is in flight are busy, at once") {
  LiveWorkshopOptions options;
  options.commits_in_flight_max = 3;
  Writing room(options);
  for (int i = 1; i <= 3; ++i) room.write(i);
  REQUIRE(room.busy() == 0);
  room.write(4);
  REQUIRE(room.busy() == 1);  // although nothing is durable yet
  room.bench.sync();
  room.write(4);
  room.bench.sync();
  REQUIRE(room.busy() == 0);
  REQUIRE(room.bench.take(room.session, "ok").size() == 4);
}

TEST_CASE("LM8 answers that wait for the disk are bounded: commands are busy, others come back") {
  LiveWorkshopOptions options;
  options.answers_in_flight_max = 3;
  Writing room(options);
  room.write(1);
  for (int i = 2; i <= 3; ++i) room.bench.say(room.session, {{"type", "nonsense"}});
  REQUIRE(room.bench.closes.empty());
  room.write(4);
  REQUIRE(room.busy() == 1);
  room.bench.say(room.session, {{"type", "ping"}});
  REQUIRE(room.bench.take(room.session, "pong").size() == 1);
  REQUIRE(room.bench.closes.empty());
  room.bench.subscribe(room.session, "room/1");
  REQUIRE(room.bench.closes.size() == 1);
  REQUIRE(room.bench.closes[0].code == CloseCode::failed);
}

TEST_CASE("LM7 a seat's sockets: one more, and the oldest is told to come back") {
  LiveWorkshopOptions options;
  options.sessions_per_seat_max = 2;
  Disk disk;
  Bench bench(disk, options);
  bench.create();
  const auto seat = bench.join(1, 1);
  const auto other = bench.join(2, 1);
  const auto first = bench.open(1, {false, false, {seat}});
  bench.open(2, {false, false, {seat}});
  bench.open(3, {false, false, {other}});
  REQUIRE(bench.closes.empty());
  bench.open(4, {false, false, {seat, other}});
  REQUIRE(bench.closes.size() == 1);
  REQUIRE(bench.closes[0].session == first);
  REQUIRE(bench.closes[0].code == CloseCode::moved);
  bench.feed(Gone{first});
  bench.feed(Gone{SessionId{2}});
  bench.open(5, {false, false, {seat}});
  REQUIRE(bench.closes.size() == 1);
}

TEST_CASE("LM7 a session's channels: one more is refused, one it has is not") {
  LiveWorkshopOptions options;
  options.channels_per_session_max = 3;
  Disk disk;
  Bench bench(disk, options);
  bench.create();
  const auto session = bench.open(1, {true, false, {}});
  for (const char* channel : {"plenary", "room/1", "wall/1.1"}) bench.subscribe(session, channel);
  REQUIRE(bench.take(session, "refused").empty());
  bench.subscribe(session, "room/2");
  const auto refused = bench.take(session, "refused");
  REQUIRE(refused.size() == 1);
  REQUIRE(refused[0]["code"] == "too_many");
  REQUIRE(refused[0]["channel"] == "room/2");
  REQUIRE(snapshots_of(bench, session) == 3);
  bench.subscribe(session, "room/1");
  REQUIRE(snapshots_of(bench, session) == 1);
  bench.say(session, {{"type", "unsubscribe"}, {"channels", {"wall/1.1"}}});
  bench.subscribe(session, "room/2");
  REQUIRE(snapshots_of(bench, session) == 1);
}

TEST_CASE("LM7 a channel twice in one message, or more than 64 of them, is malformed") {
  Disk disk;
  Bench bench(disk);
  bench.create();
  const auto session = bench.open(1, {true, false, {}});
  const auto asked = [&](int count, bool twice) {
    json channels = json::array();
    for (int i = 0; i < count; ++i) {
      channels.push_back({{"channel", "wall/" + std::to_string(twice ? 1 : i + 1)}});
    }
    bench.say(session, {{"type", "subscribe"}, {"channels", channels}});
    return bench.take(session, "rejected").size();
  };
  REQUIRE(asked(64, false) == 0);
  REQUIRE(asked(65, false) == 1);
  REQUIRE(asked(2, true) == 1);
}

namespace {

// An organiser who asks for snapshots; the same frame twice was encoded once.
struct Asking {
  Disk disk;
  Bench bench{disk};
  SessionId session{};

  Asking() {
    bench.create();
    session = bench.open(1, {true, false, {}});
  }
  Frame snapshot(const std::string& channel) {
    bench.frames.clear();
    bench.subscribe(session, channel);
    return bench.frames.at(0);
  }
};

}  // namespace

TEST_CASE("LM9 a snapshot is encoded once for all who ask before the next commit") {
  Asking organiser;
  const auto first = organiser.snapshot("console");
  REQUIRE(organiser.snapshot("console") == first);
  organiser.bench.join(1, 1);
  REQUIRE(organiser.snapshot("console") != first);
}

TEST_CASE(
    "LM9 what other rooms do leaves a room's encoded snapshot as it is, what all hear does not") {
  Asking organiser;
  auto& bench = organiser.bench;
  const auto first = organiser.snapshot("room/1");
  bench.join(1, 2);
  REQUIRE(organiser.snapshot("room/1") == first);
  bench.feed(Submit{Token{1}, ByOrganiser{}, id<CommandId>(8999), OpenSitting{1}});
  bench.sync();
  const auto second = organiser.snapshot("room/1");
  REQUIRE(second != first);
  bench.join(2, 1);
  REQUIRE(organiser.snapshot("room/1") != second);
}

TEST_CASE("LM9 kept snapshots have a limit in bytes") {
  SnapshotCache cache(100);
  const auto frame = [](std::size_t bytes) {
    return std::make_shared<const std::string>(bytes, 'x');
  };
  cache.keep(Plenary{}, 7, frame(60));
  cache.keep(ConsoleChannel{}, 7, frame(40));
  REQUIRE(cache.bytes() == 100);
  REQUIRE(cache.find(Plenary{}, 7));
  REQUIRE_FALSE(cache.find(Plenary{}, 8));
  cache.keep(Plenary{}, 8, frame(50));  // instead of the earlier one
  REQUIRE(cache.bytes() == 90);
  REQUIRE(cache.find(Plenary{}, 8));
  REQUIRE(cache.find(ConsoleChannel{}, 7));
  cache.keep(RoomChannel{RoomNumber{1}}, 7, frame(11));
  REQUIRE(cache.bytes() == 11);
  REQUIRE_FALSE(cache.find(Plenary{}, 8));
  cache.keep(RoomChannel{RoomNumber{2}}, 7, frame(101));
  REQUIRE_FALSE(cache.find(RoomChannel{RoomNumber{2}}, 7));
  cache.forget();
  REQUIRE(cache.bytes() == 0);
  REQUIRE_FALSE(cache.find(RoomChannel{RoomNumber{1}}, 7));
}

TEST_CASE("FR10 a flood of who writes where is told at the pace of presence") {
  Writing room;
  room.bench.subscribe(room.session, "room/1");
  room.bench.pass(1s);
  room.bench.take(room.session, "presence");
  for (int i = 0; i < 1'000; ++i) {
    room.bench.say(room.session, {{"type", "writing"},
                                  {"seat", to_text(room.seat)},
                                  {"place", {{"task", 1}, {"question", 1 + i % 2}}}});
  }
  REQUIRE(room.bench.take(room.session, "presence").empty());
  room.bench.pass(250ms);
  REQUIRE(room.bench.take(room.session, "presence").size() == 1);
}
