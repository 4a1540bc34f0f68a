// Texts a room writes together, as commands; and signing them off.
#include "catch.hpp"
#include "domain/limits.hpp"
#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;

namespace {

const Place question_1{1, 1};
const WriterId tab_1 = nth<WriterId>(1);
const WriterId tab_2 = nth<WriterId>(2);

ChangeSet insertion(std::size_t keep_before, std::u16string_view text, std::size_t keep_after) {
  ChangeSet change;
  change.keep(keep_before);
  change.insert(text);
  change.keep(keep_after);
  return change;
}

EditText writes(std::u16string_view text, const WriterId& writer = tab_1) {
  return {room_1, question_1, 0, writer, 1, insertion(0, text, 0)};
}

std::u16string text_in(const Workshop& workshop, const Place& place = question_1) {
  return workshop.rooms.at(room_1).texts.at(place).text();
}

Given closed_sitting(const std::vector<Event>& events = {}) {
  auto scene = given_people(events);
  scene.with({SittingChanged{progress(1, SittingState::closed)}});
  return scene;
}

}  // namespace

TEST_CASE("a seat writes in its room's text, and the event says who and which tab") {
  const auto command = writes(u"We sing.");
  const auto outcome = given_people().when(command, by(kari));
  outcome.then({TextChanged{room_1, question_1, 1, tab_1, 1, kari, command.change}});
  CHECK(text_in(outcome.state()) == u"We sing.");
}

TEST_CASE("two edits on the same version both stand, the earlier one first") {
  auto scene = given_people();
  scene.after(writes(u"one "), by(kari)).after(writes(u"two ", tab_2), by(ola));
  CHECK(text_in(scene.state()) == u"one two ");
}

TEST_CASE("an edit sent again is acknowledged and not done again") {
  auto scene = given_people();
  scene.after(writes(u"one"), by(kari));
  scene.when(writes(u"one"), by(kari)).then_nothing();
  // Also when the text was closed meanwhile: otherwise a saved edit would be shown as refused.
  scene.with({SittingChanged{progress(1, SittingState::closed)}});
  scene.when(writes(u"one"), by(kari)).then_nothing();
}

TEST_CASE("texts stand under a question, a task or the room, if it exists") {
  const auto at = [](const Place& place) {
    auto command = writes(u"a");
    command.place = place;
    return given_people().when(command, by(kari));
  };
  CHECK(at({1, {}}).accepted());
  CHECK(at({}).accepted());
  at({9, {}}).refused(RejectionCode::unknown_task, "place.task");
  at({1, 9}).refused(RejectionCode::unknown_question, "place.question");
  auto elsewhere = writes(u"a");
  elsewhere.room = room_2;
  given_people().when(elsewhere, by(kari)).refused(RejectionCode::forbidden);
  elsewhere.room = RoomNumber{9};
  given_people().when(elsewhere, by(kari)).refused(RejectionCode::unknown_room, "room");
}

