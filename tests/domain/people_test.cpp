// Joining, members without devices, changing rooms, being absent, leaving.
#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;
using enum RejectionCode;

namespace {

const SeatId new_seat = seat_id(50);

Join join(std::optional<RoomNumber> room = std::nullopt) {
  return {new_seat, {}, {}, room};
}

Event seat_joined(std::optional<RoomNumber> room, int number, std::uint32_t name_version = 0) {
  Seat seat;
  seat.id = new_seat;
  seat.room = room;
  seat.number = number;
  seat.name_version = name_version;
  return SeatJoined{seat};
}

Given assigning(Assignment assignment) {
  auto settings = small_settings();
  settings.assignment = assignment;
  return given_people({SettingsChanged{settings}});
}

std::vector<Event> crowd(RoomNumber room, std::size_t people) {
  std::vector<Event> events;
  for (std::size_t i = 0; i < people; ++i) {
    const auto n = static_cast<int>(100 * to_int(room) + i);
    events.push_back(joined(seat_id(n), room, n));
  }
  return events;
}

}  // namespace

TEST_CASE("a newcomer gets the next seat number in the room of the link") {
  given_people().when(join(room_2), newcomer).then({seat_joined(room_2, 5)});
}

TEST_CASE("seat numbers are never given twice, even after somebody left") {
  given_people()
      .after(RemoveSeat{eva}, organiser)
      .when(join(), newcomer)
      .then({seat_joined({}, 5)});
}

TEST_CASE("names go to the table of names and never into events") {
  const auto outcome = given_people().when(
      Join{new_seat, words("Kari N"), words("Invented town"), room_2}, newcomer);
  outcome.then({seat_joined(room_2, 5, 1)});
  REQUIRE(outcome.names().size() == 1);
  CHECK(outcome.names()[0].seat == new_seat);
  CHECK(outcome.names()[0].version == 1);
  CHECK(outcome.names()[0].person.utf8 == "Kari N");
  CHECK(outcome.names()[0].organisation.utf8 == "Invented town");
}

TEST_CASE("somebody without a name has no row in the table of names") {
  CHECK(given_people().when(join(room_2), newcomer).names().empty());
}

TEST_CASE("names have limits, which say what is too long") {
  const auto person = words(std::string(name_graphemes_max + 1, 'a'));
  const auto organisation = words(std::string(organisation_graphemes_max + 1, 'a'));
  given().when(Join{new_seat, person, {}, {}}, newcomer).refused(name_too_long, "person");
  given()
      .when(Join{new_seat, {}, organisation, {}}, newcomer)
      .refused(name_too_long, "organisation");
  given()
      .when(Join{new_seat, words(std::string(name_graphemes_max, 'a')), {}, {}}, newcomer)
      .accepted();
  const Text letters_of_many_bytes{std::string(line_bytes_max + 1, 'a'), 1};
  given()
      .when(Join{new_seat, letters_of_many_bytes, {}, {}}, newcomer)
      .refused(name_too_long, "person");
}

TEST_CASE("joining needs a room that exists, is open and has space") {
  given().when(join(RoomNumber{9}), newcomer).refused(unknown_room, "room");
  given({RoomClosed{room_2}}).when(join(room_2), newcomer).refused(room_closed, "room");
  given(crowd(room_2, seats_per_room_max)).when(join(room_2), newcomer).refused(room_full, "room");
  given(crowd(room_2, seats_per_room_max - 1)).when(join(room_2), newcomer).accepted();
  given_people().when(Join{kari, {}, {}, {}}, newcomer).refused(exists_already, "seat");
}

TEST_CASE("without a room one chooses, waits for the organiser, or gets the emptiest room") {
  assigning(Assignment::choose).when(join(), newcomer).then({seat_joined({}, 5)});
  assigning(Assignment::organiser).when(join(), newcomer).then({seat_joined({}, 5)});
  assigning(Assignment::next_free).when(join(), newcomer).then({seat_joined(room_3, 5)});
}

TEST_CASE("the next free room counts those present, and skips closed and full rooms") {
  assigning(Assignment::next_free)
      .with({RoomClosed{room_3}, SeatPresenceChanged{eva, room_2, true, false}})
      .when(join(), newcomer)
      .then({seat_joined(room_2, 5)});
  auto full = crowd(room_3, seats_per_room_max);
  for (std::size_t i = 0; i < seats_per_room_max; ++i) {
    full.push_back(SeatPresenceChanged{seat_id(static_cast<int>(300 + i)), room_3, true, false});
  }
  const auto outcome = assigning(Assignment::next_free).with(full).when(join(), newcomer);
  CHECK(outcome.all<SeatJoined>().at(0).seat.room == room_2);
  assigning(Assignment::next_free)
      .with({RoomClosed{room_1}, RoomClosed{room_2}, RoomClosed{room_3}})
      .when(join(), newcomer)
      .then({seat_joined({}, 5)});
}

