// Commands that erase words for good: nobody can undo them, and `ok` comes when the words are gone
// from everything the server stores. The organiser's, but for the last two. Plain values.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "domain/erased.hpp"

namespace rundbord {

// All its wordings and the organisation it names; it is no longer on the board.
struct EraseNote {
  static constexpr std::string_view name = "erase_note";
  NoteId note;
  RUNDBORD_FIELDS { v("note", self.note); }
};

// A room's text with everything it ever said; the place is empty and can be written in again.
struct EraseText {
  static constexpr std::string_view name = "erase_text";
  RoomNumber room{};
  Place place;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("place", self.place);
  }
};

// The person's name and organisation everywhere; the seat stays, without a name.
struct EraseSeat {
  static constexpr std::string_view name = "erase_seat";
  SeatId seat;
  bool words = false;  // the notes it wrote and its dissenting views too
  RUNDBORD_FIELDS {
    v("seat", self.seat);
    v("words", self.words);
  }
};

struct EraseMessage {
  static constexpr std::string_view name = "erase_message";
  MessageId message;
  RUNDBORD_FIELDS { v("message", self.message); }
};

// Every name the room had; it is known by its number.
struct EraseRoomName {
  static constexpr std::string_view name = "erase_room_name";
  RoomNumber room{};
  RUNDBORD_FIELDS { v("room", self.room); }
};

// All wordings of a room's own question; its number and answers stay.
struct EraseQuestion {
  static constexpr std::string_view name = "erase_question";
  int task = 0;
  int question = 0;
  RUNDBORD_FIELDS {
    v("task", self.task);
    v("question", self.question);
  }
};

// --- made by the server itself -------------------------------------------------------------------

// After an older backup was restored: what had been erased by then. What the backup does not know
// is passed over.
struct EraseAgain {
  static constexpr std::string_view name = "erase_again";
  Erased what;
  RUNDBORD_FIELDS { v("what", self.what); }
};

// Everything ordered up to this erasure is gone from the disk.
struct FinishErasure {
  static constexpr std::string_view name = "finish_erasure";
  int erasure = 0;
  std::vector<RedactedRevision> revisions;
  RUNDBORD_FIELDS {
    v("erasure", self.erasure);
    v("revisions", self.revisions);
  }
};

}  // namespace rundbord
