// Nothing leaves before it is durable; repeats are answered, not done; failures end the workshop.
#include "bench_workshop.hpp"
#include "catch.hpp"
#include "engine/answers_kept.hpp"
#include "engine/recent_chains.hpp"

using namespace rundbord;
using namespace rundbord::engine;
using namespace rundbord::engine::test;

namespace {

struct Room1 {
  Disk disk;
  Bench bench{disk};
  SeatId kari, ola;
  SessionId karis{}, olas{};

  Room1() {
    bench.create();
    kari = bench.join(1, 1);
    ola = bench.join(2, 1, "Ola");
    karis = bench.open(1, {false, false, {kari}});
    olas = bench.open(2, {false, false, {ola}});
    for (const auto session : {karis, olas}) bench.subscribe(session, "room/1");
    bench.take(karis, "snapshot");
    bench.take(olas, "snapshot");
    bench.pass(std::chrono::seconds(1));
  }
};

}  // namespace

TEST_CASE("FR3 CM2: neither ok nor frame leaves before the log has the commit") {
  Room1 room;
  room.bench.write_note(room.karis, 10, room.kari, 10, "Ungdomsklubben");
  room.bench.pass(std::chrono::seconds(1));
  CHECK(room.bench.take(room.karis, "ok").empty());
  CHECK(room.bench.take(room.olas, "frame").empty());

  room.bench.sync();
  const auto oks = room.bench.take(room.karis, "ok");
  REQUIRE(oks.size() == 1);
  CHECK(oks[0]["id"] == to_text(id<CommandId>(10)));
  const auto frames = room.bench.take(room.olas, "frame");
  REQUIRE(frames.size() == 1);
  CHECK(frames[0]["commits"][0]["events"][0]["note"]["text"] == "Ungdomsklubben");
}

TEST_CASE(
    "FR3 FR9: on a slow disk a commit waits for what is in its frame, not for what came later") {
  Room1 room;
  const auto write = [&](int number, Duration wait) {
    room.bench.write_note(room.karis, number, room.kari, number, "Innspill");
    room.bench.pass(wait);
  };
  // The first in its own frame, the next two in one.
  write(10, Duration(5));
  write(11, Duration(5));
  write(12, std::chrono::seconds(1));
  write(13, std::chrono::seconds(1));

  room.bench.sync(1);
  CHECK(room.bench.take(room.karis, "ok").size() == 1);
  CHECK(room.bench.take(room.olas, "frame").size() == 1);
  room.bench.sync(1);
  CHECK(room.bench.take(room.karis, "ok").size() == 1);
  CHECK(room.bench.take(room.olas, "frame").empty());
  room.bench.sync(1);
  CHECK(room.bench.take(room.karis, "ok").size() == 1);
  const auto frames = room.bench.take(room.olas, "frame");
  REQUIRE(frames.size() == 1);
  CHECK(frames[0]["commits"].size() == 2);
}

TEST_CASE("FR3: a rejection waits for the state it was decided on") {
  Room1 room;
  room.bench.write_note(room.karis, 10, room.kari, 10, "Først");
  room.bench.write_note(room.olas, 11, room.ola, 10, "Samme id");
  CHECK(room.bench.take(room.olas, "rejected").empty());
  room.bench.sync();
  const auto rejected = room.bench.take(room.olas, "rejected");
  REQUIRE(rejected.size() == 1);
  CHECK(rejected[0]["code"] == "exists_already");
}

TEST_CASE("CM3: a repeated command is answered with its first seq and not done again") {
  Room1 room;
  room.bench.write_note(room.karis, 10, room.kari, 10, "En gang");
  room.bench.sync();
  const auto first = room.bench.take(room.karis, "ok");
  const auto commits = room.disk.commits.size();
  room.bench.write_note(room.karis, 10, room.kari, 10, "En gang");
  const auto again = room.bench.take(room.karis, "ok");
  REQUIRE(again.size() == 1);
  CHECK(again[0]["seq"] == first[0]["seq"]);
  CHECK(room.disk.commits.size() == commits);
}

