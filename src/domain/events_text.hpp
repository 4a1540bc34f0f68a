// Events of what a room writes (notes, texts, sign-off), and the closed set of all events.
// Plain values.
#pragma once
#include <string_view>
#include <variant>
#include <vector>

#include "domain/events.hpp"
#include "domain/events_erasure.hpp"

namespace rundbord {

struct NoteWritten {
  static constexpr std::string_view name = "note_written";
  Note note;
  RUNDBORD_FIELDS { v("note", self.note); }
};

// Stamped with where the note stood and who may see it, so that the audience needs no state.
struct NoteEdited {
  static constexpr std::string_view name = "note_edited";
  NoteId note;
  RoomNumber room{};
  Place place;
  std::optional<SeatId> private_to;
  int version = 0;
  Text text;
  bool by_other = false;
  RUNDBORD_FIELDS {
    v("note", self.note);
    v("room", self.room);
    v("place", self.place);
    v("private_to", self.private_to);
    v("version", self.version);
    v("text", self.text);
    v("by_other", self.by_other);
  }
};

struct NoteDeleted {
  static constexpr std::string_view name = "note_deleted";
  NoteId note;
  RoomNumber room{};
  Place place;
  std::optional<SeatId> private_to;
  RUNDBORD_FIELDS {
    v("note", self.note);
    v("room", self.room);
    v("place", self.place);
    v("private_to", self.private_to);
  }
};

// Comes with the whole note to those who see it again, at its old place in the column.
struct NoteRestored {
  static constexpr std::string_view name = "note_restored";
  NoteId note;
  RoomNumber room{};
  Place place;
  std::optional<SeatId> private_to;
  std::optional<NoteId> before;
  RUNDBORD_FIELDS {
    v("note", self.note);
    v("room", self.room);
    v("place", self.place);
    v("private_to", self.private_to);
    v("before", self.before);
  }
};

struct NoteMoved {
  static constexpr std::string_view name = "note_moved";
  NoteId note;
  RoomNumber room{};
  Place from;
  Place to;
  std::optional<SeatId> private_to;
  std::optional<NoteId> before;
  RUNDBORD_FIELDS {
    v("note", self.note);
    v("room", self.room);
    v("from", self.from);
    v("to", self.to);
    v("private_to", self.private_to);
    v("before", self.before);
  }
};

struct NoteMarked {
  static constexpr std::string_view name = "note_marked";
  NoteId note;
  RoomNumber room{};
  Place place;
  std::optional<SeatId> private_to;
  NoteKind kind = NoteKind::idea;
  std::optional<SeatId> from;
  Text from_organisation;
  RUNDBORD_FIELDS {
    v("note", self.note);
    v("room", self.room);
    v("place", self.place);
    v("private_to", self.private_to);
    v("kind", self.kind);
    v("from", self.from);
    v("from_organisation", self.from_organisation);
  }
};

struct RevealedNote {
  NoteId note;
  Place place;
  RUNDBORD_FIELDS {
    v("note", self.note);
    v("place", self.place);
  }
};

// Private notes become the room's; the room's channel gets them whole.
struct NotesRevealed {
  static constexpr std::string_view name = "notes_revealed";
  RoomNumber room{};
  std::vector<RevealedNote> notes;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("notes", self.notes);
  }
};

struct TextChanged {
  static constexpr std::string_view name = "text_changed";
  RoomNumber room{};
  Place place;
  int version = 0;  // after the change
  WriterId writer;
  int counter = 0;
  std::optional<SeatId> seat;  // who writes, for "Kari is writing"
  ChangeSet change;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("place", self.place);
    v("version", self.version);
    v("writer", self.writer);
    v("counter", self.counter);
    v("seat", self.seat);
    v("change", self.change);
  }
};

struct SignedOff {
  static constexpr std::string_view name = "signed_off";
  RoomNumber room{};
  SignOff sign_off;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("sign_off", self.sign_off);
  }
};

struct SignOffWithdrawn {
  static constexpr std::string_view name = "sign_off_withdrawn";
  RoomNumber room{};
  SeatId seat;
  std::optional<int> task;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("seat", self.seat);
    v("task", self.task);
  }
};

using Event =
    std::variant<WorkshopCreated, SettingsChanged, ProgrammeChanged, RolesDefined, RoomOpened,
                 RoomRenamed, RoomClosed, RoomsLocked, QuestionCorrected, QuestionAdded, SeatJoined,
                 SeatNamed, SeatRemoved, SeatMoved, SeatPresenceChanged, RoleAssigned, StepStarted,
                 StepUndone, StepsEnded, ClockChanged, LapChanged, HandRaised, HandLowered,
                 WordGiven, TimeAsked, TimeAnswered, HelpAsked, HelpAnswered, MessageSent,
                 MessageConfirmed, SittingChanged, SittingRevised, RevisionSealed, NoteWritten,
                 NoteEdited, NoteDeleted, NoteRestored, NoteMoved, NoteMarked, NotesRevealed,
                 TextChanged, SignedOff, SignOffWithdrawn, ErasureOrdered, ErasureFinished,
                 SeatAnonymised, MessageErased>;

}  // namespace rundbord
