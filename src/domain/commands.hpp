// All that may be asked of a workshop, as one closed set; and what the server asks of itself.
// Plain values.
#pragma once
#include <string>
#include <string_view>
#include <variant>

#include "domain/commands_erasure.hpp"
#include "domain/commands_organiser.hpp"
#include "domain/commands_room.hpp"
#include "domain/commands_text.hpp"

namespace rundbord {

// --- made by the server itself, never accepted from outside
// -----------------------------------------

// A deadline of next_deadline() has come, or a device's presence has changed for good.
struct PassTime {
  static constexpr std::string_view name = "pass_time";
  RUNDBORD_FIELDS {}
};

struct NoteAbsence {
  static constexpr std::string_view name = "note_absence";
  SeatId seat;
  bool away = true;
  RUNDBORD_FIELDS {
    v("seat", self.seat);
    v("away", self.away);
  }
};

// The archive has written the revision's body; its checksum goes into the chain.
struct SealRevision {
  static constexpr std::string_view name = "seal_revision";
  int sitting = 1;
  int revision = 1;
  std::string checksum;  // SHA-256, lower-case hex
  RUNDBORD_FIELDS {
    v("sitting", self.sitting);
    v("revision", self.revision);
    v("checksum", self.checksum);
  }
};

using Command =
    std::variant<CreateWorkshop, ChangeSettings, ChangeProgramme, DefineRoles, OpenRooms,
                 RenameRoom, CloseRoom, LockRooms, CorrectQuestion, AddQuestion, Join, AddMember,
                 RenameSeat, RemoveSeat, MoveSeat, MarkAbsent, ClaimRole, HandOverRole, StartStep,
                 UndoStep, EndSteps, StartClock, PauseClock, AddTime, AskForTime, AnswerTime,
                 EndTurn, GiveTurn, OrderLap, StartLapAgain, RaiseHand, LowerHand, GiveWord,
                 AskForHelp, AnswerHelp, SendMessage, ConfirmMessage, OpenSitting, CallBack,
                 CancelCallBack, CloseSitting, ReviseSitting, WriteNote, EditNote, DeleteNote,
                 RestoreNote, MoveNote, MarkNote, EditText, SignOffTexts, WithdrawSignOff, PassTime,
                 NoteAbsence, SealRevision, EraseNote, EraseText, EraseSeat, EraseMessage,
                 EraseRoomName, EraseQuestion, EraseAgain, FinishErasure>;

}  // namespace rundbord
