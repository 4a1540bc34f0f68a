// What a workshop ends in: rooms with their people, notes and summary texts in the board's order,
// as archive revisions and documents take it. Made by archive/, read by protocol/ and render/.
// Plain values.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/programme.hpp"
#include "domain/room.hpp"

namespace rundbord {

struct ResultSeat {
  SeatId id;
  int number = 0;
  std::optional<std::string> name;  // nothing: without names, or erased
  std::string organisation;
  std::vector<std::string> roles;  // keys
};

struct ResultNote {
  NoteId id;
  Place place;
  NoteKind kind = NoteKind::idea;
  std::string text;
  std::optional<SeatId> seat;       // nothing: not shown, or never stored
  std::optional<std::string> from;  // the member or organisation named, if any
  Time at;
  bool erased = false;  // the text, for good
};

struct ResultSignOff {
  std::optional<int> task;
  std::optional<std::string> name;
  std::string dissent;  // empty: agrees, unless erased
  bool erased = false;
};

struct ResultSummary {
  Place place;
  std::string text;
  int revision = 0;  // how many changes made it
  bool signed_off = false;
  bool erased = false;
};

struct ResultRoom {
  RoomNumber number{};
  std::string label;  // empty: known by its number
  std::vector<ResultSeat> seats;
  std::vector<ResultNote> notes;
  std::vector<ResultSummary> summaries;
  std::vector<ResultSignOff> sign_offs;
};

// Where in the workshop's chain a result was taken.
struct AsOf {
  std::uint64_t seq = 0;  // of the last commit it is made of
  ChainHash chain{};      // of that commit: what receipts and chain files are held against
};

struct Result {
  WorkshopId id;
  std::string title;
  std::string language;  // of the workshop; titles and questions are in it
  std::string state;     // draft, live, closed
  RoomLabel label = RoomLabel::group;
  std::vector<Sitting> sittings;
  std::vector<Task> tasks;  // only those asked for
  std::vector<ResultRoom> rooms;
  Time created;
  std::optional<AsOf> as_of;  // nothing: not made from a log
};

// The words in `language`, else in any language there is.
const std::string& words_in(const LocalText& text, const std::string& language);

}  // namespace rundbord