TEST_CASE("CM3: repeats are known after a restart") {
  Room1 room;
  room.bench.write_note(room.karis, 10, room.kari, 10, "Før omstart");
  room.bench.sync();
  const auto seq = room.bench.take(room.karis, "ok")[0]["seq"];

  Bench restarted(room.disk);
  const auto session = restarted.open(5, {false, false, {room.kari}});
  const auto commits = room.disk.commits.size();
  restarted.write_note(session, 10, room.kari, 10, "Før omstart");
  const auto oks = restarted.take(session, "ok");
  REQUIRE(oks.size() == 1);
  CHECK(oks[0]["seq"] == seq);
  CHECK(room.disk.commits.size() == commits);
}

TEST_CASE(
    "RC1: every ok names its own commit's place in the chain, also of several stored at once") {
  Room1 room;
  for (int n = 10; n < 13; ++n) room.bench.write_note(room.karis, n, room.kari, n, "Innspill");
  room.bench.sync();
  const auto oks = room.bench.take(room.karis, "ok");
  REQUIRE(oks.size() == 3);
  for (const auto& ok : oks) CHECK(ok["chain"] == to_hex(chain_of(ok["seq"])));
}

TEST_CASE("RC1: a repeated command gets the same place in the chain, before and after a restart") {
  Room1 room;
  room.bench.write_note(room.karis, 10, room.kari, 10, "En gang");
  room.bench.sync();
  const auto first = room.bench.take(room.karis, "ok")[0];
  room.bench.write_note(room.olas, 11, room.ola, 11, "Noe annet");
  room.bench.sync();
  room.bench.write_note(room.karis, 10, room.kari, 10, "En gang");
  CHECK(room.bench.take(room.karis, "ok")[0] == first);

  Bench restarted(room.disk);
  const auto session = restarted.open(5, {false, false, {room.kari}});
  restarted.write_note(session, 10, room.kari, 10, "En gang");
  CHECK(restarted.take(session, "ok")[0] == first);
}

TEST_CASE("RC1: a command that writes nothing names no place in the chain") {
  Room1 room;
  room.bench.write_note(room.karis, 10, room.kari, 10, "Uendret");
  room.bench.sync();
  room.bench.take(room.karis, "ok");
  room.bench.command(room.karis, 11, room.kari, "edit_note",
                     {{"note", to_text(id<NoteId>(10))}, {"version", 1}, {"text", "Uendret"}});
  const auto oks = room.bench.take(room.karis, "ok");
  REQUIRE(oks.size() == 1);
  CHECK_FALSE(oks[0].contains("chain"));
}

TEST_CASE("RC1: the chain hash of an old commit is left to the log, chains_kept_max are at hand") {
  Room1 room;
  room.bench.write_note(room.karis, 10, room.kari, 10, "Gammelt");
  room.bench.sync();
  const auto seq = room.bench.take(room.karis, "ok")[0]["seq"].get<std::uint64_t>();
  const auto repeat = [&] { room.bench.write_note(room.karis, 10, room.kari, 10, "Gammelt"); };
  for (auto newer = seq + 1; newer < seq + chains_kept_max; ++newer) {
    room.bench.feed(Stored{newer, chain_of(newer)});
  }
  repeat();
  CHECK(room.bench.take(room.karis, "ok").size() == 1);
  CHECK(room.bench.oks_from_log.empty());

  room.bench.feed(Stored{seq + chains_kept_max, {}});
  repeat();
  CHECK(room.bench.take(room.karis, "ok").empty());
  REQUIRE(room.bench.oks_from_log.size() == 1);
  CHECK(room.bench.oks_from_log[0].session == room.karis);
  CHECK(room.bench.oks_from_log[0].id == id<CommandId>(10));
  CHECK(room.bench.oks_from_log[0].seq == seq);
}

