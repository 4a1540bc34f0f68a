// Commands on what a room writes: notes on the board, summary texts, sign-off. One struct per
// command, imperative, named by `name`; each lists its fields once. Plain values.
#pragma once
#include <optional>
#include <string_view>

#include "domain/change_set.hpp"
#include "domain/fields.hpp"
#include "domain/room.hpp"

namespace rundbord {

// --- the board ----------------------------------------------------------------------------------

struct WriteNote {
  static constexpr std::string_view name = "write_note";
  NoteId note;
  RoomNumber room{};
  Place place;
  NoteKind kind = NoteKind::idea;
  Text text;
  std::optional<SeatId> from;
  Text from_organisation;
  RUNDBORD_FIELDS {
    v("note", self.note);
    v("room", self.room);
    v("place", self.place);
    v("kind", self.kind);
    v("text", self.text);
    v("from", self.from);
    v("from_organisation", self.from_organisation);
  }
};

struct EditNote {
  static constexpr std::string_view name = "edit_note";
  NoteId note;
  int version = 0;  // the one the editor saw; refused when it is stale, nothing is overwritten
  Text text;
  RUNDBORD_FIELDS {
    v("note", self.note);
    v("version", self.version);
    v("text", self.text);
  }
};

struct DeleteNote {
  static constexpr std::string_view name = "delete_note";
  NoteId note;
  RUNDBORD_FIELDS { v("note", self.note); }
};

struct RestoreNote {
  static constexpr std::string_view name = "restore_note";
  NoteId note;
  RUNDBORD_FIELDS { v("note", self.note); }
};

struct MoveNote {
  static constexpr std::string_view name = "move_note";
  NoteId note;
  Place to;
  std::optional<NoteId> before;  // nothing: last in the column
  RUNDBORD_FIELDS {
    v("note", self.note);
    v("to", self.to);
    v("before", self.before);
  }
};

struct MarkNote {
  static constexpr std::string_view name = "mark_note";
  NoteId note;
  NoteKind kind = NoteKind::idea;
  std::optional<SeatId> from;
  Text from_organisation;
  RUNDBORD_FIELDS {
    v("note", self.note);
    v("kind", self.kind);
    v("from", self.from);
    v("from_organisation", self.from_organisation);
  }
};

// --- texts --------------------------------------------------------------------------------------

struct EditText {
  static constexpr std::string_view name = "edit_text";
  RoomNumber room{};
  Place place;
  int version = 0;  // the one the change was made on; 0: an empty text
  WriterId writer;  // the writing tab, not a seat: drawn when the tab opens
  int counter = 0;  // that writer's changes to this text, from 1
  ChangeSet change;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("place", self.place);
    v("version", self.version);
    v("writer", self.writer);
    v("counter", self.counter);
    v("change", self.change);
  }
};

struct SignOffTexts {
  static constexpr std::string_view name = "sign_off";
  RoomNumber room{};
  SeatId seat;
  std::optional<int> task;
  Text dissent;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("seat", self.seat);
    v("task", self.task);
    v("dissent", self.dissent);
  }
};

struct WithdrawSignOff {
  static constexpr std::string_view name = "withdraw_sign_off";
  RoomNumber room{};
  SeatId seat;
  std::optional<int> task;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("seat", self.seat);
    v("task", self.task);
  }
};

}  // namespace rundbord
