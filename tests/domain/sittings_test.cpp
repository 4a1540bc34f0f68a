// Sittings: opening, calling back with its two deadlines, closing, revisions and their seals.
#include "catch.hpp"
#include "domain/limits.hpp"
#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;

namespace {

RoomStep step_at(const StepPosition& at, StepKind kind) {
  RoomStep step;
  step.at = at;
  step.kind = kind;
  step.started = now;
  return step;
}

Note private_note(int id, RoomNumber room, const Place& place, const SeatId& author) {
  Note note;
  note.id = note_id(id);
  note.room = room;
  note.place = place;
  note.written_in = place;
  note.author = author;
  note.text = words("a");
  note.is_private = true;
  return note;
}

SittingProgress called_back(int sitting, Duration countdown, Duration texts_open) {
  auto made = progress(sitting, SittingState::called_back);
  made.steps_end_at = now + countdown;
  made.texts_close_at = now + countdown + texts_open;
  return made;
}

SittingProgress writing(int sitting, Time texts_close_at) {
  auto made = progress(sitting, SittingState::writing);
  made.texts_close_at = texts_close_at;
  return made;
}

SittingProgress closed(int sitting, int revision) {
  auto made = progress(sitting, SittingState::closed);
  made.revision = revision;
  return made;
}

const CallBack call{1, minutes(2), minutes(10)};
const std::string checksum(64, 'a');

}  // namespace

TEST_CASE("a planned sitting is opened; opening it twice does no harm") {
  given().when(OpenSitting{2}, organiser).then({SittingChanged{progress(2, SittingState::open)}});
  given().when(OpenSitting{1}, organiser).then_nothing();
  given().when(OpenSitting{3}, organiser).refused(RejectionCode::unknown_sitting, "sitting");
  given({SittingChanged{closed(1, 1)}})
      .when(OpenSitting{1}, organiser)
      .refused(RejectionCode::sitting_closed, "sitting");
  given({SittingChanged{called_back(1, minutes(1), minutes(1))}})
      .when(OpenSitting{1}, organiser)
      .refused(RejectionCode::stale_position, "sitting");
  given_people().when(OpenSitting{2}, by(kari)).refused(RejectionCode::forbidden);
}

TEST_CASE("calling back sets both deadlines, and calling again sets them anew") {
  auto scene = given();
  scene.when(call, organiser).then({SittingChanged{called_back(1, minutes(2), minutes(10))}});
  scene.when(CallBack{1, minutes(2), {}}, organiser)
      .then({SittingChanged{called_back(1, minutes(2), texts_open_after_call_back)}});
  scene.after(call, organiser);
  CHECK(next_deadline(scene.state()) == now + minutes(2));
  scene.when(CallBack{1, Duration::zero(), Duration::zero()}, organiser)
      .then({SittingChanged{called_back(1, Duration::zero(), Duration::zero())}});
}

TEST_CASE("calling back has limits and needs an open sitting") {
  CHECK(given().when(CallBack{1, call_back_max, texts_open_max}, organiser).accepted());
  given()
      .when(CallBack{1, call_back_max + Duration(1), {}}, organiser)
      .refused(RejectionCode::out_of_range, "countdown");
  given()
      .when(CallBack{1, Duration(-1), {}}, organiser)
      .refused(RejectionCode::out_of_range, "countdown");
  given()
      .when(CallBack{1, minutes(1), texts_open_max + Duration(1)}, organiser)
      .refused(RejectionCode::out_of_range, "texts_open");
  given()
      .when(CallBack{2, minutes(1), {}}, organiser)
      .refused(RejectionCode::sitting_not_open, "sitting");
  given({SittingChanged{closed(1, 1)}})
      .when(call, organiser)
      .refused(RejectionCode::sitting_closed, "sitting");
  given()
      .when(CallBack{7, minutes(1), {}}, organiser)
      .refused(RejectionCode::unknown_sitting, "sitting");
}

TEST_CASE("once the steps have ended, calling back moves the texts' deadline") {
  given({SittingChanged{writing(1, now + minutes(1))}})
      .when(CallBack{1, minutes(2), minutes(10)}, organiser)
      .then({SittingChanged{writing(1, now + minutes(12))}});
}

