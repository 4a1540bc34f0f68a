// Finding words in a workshop's result by the beginning of each, and rooms by any spelling of their
// name. Pure, any thread.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/result.hpp"

namespace rundbord::archive {

inline constexpr std::size_t search_hits_max = 200;

struct Hit {
  RoomNumber room{};
  Place place;
  std::optional<NoteId> note;  // nothing: in a summary text
  std::string text;
};
struct Found {
  std::vector<RoomNumber> rooms;  // whose name or number was asked for
  std::vector<Hit> hits;          // at most search_hits_max
  bool more = false;
};

// Every word asked for must begin a word of the text; case does not matter, å is not a. "rom 44",
// "Gruppe 44." and "44" name room 44.
Found search(const Result& result, const std::string& asked);
std::string encode_found(const Found& found);

}  // namespace rundbord::archive
