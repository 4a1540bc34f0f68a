// The board: who writes, words, deletes, restores and marks which note, and when.
#include "catch.hpp"
#include "domain/audience.hpp"
#include "domain/limits.hpp"
#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;

namespace {

const Place question_1{1, 1};
const Place question_2{1, 2};
const Place task_1{1, std::nullopt};

RoomStep silent() {
  RoomStep step;
  step.at = silent_2;
  step.kind = StepKind::silent;
  step.started = now;
  return step;
}

WriteNote writes(int id, const std::string& text = "a thought") {
  WriteNote command;
  command.note = note_id(id);
  command.room = room_1;
  command.place = question_1;
  command.text = words(text);
  return command;
}

Note note_by(std::optional<SeatId> author, int id = 1) {
  Note note;
  note.id = note_id(id);
  note.room = room_1;
  note.place = question_1;
  note.written_in = question_1;
  note.text = words("a thought");
  note.author = author;
  note.written = now;
  return note;
}

Settings with_authors(Authorship authorship) {
  auto settings = small_settings();
  settings.authorship = authorship;
  return settings;
}

Context with_key(const Actor& actor, int key) {
  return {now, actor, nth<AuthorKey>(key)};
}

Given closed_sitting(const std::vector<Event>& events) {
  auto scene = given_people(events);
  auto closed = progress(1, SittingState::closed);
  closed.revision = 1;
  scene.with({SittingChanged{closed}});
  return scene;
}

}  // namespace

// --- writing
// --------------------------------------------------------------------------------------

TEST_CASE("a seat writes in its room, before any step and before the sitting is opened") {
  given_people().when(writes(1), by(kari)).then({NoteWritten{note_by(kari)}});
  auto in_afternoon = writes(1);
  in_afternoon.place = {2, 1};
  CHECK(given_people().when(in_afternoon, by(kari)).accepted());
}

TEST_CASE("a note keeps its kind, and whose words it holds") {
  auto command = writes(1);
  command.kind = NoteKind::action;
  command.from = per;
  command.from_organisation = words("The choir");
  auto note = note_by(kari);
  note.kind = NoteKind::action;
  note.from = per;
  note.from_organisation = words("The choir");
  given_people().when(command, by(kari)).then({NoteWritten{note}});
  command.from = eva;
  given_people().when(command, by(kari)).refused(RejectionCode::unknown_seat, "from");
  command.from = per;
  command.from_organisation = words(std::string(organisation_graphemes_max + 1, 'o'));
  given_people().when(command, by(kari)).refused(RejectionCode::name_too_long, "from_organisation");
}

TEST_CASE("notes stand under a question, a task, or nothing, if it exists") {
  const auto at = [](const Place& place) {
    auto command = writes(1);
    command.place = place;
    return given_people().when(command, by(kari));
  };
  CHECK(at(task_1).accepted());
  CHECK(at({}).accepted());
  at({3, {}}).refused(RejectionCode::unknown_task, "place.task");
  at({0, {}}).refused(RejectionCode::unknown_task, "place.task");
  at({{}, 1}).refused(RejectionCode::unknown_task, "place.task");
  at({1, 4}).refused(RejectionCode::unknown_question, "place.question");
  at({2, 3}).refused(RejectionCode::unknown_question, "place.question");
}

TEST_CASE("another room's own question is no place") {
  auto own = question(4);
  own.room = room_2;
  auto scene = given_people({QuestionAdded{1, own}});
  auto command = writes(1);
  command.place = {1, 4};
  scene.when(command, by(kari)).refused(RejectionCode::unknown_question, "place.question");
  command.room = room_2;
  CHECK(scene.when(command, by(eva)).accepted());
}

TEST_CASE("a note needs a room of one's own and a new id") {
  given_people().when(writes(1), by(eva)).refused(RejectionCode::forbidden);
  auto command = writes(1);
  command.room = RoomNumber{9};
  given_people().when(command, by(kari)).refused(RejectionCode::unknown_room, "room");
  auto scene = given_people({NoteWritten{note_by(kari)}});
  scene.when(writes(1), by(kari)).refused(RejectionCode::exists_already, "note");
  scene.with({NoteDeleted{note_id(1), room_1, question_1, {}}});
  scene.when(writes(1), by(kari)).refused(RejectionCode::exists_already, "note");
}

