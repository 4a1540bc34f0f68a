// One channel of a room as a client sees it: snapshots and frames folded into notes and texts, with
// the position to resume from. Owned by a resuming link; one thread.
#pragma once
#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/programme.hpp"

namespace rundbord::app {

struct SeenNote {
  std::string id;
  std::string text;
};

class RoomView {
 public:
  void take_snapshot(const nlohmann::json& snapshot);
  // False: something is missing before it (SPEC FR1); the view is dropped, subscribe anew.
  bool take_frame(const nlohmann::json& frame);

  struct Position {
    std::string history;
    std::uint64_t seq = 0;
  };
  const std::optional<Position>& position() const { return position_; }
  // In the board's order.
  const std::map<Place, std::vector<SeenNote>>& notes() const { return notes_; }
  std::string text(const Place& place) const;  // UTF-8; empty when nothing was written
  const std::map<Place, std::u16string>& texts() const { return texts_; }

 private:
  void take_event(const nlohmann::json& event);

  std::optional<Position> position_;
  std::map<Place, std::vector<SeenNote>> notes_;
  std::map<Place, std::u16string> texts_;
};

}  // namespace rundbord::app
