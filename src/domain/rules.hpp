// One rule per command; decide() dispatches to them after the permission table. Inside domain/
// only.
#pragma once
#include "domain/decide.hpp"

namespace rundbord {

Decision rule(const Workshop&, const CreateWorkshop&, const Context&);
Decision rule(const Workshop&, const ChangeSettings&, const Context&);
Decision rule(const Workshop&, const ChangeProgramme&, const Context&);
Decision rule(const Workshop&, const DefineRoles&, const Context&);
Decision rule(const Workshop&, const OpenRooms&, const Context&);
Decision rule(const Workshop&, const RenameRoom&, const Context&);
Decision rule(const Workshop&, const CloseRoom&, const Context&);
Decision rule(const Workshop&, const LockRooms&, const Context&);
Decision rule(const Workshop&, const CorrectQuestion&, const Context&);
Decision rule(const Workshop&, const AddQuestion&, const Context&);
Decision rule(const Workshop&, const Join&, const Context&);
Decision rule(const Workshop&, const AddMember&, const Context&);
Decision rule(const Workshop&, const RenameSeat&, const Context&);
Decision rule(const Workshop&, const RemoveSeat&, const Context&);
Decision rule(const Workshop&, const MoveSeat&, const Context&);
Decision rule(const Workshop&, const MarkAbsent&, const Context&);
Decision rule(const Workshop&, const ClaimRole&, const Context&);
Decision rule(const Workshop&, const HandOverRole&, const Context&);
Decision rule(const Workshop&, const StartStep&, const Context&);
Decision rule(const Workshop&, const UndoStep&, const Context&);
Decision rule(const Workshop&, const EndSteps&, const Context&);
Decision rule(const Workshop&, const StartClock&, const Context&);
Decision rule(const Workshop&, const PauseClock&, const Context&);
Decision rule(const Workshop&, const AddTime&, const Context&);
Decision rule(const Workshop&, const AskForTime&, const Context&);
Decision rule(const Workshop&, const AnswerTime&, const Context&);
Decision rule(const Workshop&, const EndTurn&, const Context&);
Decision rule(const Workshop&, const GiveTurn&, const Context&);
Decision rule(const Workshop&, const OrderLap&, const Context&);
Decision rule(const Workshop&, const StartLapAgain&, const Context&);
Decision rule(const Workshop&, const RaiseHand&, const Context&);
Decision rule(const Workshop&, const LowerHand&, const Context&);
Decision rule(const Workshop&, const GiveWord&, const Context&);
Decision rule(const Workshop&, const AskForHelp&, const Context&);
Decision rule(const Workshop&, const AnswerHelp&, const Context&);
Decision rule(const Workshop&, const SendMessage&, const Context&);
Decision rule(const Workshop&, const ConfirmMessage&, const Context&);
Decision rule(const Workshop&, const OpenSitting&, const Context&);
Decision rule(const Workshop&, const CallBack&, const Context&);
Decision rule(const Workshop&, const CancelCallBack&, const Context&);
Decision rule(const Workshop&, const CloseSitting&, const Context&);
Decision rule(const Workshop&, const ReviseSitting&, const Context&);
Decision rule(const Workshop&, const WriteNote&, const Context&);
Decision rule(const Workshop&, const EditNote&, const Context&);
Decision rule(const Workshop&, const DeleteNote&, const Context&);
Decision rule(const Workshop&, const RestoreNote&, const Context&);
Decision rule(const Workshop&, const MoveNote&, const Context&);
Decision rule(const Workshop&, const MarkNote&, const Context&);
Decision rule(const Workshop&, const EditText&, const Context&);
Decision rule(const Workshop&, const SignOffTexts&, const Context&);
Decision rule(const Workshop&, const WithdrawSignOff&, const Context&);
Decision rule(const Workshop&, const PassTime&, const Context&);
Decision rule(const Workshop&, const NoteAbsence&, const Context&);
Decision rule(const Workshop&, const SealRevision&, const Context&);
Decision rule(const Workshop&, const EraseNote&, const Context&);
Decision rule(const Workshop&, const EraseText&, const Context&);
Decision rule(const Workshop&, const EraseSeat&, const Context&);
Decision rule(const Workshop&, const EraseMessage&, const Context&);
Decision rule(const Workshop&, const EraseRoomName&, const Context&);
Decision rule(const Workshop&, const EraseQuestion&, const Context&);
Decision rule(const Workshop&, const EraseAgain&, const Context&);
Decision rule(const Workshop&, const FinishErasure&, const Context&);

}  // namespace rundbord
