// Preparing a workshop: making it, its settings, programme, roles, rooms and questions.
#include "catch.hpp"
#include "domain/limits.hpp"
#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;

namespace {

CreateWorkshop small_creation() {
  return {
      small_settings(), small_programme(), small_roles(), {{room_1, {}}, {room_2, words("Hall")}}};
}

Note note_in(RoomNumber room, const Place& place, const SeatId& author) {
  Note note;
  note.id = note_id(1);
  note.room = room;
  note.place = place;
  note.written_in = place;
  note.author = author;
  note.text = words("a");
  note.written = now;
  return note;
}

RoomStep step_at(const StepPosition& at, StepKind kind) {
  RoomStep step;
  step.at = at;
  step.kind = kind;
  step.started = now;
  return step;
}

}  // namespace

TEST_CASE("a workshop is created with its rooms, once") {
  const auto command = small_creation();
  const auto outcome = given_nothing().when(command, organiser);
  outcome.then({WorkshopCreated{command.settings, command.programme, command.roles},
                RoomOpened{room_1, {}}, RoomOpened{room_2, words("Hall")}});
  CHECK(outcome.state().sittings.size() == 2);
  CHECK(outcome.state().sittings.at(2) == progress(2, SittingState::planned));
  CHECK(outcome.state().created == now);
  given().when(command, organiser).refused(RejectionCode::exists_already);
}

TEST_CASE("a workshop with a fault anywhere is not created") {
  auto command = small_creation();
  command.settings.title = {};
  given_nothing().when(command, organiser).refused(RejectionCode::empty_text, "settings.title");
  command = small_creation();
  command.programme.tasks[0].number = 7;
  given_nothing()
      .when(command, organiser)
      .refused(RejectionCode::out_of_range, "programme.tasks.0.number");
  command = small_creation();
  command.roles[1].key = "facilitator";
  given_nothing().when(command, organiser).refused(RejectionCode::exists_already, "roles.1.key");
  command = small_creation();
  command.rooms[1].number = room_1;
  given_nothing().when(command, organiser).refused(RejectionCode::exists_already, "rooms.1.number");
}

TEST_CASE("settings can be changed at any time; the same again is nothing") {
  auto settings = small_settings();
  given().when(ChangeSettings{settings}, organiser).then_nothing();
  settings.authorship = Authorship::hidden;
  given().when(ChangeSettings{settings}, organiser).then({SettingsChanged{settings}});
  settings.title = {};
  given()
      .when(ChangeSettings{settings}, organiser)
      .refused(RejectionCode::empty_text, "settings.title");
}

// --- the programme
// --------------------------------------------------------------------------------

TEST_CASE("the programme can be replaced until the first step is started") {
  auto programme = small_programme();
  programme.sittings.push_back({3, in_english("Evening")});
  programme.tasks.push_back(task(3, 3, 1, {}));
  const auto outcome = given().when(ChangeProgramme{programme}, organiser);
  outcome.then({ProgrammeChanged{programme}});
  CHECK(outcome.state().sittings.at(1).state == SittingState::open);
  CHECK(outcome.state().sittings.at(3).state == SittingState::planned);
  given_people({StepStarted{room_1, step_at(dialogue_1, StepKind::dialogue)}})
      .when(ChangeProgramme{programme}, organiser)
      .refused(RejectionCode::programme_started, "programme");
}

TEST_CASE("a programme that has no place for what was written is refused") {
  auto shorter = small_programme();
  shorter.tasks.pop_back();
  given().when(ChangeProgramme{shorter}, organiser).then({ProgrammeChanged{shorter}});
  given_people({NoteWritten{note_in(room_1, {2, 1}, kari)}})
      .when(ChangeProgramme{shorter}, organiser)
      .refused(RejectionCode::programme_started, "programme");
  given_people({SignedOff{room_1, {kari, 2, {}, now}}})
      .when(ChangeProgramme{shorter}, organiser)
      .refused(RejectionCode::programme_started, "programme");
  ChangeSet change;
  change.insert(u"words");
  given_people({TextChanged{room_1, {2, {}}, 1, {}, 1, kari, change}})
      .when(ChangeProgramme{shorter}, organiser)
      .refused(RejectionCode::programme_started, "programme");
}

TEST_CASE("a programme without a sitting that has begun is refused") {
  auto shorter = small_programme();
  shorter.tasks.pop_back();
  shorter.sittings.pop_back();
  given().when(ChangeProgramme{shorter}, organiser).then({ProgrammeChanged{shorter}});
  given({SittingChanged{progress(2, SittingState::open)}})
      .when(ChangeProgramme{shorter}, organiser)
      .refused(RejectionCode::programme_started, "programme");
}

