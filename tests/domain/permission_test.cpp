// Who may give which command at all, each command once.
#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;
using enum RejectionCode;

namespace {

// Eva tries it in room 1, which is not hers.
const std::vector<Command> about_room_1{
    AddQuestion{1, in_english("Why?"), room_1},
    RenameSeat{kari, words("X"), {}},
    RemoveSeat{kari},
    MoveSeat{kari, room_2},
    MarkAbsent{kari, true},
    ClaimRole{"facilitator", kari, false},
    HandOverRole{"facilitator", kari, room_1},
    StartStep{{room_1}, lap_1, {}},
    UndoStep{{room_1}},
    EndSteps{{room_1}},
    StartClock{{room_1}, {}},
    PauseClock{{room_1}},
    AddTime{{room_1}, minutes(1)},
    AskForTime{room_1, minutes(1)},
    AnswerTime{room_1, false},
    EndTurn{kari, TurnEnd::spoke},
    GiveTurn{kari},
    OrderLap{room_1, {}},
    StartLapAgain{room_1},
    RaiseHand{kari},
    LowerHand{kari},
    GiveWord{kari},
    AskForHelp{room_1},
    AnswerHelp{room_1},
    ConfirmMessage{message_id(1), kari},
    WriteNote{note_id(9), room_1, {}, NoteKind::idea, words("x"), {}, {}},
    EditNote{note_id(1), 1, words("x")},
    DeleteNote{note_id(1)},
    RestoreNote{note_id(1)},
    MoveNote{note_id(1), {}, {}},
    MarkNote{note_id(1), NoteKind::action, {}, {}},
    EditText{room_1, {}, 0, {}, 1, {}},
    SignOffTexts{room_1, kari, {}, {}},
    WithdrawSignOff{room_1, kari, {}}};

const std::vector<Command> of_the_organiser{
    CreateWorkshop{}, ChangeSettings{},       ChangeProgramme{}, DefineRoles{},
    OpenRooms{},      RenameRoom{room_1, {}}, CloseRoom{room_1}, LockRooms{},
    SendMessage{},    OpenSitting{},          CallBack{},        CancelCallBack{},
    CloseSitting{},   ReviseSitting{},        EraseNote{},       EraseText{},
    EraseSeat{},      EraseMessage{},         EraseRoomName{},   EraseQuestion{}};

const std::vector<Command> of_the_server{PassTime{}, NoteAbsence{kari, true}, SealRevision{},
                                         EraseAgain{}, FinishErasure{}};

Workshop with_note() {
  Note note;
  note.id = note_id(1);
  note.room = room_1;
  note.text = words("x");
  return given_people({NoteWritten{note}}).state();
}

std::string_view named(const Command& command) {
  return std::visit([](const auto& one) { return one.name; }, command);
}

}  // namespace

TEST_CASE("the lists of this test name every command but Join, AddMember and CorrectQuestion") {
  CHECK(about_room_1.size() + of_the_organiser.size() + of_the_server.size() + 3 ==
        std::variant_size_v<Command>);
}

TEST_CASE("no seat reaches into another room, the organiser into all") {
  const auto workshop = with_note();
  for (const auto& command : about_room_1) {
    INFO(named(command));
    CHECK_FALSE(permitted(workshop, command, by(eva)));
    CHECK(permitted(workshop, command, organiser));
    CHECK_FALSE(permitted(workshop, command, newcomer));
    CHECK_FALSE(permitted(workshop, command, server));
  }
}

TEST_CASE("a seat in no room reaches into none") {
  auto workshop = with_note();
  fold(workshop, {SeatMoved{eva, room_2, std::nullopt}}, now);
  for (const auto& command : about_room_1) {
    INFO(named(command));
    CHECK_FALSE(permitted(workshop, command, by(eva)));
  }
  CHECK_FALSE(permitted(workshop, AddQuestion{1, in_english("Why?"), {}}, by(eva)));
  CHECK_FALSE(permitted(workshop, AddMember{seat_id(50), {}, {}}, by(eva)));
  fold(workshop, {SeatMoved{ola, room_1, std::nullopt}}, now);
  CHECK_FALSE(permitted(workshop, MarkAbsent{ola, true}, by(eva)));
  CHECK(permitted(workshop, MoveSeat{eva, room_2}, by(eva)));
}

