// What a workshop is loaded from: a snapshot that fits the stream, or every commit.
#include "net/state_loading.hpp"

#include "catch.hpp"
#include "log/memory_log.hpp"
#include "protocol/state_codec.hpp"
#include "running_server.hpp"

using namespace rundbord;
using namespace rundbord::net;

namespace {

// A log that somebody has worked in, and the id of the workshop there.
struct Written {
  log::MemoryLog log;
  WorkshopId id;

  explicit Written(ServerOptions options = {}) {
    RunningServer server(std::move(options), &log);
    const auto made = server.make_workshop();
    id = *id_from_text<WorkshopId>(made.id);
    auto socket = server.open(made, made.organiser_secret);
    const auto say = [&](const std::string& command, const std::string& fields) {
      socket.send(R"({"type":"command","id":")" + to_text(CommandId{access::system_random()()}) +
                  R"(","name":")" + command + R"(","fields":)" + fields + '}');
      while (socket.receive().value().find("\"ok\"") == std::string::npos) {
      }
    };
    for (int i = 0; i < 6; ++i)
      say("lock_rooms", i % 2 ? R"({"locked":false})" : R"({"locked":true})");
  }
  std::string loaded_state() { return load_workshop(log, id).machine->stored_state(); }
  // Keeps the snapshot with something about it changed.
  template <class Change>
  void plant(Change change) {
    auto kept = log.snapshot(id);
    REQUIRE(kept.snapshot);
    change(*kept.snapshot);
    REQUIRE(log.keep_snapshot(id, kept.drops, *kept.snapshot));
  }
};

}  // namespace

TEST_CASE("LG10: a workshop is loaded from its snapshot and the commits after it") {
  Written written;
  const auto whole = load_workshop(written.log, written.id);
  CHECK(whole.snapshot_seq == 0);
  REQUIRE(keep_state(written.log, written.id));
  const auto loaded = load_workshop(written.log, written.id);
  CHECK(loaded.snapshot_seq == whole.last_seq);
  CHECK(loaded.last_seq == whole.last_seq);
  CHECK(loaded.damage.empty());
  CHECK(loaded.machine->stored_state() == whole.machine->stored_state());
}

TEST_CASE("LG10: a snapshot that does not fit is ignored, and every commit read") {
  Written written;
  const auto whole = written.loaded_state();
  REQUIRE(keep_state(written.log, written.id));
  const auto ignored = [&] {
    const auto loaded = load_workshop(written.log, written.id);
    CHECK(loaded.damage.empty());
    CHECK(loaded.machine->stored_state() == whole);
    return loaded.snapshot_seq == 0;
  };
  CHECK_FALSE(ignored());
  SECTION("made by another build") {
    written.plant([](auto& snapshot) { snapshot.format = "another"; });
  }
  SECTION("of another stream: another place in the chain") {
    written.plant([](auto& snapshot) { snapshot.chain[31] ^= 1; });
  }
  SECTION("of a stream that was longer") {
    written.plant([](auto& snapshot) { snapshot.seq += 1; });
  }
  SECTION("of another moment than it says") {
    written.plant([](auto& snapshot) { snapshot.seq -= 1; });
  }
  SECTION("of no moment") {
    written.plant([](auto& snapshot) { snapshot.seq = 0; });
  }
  SECTION("with a state that cannot be read") {
    written.plant([](auto& snapshot) { snapshot.state.pop_back(); });
  }
  CHECK(ignored());
  // And a new one in its place is good again.
  REQUIRE(keep_state(written.log, written.id));
  CHECK_FALSE(ignored());
}

TEST_CASE("a workshop that is not there is neither loaded nor kept") {
  log::MemoryLog log;
  CHECK(load_workshop(log, WorkshopId{}).last_seq == 0);
  CHECK_FALSE(keep_state(log, WorkshopId{}));
  CHECK_FALSE(log.snapshot(WorkshopId{}).snapshot);
}

TEST_CASE("the host keeps a snapshot after as many commits as it was told") {
  ServerOptions often;
  often.limits.commits_per_snapshot = 3;
  often.limits.snapshot_look = Duration(0);
  Written kept(often);
  const auto snapshot = kept.log.snapshot(kept.id).snapshot;
  REQUIRE(snapshot);
  CHECK(snapshot->format == protocol::state_format);
  CHECK(snapshot->seq >= 3);
  CHECK(load_workshop(kept.log, kept.id).snapshot_seq == snapshot->seq);

  Written never;  // 5,000 is far
  CHECK_FALSE(never.log.snapshot(never.id).snapshot);
}

TEST_CASE("a busy workshop's snapshot waits until it is calm, or four times as many commits came") {
  CHECK_FALSE(is_time_for_snapshot(4'999, 5'000, 0));
  CHECK(is_time_for_snapshot(5'000, 5'000, 500));
  CHECK_FALSE(is_time_for_snapshot(5'000, 5'000, 501));
  CHECK_FALSE(is_time_for_snapshot(19'999, 5'000, 2'500));
  CHECK(is_time_for_snapshot(20'000, 5'000, 2'500));
}

TEST_CASE("snapshots come less often as the history grows, so that their work does not grow") {
  CHECK(commits_to_next_snapshot(0, 5'000) == 5'000);
  CHECK(commits_to_next_snapshot(20'000, 5'000) == 5'000);
  CHECK(commits_to_next_snapshot(100'000, 5'000) == 25'000);
}
