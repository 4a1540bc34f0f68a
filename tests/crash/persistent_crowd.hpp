// People who do not give up: each writes notes, keeps what was not answered, comes back after every
// cut, sends it again, and asks again about some that were answered. Owned by a trial; one thread,
// the client's.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/client_connection.hpp"
#include "app/room_view.hpp"
#include "bench/prepared.hpp"
#include "crash/simulated_disk.hpp"

namespace rundbord::crash {

struct CrowdOptions {
  std::size_t seats = 8;
  std::size_t in_flight = 3;  // notes a seat has under way
  // How long a seat waits before its n-th attempt in a row, counted from 0.
  std::function<Duration(int attempt)> wait;
  // From an answer to the next note; nothing: at once.
  std::function<Duration()> think;
};

class PersistentCrowd {
 public:
  PersistentCrowd(const std::string& url, const bench::Prepared& prepared, CrowdOptions options,
                  std::uint64_t seed);
  ~PersistentCrowd();

  void open();        // starts to connect
  void start_load();  // a new note for each that is answered
  void stop_load();   // what is unanswered is still sent until it is answered
  void close();

  // Runs the loop; throws std::runtime_error when it takes more than 30 s.
  void run_until(const std::function<bool()>& reached, const std::string& what);
  void run_for(Duration time);

  std::size_t connected() const;
  std::size_t unanswered() const;
  std::vector<std::string> unanswered_commands() const;
  std::uint64_t oks() const { return oks_; }
  // Of the last `ok`, by the steady clock.
  std::chrono::steady_clock::time_point last_ok() const { return last_ok_; }
  // Each acknowledged command and its seq.
  const std::unordered_map<std::string, std::uint64_t>& acknowledged() const { return seqs_; }
  std::uint64_t asked_again() const { return asked_again_; }
  // By close code; 0: without one.
  const std::map<int, std::uint64_t>& closed() const { return closed_; }
  void forget_closed() { closed_.clear(); }
  const std::vector<std::string>& wrong() const { return wrong_; }

  // The notes a seat sees in its room, by id; a note seen twice counts twice.
  std::multiset<std::string> seen_by(std::size_t seat) const;
  int room_of(std::size_t seat) const { return prepared_.seats[seat].room; }
  std::size_t seats() const { return seats_.size(); }

 private:
  struct Command {
    std::string id;
    std::string message;
    bool again = false;  // it was answered before
  };
  struct Seat {
    std::shared_ptr<app::ClientSocket> socket;
    bool ready = false;
    int attempt = 0;
    app::RoomView view;
    std::list<Command> outbox;
    std::vector<Command> answered;  // the last few
  };

  void ask_for_ticket(std::size_t number);
  void open_socket(std::size_t number, const std::string& ticket);
  void try_again(std::size_t number);
  void hear(std::size_t number, const std::string& text);
  void welcome(std::size_t number);
  void subscribe(std::size_t number);
  void answer(std::size_t number, const std::string& id, std::uint64_t seq);
  void refuse(std::size_t number, const std::string& id, const std::string& code);
  void lost(std::size_t number, std::uint16_t code);
  void write_next(std::size_t number);
  void write_note(std::size_t number);
  void ping_all();

  const bench::Prepared& prepared_;
  CrowdOptions options_;
  Random random_;
  app::Client client_;
  std::vector<Seat> seats_;
  bool loading_ = false;
  bool closing_ = false;
  std::uint64_t oks_ = 0;
  std::uint64_t asked_again_ = 0;
  std::chrono::steady_clock::time_point last_ok_{};
  std::unordered_map<std::string, std::uint64_t> seqs_;
  std::map<int, std::uint64_t> closed_;
  std::vector<std::string> wrong_;
};

}  // namespace rundbord::crash
