// Many seats' sockets on one client, and what they hear: oks by command, notes delivered, errors.
// Owned by each bench; one thread, the client's.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/client_connection.hpp"
#include "measured.hpp"
#include "prepared.hpp"

namespace rundbord::bench {

class Crowd {
 public:
  Crowd(app::Client& client, const Prepared& prepared);

  // Opens the seats' sockets and follows their rooms; returns when all have their first snapshot.
  void open(std::size_t seats);
  // A note by this seat, which is timed from `due`.
  void write_note(std::size_t seat, Steady::time_point due);
  bool all_answered() const { return waiting_.empty(); }
  std::size_t unanswered() const { return waiting_.size(); }

  // Called with the seat after each `ok`.
  std::function<void(std::size_t seat)> on_ok;

  const std::vector<double>& ok_ms() const { return ok_ms_; }
  std::size_t delivered() const { return delivered_; }
  std::size_t errors() const { return errors_; }

 private:
  struct Waiting {
    std::size_t seat;
    Steady::time_point due;
  };
  void ask_for_ticket(std::size_t seat);
  void open_socket(std::size_t seat, const std::string& ticket);
  void hear(std::size_t seat, const std::string& message);
  void ping_all();

  app::Client& client_;
  const Prepared& prepared_;
  std::vector<std::shared_ptr<app::ClientSocket>> sockets_;
  std::unordered_map<std::string, Waiting> waiting_;
  std::vector<double> ok_ms_;
  std::size_t ready_ = 0;
  std::size_t delivered_ = 0;
  std::size_t errors_ = 0;
};

}  // namespace rundbord::bench
