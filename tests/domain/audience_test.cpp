// Who sees what: the channels of every kind of event, and channel names there and back.
#include "domain/audience.hpp"

#include <rapidcheck.h>

#include <algorithm>

#include "catch.hpp"
#include "small_workshop.hpp"

using namespace rundbord;
using namespace rundbord::testing;

namespace {

const Place question_1{1, 1};
const Place task_1{1, std::nullopt};

std::string seen_by(const Event& event) {
  std::string text;
  for (const auto& channel : audience(event)) {
    if (!text.empty()) text += ' ';
    text += to_text(channel);
  }
  return text;
}

std::string seat_of(const SeatId& seat) {
  return "seat/" + to_text(seat);
}

Note note_of(const SeatId& author) {
  Note note;
  note.id = note_id(1);
  note.room = room_1;
  note.place = question_1;
  note.written_in = question_1;
  note.author = author;
  note.text = words("a");
  return note;
}

}  // namespace

TEST_CASE("what concerns everybody goes to the plenary alone") {
  const std::vector<Event> events{WorkshopCreated{},  SettingsChanged{}, ProgrammeChanged{},
                                  RolesDefined{},     RoomsLocked{},     SittingChanged{},
                                  SittingRevised{},   RevisionSealed{},  QuestionAdded{},
                                  QuestionCorrected{}};
  for (const auto& event : events) CHECK(seen_by(event) == "plenary");
}

TEST_CASE("what becomes of a room concerns everybody and the room, its end the console too") {
  CHECK(seen_by(RoomOpened{room_1, {}}) == "plenary room/1");
  CHECK(seen_by(RoomRenamed{room_1, {}}) == "plenary room/1");
  CHECK(seen_by(RoomClosed{room_1}) == "plenary console room/1");
}

TEST_CASE("a room's own question stays with the room and the console") {
  QuestionCorrected corrected;
  corrected.room = room_2;
  CHECK(seen_by(corrected) == "console room/2");
  QuestionAdded added;
  added.question.room = room_2;
  CHECK(seen_by(added) == "console room/2");
}

TEST_CASE("people: the room, the console, and the seat it is about") {
  // The seat itself too: it may have been removed and come back (SPEC FR8).
  CHECK(seen_by(joined(kari, room_1, 1)) == "console room/1 " + seat_of(kari));
  CHECK(seen_by(joined(kari, std::nullopt, 1)) == "console " + seat_of(kari));
  CHECK(seen_by(SeatNamed{kari, room_1, 1}) == "console room/1 " + seat_of(kari));
  CHECK(seen_by(SeatNamed{kari, {}, 1}) == "console " + seat_of(kari));
  CHECK(seen_by(SeatRemoved{kari, room_1}) == "console room/1 " + seat_of(kari));
  CHECK(seen_by(SeatPresenceChanged{kari, room_1, true, false}) == "console room/1");
  CHECK(seen_by(SeatMoved{kari, room_1, room_2}) == "console room/1 room/2 " + seat_of(kari));
  CHECK(seen_by(SeatMoved{kari, room_1, std::nullopt}) == "console room/1 " + seat_of(kari));
}

TEST_CASE("steps, clocks, roles, help and sign-off: the room and the console") {
  const std::vector<Event> events{RoleAssigned{room_1, "facilitator", kari, false},
                                  StepStarted{room_1, {}},
                                  StepUndone{room_1, {}},
                                  StepsEnded{room_1},
                                  ClockChanged{room_1, {}},
                                  TimeAsked{room_1, {}},
                                  TimeAnswered{room_1, true},
                                  HelpAsked{room_1},
                                  HelpAnswered{room_1},
                                  SignedOff{room_1, {}},
                                  SignOffWithdrawn{room_1, kari, {}}};
  for (const auto& event : events) CHECK(seen_by(event) == "console room/1");
}

TEST_CASE("who speaks is seen in the room alone") {
  const std::vector<Event> events{LapChanged{room_1, LapCause::again, {}},
                                  HandRaised{room_1, {kari, now}}, HandLowered{room_1, kari},
                                  WordGiven{room_1, kari}};
  for (const auto& event : events) CHECK(seen_by(event) == "room/1");
}

TEST_CASE("a message reaches whom it is for and the console, which lists what was sent") {
  CHECK(seen_by(MessageSent{message_id(1), words("a"), {}}) == "plenary console");
  CHECK(seen_by(MessageErased{message_id(1), {}}) == "plenary console");
  CHECK(seen_by(MessageSent{message_id(1), words("a"), {room_2, room_1, room_2}}) ==
        "console room/1 room/2");
  CHECK(seen_by(MessageConfirmed{message_id(1), kari}) == "console");
}

TEST_CASE("a public note: room, wall, console; its author too when not shown") {
  auto note = note_of(kari);
  CHECK(seen_by(NoteWritten{note}) == "console room/1 wall/1.1");
  note.author_shown = false;
  CHECK(seen_by(NoteWritten{note}) == "console room/1 " + seat_of(kari) + " wall/1.1");
  note.author.reset();
  CHECK(seen_by(NoteWritten{note}) == "console room/1 wall/1.1");
}

