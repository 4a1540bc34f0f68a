// The server under test: the real workshop host on a virtual loop and a faulty disk, in lives that
// begin and end. Owned by the world; one thread.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "disk.hpp"
#include "net/metrics.hpp"
#include "net/workshop_host.hpp"
#include "virtual_loop.hpp"

namespace rundbord::sim {

class Connection;

class Server {
 public:
  Server(Scheduler& scheduler, Wall& wall, Dice& dice, Judge& judge, Disk& disk, Truth& truth);
  ~Server();

  void start();
  bool up() const { return life_ != nullptr && !stopping_; }
  // Only while up.
  net::WorkshopHost& host() { return life_->host; }
  // Tells this life from earlier ones; what belongs to an earlier one is gone.
  int life() const { return lives_; }
  // Changes at least whenever the workshop may have left the memory, and with it what is only
  // remembered there.
  int workshop_life() const { return workshop_lives_; }
  void workshop_failed() { ++workshop_lives_; }
  bool in_life(int life) const { return life_ != nullptr && life == lives_; }

  // The machine stops and starts again after `down_for`.
  void crash(Duration down_for);
  // As a deploy does it: sessions are told, all is stored, then it starts again.
  void restart(Duration down_for);

  void add(const std::shared_ptr<Connection>& connection) { connections_.push_back(connection); }
  void remove(const std::shared_ptr<Connection>& connection);
  // Those that wait for an answer at the door; a machine that stops lets go of them too.
  void knocks(const std::shared_ptr<Connection>& connection) { knocking_.push_back(connection); }
  void answered(const std::shared_ptr<Connection>& connection) {
    std::erase(knocking_, connection);
  }

 private:
  struct Life {
    VirtualLoop loop;
    net::Metrics& metrics;
    net::WorkshopHost host;
    Life(Scheduler& scheduler, const Wall& wall, Dice& dice, Disk& disk, net::Metrics& metrics);
  };
  void end_life();
  void stopped(int life, Duration down_for);

  Scheduler& scheduler_;
  Wall& wall_;
  Dice& dice_;
  Judge& judge_;
  Disk& disk_;
  Truth& truth_;
  net::Metrics metrics_;
  std::unique_ptr<Life> life_;
  int lives_ = 0;
  int workshop_lives_ = 0;
  bool stopping_ = false;
  // In the order of their opening: by address, one seed would not always play the same.
  std::vector<std::shared_ptr<Connection>> connections_, knocking_;
};

}  // namespace rundbord::sim
