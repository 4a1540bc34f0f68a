// Rules of what a room writes together, and of signing it off.
#include <algorithm>
#include <cstdint>

#include "domain/board.hpp"
#include "domain/in_room.hpp"
#include "domain/rules.hpp"

namespace rundbord {
namespace {

const Document& text_at(const Room& room, const Place& place) {
  static const Document empty;
  const auto found = room.texts.find(place);
  return found == room.texts.end() ? empty : found->second;
}

Rejection unfit(const EditRejected& rejected) {
  const auto code = rejection_code(rejected.fault);
  if (code != RejectionCode::text_too_long) return refused(code, "change");
  return {code,
          "change",
          {{"over", static_cast<std::int64_t>(rejected.over)}, {"max", int{summary_units_max}}}};
}

Event changed(const EditText& command, const EditAccepted& accepted, const Context& context) {
  TextChanged event;
  event.room = command.room;
  event.place = command.place;
  event.version = accepted.version;
  event.writer = command.writer;
  event.counter = command.counter;
  if (const auto* seat = acting_seat(context)) event.seat = *seat;
  event.change = accepted.change;
  return event;
}

// What the document says to an edit, as an answer to the command.
struct Answer {
  const Document& text;
  const EditText& command;
  const Context& context;

  Decision operator()(const EditAccepted& accepted) const {
    return done({changed(command, accepted, context)});
  }
  Decision operator()(const EditRepeated&) const { return Decided{}; }
  Decision operator()(const EditTooOld&) const {
    return Rejection{RejectionCode::text_version_too_old, "version", {{"version", text.version()}}};
  }
  Decision operator()(const EditRejected& rejected) const { return unfit(rejected); }
};

}  // namespace

Decision rule(const Workshop& head, const EditText& command, const Context& context) {
  const auto* room = find_room(head, command.room);
  if (!room) return refused(RejectionCode::unknown_room, "room");
  if (auto fault = unknown_place(head.programme, command.room, command.place, "place")) {
    return *fault;
  }
  const auto& text = text_at(*room, command.place);
  const auto answer =
      text.receive({command.version, command.writer, command.counter, command.change});
  // What was accepted stays accepted, also when it is asked about after the text was closed.
  if (!std::holds_alternative<EditRepeated>(answer)) {
    if (auto fault = closed_to(head, command.room, command.place, context)) return *fault;
  }
  return std::visit(Answer{text, command, context}, answer);
}

// --- sign-off ------------------------------------------------------------------------------------

namespace {

const SignOff* find_sign_off(const Room& room, const SeatId& seat, std::optional<int> task) {
  const auto found =
      std::find_if(room.sign_offs.begin(), room.sign_offs.end(),
                   [&](const SignOff& each) { return each.seat == seat && each.task == task; });
  return found == room.sign_offs.end() ? nullptr : &*found;
}

// Signing off is for the people of the room; the organiser does not sign for them.
template <class Command>
Fault not_to_be_signed(const Workshop& head, const Command& command, const Context& context) {
  if (!find_room(head, command.room)) return refused(RejectionCode::unknown_room, "room");
  if (!acting_seat(context)) return refused(RejectionCode::forbidden);
  const auto* seat = find_seat(head, command.seat);
  if (!seat) return refused(RejectionCode::unknown_seat, "seat");
  if (seat->room != command.room) return refused(RejectionCode::foreign_seat, "seat");
  const Place scope{command.task, std::nullopt};
  if (command.task && !find_task(head, *command.task)) {
    return refused(RejectionCode::unknown_task, "task");
  }
  return closed_to(head, command.room, scope, context);
}

}  // namespace

// Once per seat and scope; signing again changes the dissenting view.
Decision rule(const Workshop& head, const SignOffTexts& command, const Context& context) {
  if (auto fault = not_to_be_signed(head, command, context)) return *fault;
  if (auto fault = too_long(command.dissent, dissent_limit, "dissent")) return *fault;
  const auto* earlier = find_sign_off(head.rooms.at(command.room), command.seat, command.task);
  if (earlier && earlier->dissent == command.dissent) return Decided{};
  const SignOff sign_off{command.seat, command.task, command.dissent, context.now};
  return done({SignedOff{command.room, sign_off}});
}

Decision rule(const Workshop& head, const WithdrawSignOff& command, const Context& context) {
  if (auto fault = not_to_be_signed(head, command, context)) return *fault;
  const auto& room = head.rooms.at(command.room);
  if (!find_sign_off(room, command.seat, command.task)) return Decided{};
  return done({SignOffWithdrawn{command.room, command.seat, command.task}});
}

}  // namespace rundbord
