// Positions, resume, snapshots, gathering, who may hear what.
#include "engine/fan_out.hpp"
#include "bench_workshop.hpp"
#include "catch.hpp"

using namespace rundbord;
using namespace rundbord::engine;
using namespace rundbord::engine::test;

namespace {

struct Seminar {
  Disk disk;
  Bench bench{disk};
  SeatId kari, ola;
  SessionId karis{};

  Seminar() {
    bench.create();
    kari = bench.join(1, 1);
    ola = bench.join(2, 2, "Ola");
    karis = bench.open(1, {false, false, {kari}});
    bench.pass(std::chrono::seconds(1));
  }
  void write(int number, const std::string& text) {
    bench.write_note(karis, 100 + number, kari, 100 + number, text);
    bench.sync();
  }
};

}  // namespace

TEST_CASE("SB2 FR2: without a position one gets a snapshot, with the present one an empty frame") {
  Seminar seminar;
  seminar.write(1, "En");
  seminar.bench.subscribe(seminar.karis, "room/1");
  const auto snapshots = seminar.bench.take(seminar.karis, "snapshot");
  REQUIRE(snapshots.size() == 1);
  CHECK(snapshots[0]["state"]["columns"][0]["notes"][0]["text"] == "En");
  const auto seq = snapshots[0]["seq"].get<std::uint64_t>();

  seminar.bench.subscribe_at(seminar.karis, "room/1", "h1", seq);
  const auto frames = seminar.bench.take(seminar.karis, "frame");
  REQUIRE(frames.size() == 1);
  CHECK(frames[0]["after"] == seq);
  CHECK(frames[0]["to"] == seq);
  CHECK(frames[0]["commits"].empty());
}

TEST_CASE("SB2 FR1: who comes back gets exactly the rest, in order") {
  Seminar seminar;
  seminar.bench.subscribe(seminar.karis, "room/1");
  const auto seq = seminar.bench.take(seminar.karis, "snapshot")[0]["seq"].get<std::uint64_t>();
  for (int n = 1; n <= 3; ++n) seminar.write(n, "Innspill " + std::to_string(n));
  seminar.bench.pass(std::chrono::seconds(1));
  const auto live = seminar.bench.take(seminar.karis, "frame");
  const auto middle = live[0]["to"].get<std::uint64_t>();

  seminar.bench.subscribe_at(seminar.karis, "room/1", "h1", middle);
  const auto frames = seminar.bench.take(seminar.karis, "frame");
  REQUIRE(frames.size() == 1);
  CHECK(frames[0]["after"] == middle);
  std::vector<std::string> texts;
  for (const auto& commit : frames[0]["commits"])
    texts.push_back(commit["events"][0]["note"]["text"]);
  std::vector<std::string> missed;
  for (std::size_t i = 1; i < live.size(); ++i) {
    for (const auto& commit : live[i]["commits"])
      missed.push_back(commit["events"][0]["note"]["text"]);
  }
  CHECK(!missed.empty());
  CHECK(texts == missed);
  CHECK(live[0]["after"] == seq);
}

