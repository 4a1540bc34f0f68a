// Why a command was refused: a stable code, the field at fault, figures for the sentence. The
// English sentence is made here; clients show their own language by code.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rundbord {

// Codes are forever from protocol version 1.0 on; SPEC.md lists them with their meaning.
enum class RejectionCode {
  // the message itself
  malformed,
  wrong_type,
  missing_field,
  invalid_text,
  too_deep,
  unknown_command,
  too_large,
  // who and where
  forbidden,
  unknown_workshop,
  unknown_room,
  unknown_seat,
  unknown_note,
  unknown_question,
  unknown_task,
  unknown_step,
  unknown_role,
  unknown_sitting,
  unknown_message,
  unknown_text,
  foreign_seat,
  exists_already,
  room_closed,
  rooms_locked,
  room_full,
  // state
  step_closed,
  stale_position,
  nothing_to_undo,
  no_clock,
  no_lap,
  not_your_turn,
  sitting_closed,
  sitting_not_open,
  programme_started,
  role_taken,
  // limits
  note_too_long,
  text_too_long,
  name_too_long,
  too_many,
  out_of_range,
  empty_text,
  invalid_change,
  text_version_too_old,
  // the server
  busy,
  not_stored
};

std::string_view code_name(RejectionCode code);

struct Rejection {
  RejectionCode code = RejectionCode::malformed;
  std::string field;  // the command's field at fault; empty: the command as a whole
  // Figures a sentence can use, e.g. {"over", 12}, {"max", 4000}; sent to the client by name.
  std::vector<std::pair<std::string, std::int64_t>> facts;
};

inline Rejection refused(RejectionCode code, std::string field = {}) {
  return {code, std::move(field), {}};
}

// In English: what happened and what to do next, with the facts filled in.
std::string sentence(const Rejection& rejection);

}  // namespace rundbord
