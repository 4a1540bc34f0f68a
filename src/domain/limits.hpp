// Every limit of the domain, by name; each has a test. Text limits count what a person counts.
#pragma once
#include <chrono>
#include <cstddef>

#include "domain/time.hpp"

namespace rundbord {

inline constexpr std::size_t note_graphemes_max = 4'000;
inline constexpr std::size_t note_bytes_max = 16 * 1024;
inline constexpr std::size_t name_graphemes_max = 60;
inline constexpr std::size_t organisation_graphemes_max = 100;
inline constexpr std::size_t title_graphemes_max = 200;
inline constexpr std::size_t question_graphemes_max = 1'000;
inline constexpr std::size_t message_graphemes_max = 500;
inline constexpr std::size_t dissent_graphemes_max = 2'000;
inline constexpr std::size_t url_bytes_max = 2'000;
inline constexpr std::size_t line_bytes_max = 8 * 1024;  // any other text, in UTF-8

inline constexpr int room_number_max = 9'999;
inline constexpr std::size_t rooms_max = 3'000;
inline constexpr std::size_t seats_max = 20'000;
inline constexpr std::size_t seats_per_room_max = 40;
inline constexpr std::size_t notes_per_room_max = 2'000;
inline constexpr std::size_t sittings_max = 20;
inline constexpr std::size_t tasks_max = 40;
inline constexpr std::size_t questions_per_task_max = 40;
inline constexpr std::size_t cycles_per_task_max = 40;
inline constexpr std::size_t steps_per_cycle_max = 12;
inline constexpr std::size_t roles_max = 12;
inline constexpr std::size_t materials_max = 40;
inline constexpr std::size_t messages_max = 500;
inline constexpr std::size_t table_seats_max = 8;
inline constexpr std::size_t languages_max = 12;     // of one text
inline constexpr std::size_t instructions_max = 40;  // of one task
inline constexpr std::size_t wordings_max = 100;     // earlier ones of one question

inline constexpr int step_minutes_max = 600;
inline constexpr Duration clock_max = std::chrono::hours(10);
inline constexpr Duration call_back_max = std::chrono::minutes(30);
inline constexpr Duration away_after = std::chrono::seconds(60);
// How long after a step was changed it can be taken back.
inline constexpr Duration undo_step_within = std::chrono::seconds(60);
// How long texts stay open after the steps were ended, unless the organiser says otherwise.
inline constexpr Duration texts_open_after_call_back = std::chrono::minutes(15);

// A deadline weeks ahead is a date people hold; beyond that nobody means it.
inline constexpr Duration texts_open_max = std::chrono::hours(24 * 30);

}  // namespace rundbord