TEST_CASE("a text that would become too long is refused with how many units") {
  const std::u16string longest(summary_units_max, u'x');
  CHECK(given_people().when(writes(longest), by(kari)).accepted());
  const auto scene = given_people();
  const auto decision = decide(scene.state(), writes(longest + u"yyy"), {now, by(kari), {}});
  const auto& rejection = std::get<Rejection>(decision);
  CHECK(rejection.code == RejectionCode::text_too_long);
  const std::vector<std::pair<std::string, std::int64_t>> facts{{"over", 3}, {"max", 40'000}};
  CHECK(rejection.facts == facts);
}

TEST_CASE("a change that does not fit is refused") {
  auto command = writes(u"a");
  command.change = insertion(5, u"a", 0);
  given_people().when(command, by(kari)).refused(RejectionCode::invalid_change, "change");
  command = writes(u"a");
  command.version = 3;
  given_people().when(command, by(kari)).refused(RejectionCode::invalid_change, "change");
  command = writes(u"a\x0007");
  given_people().when(command, by(kari)).refused(RejectionCode::invalid_text, "change");
}

TEST_CASE("an edit that missed too much is told to load the text again") {
  auto scene = given_people();
  for (std::size_t n = 1; n <= document_changes_max + 1; ++n) {
    const auto change = insertion(n - 1, u"x", 0);
    scene.with({TextChanged{room_1, question_1, static_cast<int>(n), tab_1, static_cast<int>(n),
                            kari, change}});
  }
  scene.when(writes(u"late", tab_2), by(ola))
      .refused(RejectionCode::text_version_too_old, "version");
}

TEST_CASE("closed rooms and sittings keep their texts, the organiser corrects") {
  given_people({RoomClosed{room_1}})
      .when(writes(u"a"), by(kari))
      .refused(RejectionCode::room_closed, "room");
  auto scene = closed_sitting();
  scene.when(writes(u"a"), by(kari)).refused(RejectionCode::sitting_closed);
  const auto command = writes(u"a");
  scene.when(command, organiser)
      .then({TextChanged{room_1, question_1, 1, tab_1, 1, {}, command.change}});
}

// --- sign-off
// -------------------------------------------------------------------------------------

TEST_CASE("each seat signs off once for a task and once for the whole") {
  auto scene = given_people();
  scene.when(SignOffTexts{room_1, kari, {}, {}}, by(kari))
      .then({SignedOff{room_1, {kari, {}, {}, now}}});
  scene.after(SignOffTexts{room_1, kari, {}, {}}, by(kari));
  scene.when(SignOffTexts{room_1, kari, {}, {}}, by(kari)).then_nothing();
  scene.after(SignOffTexts{room_1, kari, 1, {}}, by(kari));
  scene.after(SignOffTexts{room_1, kari, {}, words("I see it otherwise")}, by(kari));
  const auto& sign_offs = scene.state().rooms.at(room_1).sign_offs;
  REQUIRE(sign_offs.size() == 2);
  CHECK(sign_offs[1].dissent == words("I see it otherwise"));
}

TEST_CASE("anyone in the room signs for a member without a device, nobody for another device") {
  auto scene = given_people();
  CHECK(scene.when(SignOffTexts{room_1, per, {}, {}}, by(ola)).accepted());
  CHECK(scene.when(SignOffTexts{room_1, per, {}, {}}, by(kari)).accepted());
  scene.when(SignOffTexts{room_1, ola, {}, {}}, by(kari)).refused(RejectionCode::foreign_seat);
  scene.when(SignOffTexts{room_1, per, {}, {}}, by(eva)).refused(RejectionCode::forbidden);
  scene.when(SignOffTexts{room_1, kari, {}, {}}, organiser).refused(RejectionCode::forbidden);
  scene.when(SignOffTexts{room_2, eva, {}, {}}, by(kari)).refused(RejectionCode::forbidden);
}

TEST_CASE("what cannot be signed says so") {
  auto scene = given_people();
  scene.when(SignOffTexts{room_1, kari, 9, {}}, by(kari))
      .refused(RejectionCode::unknown_task, "task");
  scene.when(SignOffTexts{room_1, seat_id(99), {}, {}}, by(kari))
      .refused(RejectionCode::unknown_seat, "seat");
  scene
      .when(SignOffTexts{room_1, kari, {}, words(std::string(dissent_graphemes_max + 1, 'd'))},
            by(kari))
      .refused(RejectionCode::text_too_long, "dissent");
  closed_sitting()
      .when(SignOffTexts{room_1, kari, 1, {}}, by(kari))
      .refused(RejectionCode::sitting_closed);
}

TEST_CASE("a sign-off can be withdrawn, and writing on withdraws nothing") {
  auto scene = given_people();
  scene.after(SignOffTexts{room_1, kari, 1, {}}, by(kari)).after(writes(u"more"), by(ola));
  CHECK(scene.state().rooms.at(room_1).sign_offs.size() == 1);
  scene.when(WithdrawSignOff{room_1, kari, {}}, by(kari)).then_nothing();
  const auto outcome = scene.when(WithdrawSignOff{room_1, kari, 1}, by(kari));
  outcome.then({SignOffWithdrawn{room_1, kari, 1}});
  CHECK(outcome.state().rooms.at(room_1).sign_offs.empty());
  scene.when(WithdrawSignOff{room_1, kari, 1}, by(ola)).refused(RejectionCode::foreign_seat);
}
