// Plays one room of a replay: its seats' links, its lines one after the other, then its summary
// texts; and compares what every seat saw with what was sent. Owned by the replay; one thread.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/client_connection.hpp"
#include "app/replay_plan.hpp"
#include "app/resuming_link.hpp"
#include "archive/receipts.hpp"

namespace rundbord::app {

// A seat that has joined.
struct SeatAccess {
  std::string seat;
  std::string secret;
};

struct PlayEvents {
  // One more line has its `ok`, and so its receipt.
  std::function<void(archive::Receipt receipt)> line_kept;
  std::function<void(const std::string& sentence)> fault;  // something will not be as it was sent
};

class RoomPlayer {
 public:
  RoomPlayer(Client& client, const std::string& workshop, const RoomPlan& plan,
             const std::vector<SeatAccess>& seats, Duration between_lines, PlayEvents events);

  void start();
  bool done() const { return next_ == deeds_.size() || stopped_; }
  // Every seat's view has come to hold what was sent; meant to be waited for after done().
  bool all_seen() const;
  // What the first seat that does not see it all misses, as a sentence.
  std::string unseen() const;

 private:
  // A command with an id that was drawn once, by the seat that acts.
  struct Deed {
    std::size_t seat = 0;
    std::string id;
    std::string message;
    std::string what;                 // "line 3", "the summary of task 1": names it in a fault
    std::optional<std::string> line;  // its text as the server keeps it
  };

  void keep_receipt(const Deed& deed, const CommandAnswer& answer);
  void add_line(const PlannedLine& line, std::size_t number);
  void add_text(const Place& place, const PlannedText& text);
  void play_next();
  void answered(const Deed& deed, const CommandAnswer& answer);
  bool sees_all(const RoomView& view) const;

  Client& client_;
  const std::string workshop_;
  const RoomPlan& plan_;
  std::vector<SeatAccess> seats_;
  Duration between_lines_;
  PlayEvents events_;
  std::vector<std::shared_ptr<ResumingLink>> links_;
  std::vector<Deed> deeds_;
  std::size_t next_ = 0;
  bool stopped_ = false;
};

}  // namespace rundbord::app
