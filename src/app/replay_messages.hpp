// The commands a replay sends, as JSON text (SPEC CM1). Pure but for the random source of ids; any
// thread.
#pragma once
#include <string>

#include "app/replay_plan.hpp"

namespace rundbord::app {

// 22 characters of base64url.
std::string draw_id();

struct By {
  std::string id;    // of the command
  std::string seat;  // empty: the organiser
};
std::string write_note_message(const By& by, int room, const PlannedLine& line);
// Writes the whole text into one that is empty, as a tab of its own.
std::string edit_text_message(const By& by, int room, const Place& place, const PlannedText& text);
std::string open_sitting_message(const By& by, int sitting);
std::string close_sitting_message(const By& by, int sitting);

}  // namespace rundbord::app
