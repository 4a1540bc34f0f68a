// The rules of people: joining, members without devices, changing rooms, being absent.
#include <algorithm>

#include "domain/attendance.hpp"
#include "domain/board.hpp"
#include "domain/checks.hpp"
#include "domain/in_room.hpp"
#include "domain/rules.hpp"

namespace rundbord {
namespace {

using enum RejectionCode;

Fault names_too_long(const Text& person, const Text& organisation) {
  if (auto fault = too_long(person, name_limit, "person")) return fault;
  return too_long(organisation, organisation_limit, "organisation");
}

// Something said or signed points at this seat, which may be gone.
bool is_quoted(const Workshop& head, const SeatId& seat) {
  const auto by_seat = [&](const auto& note) {
    return note.second.author == seat || note.second.from == seat;
  };
  const auto signed_by_seat = [&](const auto& room) {
    return std::any_of(room.second.sign_offs.begin(), room.second.sign_offs.end(),
                       [&](const SignOff& sign_off) { return sign_off.seat == seat; });
  };
  return std::any_of(head.notes.begin(), head.notes.end(), by_seat) ||
         std::any_of(head.rooms.begin(), head.rooms.end(), signed_by_seat);
}

bool hosts_somebody(const Workshop& head, const SeatId& seat) {
  return std::any_of(head.seats.begin(), head.seats.end(),
                     [&](const auto& other) { return other.second.host == seat; });
}

// The id of a seat that is gone is not free while others still point at it. Only those are looked
// for among all that was said: almost everybody who joins is new.
Fault no_new_seat(const Workshop& head, const SeatId& seat) {
  const auto still_pointed_at = [&] { return hosts_somebody(head, seat) || is_quoted(head, seat); };
  if (find_seat(head, seat) || (head.removed_seats.count(seat) != 0 && still_pointed_at())) {
    return refused(exists_already, "seat");
  }
  if (head.seats.size() < seats_max) return std::nullopt;
  return Rejection{too_many, "seat", {{"max", static_cast<std::int64_t>(seats_max)}}};
}

Fault no_space(const Workshop& head, RoomNumber room, std::size_t coming) {
  if (head.rooms.at(room).seats.size() + coming <= seats_per_room_max) return std::nullopt;
  return Rejection{room_full, "room", {{"max", static_cast<std::int64_t>(seats_per_room_max)}}};
}

// Nobody sees names here: a seat without any has no row in the table of names.
NameWrite name_of_seat(const Seat& seat, const Text& person, const Text& organisation) {
  return {seat.id, seat.name_version, person, organisation, person.empty() && organisation.empty()};
}

// Where newcomers go who name no room, when they are to be spread.
std::optional<RoomNumber> next_free_room(const Workshop& head) {
  struct Count {
    std::size_t present = 0;
    std::size_t all = 0;
  };
  std::map<RoomNumber, Count> counts;
  for (const auto& [number, room] : head.rooms) {
    if (!room.closed) counts[number];
  }
  for (const auto& [id, seat] : head.seats) {
    const auto count = seat.room ? counts.find(*seat.room) : counts.end();
    if (count == counts.end()) continue;
    ++count->second.all;
    if (seat.present()) ++count->second.present;
  }
  std::optional<RoomNumber> best;
  for (const auto& [number, count] : counts) {
    if (count.all >= seats_per_room_max) continue;
    if (!best || count.present < counts[*best].present) best = number;
  }
  return best;
}

Or<std::optional<RoomNumber>> room_to_join(const Workshop& head, const Join& command) {
  if (!command.room) {
    const bool spread = head.settings.assignment == Assignment::next_free;
    return spread ? next_free_room(head) : std::nullopt;
  }
  const auto room = open_room(head, *command.room);
  if (const auto* rejection = std::get_if<Rejection>(&room)) return *rejection;
  if (const auto fault = no_space(head, *command.room, 1)) return *fault;
  return command.room;
}

// A newcomer's events and name; the names are checked by then.
Decided arrived(const Workshop& head, Seat seat, const Text& person, const Text& organisation,
                Time now) {
  const bool named = !person.empty() || !organisation.empty();
  seat.number = head.last_seat_number + 1;
  seat.name_version = named ? 1 : 0;
  auto decided = done({SeatJoined{seat}});
  if (named) decided.names.push_back(name_of_seat(seat, person, organisation));
  if (seat.room) {
    append(decided.events, after_arrival(head, head.rooms.at(*seat.room), {seat}, now));
  }
  return decided;
}

// A seat takes with it the members its device speaks for.
std::vector<const Seat*> moving_with(const Workshop& head, const Seat& seat) {
  std::vector<const Seat*> moving{&seat};
  for (const auto& [id, other] : head.seats) {
    if (other.host == seat.id && other.room == seat.room) moving.push_back(&other);
  }
  return moving;
}

// The organiser moves anybody; people move until the rooms are locked, and out of a closed room
// even then.
bool locked_in(const Workshop& head, const Seat& seat, const Context& context) {
  if (!head.rooms_locked || by_organiser(context)) return false;
  const auto* room = seat.room ? find_room(head, *seat.room) : nullptr;
  return !room || !room->closed;
}

std::vector<Event> moved(const Workshop& head, const std::vector<const Seat*>& moving,
                         std::optional<RoomNumber> to, Time now) {
  const auto from = moving.front()->room;
  std::vector<Event> events;
  std::set<SeatId> leaving;
  std::vector<Seat> coming;
  for (const auto* seat : moving) {
    events.push_back(SeatMoved{seat->id, from, to});
    leaving.insert(seat->id);
    coming.push_back(*seat);
  }
  std::sort(coming.begin(), coming.end(),
            [](const Seat& one, const Seat& other) { return one.number < other.number; });
  if (from) append(events, after_departure(head, head.rooms.at(*from), leaving, now));
  if (to) append(events, after_arrival(head, head.rooms.at(*to), coming, now));
  return events;
}

Decided presence_changed(const Workshop& head, const Seat& before, const Seat& seat, Time now) {
  if (before == seat) return {};
  auto decided = done({SeatPresenceChanged{seat.id, seat.room, seat.absent, seat.away}});
  if (seat.room && before.present() != seat.present()) {
    append(decided.events, after_presence(head, head.rooms.at(*seat.room), seat, now));
  }
  return decided;
}

}  // namespace

Decision rule(const Workshop& head, const Join& command, const Context& context) {
  if (const auto fault = no_new_seat(head, command.seat)) return *fault;
  if (const auto fault = names_too_long(command.person, command.organisation)) return *fault;
  const auto room = room_to_join(head, command);
  if (const auto* rejection = std::get_if<Rejection>(&room)) return *rejection;
  Seat seat;
  seat.id = command.seat;
  seat.room = std::get<std::optional<RoomNumber>>(room);
  return arrived(head, seat, command.person, command.organisation, context.now);
}

Decision rule(const Workshop& head, const AddMember& command, const Context& context) {
  if (const auto fault = no_new_seat(head, command.seat)) return *fault;
  if (const auto fault = names_too_long(command.person, command.organisation)) return *fault;
  const auto place = placed(head, std::get<BySeat>(context.actor).seat, "");
  if (const auto* rejection = std::get_if<Rejection>(&place)) return *rejection;
  const auto& [typist, room] = std::get<Placed>(place);
  if (const auto fault = no_space(head, room->number, 1)) return *fault;
  Seat seat;
  seat.id = command.seat;
  seat.room = room->number;
  seat.host = typist->host.value_or(typist->id);
  return arrived(head, seat, command.person, command.organisation, context.now);
}

Decision rule(const Workshop& head, const RenameSeat& command, const Context&) {
  const auto* seat = find_seat(head, command.seat);
  if (!seat) return refused(unknown_seat, "seat");
  if (const auto fault = names_too_long(command.person, command.organisation)) return *fault;
  auto renamed = *seat;
  ++renamed.name_version;
  auto decided = done({SeatNamed{seat->id, seat->room, renamed.name_version}});
  decided.names.push_back(name_of_seat(renamed, command.person, command.organisation));
  return decided;
}

// Members typed in by a seat that is removed stay: they sit in the room all the same.
Decision rule(const Workshop& head, const RemoveSeat& command, const Context& context) {
  const auto* seat = find_seat(head, command.seat);
  if (!seat) return refused(unknown_seat, "seat");
  auto decided = done({SeatRemoved{seat->id, seat->room}});
  if (seat->room) {
    const auto& room = head.rooms.at(*seat->room);
    append(decided.events, after_departure(head, room, {seat->id}, context.now));
  }
  // What somebody has said keeps its name; the name of one who said nothing is not kept.
  if (seat->name_version > 0 && !is_quoted(head, seat->id)) {
    decided.names.push_back({seat->id, seat->name_version, {}, {}, true});
  }
  return decided;
}

Decision rule(const Workshop& head, const MoveSeat& command, const Context& context) {
  const auto* seat = find_seat(head, command.seat);
  if (!seat) return refused(unknown_seat, "seat");
  if (command.room == seat->room) return done({});
  if (locked_in(head, *seat, context)) return refused(rooms_locked, "room");
  const auto moving = moving_with(head, *seat);
  if (command.room) {
    const auto room = open_room(head, *command.room);
    if (const auto* rejection = std::get_if<Rejection>(&room)) return *rejection;
    if (const auto fault = no_space(head, *command.room, moving.size())) return *fault;
  }
  return done(moved(head, moving, command.room, context.now));
}

Decision rule(const Workshop& head, const MarkAbsent& command, const Context& context) {
  const auto* before = find_seat(head, command.seat);
  if (!before) return refused(unknown_seat, "seat");
  auto seat = *before;
  seat.absent = command.absent;
  return presence_changed(head, *before, seat, context.now);
}

// A member without a device cannot be away: its people sit in the room whatever the network does.
Decision rule(const Workshop& head, const NoteAbsence& command, const Context& context) {
  const auto* before = find_seat(head, command.seat);
  if (!before) return refused(unknown_seat, "seat");
  auto seat = *before;
  seat.away = command.away && !seat.host;
  return presence_changed(head, *before, seat, context.now);
}

}  // namespace rundbord
