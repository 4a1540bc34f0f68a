// What is to be erased, by ids alone, so that the order itself holds nothing that must go: the part
// that commands, events and the list of erasures beside the log share. Plain values.
#pragma once
#include <string>
#include <vector>

#include "domain/fields.hpp"
#include "domain/ids.hpp"
#include "domain/programme.hpp"

namespace rundbord {

struct ErasedText {
  RoomNumber room{};
  Place place;
  RUNDBORD_FIELDS {
    v("room", self.room);
    v("place", self.place);
  }
  bool operator==(const ErasedText&) const = default;
};

struct ErasedQuestion {
  int task = 0;
  int question = 0;
  RUNDBORD_FIELDS {
    v("task", self.task);
    v("question", self.question);
  }
  bool operator==(const ErasedQuestion&) const = default;
};

struct Erased {
  std::vector<NoteId> notes;              // all wordings and what they name
  std::vector<SeatId> people;             // names and organisations, also in notes by or from them
  std::vector<SeatId> dissents;           // dissenting views of these seats
  std::vector<ErasedText> texts;          // all that was ever written there
  std::vector<MessageId> messages;        // to the rooms
  std::vector<RoomNumber> room_names;     // every name these rooms had
  std::vector<ErasedQuestion> questions;  // all wordings of rooms' own questions
  RUNDBORD_FIELDS {
    v("notes", self.notes);
    v("people", self.people);
    v("dissents", self.dissents);
    v("texts", self.texts);
    v("messages", self.messages);
    v("room_names", self.room_names);
    v("questions", self.questions);
  }
  bool operator==(const Erased&) const = default;
};

// A revision that held erased words, and the checksum of what stands in its place.
struct RedactedRevision {
  int sitting = 1;
  int revision = 1;
  std::string checksum;  // SHA-256, lower-case hex
  RUNDBORD_FIELDS {
    v("sitting", self.sitting);
    v("revision", self.revision);
    v("checksum", self.checksum);
  }
  bool operator==(const RedactedRevision&) const = default;
};

}  // namespace rundbord
