// What has happened in a workshop: one struct per event, past tense, named by `name` (the stored
// name: forever from format 1.0). Each carries all that evolve and the audience need. Plain values.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/change_set.hpp"
#include "domain/commands_organiser.hpp"
#include "domain/fields.hpp"
#include "domain/room.hpp"

namespace rundbord {

struct WorkshopCreated {
  static constexpr std::string_view name = "workshop_created";
  Settings settings;
  Programme programme;
  std::vector<Role> roles;
  RUNDBORD_FIELDS {
    v("settings", self.settings);
    v("programme", self.programme);
    v("roles", self.roles);
  }
};

struct SettingsChanged {
  static constexpr std::string_view name = "settings_changed";
  Settings settings;
  RUNDBORD_FIELDS { v("settings", self.settings); }
};

struct ProgrammeChanged {
  static constexpr std::string_view name = "programme_changed";
  Programme programme;
  RUNDBORD_FIELDS { v("programme", self.programme); }
};

struct RolesDefined {
  static constexpr std::string_view name = "roles_defined";
  std::vector<Role> roles;
  RUNDBORD_FIELDS { v("roles", self.roles); }
};

struct RoomOpened {
  static constexpr std::string_view name = "room_opened";
  RoomNumber room{};
  Text label;  // the name it was given; empty: its number
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("label", self.label);
  }
};

struct RoomRenamed {
  static constexpr std::string_view name = "room_renamed";
  RoomNumber room{};
  Text label;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("label", self.label);
  }
};

struct RoomClosed {
  static constexpr std::string_view name = "room_closed";
  RoomNumber room{};
  RUNDBORD_FIELDS { v("room", self.room); }
};

struct RoomsLocked {
  static constexpr std::string_view name = "rooms_locked";
  bool locked = true;
  RUNDBORD_FIELDS { v("locked", self.locked); }
};

struct QuestionCorrected {
  static constexpr std::string_view name = "question_corrected";
  int task = 0;
  int question = 0;
  LocalText text;
  std::optional<RoomNumber> room;  // set for a room's own question
  RUNDBORD_FIELDS {
    v("task", self.task);
    v("question", self.question);
    v("text", self.text);
    v("room", self.room);
  }
};

struct QuestionAdded {
  static constexpr std::string_view name = "question_added";
  int task = 0;
  Question question;
  RUNDBORD_FIELDS {
    v("task", self.task);
    v("question", self.question);
  }
};

struct SeatJoined {
  static constexpr std::string_view name = "seat_joined";
  Seat seat;
  RUNDBORD_FIELDS { v("seat", self.seat); }
};

struct SeatNamed {
  static constexpr std::string_view name = "seat_named";
  SeatId seat;
  std::optional<RoomNumber> room;
  std::uint32_t version = 0;
  RUNDBORD_FIELDS {
    v("seat", self.seat);
    v("room", self.room);
    v("version", self.version);
  }
};

struct SeatRemoved {
  static constexpr std::string_view name = "seat_removed";
  SeatId seat;
  std::optional<RoomNumber> room;
  RUNDBORD_FIELDS {
    v("seat", self.seat);
    v("room", self.room);
  }
};

// The new room's channel sees the whole seat, as if it had just come.
struct SeatMoved {
  static constexpr std::string_view name = "seat_moved";
  SeatId seat;
  std::optional<RoomNumber> from;
  std::optional<RoomNumber> to;
  RUNDBORD_FIELDS {
    v("seat", self.seat);
    v("from", self.from);
    v("to", self.to);
  }
};

// Absent is a person's word, away the server's finding; both are stated in full.
struct SeatPresenceChanged {
  static constexpr std::string_view name = "seat_presence_changed";
  SeatId seat;
  std::optional<RoomNumber> room;
  bool absent = false;
  bool away = false;
  RUNDBORD_FIELDS {
    v("seat", self.seat);
    v("room", self.room);
    v("absent", self.absent);
    v("away", self.away);
  }
};

struct RoleAssigned {
  static constexpr std::string_view name = "role_assigned";
  RoomNumber room{};
  std::string role;
  std::optional<SeatId> seat;  // nothing: the role is empty
  bool stand_in = false;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("role", self.role);
    v("seat", self.seat);
    v("stand_in", self.stand_in);
  }
};

struct StepStarted {
  static constexpr std::string_view name = "step_started";
  RoomNumber room{};
  RoomStep step;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("step", self.step);
  }
};

// The room is back where `step` says (nothing: no step), as if it had not moved on.
struct StepUndone {
  static constexpr std::string_view name = "step_undone";
  RoomNumber room{};
  std::optional<RoomStep> step;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("step", self.step);
  }
};

struct StepsEnded {
  static constexpr std::string_view name = "steps_ended";
  RoomNumber room{};
  RUNDBORD_FIELDS { v("room", self.room); }
};

