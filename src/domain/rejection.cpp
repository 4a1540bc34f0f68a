#include "domain/rejection.hpp"

#include <array>

namespace rundbord {
namespace {

struct Words {
  RejectionCode code;
  std::string_view name;
  // What happened, what was kept, what to do next. {field}, {too_long}, {max}, {range} and {when}
  // are filled in from the rejection.
  std::string_view sentence;
};

// In the order of RejectionCode.
constexpr auto table = std::to_array<Words>({
    {RejectionCode::malformed, "malformed",
     "The message could not be read as JSON and nothing was changed; send it again in the form"
     " the protocol describes."},
    {RejectionCode::wrong_type, "wrong_type",
     "The value of {field} is of the wrong type and nothing was changed; send it again with "
     "the type the protocol names."},
    {RejectionCode::missing_field, "missing_field",
     "The command lacks {field} and nothing was changed; fill it in and send it again."},
    {RejectionCode::invalid_text, "invalid_text",
     "The text in {field} holds something that cannot be stored (control characters, broken "
     "UTF-8, or a link that is not http); nothing was changed: correct it and send it again."},
    {RejectionCode::too_deep, "too_deep",
     "The message is nested too deeply and nothing was changed; send a flatter one."},
    {RejectionCode::unknown_command, "unknown_command",
     "The server does not know this command and nothing was changed; load the page again to "
     "get its newest version."},
    {RejectionCode::too_large, "too_large",
     "The message is too large and nothing was changed; send it in smaller parts."},
    {RejectionCode::forbidden, "forbidden",
     "You do not have the right to do this, so nothing was changed; ask the organiser or the "
     "one who leads the room."},
    {RejectionCode::unknown_workshop, "unknown_workshop",
     "There is no such seminar here, or it was deleted; nothing was changed: check the link or"
     " the code."},
    {RejectionCode::unknown_room, "unknown_room",
     "There is no such room in this seminar and nothing was changed; choose a room from the "
     "list."},
    {RejectionCode::unknown_seat, "unknown_seat",
     "There is no such participant here and nothing was changed; choose somebody who is in the"
     " list."},
    {RejectionCode::unknown_note, "unknown_note",
     "The note does not exist, or somebody has deleted it; nothing was changed: undo the "
     "deletion first, or write it anew."},
    {RejectionCode::unknown_question, "unknown_question",
     "The task has no such question for this room and nothing was changed; choose a question "
     "from the programme."},
    {RejectionCode::unknown_task, "unknown_task",
     "The programme has no such task and nothing was changed; choose a task from the "
     "programme."},
    {RejectionCode::unknown_step, "unknown_step",
     "The programme has no such step and nothing was changed; choose a step from the plan."},
    {RejectionCode::unknown_role, "unknown_role",
     "This seminar has no such role and nothing was changed; choose a role from the list."},
    {RejectionCode::unknown_sitting, "unknown_sitting",
     "The programme has no such sitting and nothing was changed; choose one from the "
     "programme."},
    {RejectionCode::unknown_message, "unknown_message",
     "There is no such message and nothing was changed; load the page again to see those that "
     "were sent."},
    {RejectionCode::unknown_text, "unknown_text",
     "There is no such text and nothing was changed; choose a question, a task or the room to "
     "write about."},
    {RejectionCode::foreign_seat, "foreign_seat",
     "That seat is not yours, or not in this room, so nothing was changed; your words are "
     "kept: act as your own seat in the room you are in."},
    {RejectionCode::exists_already, "exists_already",
     "It exists already, so nothing was added; what is there is kept: use that one or choose "
     "another number or name."},
    {RejectionCode::room_closed, "room_closed",
     "The room is closed, so this was not saved; what the room wrote is kept: go to another "
     "room, or ask the organiser to open this one again."},
    {RejectionCode::rooms_locked, "rooms_locked",
     "The organiser has locked the rooms, so you are still where you were; ask the organiser "
     "to move you."},
    {RejectionCode::room_full, "room_full",
     "The room is full, so nobody was added; choose another room."},
    {RejectionCode::step_closed, "step_closed",
     "The step the room is in does not allow this, so it was not saved; your words are kept "
     "where you wrote them: send them again when the room has gone on."},
    {RejectionCode::stale_position, "stale_position",
     "Somebody else has changed this in the meantime, so nothing was overwritten; look at how "
     "it stands now and try again if it is still needed."},
    {RejectionCode::nothing_to_undo, "nothing_to_undo",
     "There is nothing to undo, or it is too long ago; everything stays as it is."},
    {RejectionCode::no_clock, "no_clock",
     "No clock is running here, so nothing was changed; start one first."},
    {RejectionCode::no_lap, "no_lap",
     "The room is not going round just now, so nothing was changed; start that step first."},
    {RejectionCode::not_your_turn, "not_your_turn",
     "Somebody else has the floor by now, so nothing was changed; wait for your turn."},
    {RejectionCode::sitting_closed, "sitting_closed",
     "The sitting is closed, so this was not saved; what was written before is kept: ask the "
     "organiser for a correction."},
    {RejectionCode::sitting_not_open, "sitting_not_open",
     "The sitting is not open, so nothing was changed; open it first."},
    {RejectionCode::programme_started, "programme_started",
     "The rooms have begun, so the programme stays as it is; correct or add single questions "
     "instead."},
    {RejectionCode::role_taken, "role_taken",
     "Somebody in the room has this role already and keeps it; take it over as a stand-in, or "
     "ask for it to be handed over."},
    {RejectionCode::note_too_long, "note_too_long",
     "The note was not saved. {too_long}; your words are kept where you wrote them: shorten "
     "them and send them again."},
    {RejectionCode::text_too_long, "text_too_long",
     "The text was not saved. {too_long}; your words are kept where you wrote them: shorten "
     "them and send them again."},
    {RejectionCode::name_too_long, "name_too_long",
     "The name was not saved. {too_long}; your words are kept where you wrote them: shorten "
     "them and send them again."},
    {RejectionCode::too_many, "too_many",
     "There would be too many{max}; nothing was changed: remove some that are not needed, then"
     " try again."},
    {RejectionCode::out_of_range, "out_of_range",
     "The value of {field} is outside what is allowed{range}; nothing was changed: correct it."},
    {RejectionCode::empty_text, "empty_text",
     "Nothing is written in {field}, so nothing was saved; write something and send it again."},
    {RejectionCode::invalid_change, "invalid_change",
     "The change does not fit the text, so the text stays as it was; your words are kept on "
     "your device: load the text again and add them."},
    {RejectionCode::text_version_too_old, "text_version_too_old",
     "The text has changed too much since you saw it, so the change was not made; your words "
     "are kept on your device: load the text again, then they are added."},
    {RejectionCode::busy, "busy",
     "The server has too much to do just now; what you sent is kept on your device: try again "
     "{when}."},
    {RejectionCode::not_stored, "not_stored",
     "The server could not write this to its disk, so it is not saved; it is kept on your "
     "device and sent again when the server is back."},
});

constexpr bool in_order() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].code != static_cast<RejectionCode>(i)) return false;
  }
  return table.size() == static_cast<std::size_t>(RejectionCode::not_stored) + 1;
}
static_assert(in_order(), "every code has its words, at its own place");

