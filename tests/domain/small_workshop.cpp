#include "small_workshop.hpp"

#include <utility>

namespace rundbord::testing {

Text words(std::string utf8) {
  const auto graphemes = utf8.size();
  return {std::move(utf8), graphemes};
}

LocalText in_english(std::string utf8) {
  return {{"en", words(std::move(utf8))}};
}

Question question(int number) {
  Question made;
  made.number = number;
  made.text = in_english("Question " + std::to_string(number) + "?");
  return made;
}

Task task(int number, int sitting, int questions, std::vector<Cycle> cycles) {
  Task made;
  made.number = number;
  made.sitting = sitting;
  made.title = in_english("Task " + std::to_string(number));
  for (int n = 1; n <= questions; ++n) made.questions.push_back(question(n));
  made.cycles = std::move(cycles);
  return made;
}

Programme small_programme() {
  const Cycle first{{1}, {{StepKind::lap, 9}, {StepKind::dialogue, 10}, {StepKind::summary, {}}}};
  const Cycle second{{2, 3},
                     {{StepKind::silent, 2},
                      {StepKind::lap, 9},
                      {StepKind::dialogue, {}},
                      {StepKind::summary, 5}}};
  const Cycle third{{1, 2}, {{StepKind::lap, {}}, {StepKind::dialogue, 10}}};
  Programme programme;
  programme.sittings = {{1, in_english("Morning")}, {2, in_english("Afternoon")}};
  programme.tasks = {task(1, 1, 3, {first, second}), task(2, 2, 2, {third})};
  return programme;
}

Role role(std::string key, std::vector<Right> rights) {
  return {key, in_english(key), in_english("what it does"), std::move(rights)};
}

std::vector<Role> small_roles() {
  return {role("facilitator", {Right::lead_steps, Right::run_clock, Right::give_turns}),
          role("note_taker", {Right::edit_any_note, Right::manage_members}),
          role("topic_keeper", {})};
}

Settings small_settings() {
  Settings settings;
  settings.title = in_english("A small workshop");
  settings.language = "en";
  return settings;
}

SittingProgress progress(int sitting, SittingState state) {
  SittingProgress made;
  made.sitting = sitting;
  made.state = state;
  return made;
}

std::vector<Event> small_workshop() {
  return {WorkshopCreated{small_settings(), small_programme(), small_roles()},
          RoomOpened{room_1, {}}, RoomOpened{room_2, {}}, RoomOpened{room_3, {}},
          SittingChanged{progress(1, SittingState::open)}};
}

Event joined(const SeatId& seat, std::optional<RoomNumber> room, int number,
             std::optional<SeatId> host) {
  Seat made;
  made.id = seat;
  made.room = room;
  made.host = host;
  made.number = number;
  return SeatJoined{made};
}

std::vector<Event> small_cast() {
  return {joined(kari, room_1, 1), joined(ola, room_1, 2), joined(per, room_1, 3, ola),
          joined(eva, room_2, 4)};
}

Event holds(RoomNumber room, std::string role, const SeatId& seat) {
  return RoleAssigned{room, std::move(role), seat, false};
}

}  // namespace rundbord::testing