TEST_CASE("somebody in the room types in members without a device") {
  const auto outcome = given_people().when(AddMember{new_seat, words("Per"), {}}, by(ola));
  const auto seat = outcome.all<SeatJoined>().at(0).seat;
  CHECK(seat.room == room_1);
  CHECK(seat.host == ola);
  CHECK(seat.present());
  CHECK(outcome.names().size() == 1);
}

TEST_CASE("a member typed in while speaking for another member belongs to the same device") {
  const auto outcome = given_people().when(AddMember{new_seat, {}, {}}, by(per));
  CHECK(outcome.all<SeatJoined>().at(0).seat.host == ola);
}

TEST_CASE("members are added by whoever manages them, or by anybody while nobody does") {
  const AddMember add{new_seat, {}, {}};
  given_people().when(add, by(kari)).accepted();
  given_people({holds(room_1, "note_taker", ola)}).when(add, by(kari)).refused(forbidden);
  given_people({holds(room_1, "note_taker", ola)}).when(add, by(ola)).accepted();
  given_people({holds(room_1, "note_taker", ola), SeatPresenceChanged{ola, room_1, false, true}})
      .when(add, by(kari))
      .accepted();
  given_people({RoomClosed{room_1}}).when(add, by(kari)).refused(room_closed);
  given(crowd(room_2, seats_per_room_max)).when(add, by(seat_id(200))).refused(room_full, "room");
  given_people().when(add, organiser).refused(forbidden);
}

TEST_CASE("a new name is a new version; an empty one takes the row away") {
  auto outcome = given_people().when(RenameSeat{kari, words("Kari"), {}}, by(kari));
  outcome.then({SeatNamed{kari, room_1, 1}});
  CHECK(outcome.names().at(0).version == 1);
  CHECK_FALSE(outcome.names().at(0).erased);
  outcome = given_people().when(RenameSeat{kari, {}, {}}, by(kari));
  CHECK(outcome.names().at(0).erased);
}

TEST_CASE("one renames oneself and members without a device, not others") {
  given_people().when(RenameSeat{ola, words("X"), {}}, by(kari)).refused(foreign_seat);
  given_people().when(RenameSeat{per, words("X"), {}}, by(kari)).accepted();
  given_people({holds(room_1, "note_taker", ola)})
      .when(RenameSeat{per, words("X"), {}}, by(kari))
      .refused(forbidden);
  given_people().when(RenameSeat{eva, words("X"), {}}, by(kari)).refused(foreign_seat);
  given_people().when(RenameSeat{new_seat, words("X"), {}}, by(kari)).refused(unknown_seat, "seat");
}

TEST_CASE("removing a seat frees its roles, its hand and its turn") {
  given_people({holds(room_1, "facilitator", ola), HandRaised{room_1, {ola, now}}})
      .when(RemoveSeat{ola}, organiser)
      .then({SeatRemoved{ola, room_1}, RoleAssigned{room_1, "facilitator", std::nullopt, false},
             HandLowered{room_1, ola}});
}

TEST_CASE("members stay when the seat whose device they shared is removed") {
  const auto outcome = given_people().when(RemoveSeat{ola}, organiser);
  CHECK(find_seat(outcome.state(), per));
  given_people().after(RemoveSeat{ola}, organiser).when(RaiseHand{per}, by(kari)).accepted();
}

TEST_CASE("the name of somebody removed is erased, unless they are quoted") {
  auto scene = given_people().after(RenameSeat{per, words("Per"), {}}, organiser);
  auto outcome = scene.when(RemoveSeat{per}, organiser);
  REQUIRE(outcome.names().size() == 1);
  CHECK(outcome.names()[0].erased);
  Note note;
  note.id = note_id(1);
  note.room = room_1;
  note.text = words("said by Per");
  note.from = per;
  scene.with({NoteWritten{note}});
  CHECK(scene.when(RemoveSeat{per}, organiser).names().empty());
}

TEST_CASE("the id of a removed seat is not taken while members or notes point at it") {
  auto scene = given_people().after(RemoveSeat{ola}, organiser);
  scene.when(Join{ola, {}, {}, {}}, newcomer).refused(exists_already, "seat");
  scene.when(AddMember{ola, {}, {}}, by(per)).refused(exists_already, "seat");
  scene.after(RemoveSeat{per}, organiser).when(Join{ola, {}, {}, {}}, newcomer).accepted();
}

