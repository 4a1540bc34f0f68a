// Seats whose connections are lost and come back: all at once, or again and again. Each asks for a
// ticket, opens its socket and takes up its room where it was. Owned by each bench; one thread, the
// client's.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/client_connection.hpp"
#include "measured.hpp"
#include "prepared.hpp"

namespace rundbord::bench {

class Returning {
 public:
  Returning(app::Client& client, const Prepared& prepared, std::vector<std::size_t> seats);

  // Connects everybody, at most so many side by side (0: all at once); returns when all are live.
  void open_all(std::size_t side_by_side);
  // Cuts everybody from this side.
  void cut_all();
  // From here on each comes back after any wait up to this, and is cut as soon as it is live.
  void loop(Duration wait_max);
  void end_loop() { looping_ = false; }

  std::size_t live() const { return live_; }
  std::size_t errors() const { return errors_; }      // refused, closed or cut before it was live
  std::size_t attempts() const { return attempts_; }  // tickets asked for
  std::size_t opened() const { return opened_; }      // sockets that became live
  std::size_t snapshots() const { return snapshots_; }
  // From the start of open_all() until each was live.
  const std::vector<double>& live_ms() const { return live_ms_; }

 private:
  struct Member {
    std::size_t seat = 0;
    std::shared_ptr<app::ClientSocket> socket;
    std::string history;
    std::uint64_t seq = 0;
    bool live = false;
    std::uint64_t turn = 0;  // what belongs to an abandoned attempt is not listened to
  };
  void attempt(std::size_t member);
  void open_socket(std::size_t member, const std::string& ticket);
  void subscribe(Member& member);
  void hear(std::size_t member, const std::string& message);
  void failed(std::size_t member);
  void again(std::size_t member);
  void ping_all();

  app::Client& client_;
  const Prepared& prepared_;
  std::vector<Member> members_;
  Steady::time_point start_;
  std::vector<double> live_ms_;
  Duration wait_max_{};
  bool looping_ = false;
  std::size_t live_ = 0;
  std::size_t errors_ = 0;
  std::size_t attempts_ = 0;
  std::size_t opened_ = 0;
  std::size_t snapshots_ = 0;
};

}  // namespace rundbord::bench