const Words& words_of(RejectionCode code) {
  return table[static_cast<std::size_t>(code)];
}

std::string figure(const Rejection& rejection, std::string_view name) {
  for (const auto& [known, value] : rejection.facts) {
    if (known == name) return std::to_string(value);
  }
  return {};
}

// "It is 12 characters too long (at most 4000)", as far as the facts go.
std::string by_how_much(const Rejection& rejection) {
  const auto over = figure(rejection, "over");
  if (over.empty()) return "It is too long";
  const auto unit = figure(rejection, "bytes").empty() ? " characters" : " bytes";
  return "It is " + over + unit + " too long (at most " + figure(rejection, "max") + ")";
}

std::string range(const Rejection& rejection) {
  const auto min = figure(rejection, "min");
  if (min.empty()) return {};
  return " (from " + min + " to " + figure(rejection, "max") + ")";
}

std::string filled_in(const Rejection& rejection, std::string_view placeholder) {
  if (placeholder == "field") return rejection.field.empty() ? "one field" : rejection.field;
  if (placeholder == "too_long") return by_how_much(rejection);
  if (placeholder == "range") return range(rejection);
  if (placeholder == "max") {
    const auto max = figure(rejection, "max");
    return max.empty() ? max : " (at most " + max + ")";
  }
  const auto wait = figure(rejection, "retry_ms");
  return wait.empty() ? "in a moment" : "in " + wait + " ms";
}

}  // namespace

std::string_view code_name(RejectionCode code) {
  return words_of(code).name;
}

std::string sentence(const Rejection& rejection) {
  std::string_view rest = words_of(rejection.code).sentence;
  std::string text;
  for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
    const auto close = rest.find('}', open);
    text += rest.substr(0, open);
    text += filled_in(rejection, rest.substr(open + 1, close - open - 1));
    rest.remove_prefix(close + 1);
  }
  return text.append(rest);
}

}  // namespace rundbord
