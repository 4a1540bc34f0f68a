// Random runs of a whole workshop: the invariants hold after every commit, replaying the log gives
// the same state, and nothing private is left where it could not be shown any more.
#include <rapidcheck.h>

#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;

namespace {

// A few numbers from which one command is made, so that a failing run shrinks to a short one.
struct Draw {
  int kind = 0;
  int a = 0;
  int b = 0;
  int c = 0;
  int who = 0;
  int waited_s = 0;
};

std::ostream& operator<<(std::ostream& out, const Draw& d) {
  return out << d.kind << ' ' << d.a << ' ' << d.b << ' ' << d.c << ' ' << d.who << ' '
             << d.waited_s;
}

SeatId any_seat(int n) {
  return seat_id(1 + n % 9);
}
RoomNumber any_room(int n) {
  return RoomNumber{1 + n % 4};
}
std::optional<RoomNumber> any_place_to_be(int n) {
  return n % 5 == 4 ? std::nullopt : std::optional(any_room(n));
}
Rooms any_rooms(int n) {
  return n % 3 == 0 ? Rooms{} : Rooms{any_room(n)};
}
std::string any_role(int n) {
  return std::array{"facilitator", "note_taker", "topic_keeper", "guard"}[n % 4];
}
StepPosition any_step(int n) {
  const std::array steps{lap_1,
                         dialogue_1,
                         summary_1,
                         silent_2,
                         lap_2,
                         dialogue_2,
                         summary_2,
                         lap_afternoon,
                         lap_1,
                         silent_2,
                         StepPosition{2, 0, 1}};
  return steps[static_cast<std::size_t>(n) % steps.size()];
}
Duration any_duration(int n) {
  return minutes(n % 13 - 4);
}
TurnEnd any_end(int n) {
  return EnumNames<TurnEnd>::all[static_cast<std::size_t>(n) % 3].first;
}

std::vector<SeatId> any_order(const Workshop& workshop, const Draw& draw) {
  const auto* room = find_room(workshop, any_room(draw.a));
  std::vector<SeatId> order;
  if (room && room->step && room->step->lap) {
    for (const auto& turn : room->step->lap->order) {
      if (turn.state == TurnState::waiting) order.push_back(turn.seat);
    }
  }
  if (order.size() > 1) std::swap(order.front(), order.back());
  if (draw.b % 4 == 0) order.push_back(any_seat(draw.c));
  return order;
}

std::optional<Command> about_people(const Draw& d) {
  switch (d.kind) {
    case 0:
      return Join{any_seat(d.a), words("A"), {}, any_place_to_be(d.b)};
    case 1:
      return AddMember{any_seat(d.a), {}, {}};
    case 2:
      return MoveSeat{any_seat(d.a), any_place_to_be(d.b)};
    case 3:
      return MarkAbsent{any_seat(d.a), d.b % 3 == 0};
    case 4:
      return NoteAbsence{any_seat(d.a), d.b % 3 == 0};
    case 5:
      if (d.b % 4 == 0) return RemoveSeat{any_seat(d.a)};
      return Join{any_seat(d.a), {}, {}, any_room(d.b)};
    case 6:
      return ClaimRole{any_role(d.a), any_seat(d.b), d.c % 2 == 0};
    case 7:
      return HandOverRole{any_role(d.a), any_seat(d.b), any_room(d.c)};
    case 8:
      return RenameSeat{any_seat(d.a), words("B"), {}};
    default:
      return std::nullopt;
  }
}

std::optional<Command> about_steps(const Workshop& workshop, const Draw& d) {
  switch (d.kind) {
    case 9:
    case 10:
    case 11:
      return StartStep{any_rooms(d.a), any_step(d.b), {}};
    case 12:
      return UndoStep{any_rooms(d.a)};
    case 13:
      return EndSteps{any_rooms(d.a)};
    case 14:
      if (d.b % 2) return StartClock{any_rooms(d.a), any_duration(d.c)};
      return StartClock{any_rooms(d.a), std::nullopt};
    case 15:
      return PauseClock{any_rooms(d.a)};
    case 16:
      return AddTime{any_rooms(d.a), any_duration(d.b)};
    case 17:
      return AskForTime{any_room(d.a), any_duration(d.b)};
    case 18:
      return AnswerTime{any_room(d.a), d.b % 2 == 0};
    case 19:
    case 20:
    case 21: {
      const auto* room = find_room(workshop, any_room(d.a));
      if (room && room->step && room->step->lap) {
        for (const auto& turn : room->step->lap->order) {
          if (turn.state == TurnState::speaking) return EndTurn{turn.seat, any_end(d.b)};
        }
      }
      return EndTurn{any_seat(d.c), any_end(d.b)};
    }
    case 22:
      return GiveTurn{any_seat(d.a)};
    case 23:
      return OrderLap{any_room(d.a), any_order(workshop, d)};
    case 24:
      return StartLapAgain{any_room(d.a)};
    case 25:
      return RaiseHand{any_seat(d.a)};
    case 26:
      return LowerHand{any_seat(d.a)};
    case 27:
      return GiveWord{any_seat(d.a)};
    case 28:
      return AskForHelp{any_room(d.a)};
    case 29:
      return AnswerHelp{any_room(d.a)};
    default:
      return std::nullopt;
  }
}

Command about_workshop(const Draw& d) {
  const int sitting = 1 + d.a % 2;
  const auto note = note_id(d.a % 12);
  switch (d.kind) {
    // What ends things is rare, so that runs go on.
    case 30:
      if (d.b % 6 == 0) return CloseRoom{any_room(d.a)};
      return UndoStep{{any_room(d.a)}};
    case 31:
      return OpenRooms{{{any_room(d.a), {}}}};
    case 32:
      return LockRooms{d.a % 4 == 0};
    case 33:
      if (d.b == 0 && d.c % 8 == 0) return CloseSitting{sitting};
      return OpenSitting{sitting};
    case 34:
      if (d.b % 8 == 0) return CallBack{sitting, minutes(d.c % 4), minutes(30)};
      return CancelCallBack{sitting};
    case 35:
      return CancelCallBack{sitting};
    case 36:
      return DefineRoles{d.b % 10 ? small_roles() : std::vector<Role>{role("guard", {})}};
    case 37:
    case 38:
      return WriteNote{note, any_room(d.b), {1, 1 + d.c % 3}, NoteKind::idea, words("x"), {}, {}};
    case 39:
      return DeleteNote{note};
    case 40:
      return RestoreNote{note};
    case 41:
      return MoveNote{note, {1, 1 + d.c % 3}, {}};
    case 42:
      return SignOffTexts{any_room(d.b), any_seat(d.a), {}, {}};
    default:
      return PassTime{};
  }
}
constexpr int kinds = 44;

Command command_of(const Workshop& workshop, const Draw& draw) {
  if (auto command = about_people(draw)) return *command;
  if (auto command = about_steps(workshop, draw)) return *command;
  return about_workshop(draw);
}

Actor actor_of(const Command& command, const Draw& draw) {
  if (std::holds_alternative<PassTime>(command) || std::holds_alternative<NoteAbsence>(command)) {
    return ByServer{};
  }
  if (std::holds_alternative<Join>(command)) return ByNewcomer{};
  if (draw.who % 3 == 0) return ByOrganiser{};
  return BySeat{any_seat(draw.who)};
}

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

rc::Gen<Draw> any_draw() {
  const auto number = [] { return rc::gen::inRange(0, 60); };
  return rc::gen::build<Draw>(rc::gen::set(&Draw::kind, rc::gen::inRange(0, kinds)),
                              rc::gen::set(&Draw::a, number()), rc::gen::set(&Draw::b, number()),
                              rc::gen::set(&Draw::c, number()), rc::gen::set(&Draw::who, number()),
                              rc::gen::set(&Draw::waited_s, rc::gen::inRange(0, 90)));
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
