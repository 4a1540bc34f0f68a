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
Text words(std::string utf8);
LocalText in_english(std::string utf8);

Question question(int number);

Task task(int number, int sitting, int questions, std::vector<Cycle> cycles);

// Task 1 (sitting 1): question 1 by lap 9 min, dialogue 10 min, summary without a clock; then
// questions 2 and 3 by silent 2 min, lap 9 min, dialogue, summary 5 min.
// Task 2 (sitting 2): questions 1 and 2 by lap without a clock, dialogue 10 min.
Programme small_programme();

inline constexpr StepPosition lap_1{1, 0, 0};
inline constexpr StepPosition dialogue_1{1, 0, 1};
inline constexpr StepPosition summary_1{1, 0, 2};
inline constexpr StepPosition silent_2{1, 1, 0};
inline constexpr StepPosition lap_2{1, 1, 1};
inline constexpr StepPosition dialogue_2{1, 1, 2};
inline constexpr StepPosition summary_2{1, 1, 3};
inline constexpr StepPosition lap_afternoon{2, 0, 0};

Role role(std::string key, std::vector<Right> rights);

std::vector<Role> small_roles();

Settings small_settings();

SittingProgress progress(int sitting, SittingState state);

// Sitting 1 is open, sitting 2 only planned.
std::vector<Event> small_workshop();

Event joined(const SeatId& seat, std::optional<RoomNumber> room, int number,
             std::optional<SeatId> host = std::nullopt);

std::vector<Event> small_cast();

Event holds(RoomNumber room, std::string role, const SeatId& seat);

}  // namespace rundbord::testing
