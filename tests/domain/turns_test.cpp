// Hands and the word in the dialogue.
#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;
using enum RejectionCode;

TEST_CASE("a hand is raised once, with its time, and lowered once") {
  given_people().when(RaiseHand{kari}, by(kari)).then({HandRaised{room_1, {kari, now}}});
  auto scene = given_people().after(RaiseHand{kari}, by(kari)).later(seconds(5));
  scene.when(RaiseHand{kari}, by(kari)).then_nothing();
  scene.when(LowerHand{kari}, by(kari)).then({HandLowered{room_1, kari}});
  given_people().when(LowerHand{kari}, by(kari)).then_nothing();
}

TEST_CASE("one raises one's own hand, or that of a member without a device") {
  given_people().when(RaiseHand{per}, by(kari)).accepted();
  given_people().when(RaiseHand{ola}, by(kari)).refused(foreign_seat);
  given_people().when(RaiseHand{eva}, by(kari)).refused(foreign_seat);
  given_people().when(RaiseHand{eva}, organiser).accepted();
  given_people({holds(room_1, "facilitator", kari)}).when(RaiseHand{per}, by(kari)).accepted();
}

TEST_CASE("the word lowers the hand and counts") {
  auto scene = given_people().after(RaiseHand{ola}, by(ola));
  const auto outcome = scene.when(GiveWord{ola}, by(kari));
  outcome.then({WordGiven{room_1, ola}});
  CHECK(outcome.state().rooms.at(room_1).hands.empty());
  CHECK(outcome.state().seats.at(ola).heard == 1);
  scene.when(GiveWord{per}, by(kari)).accepted();
}

TEST_CASE("the word is given by whoever gives the turns") {
  const auto scene = given_people({holds(room_1, "facilitator", kari)});
  scene.when(GiveWord{ola}, by(ola)).refused(forbidden);
  scene.when(GiveWord{ola}, by(kari)).accepted();
  scene.when(GiveWord{eva}, by(kari)).refused(foreign_seat);
  scene.when(GiveWord{seat_id(99)}, by(kari)).refused(unknown_seat, "seat");
}

TEST_CASE("hands need an open room") {
  given_people({RoomClosed{room_1}}).when(RaiseHand{kari}, by(kari)).refused(room_closed, "seat");
  given_people({joined(seat_id(9), {}, 9)})
      .when(RaiseHand{seat_id(9)}, by(seat_id(9)))
      .refused(unknown_room, "seat");
}