TEST_CASE("the organiser's own commands are for nobody else") {
  const auto workshop = with_note();
  for (const auto& command : of_the_organiser) {
    INFO(named(command));
    CHECK(permitted(workshop, command, organiser));
    for (const auto& actor : {by(kari), newcomer, server}) {
      CHECK_FALSE(permitted(workshop, command, actor));
    }
  }
}

TEST_CASE("the server's own commands never come from outside") {
  const auto workshop = with_note();
  for (const auto& command : of_the_server) {
    INFO(named(command));
    CHECK(permitted(workshop, command, server));
    for (const auto& actor : {by(kari), newcomer, organiser}) {
      CHECK_FALSE(permitted(workshop, command, actor));
    }
  }
}

TEST_CASE("a newcomer may join, and nothing else") {
  const auto workshop = with_note();
  const Join join{seat_id(50), {}, {}, {}};
  CHECK(permitted(workshop, join, newcomer));
  CHECK(permitted(workshop, join, organiser));
  CHECK_FALSE(permitted(workshop, join, by(kari)));
  CHECK_FALSE(permitted(workshop, AddMember{seat_id(50), {}, {}}, newcomer));
}

TEST_CASE("rights that nobody present holds are everybody's in the room") {
  const std::vector<Command> guarded{
      StartStep{{room_1}, lap_1, {}}, UndoStep{{room_1}},           EndSteps{{room_1}},
      StartClock{{room_1}, {}},       PauseClock{{room_1}},         AddTime{{room_1}, minutes(1)},
      AnswerTime{room_1, false},      EndTurn{ola, TurnEnd::spoke}, GiveTurn{ola},
      OrderLap{room_1, {}},           StartLapAgain{room_1},        GiveWord{ola}};
  const auto held = given_people({holds(room_1, "facilitator", ola)}).state();
  const auto holder_away = given_people({holds(room_1, "facilitator", ola),
                                         SeatPresenceChanged{ola, room_1, false, true}})
                               .state();
  for (const auto& command : guarded) {
    INFO(named(command));
    CHECK(permitted(given_people().state(), command, by(kari)));
    CHECK_FALSE(permitted(held, command, by(kari)));
    CHECK(permitted(held, command, by(ola)));
    CHECK(permitted(holder_away, command, by(kari)));
  }
}

TEST_CASE("what does not exist is named, not forbidden") {
  given_people().when(RaiseHand{seat_id(99)}, by(kari)).refused(unknown_seat, "seat");
  given_people().when(AskForHelp{RoomNumber{99}}, by(kari)).refused(unknown_room, "room");
  given_people().when(EndSteps{{RoomNumber{99}}}, by(kari)).refused(unknown_room, "rooms");
}

TEST_CASE("a seat that was removed may do nothing any more") {
  given_people()
      .after(RemoveSeat{kari}, organiser)
      .when(RaiseHand{kari}, by(kari))
      .refused(unknown_seat);
}

TEST_CASE("a workshop that was not created yet knows no command but its creation") {
  given_nothing().when(LockRooms{true}, organiser).refused(unknown_workshop);
  given_nothing().when(Join{kari, {}, {}, {}}, newcomer).refused(unknown_workshop);
}

TEST_CASE("the next deadline is the earliest of all sittings") {
  CHECK_FALSE(next_deadline(given().state()));
  auto called = progress(1, SittingState::called_back);
  called.steps_end_at = now + minutes(5);
  called.texts_close_at = now + minutes(20);
  auto writing = progress(2, SittingState::writing);
  writing.texts_close_at = now + minutes(3);
  CHECK(next_deadline(given({SittingChanged{called}}).state()) == now + minutes(5));
  CHECK(next_deadline(given({SittingChanged{called}, SittingChanged{writing}}).state()) ==
        now + minutes(3));
  CHECK_FALSE(next_deadline(given({SittingChanged{progress(1, SittingState::closed)}}).state()));
}