TEST_CASE("nothing happens before a deadline") {
  auto scene = given_people({StepStarted{room_1, step_at(dialogue_1, StepKind::dialogue)}});
  scene.when(PassTime{}, server).then_nothing();
  scene.after(call, organiser).later(minutes(2) - Duration(1));
  scene.when(PassTime{}, server).then_nothing();
  scene.when(PassTime{}, organiser).refused(RejectionCode::forbidden);
}

TEST_CASE("after the countdown the sitting's steps end and private notes are shown") {
  const auto written = private_note(1, room_1, {1, 2}, kari);
  auto scene = given_people({StepStarted{room_1, step_at(silent_2, StepKind::silent)},
                             StepStarted{room_3, step_at(summary_1, StepKind::summary)},
                             StepStarted{room_2, step_at(dialogue_1, StepKind::dialogue)},
                             RoomClosed{room_3}, NoteWritten{written}});
  scene.after(call, organiser).later(minutes(2));
  const auto outcome = scene.when(PassTime{}, server);
  outcome.then({StepsEnded{room_1}, NotesRevealed{room_1, {{written.id, written.place}}},
                StepsEnded{room_2}, StepsEnded{room_3},
                SittingChanged{writing(1, now + minutes(12))}});
  CHECK(next_deadline(outcome.state()) == now + minutes(12));
}

TEST_CASE("steps of another sitting go on") {
  const auto written = private_note(1, room_2, {2, 1}, eva);
  RoomStep afternoon = step_at({2, 0, 1}, StepKind::dialogue);
  auto scene = given_people(
      {SittingChanged{progress(2, SittingState::open)}, StepStarted{room_2, afternoon}});
  scene.after(call, organiser).later(minutes(2));
  scene.when(PassTime{}, server).then({SittingChanged{writing(1, now + minutes(12))}});
}

TEST_CASE("at the texts' deadline the sitting closes with its first revision") {
  auto scene = given_people({StepStarted{room_1, step_at(dialogue_1, StepKind::dialogue)}});
  scene.after(call, organiser).later(minutes(2)).after(PassTime{}, server);
  scene.later(minutes(10) - Duration(1)).when(PassTime{}, server).then_nothing();
  const auto outcome = scene.later(Duration(1)).when(PassTime{}, server);
  outcome.then({SittingChanged{closed(1, 0)}, SittingRevised{1, 1, {}}});
  CHECK(outcome.state().sittings.at(1) == closed(1, 1));
  CHECK_FALSE(next_deadline(outcome.state()));
}

TEST_CASE("a server that slept over both deadlines closes at once") {
  auto scene = given_people({StepStarted{room_1, step_at(dialogue_1, StepKind::dialogue)}});
  scene.after(call, organiser).later(minutes(30));
  scene.when(PassTime{}, server)
      .then({StepsEnded{room_1}, SittingChanged{closed(1, 0)}, SittingRevised{1, 1, {}}});
}

TEST_CASE("two sittings due at once close in one commit and show each note once") {
  auto scene = given_people({SittingChanged{writing(1, now)}, SittingChanged{writing(2, now)},
                             NoteWritten{private_note(1, room_1, {}, kari)}});
  scene.when(PassTime{}, server)
      .then({NotesRevealed{room_1, {{note_id(1), {}}}}, SittingChanged{closed(1, 0)},
             SittingRevised{1, 1, {}}, SittingChanged{closed(2, 0)}, SittingRevised{2, 1, {}}});
}

TEST_CASE("a call back can be undone, also after the countdown; steps stay ended") {
  auto scene = given_people({StepStarted{room_1, step_at(dialogue_1, StepKind::dialogue)}});
  scene.when(CancelCallBack{1}, organiser).refused(RejectionCode::nothing_to_undo, "sitting");
  scene.after(call, organiser);
  const auto in_time = scene.when(CancelCallBack{1}, organiser);
  in_time.then({SittingChanged{progress(1, SittingState::open)}});
  CHECK(in_time.state().rooms.at(room_1).step);
  scene.later(minutes(2)).after(PassTime{}, server);
  const auto late = scene.when(CancelCallBack{1}, organiser);
  late.then({SittingChanged{progress(1, SittingState::open)}});
  CHECK_FALSE(late.state().rooms.at(room_1).step);
  CHECK_FALSE(next_deadline(late.state()));
  given({SittingChanged{closed(1, 1)}})
      .when(CancelCallBack{1}, organiser)
      .refused(RejectionCode::sitting_closed, "sitting");
}

