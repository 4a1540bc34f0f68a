// Rules of erasing words for good. What is erased already is not asked for again: then there is
// nothing to do.
#include "domain/board.hpp"
#include "domain/checks.hpp"
#include "domain/erasure.hpp"
#include "domain/rules.hpp"

namespace rundbord {
namespace {

using enum RejectionCode;

Erased only(NoteId note) {
  Erased what;
  what.notes.push_back(note);
  return what;
}

}  // namespace

Decision rule(const Workshop& head, const EraseNote& command, const Context&) {
  if (!find_note(head, command.note)) return refused(unknown_note, "note");
  return erase(head, only(command.note));
}

Decision rule(const Workshop& head, const EraseText& command, const Context&) {
  if (!find_room(head, command.room)) return refused(unknown_room, "room");
  if (auto fault = unknown_place(head.programme, command.room, command.place, "place")) {
    return *fault;
  }
  Erased what;
  what.texts.push_back({command.room, command.place});
  return erase(head, what);
}

// A seat that is gone is known as long as something still names it.
Decision rule(const Workshop& head, const EraseSeat& command, const Context&) {
  auto decided = erase(head, all_of_person(head, command.seat, command.words));
  if (decided.events.empty()) return refused(unknown_seat, "seat");
  return decided;
}

Decision rule(const Workshop& head, const EraseMessage& command, const Context&) {
  Erased what;
  what.messages.push_back(command.message);
  auto decided = erase(head, what);
  if (decided.events.empty()) return refused(unknown_message, "message");
  return decided;
}

Decision rule(const Workshop& head, const EraseRoomName& command, const Context&) {
  if (!find_room(head, command.room)) return refused(unknown_room, "room");
  Erased what;
  what.room_names.push_back(command.room);
  return erase(head, what);
}

// The organiser's questions are the programme's; only what a room asked by itself can go.
Decision rule(const Workshop& head, const EraseQuestion& command, const Context&) {
  const auto* question = find_question(head, command.task, command.question);
  if (!question) return refused(unknown_question, "question");
  if (!question->room) return refused(forbidden, "question");
  Erased what;
  what.questions.push_back({command.task, command.question});
  return erase(head, what);
}

Decision rule(const Workshop& head, const EraseAgain& command, const Context&) {
  return erase(head, command.what);
}

Decision rule(const Workshop& head, const FinishErasure& command, const Context&) {
  if (command.erasure > head.erasures) return refused(stale_position, "erasure");
  if (command.erasure <= head.erasures_finished) return Decided{};
  for (const auto& revision : command.revisions) {
    if (!is_checksum(revision.checksum)) return refused(out_of_range, "revisions");
  }
  return Decided{{ErasureFinished{command.erasure, command.revisions}}, {}, true};
}

}  // namespace rundbord