TEST_CASE("a note is neither empty nor too long, and says how many too many") {
  given_people().when(writes(1, ""), by(kari)).refused(RejectionCode::empty_text, "text");
  const std::string longest(note_graphemes_max, 'n');
  CHECK(given_people().when(writes(1, longest), by(kari)).accepted());
  const auto scene = given_people();
  const auto decision = decide(scene.state(), writes(1, longest + "nn"), {now, by(kari), {}});
  const auto& rejection = std::get<Rejection>(decision);
  CHECK(rejection.code == RejectionCode::note_too_long);
  CHECK(sentence(rejection).find("2 characters too long") != std::string::npos);
}

TEST_CASE("a room takes notes up to its limit, deleted ones counted") {
  auto scene = given_people();
  for (std::size_t n = 1; n <= notes_per_room_max; ++n) {
    auto note = note_by(kari, static_cast<int>(n));
    if (n % 2 == 0) note.place = question_2;
    scene.with({NoteWritten{note}});
  }
  scene.with({NoteDeleted{note_id(1), room_1, question_1, {}}});
  scene.when(writes(9'999), by(kari)).refused(RejectionCode::too_many, "room");
}

TEST_CASE("closed rooms and closed sittings take nothing more from seats") {
  given_people({RoomClosed{room_1}})
      .when(writes(1), by(kari))
      .refused(RejectionCode::room_closed, "room");
  auto scene = closed_sitting({});
  scene.when(writes(1), by(kari)).refused(RejectionCode::sitting_closed);
  CHECK(scene.when(writes(1), organiser).accepted());
  auto unassigned = writes(1);
  unassigned.place = {};
  CHECK(scene.when(unassigned, by(kari)).accepted());
  scene.with({SittingChanged{progress(2, SittingState::closed)}});
  scene.when(unassigned, by(kari)).refused(RejectionCode::sitting_closed);
}

TEST_CASE("while texts are still open, notes are too") {
  auto writing = progress(1, SittingState::writing);
  writing.texts_close_at = now + minutes(1);
  CHECK(given_people({SittingChanged{writing}}).when(writes(1), by(kari)).accepted());
}

TEST_CASE("the organiser's note has no author") {
  given_people().when(writes(1), organiser).then({NoteWritten{note_by(std::nullopt)}});
}

// --- authors
// --------------------------------------------------------------------------------------

TEST_CASE("hidden authors are stored, and promised not to be named") {
  auto note = note_by(kari);
  note.author_shown = false;
  const auto outcome = given_people({SettingsChanged{with_authors(Authorship::hidden)}})
                           .when(writes(1), with_key(by(kari), 7));
  outcome.then({NoteWritten{note}});
  CHECK(outcome.decided().names_seat);
}

TEST_CASE("authors who are never stored leave a key, and no seat in the commit") {
  auto scene = given_people({SettingsChanged{with_authors(Authorship::never)}});
  auto note = note_by(std::nullopt);
  note.author_shown = false;
  note.author_key = nth<AuthorKey>(7);
  const auto outcome = scene.when(writes(1), with_key(by(kari), 7));
  outcome.then({NoteWritten{note}});
  CHECK_FALSE(outcome.decided().names_seat);
  scene.when(writes(1), by(kari)).refused(RejectionCode::missing_field, "author_key");
  note.author_key.reset();
  const auto by_organiser = scene.when(writes(1), with_key(organiser, 7));
  by_organiser.then({NoteWritten{note}});
  CHECK(by_organiser.decided().names_seat);
}

TEST_CASE("the key is the right to the note, and leaves no seat either") {
  auto note = note_by(std::nullopt);
  note.author_key = nth<AuthorKey>(7);
  auto scene = given_people({SettingsChanged{with_authors(Authorship::never)}, NoteWritten{note}});
  const std::vector<Command> changes{EditNote{note.id, 1, words("b")}, DeleteNote{note.id},
                                     MoveNote{note.id, task_1, {}},
                                     MarkNote{note.id, NoteKind::action, {}, {}}};
  for (const auto& change : changes) {
    const auto outcome = scene.when(change, with_key(by(kari), 7));
    if (outcome.accepted()) CHECK_FALSE(outcome.decided().names_seat);
    scene.when(change, with_key(by(kari), 8)).refused(RejectionCode::forbidden, "note");
    scene.when(change, by(kari)).refused(RejectionCode::forbidden, "note");
  }
  const auto edited = scene.when(EditNote{note.id, 1, words("b")}, with_key(by(kari), 7));
  CHECK_FALSE(edited.state().notes.at(note.id).edited_by_other);
}

// --- private notes
// --------------------------------------------------------------------------------

TEST_CASE("notes written in silence are private, whoever's device it is") {
  auto note = note_by(kari);
  note.is_private = true;
  auto scene = given_people({StepStarted{room_1, silent()}});
  scene.when(writes(1), by(kari)).then({NoteWritten{note}});
  auto in_room_2 = writes(2);
  in_room_2.room = room_2;
  CHECK_FALSE(scene.when(in_room_2, by(eva)).all<NoteWritten>().at(0).note.is_private);
  CHECK_FALSE(scene.when(writes(3), organiser).all<NoteWritten>().at(0).note.is_private);
}

TEST_CASE("where authors are never stored, nothing is written in silence") {
  given_people({SettingsChanged{with_authors(Authorship::never)}, StepStarted{room_1, silent()}})
      .when(writes(1), with_key(by(kari), 7))
      .refused(RejectionCode::step_closed);
}

TEST_CASE("a private note is its author's alone, and its changes reach no one else") {
  auto note = note_by(per);
  note.is_private = true;
  auto scene = given_people(
      {StepStarted{room_1, silent()}, NoteWritten{note}, holds(room_1, "note_taker", kari)});
  const std::vector<Command> changes{EditNote{note.id, 1, words("b")}, DeleteNote{note.id},
                                     RestoreNote{note.id}, MoveNote{note.id, task_1, {}},
                                     MarkNote{note.id, NoteKind::action, {}, {}}};
  for (const auto& change : changes) {
    for (const auto& actor : {by(kari), by(ola), organiser}) {
      scene.when(change, actor).refused(RejectionCode::forbidden, "note");
    }
    const auto outcome = scene.when(change, by(per));
    if (!outcome.accepted() || outcome.decided().events.empty()) continue;
    const auto channels = audience(outcome.decided().events.at(0));
    CHECK(std::count(channels.begin(), channels.end(), Channel{SeatChannel{per}}) == 1);
    CHECK(std::count(channels.begin(), channels.end(), Channel{WallChannel{question_1}}) == 0);
  }
}

// --- changing
// -------------------------------------------------------------------------------------

TEST_CASE("authors word their notes anew; a stale version overwrites nothing") {
  auto scene = given_people({NoteWritten{note_by(kari)}});
  scene.when(EditNote{note_id(1), 1, words("b")}, by(kari))
      .then({NoteEdited{note_id(1), room_1, question_1, {}, 2, words("b"), false}});
  scene.after(EditNote{note_id(1), 1, words("b")}, by(kari));
  const auto decision =
      decide(scene.state(), EditNote{note_id(1), 1, words("c")}, {now, by(kari), {}});
  const auto& rejection = std::get<Rejection>(decision);
  CHECK(rejection.code == RejectionCode::stale_position);
  CHECK(rejection.facts.at(0) == std::pair<std::string, std::int64_t>{"version", 2});
  scene.when(EditNote{note_id(1), 1, words("b")}, by(kari)).then_nothing();
  scene.when(EditNote{note_id(1), 2, {}}, by(kari)).refused(RejectionCode::empty_text, "text");
  scene.when(EditNote{note_id(1), 2, words(std::string(note_graphemes_max + 1, 'x'))}, by(kari))
      .refused(RejectionCode::note_too_long, "text");
}

TEST_CASE("a host changes its member's notes, nobody else in the room does") {
  auto scene = given_people({NoteWritten{note_by(per)}});
  scene.when(EditNote{note_id(1), 1, words("b")}, by(ola))
      .then({NoteEdited{note_id(1), room_1, question_1, {}, 2, words("b"), false}});
  scene.when(EditNote{note_id(1), 1, words("b")}, by(kari))
      .refused(RejectionCode::forbidden, "note");
  scene.when(EditNote{note_id(1), 1, words("b")}, by(eva)).refused(RejectionCode::forbidden);
}

TEST_CASE("the note-taker changes anyone's note in the room, and it is marked") {
  auto scene = given_people({NoteWritten{note_by(ola)}, holds(room_1, "note_taker", kari)});
  const auto outcome = scene.when(EditNote{note_id(1), 1, words("b")}, by(kari));
  outcome.then({NoteEdited{note_id(1), room_1, question_1, {}, 2, words("b"), true}});
  CHECK(outcome.state().notes.at(note_id(1)).edited_by_other);
  scene.after(EditNote{note_id(1), 1, words("b")}, by(kari));
  scene.after(EditNote{note_id(1), 2, words("c")}, by(ola));
  CHECK(scene.state().notes.at(note_id(1)).edited_by_other);
}

TEST_CASE("the organiser corrects, also in a closed sitting and room") {
  auto scene = closed_sitting({NoteWritten{note_by(kari)}, RoomClosed{room_1}});
  scene.when(EditNote{note_id(1), 1, words("b")}, by(kari))
      .refused(RejectionCode::room_closed, "room");
  scene.when(EditNote{note_id(1), 1, words("b")}, organiser)
      .then({NoteEdited{note_id(1), room_1, question_1, {}, 2, words("b"), true}});
  CHECK(scene.when(DeleteNote{note_id(1)}, organiser).accepted());
  CHECK(scene.when(MoveNote{note_id(1), task_1, {}}, organiser).accepted());
  scene.with({RoomOpened{room_1, {}}});
  scene.when(DeleteNote{note_id(1)}, by(kari)).refused(RejectionCode::sitting_closed);
}

TEST_CASE("the organiser's own note is not marked as changed by another") {
  const auto outcome = given_people({NoteWritten{note_by(std::nullopt)}})
                           .when(EditNote{note_id(1), 1, words("b")}, organiser);
  CHECK_FALSE(outcome.state().notes.at(note_id(1)).edited_by_other);
}

TEST_CASE("what a note is and whose words it holds can be marked later") {
  auto scene = given_people({NoteWritten{note_by(kari)}});
  const MarkNote marks{note_id(1), NoteKind::action, per, words("The choir")};
  const auto outcome = scene.when(marks, by(kari));
  outcome.then(
      {NoteMarked{note_id(1), room_1, question_1, {}, NoteKind::action, per, words("The choir")}});
  scene.after(marks, by(kari));
  scene.when(marks, by(kari)).then_nothing();
  scene.when(MarkNote{note_id(1), NoteKind::idea, eva, {}}, by(kari))
      .refused(RejectionCode::unknown_seat, "from");
  scene.with({SeatMoved{per, room_1, room_2}});
  CHECK(scene.when(MarkNote{note_id(1), NoteKind::idea, per, {}}, by(kari)).accepted());
}

// --- deleting and restoring
// -----------------------------------------------------------------------

TEST_CASE("a deleted note comes back before the same neighbour") {
  auto scene = given_people(
      {NoteWritten{note_by(kari, 1)}, NoteWritten{note_by(ola, 2)}, NoteWritten{note_by(ola, 3)}});
  scene.when(DeleteNote{note_id(1)}, by(kari))
      .then({NoteDeleted{note_id(1), room_1, question_1, {}}});
  scene.after(DeleteNote{note_id(1)}, by(kari));
  scene.when(DeleteNote{note_id(1)}, by(kari)).then_nothing();
  scene.when(EditNote{note_id(1), 1, words("b")}, by(kari))
      .refused(RejectionCode::unknown_note, "note");
  scene.when(MoveNote{note_id(1), task_1, {}}, by(kari))
      .refused(RejectionCode::unknown_note, "note");
  scene.when(MarkNote{note_id(1), NoteKind::action, {}, {}}, by(kari))
      .refused(RejectionCode::unknown_note, "note");
  scene.when(RestoreNote{note_id(1)}, by(kari))
      .then({NoteRestored{note_id(1), room_1, question_1, {}, note_id(2)}});
  scene.after(DeleteNote{note_id(2)}, by(ola));
  const auto outcome = scene.when(RestoreNote{note_id(1)}, by(kari));
  outcome.then({NoteRestored{note_id(1), room_1, question_1, {}, note_id(3)}});
  CHECK_FALSE(outcome.state().notes.at(note_id(1)).deleted);
  CHECK(outcome.state().rooms.at(room_1).columns.at(question_1) ==
        std::vector<NoteId>{note_id(1), note_id(2), note_id(3)});
  outcome.accepted();
}

TEST_CASE("what was never deleted is not restored, and what never was is unknown") {
  given_people({NoteWritten{note_by(kari)}}).when(RestoreNote{note_id(1)}, by(kari)).then_nothing();
  for (const Command& command : std::vector<Command>{
           EditNote{note_id(5), 1, words("b")}, DeleteNote{note_id(5)}, RestoreNote{note_id(5)},
           MoveNote{note_id(5), {}, {}}, MarkNote{note_id(5), NoteKind::idea, {}, {}}}) {
    given_people().when(command, by(kari)).refused(RejectionCode::unknown_note, "note");
  }
}

TEST_CASE("a private note restored after the silence is shown at once") {
  auto note = note_by(kari);
  note.is_private = true;
  note.deleted = true;
  given_people({NoteWritten{note}})
      .when(RestoreNote{note.id}, by(kari))
      .then({NoteRestored{note.id, room_1, question_1, kari, {}},
             NotesRevealed{room_1, {{note.id, question_1}}}});
  given_people({StepStarted{room_1, silent()}, NoteWritten{note}})
      .when(RestoreNote{note.id}, by(kari))
      .then({NoteRestored{note.id, room_1, question_1, kari, {}}});
}