TEST_CASE("SB2: a position of another history, or from the future, gets a snapshot") {
  Seminar seminar;
  seminar.write(1, "En");
  seminar.bench.subscribe_at(seminar.karis, "room/1", "another", 3);
  CHECK(seminar.bench.take(seminar.karis, "snapshot").size() == 1);
  seminar.bench.subscribe_at(seminar.karis, "room/1", "h1", 4'000);
  CHECK(seminar.bench.take(seminar.karis, "snapshot").size() == 1);
  CHECK(seminar.bench.take(seminar.karis, "frame").empty());
}

TEST_CASE("SB2: what the ring has dropped is served by a snapshot") {
  Seminar seminar;
  seminar.bench.subscribe(seminar.karis, "room/1");
  const auto seq = seminar.bench.take(seminar.karis, "snapshot")[0]["seq"].get<std::uint64_t>();
  for (int n = 1; n <= 40; ++n) seminar.write(n, std::string(3'500, 'x'));
  seminar.bench.pass(std::chrono::seconds(1));
  seminar.bench.take(seminar.karis, "frame");
  seminar.bench.subscribe_at(seminar.karis, "room/1", "h1", seq);
  CHECK(seminar.bench.take(seminar.karis, "snapshot").size() == 1);
  CHECK(seminar.bench.take(seminar.karis, "frame").empty());
}

TEST_CASE("FR9: the first commit after silence goes at once, the next ones together") {
  Seminar seminar;
  seminar.bench.subscribe(seminar.karis, "room/1");
  seminar.bench.pass(std::chrono::seconds(1));
  for (int n = 1; n <= 3; ++n) seminar.write(n, "Rask");
  CHECK(seminar.bench.take(seminar.karis, "frame").size() == 1);
  seminar.bench.pass(std::chrono::milliseconds(20));
  const auto frames = seminar.bench.take(seminar.karis, "frame");
  REQUIRE(frames.size() == 1);
  CHECK(frames[0]["commits"].size() == 2);
}

TEST_CASE("SB3: a seat hears its own room and seat, no other, no console, no wall") {
  Seminar seminar;
  const auto other = "seat/" + to_text(seminar.ola);
  for (const std::string channel : {"room/2", "console", "wall/1.1", other.c_str(), "room/9"}) {
    seminar.bench.subscribe(seminar.karis, channel);
    CHECK(seminar.bench.take(seminar.karis, "snapshot").empty());
    const auto refused = seminar.bench.take(seminar.karis, "refused");
    REQUIRE(refused.size() == 1);
    CHECK(refused[0]["channel"] == channel);
  }
  const auto organiser = seminar.bench.open(2, {true, false, {}});
  for (const std::string channel : {"plenary", "console", "room/1", "wall/1.1"}) {
    seminar.bench.subscribe(organiser, channel);
    CHECK(seminar.bench.take(organiser, "snapshot").size() == 1);
  }
  const auto projector = seminar.bench.open(3, {false, true, {}});
  seminar.bench.subscribe(projector, "room/1");
  CHECK(seminar.bench.take(projector, "refused").size() == 1);
  seminar.bench.subscribe(projector, "wall/1.1");
  CHECK(seminar.bench.take(projector, "snapshot").size() == 1);
}

TEST_CASE("SB4: a seat that moves stops hearing its old room") {
  Seminar seminar;
  seminar.bench.subscribe(seminar.karis, "room/1");
  seminar.bench.command(seminar.karis, 30, seminar.kari, "move_seat",
                        {{"seat", to_text(seminar.kari)}, {"room", 2}});
  seminar.bench.sync();
  const auto unsubscribed = seminar.bench.take(seminar.karis, "unsubscribed");
  REQUIRE(unsubscribed.size() == 1);
  CHECK(unsubscribed[0]["channel"] == "room/1");
  seminar.bench.subscribe(seminar.karis, "room/1");
  CHECK(seminar.bench.take(seminar.karis, "refused").size() == 1);
}

TEST_CASE("CM1: a session speaks only for its own seats") {
  Seminar seminar;
  seminar.bench.write_note(seminar.karis, 31, seminar.ola, 31, "Som Ola");
  const auto rejected = seminar.bench.take(seminar.karis, "rejected");
  REQUIRE(rejected.size() == 1);
  CHECK(rejected[0]["code"] == "foreign_seat");
}

TEST_CASE(
    "CM5 CM9 CN5: what cannot be read is answered with code and field; the session lives on") {
  Seminar seminar;
  const auto code_of = [&](const std::string& message) {
    seminar.bench.feed(Received{seminar.karis, message});
    const auto rejected = seminar.bench.take(seminar.karis, "rejected");
    REQUIRE(rejected.size() == 1);
    CHECK(!rejected[0]["detail"].get<std::string>().empty());
    return rejected[0]["code"].get<std::string>();
  };
  CHECK(code_of("{") == "malformed");
  CHECK(code_of("[]") == "malformed");
  CHECK(code_of(R"({"type":"ping","type":"ping"})") == "malformed");
  CHECK(code_of(std::string(40, '[') + std::string(40, ']')) == "too_deep");
  CHECK(code_of("{\"type\":\"\xff\"}") == "malformed");
  const auto command = [&](const std::string& name, const std::string& fields) {
    return R"({"type":"command","id":")" + to_text(id<CommandId>(90)) + R"(","seat":")" +
           to_text(seminar.kari) + R"(","name":")" + name + R"(","fields":)" + fields + "}";
  };
  CHECK(code_of(command("fly", "{}")) == "unknown_command");
  CHECK(code_of(command("delete_note", "{}")) == "missing_field");
  CHECK(code_of(command("delete_note", R"({"note":7})")) == "wrong_type");
  CHECK(code_of(command("pass_time", "{}")) == "forbidden");
  CHECK(code_of(command("create_workshop", R"({"settings":{}})")) == "forbidden");
  seminar.bench.say(seminar.karis, {{"type", "ping"}});
  CHECK(seminar.bench.take(seminar.karis, "pong").size() == 1);
}