struct ClockChanged {
  static constexpr std::string_view name = "clock_changed";
  RoomNumber room{};
  Clock clock;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("clock", self.clock);
  }
};

enum class LapCause { turn_ended, turn_given, reordered, arrived, absent, again, clock };

template <>
struct EnumNames<LapCause> {
  static constexpr auto all = std::to_array<std::pair<LapCause, std::string_view>>({
      {LapCause::turn_ended, "turn_ended"},
      {LapCause::turn_given, "turn_given"},
      {LapCause::reordered, "reordered"},
      {LapCause::arrived, "arrived"},
      {LapCause::absent, "absent"},
      {LapCause::again, "again"},
      {LapCause::clock, "clock"},  // only the turn's clock: the step's was paused, set or goes on
  });
};

// The lap in full after the change: laps are short, and a whole one cannot drift.
struct LapChanged {
  static constexpr std::string_view name = "lap_changed";
  RoomNumber room{};
  LapCause cause = LapCause::turn_ended;
  Lap lap;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("cause", self.cause);
    v("lap", self.lap);
  }
};

struct HandRaised {
  static constexpr std::string_view name = "hand_raised";
  RoomNumber room{};
  Hand hand;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("hand", self.hand);
  }
};

struct HandLowered {
  static constexpr std::string_view name = "hand_lowered";
  RoomNumber room{};
  SeatId seat;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("seat", self.seat);
  }
};

struct WordGiven {
  static constexpr std::string_view name = "word_given";
  RoomNumber room{};
  SeatId seat;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("seat", self.seat);
  }
};

struct TimeAsked {
  static constexpr std::string_view name = "time_asked";
  RoomNumber room{};
  Duration by{};
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("by", self.by);
  }
};

struct TimeAnswered {
  static constexpr std::string_view name = "time_answered";
  RoomNumber room{};
  bool granted = true;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("granted", self.granted);
  }
};

struct HelpAsked {
  static constexpr std::string_view name = "help_asked";
  RoomNumber room{};
  RUNDBORD_FIELDS { v("room", self.room); }
};

struct HelpAnswered {
  static constexpr std::string_view name = "help_answered";
  RoomNumber room{};
  RUNDBORD_FIELDS { v("room", self.room); }
};

struct MessageSent {
  static constexpr std::string_view name = "message_sent";
  MessageId message;
  Text text;
  Rooms rooms;  // empty: everybody
  RUNDBORD_FIELDS {
    v("message", self.message);
    v("text", self.text);
    v("rooms", self.rooms);
  }
};

struct MessageConfirmed {
  static constexpr std::string_view name = "message_confirmed";
  MessageId message;
  SeatId seat;
  RUNDBORD_FIELDS {
    v("message", self.message);
    v("seat", self.seat);
  }
};

// planned → open → called_back (countdown) → writing (steps ended, texts open) → closed
enum class SittingState { planned, open, called_back, writing, closed };

template <>
struct EnumNames<SittingState> {
  static constexpr auto all = std::to_array<std::pair<SittingState, std::string_view>>({
      {SittingState::planned, "planned"},
      {SittingState::open, "open"},
      {SittingState::called_back, "called_back"},
      {SittingState::writing, "writing"},
      {SittingState::closed, "closed"},
  });
};

struct SittingProgress {
  int sitting = 0;
  SittingState state = SittingState::planned;
  std::optional<Time> steps_end_at;    // when called back
  std::optional<Time> texts_close_at;  // when called back or writing
  int revision = 0;                    // the newest one, from 1 when closed
  std::string checksum;                // of that revision; empty until it is sealed
  RUNDBORD_FIELDS {
    v("sitting", self.sitting);
    v("state", self.state);
    v("steps_end_at", self.steps_end_at);
    v("texts_close_at", self.texts_close_at);
    v("revision", self.revision);
    v("checksum", self.checksum);
  }
  bool operator==(const SittingProgress&) const = default;
};

// A sitting was opened, called back, let go on, ended its steps or was closed: its new progress.
struct SittingChanged {
  static constexpr std::string_view name = "sitting_changed";
  SittingProgress progress;
  RUNDBORD_FIELDS { v("progress", self.progress); }
};

// The sitting has a new revision; the archive writes its body, then it is sealed.
struct SittingRevised {
  static constexpr std::string_view name = "sitting_revised";
  int sitting = 1;
  int revision = 1;
  Text reason;
  RUNDBORD_FIELDS {
    v("sitting", self.sitting);
    v("revision", self.revision);
    v("reason", self.reason);
  }
};

struct RevisionSealed {
  static constexpr std::string_view name = "revision_sealed";
  int sitting = 1;
  int revision = 1;
  std::string checksum;
  RUNDBORD_FIELDS {
    v("sitting", self.sitting);
    v("revision", self.revision);
    v("checksum", self.checksum);
  }
};

}  // namespace rundbord
