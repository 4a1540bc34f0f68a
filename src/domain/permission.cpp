#include "domain/permission.hpp"

#include <algorithm>
#include <type_traits>

namespace rundbord {
namespace {

// Which seats a command is open to. All but `server` is open to the organiser too, if its rule can
// do without a seat.
enum class Who {
  server,     // nobody outside
  organiser,  // no seat
  newcomer,   // whoever holds the join code
  device,     // a seat with that right, for its own room; not the organiser, who has no device
  room,       // every seat of the room it is about
  right,      // those of them with that right
  own,        // whoever speaks for the seat it names
  own_or_right,
  own_or_member,        // that, or everybody in the room when the seat has no device
  own_or_member_right,  // that, or with that right when the seat has no device
  holder,               // whoever speaks for the role's holder
};

struct Grant {
  Who who;
  std::optional<Right> right{};
};

// The table. A command without a line does not compile.
template <class C>
extern const Grant grant;
// One line per command.
// clang-format off
template <> constexpr Grant grant<CreateWorkshop>{Who::organiser};
template <> constexpr Grant grant<ChangeSettings>{Who::organiser};
template <> constexpr Grant grant<ChangeProgramme>{Who::organiser};
template <> constexpr Grant grant<DefineRoles>{Who::organiser};
template <> constexpr Grant grant<OpenRooms>{Who::organiser};
template <> constexpr Grant grant<RenameRoom>{Who::organiser};
template <> constexpr Grant grant<CloseRoom>{Who::organiser};
template <> constexpr Grant grant<LockRooms>{Who::organiser};
template <> constexpr Grant grant<CorrectQuestion>{Who::room};  // its own question, says the rule
template <> constexpr Grant grant<AddQuestion>{Who::room};
template <> constexpr Grant grant<Join>{Who::newcomer};
template <> constexpr Grant grant<AddMember>{Who::device, Right::manage_members};
template <> constexpr Grant grant<RenameSeat>{Who::own_or_member_right, Right::manage_members};
template <> constexpr Grant grant<RemoveSeat>{Who::own_or_member_right, Right::manage_members};
template <> constexpr Grant grant<MoveSeat>{Who::own};
template <> constexpr Grant grant<MarkAbsent>{Who::own_or_right, Right::manage_members};
template <> constexpr Grant grant<ClaimRole>{Who::own_or_member};
template <> constexpr Grant grant<HandOverRole>{Who::holder};
template <> constexpr Grant grant<StartStep>{Who::right, Right::lead_steps};
template <> constexpr Grant grant<UndoStep>{Who::right, Right::lead_steps};
template <> constexpr Grant grant<EndSteps>{Who::right, Right::lead_steps};
template <> constexpr Grant grant<StartClock>{Who::right, Right::run_clock};
template <> constexpr Grant grant<PauseClock>{Who::right, Right::run_clock};
template <> constexpr Grant grant<AddTime>{Who::right, Right::run_clock};
template <> constexpr Grant grant<AskForTime>{Who::room};
template <> constexpr Grant grant<AnswerTime>{Who::right, Right::run_clock};  // only to withdraw
template <> constexpr Grant grant<EndTurn>{Who::own_or_right, Right::give_turns};
template <> constexpr Grant grant<GiveTurn>{Who::right, Right::give_turns};
template <> constexpr Grant grant<OrderLap>{Who::right, Right::give_turns};
template <> constexpr Grant grant<StartLapAgain>{Who::right, Right::give_turns};
template <> constexpr Grant grant<RaiseHand>{Who::own_or_member};
template <> constexpr Grant grant<LowerHand>{Who::own_or_member};
template <> constexpr Grant grant<GiveWord>{Who::right, Right::give_turns};
template <> constexpr Grant grant<AskForHelp>{Who::room};
template <> constexpr Grant grant<AnswerHelp>{Who::room};
template <> constexpr Grant grant<SendMessage>{Who::organiser};
template <> constexpr Grant grant<ConfirmMessage>{Who::own};
template <> constexpr Grant grant<OpenSitting>{Who::organiser};
template <> constexpr Grant grant<CallBack>{Who::organiser};
template <> constexpr Grant grant<CancelCallBack>{Who::organiser};
template <> constexpr Grant grant<CloseSitting>{Who::organiser};
template <> constexpr Grant grant<ReviseSitting>{Who::organiser};
// A note's author is asked for by the rules of notes: only they see the browser's author key.
template <> constexpr Grant grant<WriteNote>{Who::room};
template <> constexpr Grant grant<EditNote>{Who::room};
template <> constexpr Grant grant<DeleteNote>{Who::room};
template <> constexpr Grant grant<RestoreNote>{Who::room};
template <> constexpr Grant grant<MoveNote>{Who::room};
template <> constexpr Grant grant<MarkNote>{Who::room};
template <> constexpr Grant grant<EditText>{Who::room};
template <> constexpr Grant grant<SignOffTexts>{Who::own_or_member};
template <> constexpr Grant grant<WithdrawSignOff>{Who::own_or_member};
template <> constexpr Grant grant<PassTime>{Who::server};
template <> constexpr Grant grant<NoteAbsence>{Who::server};
template <> constexpr Grant grant<SealRevision>{Who::server};
template <> constexpr Grant grant<EraseNote>{Who::organiser};
template <> constexpr Grant grant<EraseText>{Who::organiser};
template <> constexpr Grant grant<EraseSeat>{Who::organiser};
template <> constexpr Grant grant<EraseMessage>{Who::organiser};
template <> constexpr Grant grant<EraseRoomName>{Who::organiser};
template <> constexpr Grant grant<EraseQuestion>{Who::organiser};
template <> constexpr Grant grant<EraseAgain>{Who::server};
template <> constexpr Grant grant<FinishErasure>{Who::server};
// clang-format on

using Refusal = std::optional<RejectionCode>;

// All rooms are not a seat's own; about a room that does not exist the rule will say so.
bool is_foreign(const Workshop& workshop, const Seat& me, const std::optional<RoomNumber>& room) {
  return !room || (room != me.room && find_room(workshop, *room));
}

// Where a command reaches beyond the seat's own room. MoveSeat names the room it goes to.
template <class C>
Refusal out_of_reach(const Workshop& workshop, const Seat& me, const C& command) {
  if constexpr (requires { command.rooms; }) {
    if (command.rooms.empty()) return RejectionCode::forbidden;
    for (const auto room : command.rooms) {
      if (is_foreign(workshop, me, room)) return RejectionCode::forbidden;
    }
  }
  if constexpr (requires { command.room; } && !std::is_same_v<C, MoveSeat>) {
    if (is_foreign(workshop, me, command.room)) return RejectionCode::forbidden;
  }
  if constexpr (requires { command.seat; }) {
    const auto* seat = find_seat(workshop, command.seat);
    if (seat && seat->id != me.id && seat->room != me.room) return RejectionCode::foreign_seat;
  }
  if constexpr (requires { command.note; }) {
    const auto* note = find_note(workshop, command.note);
    if (note && note->room != me.room) return RejectionCode::forbidden;
  }
  return std::nullopt;
}

Refusal unless(bool allowed, RejectionCode code) {
  return allowed ? Refusal() : Refusal(code);
}

template <class C>
Refusal by_named_seat(const Workshop& workshop, const Seat& me, const C& command) {
  constexpr auto who = grant<C>.who;
  const auto* seat = find_seat(workshop, command.seat);
  if (!seat || speaks_for(workshop, me, *seat)) return std::nullopt;
  if constexpr (who == Who::own_or_right) {
    return unless(may_use(workshop, me, *grant<C>.right), RejectionCode::forbidden);
  }
  if (who == Who::own || !seat->host) return RejectionCode::foreign_seat;
  if constexpr (who == Who::own_or_member_right) {
    return unless(may_use(workshop, me, *grant<C>.right), RejectionCode::forbidden);
  }
  return std::nullopt;
}

// An empty role is claimed, not handed over.
Refusal by_holder(const Workshop& workshop, const Seat& me, const HandOverRole& command) {
  const auto* room = find_room(workshop, command.room);
  if (!room || !find_role(workshop, command.role)) return std::nullopt;
  const auto role = room->roles.find(command.role);
  if (role == room->roles.end()) return unless(!command.to, RejectionCode::forbidden);
  const auto* holder = find_seat(workshop, role->second.seat);
  return unless(holder && speaks_for(workshop, me, *holder), RejectionCode::forbidden);
}

template <class C>
Refusal refusal_to_seat(const Workshop& workshop, const Seat& me, const C& command) {
  constexpr auto who = grant<C>.who;
  if constexpr (who == Who::server || who == Who::organiser || who == Who::newcomer) {
    return RejectionCode::forbidden;
  } else {
    if (const auto code = out_of_reach(workshop, me, command)) return code;
    if constexpr (std::is_same_v<C, AnswerTime>) {
      if (command.granted) return RejectionCode::forbidden;
    }
    if constexpr (who == Who::right || who == Who::device) {
      return unless(may_use(workshop, me, *grant<C>.right), RejectionCode::forbidden);
    } else if constexpr (who == Who::holder) {
      return by_holder(workshop, me, command);
    } else if constexpr (who == Who::room) {
      return std::nullopt;
    } else {
      return by_named_seat(workshop, me, command);
    }
  }
}

template <class C>
Refusal refusal_to(const Workshop& workshop, const C& command, const BySeat& actor) {
  const auto* me = find_seat(workshop, actor.seat);
  if (!me) return RejectionCode::unknown_seat;
  return refusal_to_seat(workshop, *me, command);
}

template <class C>
Refusal refusal_to(const Workshop&, const C&, const ByOrganiser&) {
  constexpr auto who = grant<C>.who;
  return unless(who != Who::server && who != Who::device, RejectionCode::forbidden);
}

template <class C>
Refusal refusal_to(const Workshop&, const C&, const ByNewcomer&) {
  return unless(grant<C>.who == Who::newcomer, RejectionCode::forbidden);
}

template <class C>
Refusal refusal_to(const Workshop&, const C&, const ByServer&) {
  return unless(grant<C>.who == Who::server, RejectionCode::forbidden);
}

}  // namespace

bool speaks_for(const Workshop& workshop, const Seat& speaker, const Seat& seat) {
  if (seat.id == speaker.id) return true;
  if (!seat.host || seat.room != speaker.room) return false;
  if (seat.host == speaker.id) return true;
  const auto* host = find_seat(workshop, *seat.host);
  return !host || host->away || host->room != seat.room;
}

bool may_use(const Workshop& workshop, const Seat& seat, Right right) {
  if (!seat.room) return false;
  if (right_unheld(workshop, *seat.room, right)) return true;
  const auto& roles = workshop.rooms.at(*seat.room).roles;
  return std::any_of(roles.begin(), roles.end(), [&](const auto& role) {
    const auto* holder = find_seat(workshop, role.second.seat);
    return holder && has_right(workshop, *holder, right) && speaks_for(workshop, seat, *holder);
  });
}

std::optional<RejectionCode> refusal(const Workshop& head, const Command& command,
                                     const Actor& actor) {
  return std::visit(
      [&](const auto& asked, const auto& who) { return refusal_to(head, asked, who); }, command,
      actor);
}

bool permitted(const Workshop& head, const Command& command, const Actor& actor) {
  return !refusal(head, command, actor);
}

}  // namespace rundbord