TEST_CASE("SittingRevised asks the archive for its revision, again after a restart until sealed") {
  Seminar seminar;
  seminar.bench.feed(Submit{Token{1}, ByOrganiser{}, id<CommandId>(60), OpenSitting{1}});
  seminar.bench.feed(Submit{Token{2}, ByOrganiser{}, id<CommandId>(61), CloseSitting{1}});
  CHECK(seminar.bench.revisions.empty());
  seminar.bench.sync();
  REQUIRE(seminar.bench.revisions.size() == 1);
  CHECK(seminar.bench.revisions[0].revision == 1);

  Bench restarted(seminar.disk);
  REQUIRE(restarted.revisions.size() == 1);
  restarted.feed(
      Submit{Token{3}, ByServer{}, id<CommandId>(62), SealRevision{1, 1, std::string(64, 'a')}});
  restarted.sync();
  Bench sealed(seminar.disk);
  CHECK(sealed.revisions.empty());
}

namespace {

// One commit every millisecond for a channel of so many; when the last frame went after the one
// before it.
Duration gap_of_frames(FanOut& fan_out, Outbox& outbox, int sessions, Time& now, Duration span) {
  const Channel channel = RoomChannel{RoomNumber{1}};
  static std::uint64_t seq = 0;
  for (int session = 1; session <= sessions; ++session) {
    fan_out.subscribe(SessionId(session), channel, std::nullopt, now);
  }
  Time last, before;
  for (const auto end = now + span; now < end; now += Duration(1)) {
    fan_out.publish(channel, ++seq, "{}", now);
    std::vector<Action> sent;
    fan_out.cut_due(now);
    outbox.release(seq, RecentChains{}, sent);
    if (!sent.empty()) before = std::exchange(last, now);
  }
  return last - before;
}

}  // namespace

TEST_CASE("FR9: the more is delivered, the longer frames gather, up to 50 ms; calm again, 20 ms") {
  Outbox outbox;
  FanOut fan_out(64 * 1024, outbox);
  Time now{std::chrono::hours(1)};
  const Duration second = std::chrono::seconds(1);
  CHECK(gap_of_frames(fan_out, outbox, 4, now, second) == gather_for);    // 4,000 a second
  CHECK(gap_of_frames(fan_out, outbox, 8, now, second) == Duration(32));  // 8,000
  CHECK(gap_of_frames(fan_out, outbox, 40, now, second) == gather_for_many);
  for (int session = 2; session <= 40; ++session) fan_out.forget(SessionId(session));
  CHECK(gap_of_frames(fan_out, outbox, 1, now, second) == gather_for);
}
