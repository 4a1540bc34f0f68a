// Many sockets on one client, and what they hear: oks by command, notes delivered, errors. Owned by
// each bench; one thread, the client's.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/client_connection.hpp"
#include "contender.hpp"
#include "measured.hpp"
#include "prepared.hpp"

namespace rundbord::bench {

class Crowd {
 public:
  Crowd(app::Client& client, const Contender& contender);

  // One socket in so many reads the notes it gets, for a generator that reads all is slower than
  // what it measures; the others take only `ok`. Before opening.
  void sample_every(std::size_t sockets) { sampled_every_ = sockets; }
  // Opens sockets of so many seats from `first` on, each following its room, or nothing at all.
  // Returns when all have their first snapshot.
  void open(std::size_t seats, std::size_t first = 0);
  // The same, following all that a browser does: the plenary, its room and its own seat.
  void open_as_browsers(std::size_t seats, std::size_t first);
  void open_without_rooms(std::size_t seats);
  // Sockets that follow the wall of question 1, where the notes of all rooms come together.
  void open_wall(std::size_t sockets);
  void open_console();  // the organiser's view of all rooms

  // A note by this seat, which is timed from `due`.
  void write_note(std::size_t seat, Steady::time_point due);
  bool all_answered() const { return waiting_.empty(); }

  // Called with the seat after each `ok`.
  std::function<void(std::size_t seat)> on_ok;

  // Of the notes answered so far, from when each was due.
  const std::vector<double>& ok_ms() const { return ok_ms_; }
  // Of every note that a sampled socket got, from when it was due.
  const std::vector<double>& fan_out_ms() const { return fan_out_ms_; }
  std::size_t delivered() const { return fan_out_ms_.size(); }
  std::size_t errors() const { return errors_; }

 private:
  struct Waiting {
    std::size_t seat;
    Steady::time_point due;
  };
  struct Line {
    std::string secret;  // of our server; empty: a peer
    std::vector<std::string> channels;
    std::size_t seat = 0;
    bool sampled = false;
    bool opened = false;
    std::size_t snapshots = 0;  // that have come
    std::shared_ptr<app::ClientSocket> socket;
  };
  void add_line(const std::string& secret, std::vector<std::string> channels, std::size_t seat,
                bool sampled);
  void open_lines(std::size_t from);
  void ask_for_ticket(Line& line);
  void open_socket(Line& line, const std::string& target);
  void say(Line& line, const char* type, const std::string& message);
  void greet(Line& line);
  void hear(Line& line, const std::string& message);
  void take(Line& line, const std::string& message);
  void take_ok(const std::string& message);
  void take_notes(const std::string& frame);
  void ping_all();

  app::Client& client_;
  const Contender& contender_;
  std::vector<std::unique_ptr<Line>> lines_;
  std::size_t sampled_every_ = 1;
  std::unordered_map<std::string, Waiting> waiting_;
  std::vector<double> ok_ms_;
  std::vector<double> fan_out_ms_;
  std::size_t ready_ = 0;
  std::size_t errors_ = 0;
};

}  // namespace rundbord::bench
