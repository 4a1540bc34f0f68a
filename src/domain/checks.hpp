// What a rule asks of words and of prepared things before anything is decided: limits on texts, the
// programme, settings, roles and rooms. Pure functions over plain values: any thread.
// Each answers nothing when all is well, else the first fault with the field's path.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/commands_organiser.hpp"
#include "domain/limits.hpp"
#include "domain/rejection.hpp"

namespace rundbord {

using Fault = std::optional<Rejection>;

// How long a text may be, and the code for one that is longer.
struct TextLimit {
  std::size_t graphemes_max;
  std::size_t bytes_max;
  RejectionCode too_long;
};

inline constexpr TextLimit note_limit{note_graphemes_max, note_bytes_max,
                                      RejectionCode::note_too_long};
inline constexpr TextLimit name_limit{name_graphemes_max, line_bytes_max,
                                      RejectionCode::name_too_long};
inline constexpr TextLimit organisation_limit{organisation_graphemes_max, line_bytes_max,
                                              RejectionCode::name_too_long};
inline constexpr TextLimit title_limit{title_graphemes_max, line_bytes_max,
                                       RejectionCode::text_too_long};
inline constexpr TextLimit question_limit{question_graphemes_max, line_bytes_max,
                                          RejectionCode::text_too_long};
inline constexpr TextLimit message_limit{message_graphemes_max, line_bytes_max,
                                         RejectionCode::text_too_long};
inline constexpr TextLimit dissent_limit{dissent_graphemes_max, line_bytes_max,
                                         RejectionCode::text_too_long};

// Facts `over` and `max`: graphemes, or bytes (with `bytes` 1) when only those are too many.
Fault too_long(const Text& text, const TextLimit& limit, const std::string& field);
// The same, and empty_text when nothing, or nothing but white space, was written.
Fault missing_or_too_long(const Text& text, const TextLimit& limit, const std::string& field);
// At least one language, each with words.
Fault fault_in(const LocalText& text, const TextLimit& limit, const std::string& field);

Fault fault_in(const Settings& settings);
Fault fault_in(const Programme& programme);
Fault fault_in(const std::vector<Role>& roles);
// Numbers in range and each once, names not too long; not whether they are open already.
Fault fault_in(const std::vector<NewRoom>& rooms);

// True when no room would see more than questions_per_task_max: the common ones and its own.
bool questions_fit(const std::vector<Question>& questions);
// SHA-256 in lower-case hex.
bool is_checksum(const std::string& text);

}  // namespace rundbord
