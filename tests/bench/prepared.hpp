// A data folder with one workshop in it, made without a server: rooms, seats with their secrets,
// and as many notes as asked for, committed as the live workshop would. Made by each bench.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace rundbord::bench {

struct PreparedSize {
  int rooms = 50;
  int seats_per_room = 8;
  std::size_t notes = 0;     // spread over the rooms
  int rooms_with_notes = 0;  // only in the first so many; 0: in all
};
struct PreparedSeat {
  int room = 1;
  std::string id;
  std::string secret;
};
struct Prepared {
  std::string workshop;
  std::vector<PreparedSeat> seats;  // room by room
  std::string projector_secret;     // opens the walls
  std::string organiser_secret;
  std::size_t commits = 0;
};

Prepared prepare(const std::filesystem::path& folder, const PreparedSize& size);
// The same people for a server that knows nobody beforehand: no workshop, no secrets.
Prepared people_of(const PreparedSize& size);

}  // namespace rundbord::bench
