// Erasing for good: what the organiser's commands say happened, and what is left in the state.
#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;

namespace {

constexpr Place question_1{1, 1};

WriteNote note(int n, std::string text) {
  WriteNote write;
  write.note = note_id(n);
  write.room = room_1;
  write.place = question_1;
  write.text = words(std::move(text));
  return write;
}

EditText typed(int version, std::size_t keep, std::u16string_view text) {
  EditText edit;
  edit.room = room_1;
  edit.place = question_1;
  edit.version = version;
  edit.writer = nth<WriterId>(1);
  edit.counter = version + 1;
  if (keep > 0) edit.change.keep(keep);
  edit.change.insert(text);
  return edit;
}

Given with_notes() {
  auto scene = given_people();
  auto named = note(2, "by Kari for Ola");
  named.from = ola;
  named.from_organisation = words("Fjordvik");
  scene.after(note(1, "by Kari"), by(kari)).after(named, by(kari));
  return scene;
}

const ErasureOrdered& order_in(const Outcome& outcome) {
  return std::get<ErasureOrdered>(outcome.decided().events.back());
}

}  // namespace

TEST_CASE("an erased note is deleted, ordered to be erased, and without words in the state") {
  const auto scene = with_notes();
  const auto outcome = scene.when(EraseNote{note_id(1)}, organiser);
  Erased what;
  what.notes = {note_id(1)};
  outcome.then({NoteDeleted{note_id(1), room_1, question_1, {}}, ErasureOrdered{1, what}});
  const auto& erased = outcome.state().notes.at(note_id(1));
  CHECK(erased.text.utf8.empty());
  CHECK(erased.text.erased);
}

TEST_CASE("an erased note cannot be restored or edited; erasing it again is nothing to do") {
  auto scene = with_notes();
  scene.after(EraseNote{note_id(1)}, organiser);
  scene.when(RestoreNote{note_id(1)}, by(kari)).refused(RejectionCode::unknown_note, "note");
  scene.when(EditNote{note_id(1), 1, words("again")}, by(kari))
      .refused(RejectionCode::unknown_note, "note");
  scene.when(EraseNote{note_id(1)}, organiser).then_nothing();
  scene.when(EraseNote{note_id(9)}, organiser).refused(RejectionCode::unknown_note, "note");
}

TEST_CASE("only the organiser erases; finishing and erasing again are the server's own") {
  const auto scene = with_notes();
  for (const auto& actor : {by(kari), newcomer}) {
    scene.when(EraseNote{note_id(1)}, actor).refused(RejectionCode::forbidden);
    scene.when(EraseSeat{kari, true}, actor).refused(RejectionCode::forbidden);
  }
  scene.when(FinishErasure{1, {}}, organiser).refused(RejectionCode::forbidden);
  scene.when(EraseAgain{}, organiser).refused(RejectionCode::forbidden);
}

TEST_CASE(
    "erasing a person takes the name row and the organisations in their notes, not the words") {
  const auto scene = with_notes();
  const auto outcome = scene.when(EraseSeat{kari, false}, organiser);
  REQUIRE(outcome.accepted());
  CHECK(outcome.all<SeatAnonymised>().size() == 1);
  CHECK(outcome.all<NoteDeleted>().empty());
  REQUIRE(outcome.all<NoteMarked>().size() == 1);
  CHECK(outcome.all<NoteMarked>()[0].from_organisation.empty());
  REQUIRE(outcome.names().size() == 1);
  CHECK(outcome.names()[0].erased);
  CHECK(outcome.state().notes.at(note_id(1)).text.utf8 == "by Kari");
  CHECK(order_in(outcome).what.notes.empty());
}

TEST_CASE("with their words: every note they wrote, deleted ones too, and their dissenting views") {
  auto scene = with_notes();
  scene.after(DeleteNote{note_id(1)}, by(kari));
  scene.after(SignOffTexts{room_1, kari, 1, words("No.")}, by(kari));
  const auto outcome = scene.when(EraseSeat{kari, true}, organiser);
  REQUIRE(outcome.accepted());
  CHECK(order_in(outcome).what.notes.size() == 2);
  CHECK(outcome.all<NoteDeleted>().size() == 1);  // the other was deleted before
  CHECK(outcome.all<SignOffWithdrawn>().size() == 1);
  for (const auto& [id, written] : outcome.state().notes) CHECK(written.text.erased);
}

