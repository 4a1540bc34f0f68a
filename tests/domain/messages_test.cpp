// Messages to rooms, and counting who has got them.
#include "catch.hpp"
#include "domain/limits.hpp"
#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;

namespace {

const MessageSent sent{message_id(1), words("Five minutes left"), {}};

}  // namespace

TEST_CASE("a message goes to everybody or to some rooms, each named once") {
  given().when(SendMessage{sent.message, sent.text, {}}, organiser).then({sent});
  given()
      .when(SendMessage{sent.message, sent.text, {room_2, room_1, room_2}}, organiser)
      .then({MessageSent{sent.message, sent.text, {room_1, room_2}}});
}

TEST_CASE("a message needs words, known rooms and a new id") {
  given({sent})
      .when(SendMessage{sent.message, words("b"), {}}, organiser)
      .refused(RejectionCode::exists_already, "message");
  given()
      .when(SendMessage{sent.message, words(" "), {}}, organiser)
      .refused(RejectionCode::empty_text, "text");
  const auto longest = std::string(message_graphemes_max, 'm');
  CHECK(given().when(SendMessage{sent.message, words(longest), {}}, organiser).accepted());
  given()
      .when(SendMessage{sent.message, words(longest + "m"), {}}, organiser)
      .refused(RejectionCode::text_too_long, "text");
  given()
      .when(SendMessage{sent.message, sent.text, {room_1, RoomNumber{9}}}, organiser)
      .refused(RejectionCode::unknown_room, "rooms.1");
  given_people()
      .when(SendMessage{sent.message, sent.text, {}}, by(kari))
      .refused(RejectionCode::forbidden);
}

TEST_CASE("messages are limited in number") {
  auto scene = given();
  for (std::size_t n = 1; n <= messages_max; ++n) {
    scene.with({MessageSent{message_id(static_cast<int>(n)), words("a"), {}}});
  }
  scene.when(SendMessage{message_id(9'999), words("a"), {}}, organiser)
      .refused(RejectionCode::too_many, "message");
}

TEST_CASE("a seat confirms once, also for a member without a device") {
  auto scene = given_people({sent});
  scene.when(ConfirmMessage{sent.message, kari}, by(kari))
      .then({MessageConfirmed{sent.message, kari}});
  scene.when(ConfirmMessage{sent.message, per}, by(ola))
      .then({MessageConfirmed{sent.message, per}});
  scene.after(ConfirmMessage{sent.message, kari}, by(kari));
  CHECK(scene.state().messages.at(0).confirmed == std::set<SeatId>{kari});
  scene.when(ConfirmMessage{sent.message, kari}, by(kari)).then_nothing();
}

TEST_CASE("nobody confirms for another device, and nobody what was not sent") {
  auto scene = given_people({sent});
  scene.when(ConfirmMessage{sent.message, kari}, by(ola)).refused(RejectionCode::foreign_seat);
  scene.when(ConfirmMessage{sent.message, kari}, organiser).refused(RejectionCode::forbidden);
  scene.when(ConfirmMessage{message_id(2), kari}, by(kari))
      .refused(RejectionCode::unknown_message, "message");
  scene.when(ConfirmMessage{sent.message, seat_id(99)}, by(kari))
      .refused(RejectionCode::unknown_seat, "seat");
}
