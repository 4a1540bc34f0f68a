// Events of erasing words for good. The commit that orders it also says, in the ordinary events,
// what that does to what people see (a note is deleted, a room has no name). Plain values.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "domain/commands_organiser.hpp"
#include "domain/erased.hpp"

namespace rundbord {

// From here on the words are to go, wherever the server stores them, also after a restart.
struct ErasureOrdered {
  static constexpr std::string_view name = "erasure_ordered";
  int erasure = 0;  // from 1 in each workshop
  Erased what;
  RUNDBORD_FIELDS {
    v("erasure", self.erasure);
    v("what", self.what);
  }
};

// They are gone, of this erasure and all before it.
struct ErasureFinished {
  static constexpr std::string_view name = "erasure_finished";
  int erasure = 0;
  std::vector<RedactedRevision> revisions;
  RUNDBORD_FIELDS {
    v("erasure", self.erasure);
    v("revisions", self.revisions);
  }
};

struct SeatAnonymised {
  static constexpr std::string_view name = "seat_anonymised";
  SeatId seat;
  std::optional<RoomNumber> room;
  std::uint32_t version = 0;  // of the name, which is now none
  RUNDBORD_FIELDS {
    v("seat", self.seat);
    v("room", self.room);
    v("version", self.version);
  }
};

struct MessageErased {
  static constexpr std::string_view name = "message_erased";
  MessageId message;
  Rooms rooms;  // who had got it; empty: everybody
  RUNDBORD_FIELDS {
    v("message", self.message);
    v("rooms", self.rooms);
  }
};

}  // namespace rundbord
