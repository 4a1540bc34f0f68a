// Commands inside a room: people, roles, steps, clocks, turns. One struct per command, imperative,
// named by `name`; each lists its fields once. Plain values.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/commands_organiser.hpp"

namespace rundbord {

// --- people -------------------------------------------------------------------------------------

struct Join {
  static constexpr std::string_view name = "join";
  SeatId seat;
  Text person;                     // name or nickname; empty: known by its seat number
  Text organisation;               // free text, may be empty
  std::optional<RoomNumber> room;  // nothing: next free, or waits for the organiser
  RUNDBORD_FIELDS {
    v("seat", self.seat);
    v("person", self.person);
    v("organisation", self.organisation);
    v("room", self.room);
  }
};

// A member without a device, typed in by somebody in the room.
struct AddMember {
  static constexpr std::string_view name = "add_member";
  SeatId seat;
  Text person;
  Text organisation;
  RUNDBORD_FIELDS {
    v("seat", self.seat);
    v("person", self.person);
    v("organisation", self.organisation);
  }
};

struct RenameSeat {
  static constexpr std::string_view name = "rename_seat";
  SeatId seat;
  Text person;
  Text organisation;
  RUNDBORD_FIELDS {
    v("seat", self.seat);
    v("person", self.person);
    v("organisation", self.organisation);
  }
};

struct RemoveSeat {
  static constexpr std::string_view name = "remove_seat";
  SeatId seat;
  RUNDBORD_FIELDS { v("seat", self.seat); }
};

struct MoveSeat {
  static constexpr std::string_view name = "move_seat";
  SeatId seat;
  std::optional<RoomNumber> room;
  RUNDBORD_FIELDS {
    v("seat", self.seat);
    v("room", self.room);
  }
};

struct MarkAbsent {
  static constexpr std::string_view name = "mark_absent";
  SeatId seat;
  bool absent = true;
  RUNDBORD_FIELDS {
    v("seat", self.seat);
    v("absent", self.absent);
  }
};

// Takes a role for a seat of the room. From somebody who holds it only with `stand_in`.
struct ClaimRole {
  static constexpr std::string_view name = "claim_role";
  std::string role;
  SeatId seat;
  bool stand_in = false;
  RUNDBORD_FIELDS {
    v("role", self.role);
    v("seat", self.seat);
    v("stand_in", self.stand_in);
  }
};

struct HandOverRole {
  static constexpr std::string_view name = "hand_over_role";
  std::string role;
  std::optional<SeatId> to;  // nothing: laid down
  RoomNumber room{};
  RUNDBORD_FIELDS {
    v("role", self.role);
    v("to", self.to);
    v("room", self.room);
  }
};

// --- steps, clocks, turns -----------------------------------------------------------------------

struct StartStep {
  static constexpr std::string_view name = "start_step";
  Rooms rooms;
  StepPosition step;
  std::optional<StepPosition>
      from;  // refused when the room has moved on: two people pressed "next"
  RUNDBORD_FIELDS {
    v("rooms", self.rooms);
    v("step", self.step);
    v("from", self.from);
  }
};

struct UndoStep {
  static constexpr std::string_view name = "undo_step";
  Rooms rooms;
  RUNDBORD_FIELDS { v("rooms", self.rooms); }
};

struct EndSteps {
  static constexpr std::string_view name = "end_steps";
  Rooms rooms;
  RUNDBORD_FIELDS { v("rooms", self.rooms); }
};

struct StartClock {
  static constexpr std::string_view name = "start_clock";
  Rooms rooms;
  std::optional<Duration> length;  // nothing: goes on from where it was paused
  RUNDBORD_FIELDS {
    v("rooms", self.rooms);
    v("length", self.length);
  }
};

struct PauseClock {
  static constexpr std::string_view name = "pause_clock";
  Rooms rooms;
  RUNDBORD_FIELDS { v("rooms", self.rooms); }
};

struct AddTime {
  static constexpr std::string_view name = "add_time";
  Rooms rooms;
  Duration by{};  // negative: less
  RUNDBORD_FIELDS {
    v("rooms", self.rooms);
    v("by", self.by);
  }
};

// "3 more minutes": a room asks the organiser.
struct AskForTime {
  static constexpr std::string_view name = "ask_for_time";
  RoomNumber room{};
  Duration by{};
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("by", self.by);
  }
};

struct AnswerTime {
  static constexpr std::string_view name = "answer_time";
  RoomNumber room{};
  bool granted = true;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("granted", self.granted);
  }
};

enum class TurnEnd { spoke, passed, come_back };

template <>
struct EnumNames<TurnEnd> {
  static constexpr auto all = std::to_array<std::pair<TurnEnd, std::string_view>>({
      {TurnEnd::spoke, "spoke"},
      {TurnEnd::passed, "passed"},
      {TurnEnd::come_back, "come_back"},
  });
};

// Ends the turn of `seat` (refused when another has it by now) and gives the word to the next.
struct EndTurn {
  static constexpr std::string_view name = "end_turn";
  SeatId seat;
  TurnEnd how = TurnEnd::spoke;
  RUNDBORD_FIELDS {
    v("seat", self.seat);
    v("how", self.how);
  }
};

// Gives the turn of the lap to this seat now; the one who had it waits.
struct GiveTurn {
  static constexpr std::string_view name = "give_turn";
  SeatId seat;
  RUNDBORD_FIELDS { v("seat", self.seat); }
};

struct OrderLap {
  static constexpr std::string_view name = "order_lap";
  RoomNumber room{};
  std::vector<SeatId> order;  // those still waiting, each once
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("order", self.order);
  }
};

struct StartLapAgain {
  static constexpr std::string_view name = "start_lap_again";
  RoomNumber room{};
  RUNDBORD_FIELDS { v("room", self.room); }
};

struct RaiseHand {
  static constexpr std::string_view name = "raise_hand";
  SeatId seat;
  RUNDBORD_FIELDS { v("seat", self.seat); }
};

struct LowerHand {
  static constexpr std::string_view name = "lower_hand";
  SeatId seat;
  RUNDBORD_FIELDS { v("seat", self.seat); }
};

// Gives the word in the dialogue: lowers the hand and counts the seat as heard once more.
struct GiveWord {
  static constexpr std::string_view name = "give_word";
  SeatId seat;
  RUNDBORD_FIELDS { v("seat", self.seat); }
};

}  // namespace rundbord
