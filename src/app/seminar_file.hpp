// A seminar as a file: what a workshop asked, who sat in which room, and the posts they wrote.
// Plain values and a pure reader; any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/programme.hpp"

namespace rundbord::app {

// More than any seminar people sat through; a wrong file is refused before it fills the memory.
inline constexpr std::size_t seminar_bytes_max = 64 << 20;

struct SeminarNote {
  Place place;
  std::string text;
};
struct SeminarPost {
  std::string text;
  std::vector<SeminarNote> notes;
};
struct SeminarRoom {
  int number = 0;
  std::vector<std::string> participants;
  std::vector<SeminarPost> posts;
};
struct SeminarTask {
  int number = 0;
  std::string title;
  std::vector<std::string> questions;
};
struct Seminar {
  std::string title;
  std::string language;
  std::vector<SeminarTask> tasks;
  std::vector<std::string> instructions;
  std::vector<SeminarRoom> rooms;
};

// A sentence, naming the place, when it is not in the form. Unknown keys are ignored.
std::variant<Seminar, std::string> read_seminar(std::string_view json);

}  // namespace rundbord::app
