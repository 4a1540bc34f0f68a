// Commands drawn at random, of every kind that changes the course of a workshop, from a few numbers
// each so that a failing run shrinks to a short one. On the small workshop; for tests only.
#pragma once
#include <rapidcheck.h>

#include <array>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "domain/decide.hpp"
#include "small_workshop.hpp"

namespace rundbord::testing {

// What one command is made from.
struct Draw {
  int kind = 0;
  int a = 0;
  int b = 0;
  int c = 0;
  int who = 0;
  int waited_s = 0;
};

inline std::ostream& operator<<(std::ostream& out, const Draw& d) {
  return out << d.kind << ' ' << d.a << ' ' << d.b << ' ' << d.c << ' ' << d.who << ' '
             << d.waited_s;
}

inline SeatId any_seat(int n) {
  return seat_id(1 + n % 9);
}
inline RoomNumber any_room(int n) {
  return RoomNumber{1 + n % 4};
}
inline std::optional<RoomNumber> any_place_to_be(int n) {
  return n % 5 == 4 ? std::nullopt : std::optional(any_room(n));
}
inline Rooms any_rooms(int n) {
  return n % 3 == 0 ? Rooms{} : Rooms{any_room(n)};
}
inline std::string any_role(int n) {
  return std::array{"facilitator", "note_taker", "topic_keeper", "guard"}[n % 4];
}
inline StepPosition any_step(int n) {
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
inline Duration any_duration(int n) {
  return minutes(n % 13 - 4);
}
inline TurnEnd any_end(int n) {
  return EnumNames<TurnEnd>::all[static_cast<std::size_t>(n) % 3].first;
}

inline std::vector<SeatId> any_order(const Workshop& workshop, const Draw& draw) {
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

inline std::optional<Command> about_people(const Draw& d) {
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

inline std::optional<Command> about_steps(const Workshop& workshop, const Draw& d) {
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

inline Command about_workshop(const Draw& d) {
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
inline constexpr int command_kinds = 44;

inline Command command_of(const Workshop& workshop, const Draw& draw) {
  if (auto command = about_people(draw)) return *command;
  if (auto command = about_steps(workshop, draw)) return *command;
  return about_workshop(draw);
}

inline Actor actor_of(const Command& command, const Draw& draw) {
  if (std::holds_alternative<PassTime>(command) || std::holds_alternative<NoteAbsence>(command)) {
    return ByServer{};
  }
  if (std::holds_alternative<Join>(command)) return ByNewcomer{};
  if (draw.who % 3 == 0) return ByOrganiser{};
  return BySeat{any_seat(draw.who)};
}

inline rc::Gen<Draw> any_draw() {
  const auto number = [] { return rc::gen::inRange(0, 60); };
  return rc::gen::build<Draw>(rc::gen::set(&Draw::kind, rc::gen::inRange(0, command_kinds)),
                              rc::gen::set(&Draw::a, number()), rc::gen::set(&Draw::b, number()),
                              rc::gen::set(&Draw::c, number()), rc::gen::set(&Draw::who, number()),
                              rc::gen::set(&Draw::waited_s, rc::gen::inRange(0, 90)));
}

}  // namespace rundbord::testing
