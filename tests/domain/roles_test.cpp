// Roles as data: claiming, standing in, handing over, and what an empty one means.
#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;
using enum RejectionCode;

namespace {

Event assigned(const SeatId& seat, bool stand_in = false) {
  return RoleAssigned{room_1, "facilitator", seat, stand_in};
}
const Event kari_leads = holds(room_1, "facilitator", kari);
Event away(const SeatId& seat) {
  return SeatPresenceChanged{seat, room_1, false, true};
}
ClaimRole claim(const SeatId& seat, bool stand_in = false) {
  return {"facilitator", seat, stand_in};
}
HandOverRole hand_over(std::optional<SeatId> to) {
  return {"facilitator", to, room_1};
}

}  // namespace

TEST_CASE("an empty role is taken by whoever claims it, for themselves or a member") {
  given_people().when(claim(kari), by(kari)).then({assigned(kari)});
  given_people().when(claim(per), by(kari)).then({assigned(per)});
  given_people().when(claim(ola), by(kari)).refused(foreign_seat);
  given_people().when(claim(eva), by(kari)).refused(foreign_seat);
  given_people().when(claim(kari, true), by(kari)).then({assigned(kari)});
}

TEST_CASE("a seat may hold several roles") {
  const auto outcome =
      given_people({kari_leads}).when(ClaimRole{"note_taker", kari, false}, by(kari));
  CHECK(outcome.state().rooms.at(room_1).roles.size() == 2);
}

TEST_CASE("a held role is taken only as a stand-in for somebody who is not there") {
  given_people({kari_leads}).when(claim(ola), by(ola)).refused(role_taken, "role");
  given_people({kari_leads}).when(claim(ola, true), by(ola)).refused(role_taken, "role");
  given_people({kari_leads, away(kari)}).when(claim(ola), by(ola)).refused(role_taken, "role");
  given_people({kari_leads, away(kari)})
      .when(claim(ola, true), by(ola))
      .then({assigned(ola, true)});
  given_people({kari_leads}).when(claim(ola), organiser).then({assigned(ola)});
}

TEST_CASE("claiming a role one holds changes nothing, but ends standing in") {
  given_people({kari_leads}).when(claim(kari), by(kari)).then_nothing();
  given_people({assigned(kari, true)}).when(claim(kari), by(kari)).then({assigned(kari)});
}

TEST_CASE("a role is handed over or laid down by its holder, its host or the organiser") {
  given_people({kari_leads}).when(hand_over(ola), by(kari)).then({assigned(ola)});
  given_people({kari_leads})
      .when(hand_over({}), by(kari))
      .then({RoleAssigned{room_1, "facilitator", std::nullopt, false}});
  given_people({kari_leads}).when(hand_over(ola), by(ola)).refused(forbidden);
  given_people({holds(room_1, "facilitator", per)})
      .when(hand_over(kari), by(ola))
      .then({assigned(kari)});
  given_people({kari_leads}).when(hand_over(ola), organiser).then({assigned(ola)});
}

TEST_CASE("a role goes only to somebody in the room") {
  given_people({kari_leads}).when(hand_over(eva), by(kari)).refused(foreign_seat, "to");
  given_people({kari_leads}).when(hand_over(seat_id(99)), by(kari)).refused(unknown_seat, "to");
  given_people({kari_leads}).when(hand_over(kari), by(kari)).then_nothing();
  given_people().when(hand_over(kari), by(kari)).refused(forbidden);
  given_people().when(hand_over({}), by(kari)).then_nothing();
  given_people({kari_leads})
      .when(HandOverRole{"facilitator", {}, room_2}, by(kari))
      .refused(forbidden);
}

TEST_CASE("a role must exist and its room be open") {
  given_people().when(ClaimRole{"guard", kari, false}, by(kari)).refused(unknown_role, "role");
  given_people().when(HandOverRole{"guard", {}, room_1}, by(kari)).refused(unknown_role, "role");
  given_people({RoomClosed{room_1}}).when(claim(kari), by(kari)).refused(room_closed, "seat");
  given_people({joined(seat_id(9), {}, 9)})
      .when(claim(seat_id(9)), by(seat_id(9)))
      .refused(unknown_room, "seat");
}

TEST_CASE("a member's rights are used by its host, and by everybody if the host is gone") {
  const StartStep start{{room_1}, dialogue_1, {}};
  const auto per_leads = holds(room_1, "facilitator", per);
  given_people({per_leads}).when(start, by(ola)).accepted();
  given_people({per_leads}).when(start, by(kari)).refused(forbidden);
  given_people({per_leads, away(ola)}).when(start, by(kari)).accepted();
}