// --- questions
// ------------------------------------------------------------------------------------

TEST_CASE("a corrected question keeps its earlier wordings, also after the start") {
  const auto wording = in_english("Which songs, and why?");
  auto scene = given_people({StepStarted{room_1, step_at(dialogue_1, StepKind::dialogue)}});
  const auto outcome = scene.when(CorrectQuestion{1, 2, wording}, organiser);
  outcome.then({QuestionCorrected{1, 2, wording, {}}});
  const auto* corrected = find_question(outcome.state(), 1, 2);
  CHECK(corrected->text == wording);
  CHECK(corrected->earlier == std::vector<LocalText>{in_english("Question 2?")});
  scene.when(CorrectQuestion{1, 2, in_english("Question 2?")}, organiser).then_nothing();
}

TEST_CASE("what cannot be corrected says so") {
  const auto wording = in_english("Why?");
  given_people()
      .when(CorrectQuestion{3, 1, wording}, organiser)
      .refused(RejectionCode::unknown_task, "task");
  given_people()
      .when(CorrectQuestion{1, 4, wording}, organiser)
      .refused(RejectionCode::unknown_question, "question");
  given_people()
      .when(CorrectQuestion{1, 1, in_english("")}, organiser)
      .refused(RejectionCode::empty_text, "text.en");
  given_people()
      .when(CorrectQuestion{1, 1, wording}, by(kari))
      .refused(RejectionCode::forbidden, "question");
  given_people({SittingChanged{progress(1, SittingState::closed)}})
      .when(CorrectQuestion{1, 1, wording}, organiser)
      .refused(RejectionCode::sitting_closed, "task");
}

TEST_CASE("wordings are kept up to a limit, then no more corrections are taken") {
  auto scene = given();
  for (std::size_t n = 1; n <= wordings_max; ++n) {
    scene.with({QuestionCorrected{1, 1, in_english("Wording " + std::to_string(n)), {}}});
  }
  scene.when(CorrectQuestion{1, 1, in_english("One more")}, organiser)
      .refused(RejectionCode::too_many, "question");
}

TEST_CASE("the organiser adds questions for all rooms or one, with the next number") {
  auto added = question(4);
  added.text = in_english("And what now?");
  given().when(AddQuestion{1, added.text, {}}, organiser).then({QuestionAdded{1, added}});
  added.room = room_2;
  given().when(AddQuestion{1, added.text, room_2}, organiser).then({QuestionAdded{1, added}});
  given()
      .when(AddQuestion{1, added.text, RoomNumber{9}}, organiser)
      .refused(RejectionCode::unknown_room, "room");
  given()
      .when(AddQuestion{3, added.text, {}}, organiser)
      .refused(RejectionCode::unknown_task, "task");
}

TEST_CASE("a room adds a question of its own, and words it anew") {
  auto added = question(4);
  added.text = in_english("Ours?");
  added.room = room_1;
  auto scene = given_people();
  scene.when(AddQuestion{1, added.text, room_2}, by(kari)).refused(RejectionCode::forbidden);
  scene.when(AddQuestion{1, added.text, {}}, by(kari)).refused(RejectionCode::forbidden);
  scene.when(AddQuestion{1, added.text, room_1}, by(kari)).then({QuestionAdded{1, added}});
  scene.with({QuestionAdded{1, added}});
  const auto wording = in_english("Ours, then?");
  scene.when(CorrectQuestion{1, 4, wording}, by(ola))
      .then({QuestionCorrected{1, 4, wording, room_1}});
  scene.when(CorrectQuestion{1, 4, wording}, by(eva)).refused(RejectionCode::forbidden, "question");
}

TEST_CASE("a closed sitting or room takes no more questions") {
  given_people({SittingChanged{progress(1, SittingState::closed)}})
      .when(AddQuestion{1, in_english("a"), {}}, organiser)
      .refused(RejectionCode::sitting_closed, "task");
  given_people({RoomClosed{room_1}})
      .when(AddQuestion{1, in_english("a"), room_1}, by(kari))
      .refused(RejectionCode::room_closed, "room");
}

TEST_CASE("a task takes questions up to its limit") {
  auto programme = small_programme();
  programme.tasks[1] = task(2, 2, static_cast<int>(questions_per_task_max), {});
  given({ProgrammeChanged{programme}})
      .when(AddQuestion{2, in_english("a"), {}}, organiser)
      .refused(RejectionCode::too_many, "task");
}

