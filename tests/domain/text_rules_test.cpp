// Writing together as a rule of the room: who may, until when, and what a refusal says.
#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;

namespace {

const Place here{1, 1};
const WriterId tab = nth<WriterId>(70);

ChangeSet typed(std::size_t length, std::u16string_view text) {
  ChangeSet change;
  change.keep(length);
  change.insert(text);
  return change;
}

EditText edit(int version, int counter, ChangeSet change) {
  return {room_1, here, version, tab, counter, std::move(change)};
}

Event changed(int version, int counter, ChangeSet change) {
  return TextChanged{room_1, here, version, tab, counter, kari, std::move(change)};
}

}  // namespace

TEST_CASE("anyone in the room writes its texts, and the next edit builds on it") {
  given_people()
      .after(edit(0, 1, typed(0, u"Hei")), by(kari))
      .when(edit(1, 2, typed(3, u"!")), by(kari))
      .then({changed(2, 2, typed(3, u"!"))});
}

TEST_CASE("a repeated edit is accepted and does nothing, also after the text was closed") {
  auto scene = given_people().after(edit(0, 1, typed(0, u"Hei")), by(kari));
  scene.when(edit(0, 1, typed(0, u"Hei")), by(kari)).then_nothing();
  scene.with({SittingChanged{progress(1, SittingState::closed)}});
  scene.when(edit(0, 1, typed(0, u"Hei")), by(kari)).then_nothing();
  scene.when(edit(1, 2, typed(3, u"!")), by(kari)).refused(RejectionCode::sitting_closed);
}

TEST_CASE("a text too long is refused with how much too long") {
  const auto outcome = decide(given_people().state(),
                              edit(0, 1, typed(0, std::u16string(summary_units_max + 3, u'a'))),
                              Context{now, by(kari), std::nullopt});
  const auto& rejection = std::get<Rejection>(outcome);
  CHECK(rejection.code == RejectionCode::text_too_long);
  CHECK(rejection.facts ==
        std::vector<std::pair<std::string, std::int64_t>>{{"over", 3}, {"max", 40'000}});
}

TEST_CASE("a change that fits no text, a bad character and a missing version are told apart") {
  const auto scene = given_people();
  scene.when(edit(0, 1, typed(9, u"x")), by(kari)).refused(RejectionCode::invalid_change, "change");
  scene.when(edit(0, 1, typed(0, u"\x01")), by(kari)).refused(RejectionCode::invalid_text, "change");
  scene.when(edit(4, 1, typed(0, u"x")), by(kari)).refused(RejectionCode::invalid_change, "change");
}