TEST_CASE("a private note is on no wall") {
  auto note = note_of(kari);
  note.is_private = true;
  CHECK(seen_by(NoteWritten{note}) == "console room/1 " + seat_of(kari));
}

TEST_CASE("changes to a public note are seen where it stands") {
  const auto id = note_id(1);
  CHECK(seen_by(NoteEdited{id, room_1, task_1, {}, 2, words("b"), false}) ==
        "console room/1 wall/1");
  CHECK(seen_by(NoteDeleted{id, room_1, Place{}, {}}) == "console room/1 wall");
  CHECK(seen_by(NoteRestored{id, room_1, task_1, {}, {}}) == "console room/1 wall/1");
  CHECK(seen_by(NoteMarked{id, room_1, task_1, {}, NoteKind::action, {}, {}}) ==
        "console room/1 wall/1");
  CHECK(seen_by(NoteMoved{id, room_1, question_1, task_1, {}, {}}) ==
        "console room/1 wall/1 wall/1.1");
  CHECK(seen_by(NoteMoved{id, room_1, task_1, task_1, {}, {}}) == "console room/1 wall/1");
}

TEST_CASE("changes to a private note: the room learns only how many there are") {
  const auto id = note_id(1);
  CHECK(seen_by(NoteEdited{id, room_1, task_1, kari, 2, words("b"), false}) == seat_of(kari));
  CHECK(seen_by(NoteMarked{id, room_1, task_1, kari, NoteKind::idea, {}, {}}) == seat_of(kari));
  CHECK(seen_by(NoteDeleted{id, room_1, task_1, kari}) == "console room/1 " + seat_of(kari));
  CHECK(seen_by(NoteRestored{id, room_1, task_1, kari, {}}) == "console room/1 " + seat_of(kari));
  CHECK(seen_by(NoteMoved{id, room_1, question_1, task_1, kari, {}}) ==
        "console room/1 " + seat_of(kari));
}

TEST_CASE("revealed notes and texts reach the walls they stand on, each once") {
  CHECK(seen_by(NotesRevealed{
            room_1, {{note_id(1), question_1}, {note_id(2), task_1}, {note_id(3), question_1}}}) ==
        "console room/1 wall/1 wall/1.1");
  CHECK(seen_by(TextChanged{room_1, question_1, 1, {}, 1, kari, {}}) == "console room/1 wall/1.1");
}

TEST_CASE("no wall, no plenary and no other seat ever gets a private note") {
  const bool holds = rc::check("private stays private", [] {
    const auto author = seat_id(*rc::gen::inRange(1, 5));
    const auto room = RoomNumber{*rc::gen::inRange(1, 4)};
    const Place place{1, *rc::gen::inRange(1, 4)};
    auto note = note_of(author);
    note.room = room;
    note.place = place;
    note.is_private = true;
    note.author_shown = *rc::gen::arbitrary<bool>();
    const std::vector<Event> events{
        NoteWritten{note},
        NoteEdited{note.id, room, place, author, 2, words("b"), false},
        NoteDeleted{note.id, room, place, author},
        NoteRestored{note.id, room, place, author, {}},
        NoteMoved{note.id, room, place, Place{}, author, {}},
        NoteMarked{note.id, room, place, author, NoteKind::idea, {}, {}}};
    for (const auto& event : events) {
      const auto channels = audience(event);
      RC_ASSERT(std::is_sorted(channels.begin(), channels.end()));
      RC_ASSERT(std::count(channels.begin(), channels.end(), Channel{SeatChannel{author}}) == 1);
      for (const auto& channel : channels) {
        RC_ASSERT(channel == Channel{SeatChannel{author}} ||
                  channel == Channel{RoomChannel{room}} || channel == Channel{ConsoleChannel{}});
      }
    }
  });
  CHECK(holds);
}

TEST_CASE("channel names there and back") {
  const std::vector<Channel> channels{
      Plenary{},       ConsoleChannel{},    RoomChannel{RoomNumber{9999}}, SeatChannel{kari},
      WallChannel{{}}, WallChannel{task_1}, WallChannel{question_1}};
  for (const auto& channel : channels) {
    const auto read = channel_from_text(to_text(channel));
    REQUIRE(read);
    CHECK(*read == channel);
  }
}

TEST_CASE("what is no channel name is none") {
  for (const auto* text : {"", "room", "room/", "room/0", "room/01", "room/-1", "room/1x",
                           "room/99999999999", "seat/", "seat/short", "wall/", "wall/1.", "wall/.1",
                           "wall/1.2.3", "wall/0", "Plenary", "plenary ", "console/1"}) {
    CAPTURE(text);
    CHECK_FALSE(channel_from_text(text));
  }
}
