// The values inside one room: seats, clocks, laps, hands, notes, sign-off. Plain values.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/names.hpp"
#include "domain/programme.hpp"
#include "domain/time.hpp"

namespace rundbord {

// One person in a room, with or without a device. Names stand elsewhere (see NameWrite).
struct Seat {
  SeatId id;
  std::optional<RoomNumber> room;
  std::optional<SeatId> host;  // the seat whose device speaks for this one
  int number = 0;              // "Plass 3": order of arrival in the workshop, never reused
  bool absent = false;         // marked by a person
  bool away = false;           // its own device has been gone for away_after
  int heard = 0;               // times this seat was given the word
  std::uint32_t name_version = 0;

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("id", self.id);
    v("room", self.room);
    v("host", self.host);
    v("number", self.number);
    v("absent", self.absent);
    v("away", self.away);
    v("heard", self.heard);
    v("name_version", self.name_version);
  }
  bool present() const { return !absent && !away; }
  bool operator==(const Seat&) const = default;
};

struct NoClock {
  static constexpr std::string_view name = "none";
  template <class Self, class V>
  static void fields(Self&, V&&) {}
  bool operator==(const NoClock&) const = default;
};

struct RunningClock {
  static constexpr std::string_view name = "running";
  Time ends_at;    // past it: overtime, never a cut
  Duration total;  // what the bar is a part of

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("ends_at", self.ends_at);
    v("total", self.total);
  }
  bool operator==(const RunningClock&) const = default;
};

struct PausedClock {
  static constexpr std::string_view name = "paused";
  Duration left;  // negative: overtime so far
  Duration total;

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("left", self.left);
    v("total", self.total);
  }
  bool operator==(const PausedClock&) const = default;
};

using Clock = std::variant<NoClock, RunningClock, PausedClock>;

enum class TurnState { waiting, speaking, spoke, passed, absent };

template <>
struct EnumNames<TurnState> {
  static constexpr auto all = std::to_array<std::pair<TurnState, std::string_view>>({
      {TurnState::waiting, "waiting"},
      {TurnState::speaking, "speaking"},
      {TurnState::spoke, "spoke"},
      {TurnState::passed, "passed"},
      {TurnState::absent, "absent"},
  });
};

struct LapTurn {
  SeatId seat;
  TurnState state = TurnState::waiting;

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("seat", self.seat);
    v("state", self.state);
  }
  bool operator==(const LapTurn&) const = default;
};

// Each speaks once, in order. At most one entry is speaking; none: the lap is over.
struct Lap {
  int round = 1;
  std::vector<LapTurn> order;
  Clock turn_clock;

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("round", self.round);
    v("order", self.order);
    v("turn_clock", self.turn_clock);
  }
  bool operator==(const Lap&) const = default;
};

// Which step of which cycle; cycle and step count from 0 in the task's plan.
struct StepPosition {
  int task = 0;
  int cycle = 0;
  int step = 0;

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("task", self.task);
    v("cycle", self.cycle);
    v("step", self.step);
  }
  auto operator<=>(const StepPosition&) const = default;
};

struct RoomStep {
  StepPosition at;
  StepKind kind = StepKind::dialogue;
  Time started;
  Clock clock;
  std::optional<Lap> lap;  // in a lap only

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("at", self.at);
    v("kind", self.kind);
    v("started", self.started);
    v("clock", self.clock);
    v("lap", self.lap);
  }
  bool operator==(const RoomStep&) const = default;
};

struct Hand {
  SeatId seat;
  Time raised;

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("seat", self.seat);
    v("raised", self.raised);
  }
  bool operator==(const Hand&) const = default;
};

enum class NoteKind { idea, action };

template <>
struct EnumNames<NoteKind> {
  static constexpr auto all = std::to_array<std::pair<NoteKind, std::string_view>>({
      {NoteKind::idea, "idea"},
      {NoteKind::action, "action"},
  });
};

// A card on the board.
struct Note {
  NoteId id;
  RoomNumber room{};
  Place place;       // the column it stands in now
  Place written_in;  // where it was written; stays
  NoteKind kind = NoteKind::idea;
  Text text;
  std::optional<SeatId> author;         // nothing when authors are never stored
  std::optional<AuthorKey> author_key;  // then the hash of that browser's key; never sent out
  std::optional<SeatId> from;           // the member whose words these are, if named
  Text from_organisation;               // or the organisation; empty: not named
  Time written;
  int version = 1;
  bool edited_by_other = false;
  bool author_shown = true;  // false: the author was promised not to be named to others
  bool is_private = false;   // only its author sees it until revealed
  bool deleted = false;      // kept for undo; in no view

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("id", self.id);
    v("room", self.room);
    v("place", self.place);
    v("written_in", self.written_in);
    v("kind", self.kind);
    v("text", self.text);
    v("author", self.author);
    v("author_key", self.author_key);
    v("from", self.from);
    v("from_organisation", self.from_organisation);
    v("written", self.written);
    v("version", self.version);
    v("edited_by_other", self.edited_by_other);
    v("author_shown", self.author_shown);
    v("private", self.is_private);
    v("deleted", self.deleted);
  }
  bool operator==(const Note&) const = default;
};

struct SignOff {
  SeatId seat;
  std::optional<int> task;  // nothing: the room's texts as a whole
  Text dissent;             // a dissenting view; empty: agrees
  Time at;

  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("seat", self.seat);
    v("task", self.task);
    v("dissent", self.dissent);
    v("at", self.at);
  }
  bool operator==(const SignOff&) const = default;
};

}  // namespace rundbord
