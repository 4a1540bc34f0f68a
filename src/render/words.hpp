// The words that documents add to what people wrote, in the four languages. Pure, any thread.
#pragma once
#include <string>

#include "domain/programme.hpp"

namespace rundbord::render {

struct Words {
  std::string group, room, table;  // what a room is called
  std::string notes, summary, participants, contents, not_assigned, whole_room;
  std::string dissent, action, unsigned_text, nothing_written, state_closed, state_live,
      state_draft;
  std::string seat, checksum, own_question, earlier_wording;
  // Column names of the spreadsheet.
  std::string column_room, column_room_name, column_task, column_question, column_question_text,
      column_kind, column_text, column_author, column_from, column_at, kind_idea, kind_action;
};

// English for a language we have no words in.
const Words& words(const std::string& language);
const std::string& room_word(const Words& words, RoomLabel label);

}  // namespace rundbord::render
