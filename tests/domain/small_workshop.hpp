// A small workshop as events: three rooms, two tasks in two sittings, three roles, four people.
// For tests only.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/events_text.hpp"

namespace rundbord::testing {

using std::chrono::minutes;
using std::chrono::seconds;

inline const Time now{std::chrono::hours(500'000)};

template <class IdType>
IdType nth(int n) {
  IdType id;
  id.bytes[0] = static_cast<std::uint8_t>(n >> 8);
  id.bytes[1] = static_cast<std::uint8_t>(n);
  return id;
}
inline SeatId seat_id(int n) {
  return nth<SeatId>(n);
}
inline NoteId note_id(int n) {
  return nth<NoteId>(n);
}
inline MessageId message_id(int n) {
  return nth<MessageId>(n);
}

inline constexpr RoomNumber room_1{1};
inline constexpr RoomNumber room_2{2};
inline constexpr RoomNumber room_3{3};

// Room 1: Kari, Ola, and Per, who has no device and sits with Ola. Room 2: Eva. Room 3: nobody.
inline const SeatId kari = seat_id(1);
inline const SeatId ola = seat_id(2);
inline const SeatId per = seat_id(3);
inline const SeatId eva = seat_id(4);

// Text as it comes from the edge: counted. ASCII only.
inline Text words(std::string utf8) {
  const auto graphemes = utf8.size();
  return {std::move(utf8), graphemes};
}
inline LocalText in_english(std::string utf8) {
  return {{"en", words(std::move(utf8))}};
}

inline Question question(int number) {
  Question made;
  made.number = number;
  made.text = in_english("Question " + std::to_string(number) + "?");
  return made;
}

inline Task task(int number, int sitting, int questions, std::vector<Cycle> cycles) {
  Task made;
  made.number = number;
  made.sitting = sitting;
  made.title = in_english("Task " + std::to_string(number));
  for (int n = 1; n <= questions; ++n) made.questions.push_back(question(n));
  made.cycles = std::move(cycles);
  return made;
}

// Task 1 (sitting 1): question 1 by lap 9 min, dialogue 10 min, summary without a clock; then
// questions 2 and 3 by silent 2 min, lap 9 min, dialogue, summary 5 min.
// Task 2 (sitting 2): questions 1 and 2 by lap without a clock, dialogue 10 min.
inline Programme small_programme() {
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

inline constexpr StepPosition lap_1{1, 0, 0};
inline constexpr StepPosition dialogue_1{1, 0, 1};
inline constexpr StepPosition summary_1{1, 0, 2};
inline constexpr StepPosition silent_2{1, 1, 0};
inline constexpr StepPosition lap_2{1, 1, 1};
inline constexpr StepPosition dialogue_2{1, 1, 2};
inline constexpr StepPosition summary_2{1, 1, 3};
inline constexpr StepPosition lap_afternoon{2, 0, 0};

inline Role role(std::string key, std::vector<Right> rights) {
  return {key, in_english(key), in_english("what it does"), std::move(rights)};
}

inline std::vector<Role> small_roles() {
  return {role("facilitator", {Right::lead_steps, Right::run_clock, Right::give_turns}),
          role("note_taker", {Right::edit_any_note, Right::manage_members}),
          role("topic_keeper", {})};
}

inline Settings small_settings() {
  Settings settings;
  settings.title = in_english("A small workshop");
  settings.language = "en";
  return settings;
}

inline SittingProgress progress(int sitting, SittingState state) {
  SittingProgress made;
  made.sitting = sitting;
  made.state = state;
  return made;
}

// Sitting 1 is open, sitting 2 only planned.
inline std::vector<Event> small_workshop() {
  return {WorkshopCreated{small_settings(), small_programme(), small_roles()},
          RoomOpened{room_1, {}}, RoomOpened{room_2, {}}, RoomOpened{room_3, {}},
          SittingChanged{progress(1, SittingState::open)}};
}

inline Event joined(const SeatId& seat, std::optional<RoomNumber> room, int number,
                    std::optional<SeatId> host = std::nullopt) {
  Seat made;
  made.id = seat;
  made.room = room;
  made.host = host;
  made.number = number;
  return SeatJoined{made};
}

inline std::vector<Event> small_cast() {
  return {joined(kari, room_1, 1), joined(ola, room_1, 2), joined(per, room_1, 3, ola),
          joined(eva, room_2, 4)};
}

inline Event holds(RoomNumber room, std::string role, const SeatId& seat) {
  return RoleAssigned{room, std::move(role), seat, false};
}

}  // namespace rundbord::testing