TEST_CASE("one who has left can be erased as long as something names them") {
  auto scene = with_notes();
  scene.after(RemoveSeat{kari}, organiser);
  CHECK(scene.when(EraseSeat{kari, true}, organiser).accepted());
  scene.when(EraseSeat{seat_id(99), true}, organiser).refused(RejectionCode::unknown_seat, "seat");
}

TEST_CASE("an erased text is empty, older edits are too old, and it can be written in again") {
  auto scene = given_people();
  scene.after(typed(0, 0, u"secret"), by(kari)).after(typed(1, 6, u" words"), by(kari));
  scene.after(EraseText{room_1, question_1}, organiser);
  const auto& text = scene.state().rooms.at(room_1).texts.at(question_1);
  CHECK(text.is_blank());
  CHECK(text.version() == 3);
  auto late = typed(2, 12, u"!");
  scene.when(late, by(kari)).refused(RejectionCode::text_version_too_old, "version");
  CHECK(scene.when(typed(3, 0, u"anew"), by(kari)).accepted());
  scene.when(EraseText{room_1, question_1}, organiser).then_nothing();
}

TEST_CASE("a text whose changes are gone from the log folds to the same state") {
  auto scene = given_people();
  scene.after(typed(0, 0, u"secret"), by(kari));
  const auto erased = scene.when(EraseText{room_1, question_1}, organiser);
  Document again;
  again.apply(1, nth<WriterId>(1), 1, ChangeSet::erased_one());
  CHECK(again.is_erased());
  again.apply(2, nth<WriterId>(2), 1, erased.all<TextChanged>().at(0).change);
  CHECK(again.is_erased());
  again.erase();
  CHECK(again.is_blank());
  CHECK(again.version() == erased.state().rooms.at(room_1).texts.at(question_1).version());
}

TEST_CASE("a room's name and own question, and a message, are erased with all their wordings") {
  auto scene = given_people();
  scene.after(RenameRoom{room_1, words("Owls")}, organiser);
  scene.after(AddQuestion{1, in_english("Whose fault?"), room_1}, by(kari));
  scene.after(CorrectQuestion{1, 4, in_english("Whose doing?")}, by(kari));
  scene.after(SendMessage{message_id(1), words("Come back"), {}}, organiser);
  scene.after(EraseRoomName{room_1}, organiser).after(EraseMessage{message_id(1)}, organiser);
  scene.after(EraseQuestion{1, 4}, organiser);
  CHECK(scene.state().rooms.at(room_1).label.empty());
  CHECK(scene.state().messages.empty());
  const auto* question = find_question(scene.state(), 1, 4);
  REQUIRE(question);
  CHECK(question->earlier.empty());
  CHECK(question->text.at("en").utf8 == "—");
  scene.when(EraseQuestion{1, 1}, organiser).refused(RejectionCode::forbidden, "question");
  scene.when(EraseMessage{message_id(1)}, organiser)
      .refused(RejectionCode::unknown_message, "message");
  CHECK(scene.state().erasures == 3);
}

TEST_CASE("finishing an erasure finishes those before it, and gives revisions their new checksum") {
  auto scene = with_notes();
  scene.after(EraseNote{note_id(1)}, organiser).after(EraseNote{note_id(2)}, organiser);
  scene.when(FinishErasure{3, {}}, server).refused(RejectionCode::stale_position, "erasure");
  scene.after(FinishErasure{2, {}}, server);
  CHECK(scene.state().erasures_finished == 2);
  scene.when(FinishErasure{1, {}}, server).then_nothing();
}

TEST_CASE("what a restored backup does not know is passed over when it is erased again") {
  const auto scene = with_notes();
  Erased what;
  what.notes = {note_id(1), note_id(77)};
  what.messages = {message_id(5)};
  const auto outcome = scene.when(EraseAgain{what}, server);
  REQUIRE(outcome.accepted());
  CHECK(order_in(outcome).what.notes == std::vector<NoteId>{note_id(1)});
  CHECK(order_in(outcome).what.messages.empty());
}
