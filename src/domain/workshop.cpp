#include "domain/workshop.hpp"

#include <algorithm>

namespace rundbord {
namespace {

template <class Map, class Key>
const typename Map::mapped_type* find_in(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

template <class Row>
const Row* find_numbered(const std::vector<Row>& rows, int number) {
  for (const auto& row : rows) {
    if (row.number == number) return &row;
  }
  return nullptr;
}

template <class Row>
const Row* find_at(const std::vector<Row>& rows, int index) {
  const bool inside = index >= 0 && static_cast<std::size_t>(index) < rows.size();
  return inside ? &rows[static_cast<std::size_t>(index)] : nullptr;
}

bool grants(const Workshop& workshop, const std::string& key, Right right) {
  const auto* role = find_role(workshop, key);
  return role && std::find(role->rights.begin(), role->rights.end(), right) != role->rights.end();
}

}  // namespace

const Room* find_room(const Workshop& workshop, RoomNumber room) {
  return find_in(workshop.rooms, room);
}

const Seat* find_seat(const Workshop& workshop, const SeatId& seat) {
  return find_in(workshop.seats, seat);
}

const Note* find_note(const Workshop& workshop, const NoteId& note) {
  return find_in(workshop.notes, note);
}

const Task* find_task(const Workshop& workshop, int task) {
  return find_numbered(workshop.programme.tasks, task);
}

const Question* find_question(const Workshop& workshop, int task, int question) {
  const auto* found = find_task(workshop, task);
  return found ? find_numbered(found->questions, question) : nullptr;
}

const PlannedStep* find_step(const Workshop& workshop, const StepPosition& step) {
  const auto* task = find_task(workshop, step.task);
  const auto* cycle = task ? find_at(task->cycles, step.cycle) : nullptr;
  return cycle ? find_at(cycle->steps, step.step) : nullptr;
}

const Role* find_role(const Workshop& workshop, const std::string& key) {
  for (const auto& role : workshop.roles) {
    if (role.key == key) return &role;
  }
  return nullptr;
}

std::vector<const Seat*> seats_in(const Workshop& workshop, RoomNumber room) {
  std::vector<const Seat*> seats;
  const auto* found = find_room(workshop, room);
  if (!found) return seats;
  for (const auto& [number, id] : found->seats) seats.push_back(&workshop.seats.at(id));
  return seats;
}

bool has_right(const Workshop& workshop, const Seat& seat, Right right) {
  const auto* room = seat.room ? find_room(workshop, *seat.room) : nullptr;
  if (!room) return false;
  return std::any_of(room->roles.begin(), room->roles.end(), [&](const auto& role) {
    return role.second.seat == seat.id && grants(workshop, role.first, right);
  });
}

bool right_unheld(const Workshop& workshop, RoomNumber room, Right right) {
  const auto* place = find_room(workshop, room);
  if (!place) return true;
  return std::none_of(place->roles.begin(), place->roles.end(), [&](const auto& role) {
    const auto* holder = find_seat(workshop, role.second.seat);
    return holder && holder->present() && grants(workshop, role.first, right);
  });
}

}  // namespace rundbord