TEST_CASE("CM1: a client cannot use up the ids of the server's own commands") {
  Room1 room;
  const auto next = room.disk.commits.back().seq + 2;
  CommandId servers;
  servers.bytes.fill(0xff);
  for (std::size_t i = 0; i < sizeof next; ++i) {
    servers.bytes[15 - i] = static_cast<std::uint8_t>(next >> (8 * i));
  }
  room.bench.say(room.karis, {{"type", "command"},
                              {"id", to_text(servers)},
                              {"seat", to_text(room.kari)},
                              {"name", "raise_hand"},
                              {"fields", {{"seat", to_text(room.kari)}}}});
  const auto rejected = room.bench.take(room.karis, "rejected");
  REQUIRE(rejected.size() == 1);
  CHECK(rejected[0]["code"] == "malformed");
  CHECK(rejected[0]["field"] == "id");
}

TEST_CASE("CM3: what was refused is not done when it is repeated") {
  Room1 room;
  const auto ask = [&](int command) {
    room.bench.command(room.karis, command, room.kari, "edit_note",
                       {{"note", to_text(id<NoteId>(10))}, {"version", 1}, {"text", "Endret"}});
    room.bench.sync();
  };
  ask(11);  // there is no such note yet
  const auto refused = room.bench.take(room.karis, "rejected");
  REQUIRE(refused.size() == 1);
  room.bench.write_note(room.karis, 10, room.kari, 10, "Et innspill");
  room.bench.sync();
  room.bench.take(room.karis, "ok");

  ask(11);
  CHECK(room.bench.take(room.karis, "ok").empty());
  const auto again = room.bench.take(room.karis, "rejected");
  REQUIRE(again.size() == 1);
  CHECK(again[0]["code"] == refused[0]["code"]);
  ask(12);  // asked anew, it is
  CHECK(room.bench.take(room.karis, "ok").size() == 1);
}

TEST_CASE("CM3: answers_kept_max answers of commands that wrote nothing are kept") {
  AnswersKept kept;
  for (int n = 0; n < static_cast<int>(answers_kept_max); ++n) kept.keep(id<CommandId>(n), {7, {}});
  REQUIRE(kept.find(id<CommandId>(0)));
  CHECK(kept.find(id<CommandId>(0))->seq == 7);
  kept.keep(id<CommandId>(answers_kept_max), {8, Rejection{RejectionCode::forbidden, "", {}}});
  CHECK_FALSE(kept.find(id<CommandId>(0)));
  CHECK(kept.find(id<CommandId>(1)));
  CHECK(kept.find(id<CommandId>(answers_kept_max))->refused);
}

TEST_CASE("FR8: a seat that was removed and has come back is told to those who still show it") {
  Room1 room;
  const auto channel = "seat/" + to_text(room.kari);
  room.bench.subscribe(room.karis, channel);
  room.bench.command(room.karis, 11, room.kari, "remove_seat", {{"seat", to_text(room.kari)}});
  room.bench.sync();
  room.bench.feed(Submit{Token{77}, ByNewcomer{}, id<CommandId>(12),
                         Join{room.kari, Text{"Kari", 4}, {}, RoomNumber{2}}});
  room.bench.sync();
  room.bench.pass(std::chrono::seconds(1));
  json events = json::array();
  for (const auto& frame : room.bench.take(room.karis, "frame")) {
    if (frame["channel"] != channel) continue;
    for (const auto& commit : frame["commits"]) {
      for (const auto& event : commit["events"]) events.push_back(event);
    }
  }
  REQUIRE(events.size() == 2);
  CHECK(events[0]["event"] == "seat_removed");
  CHECK(events[1]["event"] == "seat_joined");
  CHECK(events[1]["seat"]["room"] == 2);
  CHECK(events[1]["seat"]["person"] == "Kari");
}

