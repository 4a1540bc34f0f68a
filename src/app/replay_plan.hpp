// What a replay does with a seminar, worked out before anything is sent: the workshop to create,
// and for each room its seats, lines and summary texts in order. Plain values, pure; any thread.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "app/seminar_file.hpp"

namespace rundbord::app {

struct PlannedLine {
  std::size_t seat = 0;  // index in the room's seats
  Place place;
  std::string text;
};
// All posts under one key, in order, a blank line between them; written by the last one's seat.
struct PlannedText {
  std::size_t seat = 0;
  std::string text;
};
struct RoomPlan {
  int number = 0;
  std::vector<std::string> seats;  // names; one empty name when the file knows nobody
  std::vector<PlannedLine> lines;
  std::map<Place, PlannedText> texts;
};

std::vector<RoomPlan> plan_rooms(const Seminar& seminar);
std::size_t count_lines(const std::vector<RoomPlan>& rooms);

// The body of POST /api/v1/workshops: one sitting, roles and cycles as in a dialogue seminar.
std::string creation_body(const Seminar& seminar);

// As the server keeps text: \r\n and \r are line breaks.
std::string with_newlines(const std::string& typed);

}  // namespace rundbord::app