TEST_CASE("people remove themselves and members without a device, the organiser anybody") {
  given_people().when(RemoveSeat{kari}, by(kari)).accepted();
  given_people().when(RemoveSeat{ola}, by(kari)).refused(foreign_seat);
  given_people().when(RemoveSeat{per}, by(kari)).accepted();
  given_people().when(RemoveSeat{eva}, organiser).accepted();
}

TEST_CASE("changing room takes along the members of one's device") {
  given_people()
      .when(MoveSeat{ola, room_2}, by(ola))
      .then({SeatMoved{ola, room_1, room_2}, SeatMoved{per, room_1, room_2}});
}

TEST_CASE("what somebody held in a room stays there, empty") {
  given_people({holds(room_1, "note_taker", kari), HandRaised{room_1, {kari, now}}})
      .when(MoveSeat{kari, room_2}, by(kari))
      .then({SeatMoved{kari, room_1, room_2},
             RoleAssigned{room_1, "note_taker", std::nullopt, false}, HandLowered{room_1, kari}});
}

TEST_CASE("people change room until the organiser locks, and out of a closed room even then") {
  const MoveSeat move{kari, room_2};
  given_people({RoomsLocked{true}}).when(move, by(kari)).refused(rooms_locked, "room");
  given_people({RoomsLocked{true}}).when(move, organiser).accepted();
  given_people({RoomsLocked{true}, RoomClosed{room_1}}).when(move, by(kari)).accepted();
  given_people({RoomsLocked{true}, joined(new_seat, {}, 5)})
      .when(MoveSeat{new_seat, room_2}, by(new_seat))
      .refused(rooms_locked, "room");
  given_people({joined(new_seat, {}, 5)})
      .when(MoveSeat{new_seat, room_2}, by(new_seat))
      .then({SeatMoved{new_seat, {}, room_2}});
}

TEST_CASE("nobody moves into a closed, full or unknown room, nor moves others") {
  given_people({RoomClosed{room_2}})
      .when(MoveSeat{kari, room_2}, organiser)
      .refused(room_closed, "room");
  given_people(crowd(room_3, seats_per_room_max - 1))
      .when(MoveSeat{ola, room_3}, by(ola))
      .refused(room_full, "room");
  given_people(crowd(room_3, seats_per_room_max - 1))
      .when(MoveSeat{kari, room_3}, by(kari))
      .accepted();
  given_people().when(MoveSeat{kari, RoomNumber{9}}, by(kari)).refused(unknown_room, "room");
  given_people().when(MoveSeat{kari, room_2}, by(ola)).refused(foreign_seat);
  given_people().when(MoveSeat{kari, room_1}, by(kari)).then_nothing();
}

TEST_CASE("being absent lowers the hand and is stated in full") {
  given_people({HandRaised{room_1, {per, now}}})
      .when(MarkAbsent{per, true}, by(kari))
      .then({SeatPresenceChanged{per, room_1, true, false}, HandLowered{room_1, per}});
  given_people().when(MarkAbsent{per, false}, by(kari)).then_nothing();
  given_people({holds(room_1, "note_taker", ola)})
      .when(MarkAbsent{per, true}, by(kari))
      .refused(forbidden);
  given_people({holds(room_1, "note_taker", ola)})
      .when(MarkAbsent{kari, true}, by(kari))
      .accepted();
}

TEST_CASE("the server notes who is away; members without a device never are") {
  given_people()
      .when(NoteAbsence{kari, true}, server)
      .then({SeatPresenceChanged{kari, room_1, false, true}});
  given_people().when(NoteAbsence{per, true}, server).then_nothing();
  given_people({SeatPresenceChanged{kari, room_1, true, true}})
      .when(NoteAbsence{kari, false}, server)
      .then({SeatPresenceChanged{kari, room_1, true, false}});
  given_people().when(NoteAbsence{kari, true}, by(kari)).refused(forbidden);
  given_people().when(NoteAbsence{kari, true}, organiser).refused(forbidden);
}

TEST_CASE("the workshop has a limit of seats") {
  auto scene = given();
  for (std::size_t i = 0; i < seats_max; ++i) {
    Seat seat;
    seat.id.bytes[2] = 1;
    seat.id.bytes[0] = static_cast<std::uint8_t>(i >> 8);
    seat.id.bytes[1] = static_cast<std::uint8_t>(i);
    seat.number = static_cast<int>(i) + 1;
    scene.state().seats.emplace(seat.id, seat);
  }
  scene.when(join(), newcomer).refused(too_many, "seat");
}
