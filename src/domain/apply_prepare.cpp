// What events of preparing do to the state: settings, programme, roles, rooms, questions.
#include <utility>

#include "domain/applies.hpp"

namespace rundbord {
namespace {

// The sittings' progress, one for each sitting of the programme; begun ones go on.
void follow_programme(Workshop& workshop) {
  std::map<int, SittingProgress> sittings;
  for (const auto& sitting : workshop.programme.sittings) {
    auto& progress = sittings[sitting.number];
    progress.sitting = sitting.number;
    const auto begun = workshop.sittings.find(sitting.number);
    if (begun != workshop.sittings.end()) progress = begun->second;
  }
  workshop.sittings = std::move(sittings);
}

Task& task_of(Workshop& workshop, int task) {
  return workshop.programme.tasks.at(static_cast<std::size_t>(task) - 1);
}

}  // namespace

void apply(Workshop& workshop, const WorkshopCreated& event, Time at) {
  workshop.created = at;
  workshop.settings = event.settings;
  workshop.programme = event.programme;
  workshop.roles = event.roles;
  follow_programme(workshop);
}

void apply(Workshop& workshop, const SettingsChanged& event, Time) {
  workshop.settings = event.settings;
}

void apply(Workshop& workshop, const ProgrammeChanged& event, Time) {
  workshop.programme = event.programme;
  follow_programme(workshop);
}

void apply(Workshop& workshop, const RolesDefined& event, Time) {
  workshop.roles = event.roles;
}

void apply(Workshop& workshop, const RoomOpened& event, Time) {
  auto& room = workshop.rooms[event.room];
  room.number = event.room;
  room.label = event.label;
  room.closed = false;
}

void apply(Workshop& workshop, const RoomRenamed& event, Time) {
  workshop.rooms.at(event.room).label = event.label;
}

// Who was heard how often is forgotten, and whoever waited for the word or for help no longer does.
void apply(Workshop& workshop, const RoomClosed& event, Time) {
  auto& room = workshop.rooms.at(event.room);
  room.closed = true;
  room.hands.clear();
  room.help_asked.reset();
  room.time_asked.reset();
  for (const auto& [number, seat] : room.seats) workshop.seats.at(seat).heard = 0;
}

void apply(Workshop& workshop, const RoomsLocked& event, Time) {
  workshop.rooms_locked = event.locked;
}

void apply(Workshop& workshop, const QuestionCorrected& event, Time) {
  auto& questions = task_of(workshop, event.task).questions;
  auto& question = questions.at(static_cast<std::size_t>(event.question) - 1);
  question.earlier.push_back(std::exchange(question.text, event.text));
}

void apply(Workshop& workshop, const QuestionAdded& event, Time) {
  task_of(workshop, event.task).questions.push_back(event.question);
}

}  // namespace rundbord