TEST_CASE("the organiser closes earlier: steps end, everything private is shown, first revision") {
  const auto in_step = private_note(1, room_1, {1, 2}, kari);
  const auto without_step = private_note(2, room_2, {}, eva);
  given_people({StepStarted{room_1, step_at(silent_2, StepKind::silent)}, NoteWritten{in_step},
                NoteWritten{without_step}})
      .when(CloseSitting{1}, organiser)
      .then({StepsEnded{room_1}, NotesRevealed{room_1, {{in_step.id, in_step.place}}},
             NotesRevealed{room_2, {{without_step.id, {}}}}, SittingChanged{closed(1, 0)},
             SittingRevised{1, 1, {}}});
}

TEST_CASE("closing one sitting keeps what is private in another") {
  const auto mine = private_note(1, room_2, {1, 1}, eva);
  const auto other = private_note(2, room_2, {2, 1}, eva);
  auto programme = small_programme();
  programme.tasks[1].cycles[0].steps = {{StepKind::silent, 5}};
  given_people({ProgrammeChanged{programme}, SittingChanged{progress(2, SittingState::open)},
                StepStarted{room_2, step_at({2, 0, 0}, StepKind::silent)}, NoteWritten{mine},
                NoteWritten{other}})
      .when(CloseSitting{1}, organiser)
      .then({NotesRevealed{room_2, {{mine.id, mine.place}}}, SittingChanged{closed(1, 0)},
             SittingRevised{1, 1, {}}});
}

TEST_CASE("what cannot be closed says so; closing twice does no harm") {
  given().when(CloseSitting{2}, organiser).refused(RejectionCode::sitting_not_open, "sitting");
  given().when(CloseSitting{3}, organiser).refused(RejectionCode::unknown_sitting, "sitting");
  given({SittingChanged{closed(1, 1)}}).when(CloseSitting{1}, organiser).then_nothing();
  CHECK(given({SittingChanged{writing(1, now)}}).when(CloseSitting{1}, organiser).accepted());
  CHECK(given({SittingChanged{called_back(1, minutes(1), minutes(1))}})
            .when(CloseSitting{1}, organiser)
            .accepted());
}

// --- revisions
// ------------------------------------------------------------------------------------

TEST_CASE("a correction makes the next revision, with its reason") {
  auto scene = given({SittingChanged{closed(1, 1)}});
  scene.with({RevisionSealed{1, 1, checksum}});
  const auto outcome = scene.when(ReviseSitting{1, words("A name was wrong")}, organiser);
  outcome.then({SittingRevised{1, 2, words("A name was wrong")}});
  CHECK(outcome.state().sittings.at(1) == closed(1, 2));
  scene.when(ReviseSitting{1, {}}, organiser).refused(RejectionCode::empty_text, "reason");
  given()
      .when(ReviseSitting{1, words("a")}, organiser)
      .refused(RejectionCode::stale_position, "sitting");
  given()
      .when(ReviseSitting{9, words("a")}, organiser)
      .refused(RejectionCode::unknown_sitting, "sitting");
}

TEST_CASE("the newest revision is sealed once, with a checksum") {
  auto scene = given({SittingChanged{closed(1, 2)}});
  scene.when(SealRevision{1, 2, checksum}, server).then({RevisionSealed{1, 2, checksum}});
  scene.when(SealRevision{1, 1, checksum}, server)
      .refused(RejectionCode::stale_position, "revision");
  scene.when(SealRevision{1, 2, "abc"}, server).refused(RejectionCode::out_of_range, "checksum");
  scene.when(SealRevision{1, 2, checksum}, organiser).refused(RejectionCode::forbidden);
  scene.after(SealRevision{1, 2, checksum}, server);
  CHECK(scene.state().sittings.at(1).checksum == checksum);
  scene.when(SealRevision{1, 2, checksum}, server).then_nothing();
  scene.when(SealRevision{1, 2, std::string(64, 'b')}, server)
      .refused(RejectionCode::exists_already, "checksum");
  given()
      .when(SealRevision{1, 0, checksum}, server)
      .refused(RejectionCode::stale_position, "revision");
}
