// Random runs of a whole workshop: the invariants hold after every commit, replaying the log gives
// the same state, and nothing private is left where it could not be shown any more.
#include <rapidcheck.h>

#include "given.hpp"
#include "random_commands.hpp"

using namespace rundbord;
using namespace rundbord::testing;

namespace {

// Deleted notes may stay private: nobody sees them.
bool hides_something_for_good(const Workshop& workshop) {
  for (const auto& [id, note] : workshop.notes) {
    if (!note.is_private || note.deleted) continue;
    const auto& room = workshop.rooms.at(note.room);
    if (room.closed || !room.step) return true;
    const bool later = room.step->kind == StepKind::silent || room.step->kind == StepKind::lap;
    if (!later) return true;
  }
  return false;
}

struct Commit {
  std::vector<Event> events;
  Time at;
};

Workshop replayed(const std::vector<Commit>& log) {
  Workshop workshop;
  for (const auto& commit : log) fold(workshop, commit.events, commit.at);
  return workshop;
}

// How often each command came through, to see that the runs reach everything.
std::map<std::string_view, int> run(const std::vector<Draw>& draws) {
  std::map<std::string_view, int> accepted;
  Workshop workshop;
  std::vector<Commit> log{{small_workshop(), now}, {small_cast(), now}};
  for (const auto& commit : log) fold(workshop, commit.events, commit.at);
  Time time = now;
  for (const auto& draw : draws) {
    time += seconds(draw.waited_s);
    const auto command = command_of(workshop, draw);
    const Context context{time, actor_of(command, draw), std::nullopt};
    const auto decision = decide(workshop, command, context);
    const auto* decided = std::get_if<Decided>(&decision);
    if (!decided || decided->events.empty()) continue;
    fold(workshop, decided->events, time);
    log.push_back({decided->events, time});
    const auto name = std::visit([](const auto& one) { return one.name; }, command);
    ++accepted[name];
    RC_LOG() << name << "\n" << text_of(decided->events) << "\n";
    RC_ASSERT(broken_invariants(workshop) == std::vector<std::string>{});
    RC_ASSERT_FALSE(hides_something_for_good(workshop));
  }
  RC_ASSERT(text_of(replayed(log)) == text_of(workshop));
  return accepted;
}

}  // namespace

TEST_CASE("random runs keep every invariant and replay to the same state") {
  std::map<std::string_view, int> accepted;
  const bool holds = rc::check([&] {
    // rapidcheck begins with small sizes; here every run may be long and draws from all there is.
    const auto draw = rc::gen::resize(rc::kNominalSize, any_draw());
    const auto draws = *rc::gen::resize(1000, rc::gen::container<std::vector<Draw>>(draw));
    for (const auto& [name, times] : run(draws)) accepted[name] += times;
  });
  CHECK(holds);
  for (const auto* name : {"join", "add_member", "move_seat", "start_step", "undo_step", "end_turn",
                           "give_turn", "order_lap", "start_lap_again", "claim_role",
                           "hand_over_role", "add_time", "close_room", "call_back", "write_note"}) {
    INFO(name);
    CHECK(accepted[name] > 0);
  }
}