TEST_CASE("a commit the disk never confirmed is gone after a restart and can be sent again") {
  Room1 room;
  room.bench.write_note(room.karis, 10, room.kari, 10, "Ikke lagret");
  Bench restarted(room.disk);
  const auto session = restarted.open(5, {false, false, {room.kari}});
  restarted.subscribe(session, "room/1");
  CHECK(restarted.take(session, "snapshot")[0]["state"]["columns"].empty());
  restarted.write_note(session, 10, room.kari, 10, "Ikke lagret");
  restarted.sync();
  CHECK(restarted.take(session, "ok").size() == 1);
}

TEST_CASE("CM8: a failed append closes every session with 4002 and ends the workshop") {
  Room1 room;
  room.bench.write_note(room.karis, 10, room.kari, 10, "Full disk");
  room.bench.feed(Submit{Token{77}, ByNewcomer{}, id<CommandId>(77),
                         Join{id<SeatId>(77), {}, {}, RoomNumber{1}}});
  room.bench.answers.clear();
  room.bench.feed(StoreFailed{"disk_full"});
  CHECK(room.bench.died);
  REQUIRE(room.bench.closes.size() == 2);
  CHECK(room.bench.closes[0].code == CloseCode::failed);
  CHECK(room.bench.closes[0].reason == "disk_full retry_ms=0");
  REQUIRE(room.bench.answers.size() == 1);
  CHECK(std::get<Rejection>(room.bench.answers[0].result).code == RejectionCode::not_stored);
  CHECK(room.bench.take(room.karis, "ok").empty());

  room.bench.write_note(room.karis, 11, room.kari, 11, "Etterpå");
  CHECK(room.bench.take(room.karis, "rejected").empty());
}

TEST_CASE("CN6: those who are sent away come back one after the other, 2,000 a second") {
  Disk disk;
  Bench bench(disk);
  bench.create();
  for (std::uint64_t session = 1; session <= 4'001; ++session) {
    bench.feed(Opened{SessionId{session}, {}});
  }
  bench.feed(ShutDown{});
  REQUIRE(bench.closes.size() == 4'001);
  CHECK(bench.closes[0].reason == "restart retry_ms=0");
  CHECK(bench.closes[2].reason == "restart retry_ms=1");
  CHECK(bench.closes[4'000].reason == "restart retry_ms=2000");
}

TEST_CASE("CL2: a running clock stands where it was after a restart") {
  Room1 room;
  room.bench.feed(Submit{Token{1}, ByOrganiser{}, id<CommandId>(50), StartStep{{}, {1, 0, 2}, {}}});
  room.bench.sync();
  Bench restarted(room.disk);
  const auto session = restarted.open(5, {false, false, {room.kari}});
  restarted.subscribe(session, "room/1");
  const auto step = restarted.take(session, "snapshot")[0]["state"]["room"]["step"];
  const auto started = step["started"].get<std::int64_t>();
  CHECK(step["clock"]["is"] == "running");
  CHECK(step["clock"]["ends_at"] == started + 10 * 60'000);
}

TEST_CASE("CL3: a seat whose device is gone for a minute is away, and back when it returns") {
  Room1 room;
  room.bench.feed(Gone{room.karis});
  room.bench.pass(std::chrono::seconds(59));
  room.bench.sync();
  room.bench.take(room.olas, "frame");
  room.bench.pass(std::chrono::seconds(1));
  room.bench.sync();
  auto frames = room.bench.take(room.olas, "frame");
  REQUIRE(frames.size() == 1);
  CHECK(frames[0]["commits"][0]["events"][0]["event"] == "seat_presence_changed");
  CHECK(frames[0]["commits"][0]["events"][0]["away"] == true);

  room.bench.open(9, {false, false, {room.kari}});
  room.bench.pass(std::chrono::seconds(1));
  room.bench.sync();
  frames = room.bench.take(room.olas, "frame");
  REQUIRE(frames.size() == 1);
  CHECK(frames[0]["commits"][0]["events"][0]["away"] == false);
}
