// One application per event; evolve() dispatches to them. Inside domain/ only.
#pragma once
#include "domain/evolve.hpp"

namespace rundbord {

void apply(Workshop&, const WorkshopCreated&, Time);
void apply(Workshop&, const SettingsChanged&, Time);
void apply(Workshop&, const ProgrammeChanged&, Time);
void apply(Workshop&, const RolesDefined&, Time);
void apply(Workshop&, const RoomOpened&, Time);
void apply(Workshop&, const RoomRenamed&, Time);
void apply(Workshop&, const RoomClosed&, Time);
void apply(Workshop&, const RoomsLocked&, Time);
void apply(Workshop&, const QuestionCorrected&, Time);
void apply(Workshop&, const QuestionAdded&, Time);
void apply(Workshop&, const SeatJoined&, Time);
void apply(Workshop&, const SeatNamed&, Time);
void apply(Workshop&, const SeatRemoved&, Time);
void apply(Workshop&, const SeatMoved&, Time);
void apply(Workshop&, const SeatPresenceChanged&, Time);
void apply(Workshop&, const RoleAssigned&, Time);
void apply(Workshop&, const StepStarted&, Time);
void apply(Workshop&, const StepUndone&, Time);
void apply(Workshop&, const StepsEnded&, Time);
void apply(Workshop&, const ClockChanged&, Time);
void apply(Workshop&, const LapChanged&, Time);
void apply(Workshop&, const HandRaised&, Time);
void apply(Workshop&, const HandLowered&, Time);
void apply(Workshop&, const WordGiven&, Time);
void apply(Workshop&, const TimeAsked&, Time);
void apply(Workshop&, const TimeAnswered&, Time);
void apply(Workshop&, const HelpAsked&, Time);
void apply(Workshop&, const HelpAnswered&, Time);
void apply(Workshop&, const MessageSent&, Time);
void apply(Workshop&, const MessageConfirmed&, Time);
void apply(Workshop&, const SittingChanged&, Time);
void apply(Workshop&, const SittingRevised&, Time);
void apply(Workshop&, const RevisionSealed&, Time);
void apply(Workshop&, const NoteWritten&, Time);
void apply(Workshop&, const NoteEdited&, Time);
void apply(Workshop&, const NoteDeleted&, Time);
void apply(Workshop&, const NoteRestored&, Time);
void apply(Workshop&, const NoteMoved&, Time);
void apply(Workshop&, const NoteMarked&, Time);
void apply(Workshop&, const NotesRevealed&, Time);
void apply(Workshop&, const TextChanged&, Time);
void apply(Workshop&, const SignedOff&, Time);
void apply(Workshop&, const SignOffWithdrawn&, Time);
void apply(Workshop&, const ErasureOrdered&, Time);
void apply(Workshop&, const ErasureFinished&, Time);
void apply(Workshop&, const SeatAnonymised&, Time);
void apply(Workshop&, const MessageErased&, Time);

// The part of broken_invariants() about preparation, sittings, notes, texts and sign-off.
std::vector<std::string> broken_board_invariants(const Workshop& workshop);

}  // namespace rundbord