// --- roles and rooms
// ------------------------------------------------------------------------------

TEST_CASE("a role that is taken out is laid down first by those who hold it") {
  auto roles = small_roles();
  roles.pop_back();
  given_people({holds(room_1, "topic_keeper", kari), holds(room_1, "facilitator", ola)})
      .when(DefineRoles{roles}, organiser)
      .then({RoleAssigned{room_1, "topic_keeper", {}, false}, RolesDefined{roles}});
  given().when(DefineRoles{small_roles()}, organiser).then_nothing();
  given()
      .when(DefineRoles{{role("A", {})}}, organiser)
      .refused(RejectionCode::out_of_range, "roles.0.key");
}

TEST_CASE("rooms are opened, and closed ones again with what they held") {
  auto scene = given_people(
      {RoomRenamed{room_1, words("Hall")}, NoteWritten{note_in(room_1, {1, 1}, kari)}});
  scene.when(OpenRooms{{{RoomNumber{9}, words("New")}, {room_1, {}}}}, organiser)
      .refused(RejectionCode::exists_already, "rooms.1.number");
  scene.after(CloseRoom{room_1}, organiser);
  const auto outcome =
      scene.when(OpenRooms{{{RoomNumber{9}, words("New")}, {room_1, {}}}}, organiser);
  outcome.then({RoomOpened{RoomNumber{9}, words("New")}, RoomOpened{room_1, words("Hall")}});
  CHECK_FALSE(outcome.state().rooms.at(room_1).closed);
  CHECK(outcome.state().rooms.at(room_1).columns.size() == 1);
  CHECK(find_seat(outcome.state(), kari)->room == room_1);
  scene.when(OpenRooms{{{RoomNumber{0}, {}}}}, organiser)
      .refused(RejectionCode::out_of_range, "rooms.0.number");
}

TEST_CASE("no more rooms than the limit are opened, counted with those there are") {
  OpenRooms many;
  for (std::size_t n = 0; n + 3 < rooms_max; ++n) {
    many.rooms.push_back({RoomNumber{static_cast<int>(n) + 10}, {}});
  }
  CHECK(given().when(many, organiser).accepted());
  many.rooms.push_back({RoomNumber{room_number_max}, {}});
  given().when(many, organiser).refused(RejectionCode::too_many, "rooms");
}

TEST_CASE("a room is renamed, also to its number alone") {
  given()
      .when(RenameRoom{room_1, words("Hall")}, organiser)
      .then({RoomRenamed{room_1, words("Hall")}});
  given().when(RenameRoom{room_1, {}}, organiser).then_nothing();
  given()
      .when(RenameRoom{RoomNumber{9}, {}}, organiser)
      .refused(RejectionCode::unknown_room, "room");
  given()
      .when(RenameRoom{room_1, words(std::string(name_graphemes_max + 1, 'n'))}, organiser)
      .refused(RejectionCode::name_too_long, "to");
}

TEST_CASE("closing a room ends its step, shows private notes, and forgets who was heard") {
  auto note = note_in(room_1, {1, 1}, kari);
  note.is_private = true;
  auto scene =
      given_people({StepStarted{room_1, step_at(silent_2, StepKind::silent)}, NoteWritten{note},
                    HandRaised{room_1, {ola, now}}, WordGiven{room_1, kari}, HelpAsked{room_1}});
  CHECK(find_seat(scene.state(), kari)->heard == 1);
  const auto outcome = scene.when(CloseRoom{room_1}, organiser);
  outcome.then(
      {StepsEnded{room_1}, NotesRevealed{room_1, {{note.id, note.place}}}, RoomClosed{room_1}});
  const auto& room = outcome.state().rooms.at(room_1);
  CHECK(room.closed);
  CHECK(room.hands.empty());
  CHECK_FALSE(room.help_asked);
  CHECK(find_seat(outcome.state(), kari)->heard == 0);
  CHECK(find_seat(outcome.state(), kari)->room == room_1);
  given({RoomClosed{room_1}}).when(CloseRoom{room_1}, organiser).then_nothing();
  given().when(CloseRoom{RoomNumber{9}}, organiser).refused(RejectionCode::unknown_room, "room");
}

TEST_CASE("rooms are locked and unlocked") {
  given().when(LockRooms{true}, organiser).then({RoomsLocked{true}});
  given().when(LockRooms{false}, organiser).then_nothing();
  given({RoomsLocked{true}}).when(LockRooms{false}, organiser).then({RoomsLocked{false}});
}
