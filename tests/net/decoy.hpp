// A server that gets WebSockets wrong on purpose: takes whatever comes and answers every text, or
// ends everything at its first byte. Owned by a test; a thread for each connection.
#pragma once
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace rundbord::net {

class Decoy {
 public:
  enum Manner { takes_everything, takes_nothing };
  explicit Decoy(Manner manner);
  ~Decoy();
  unsigned short port() const { return port_; }

 private:
  void accept_all();
  void serve(int socket) const;

  Manner manner_;
  int listening_ = -1;
  unsigned short port_ = 0;
  std::thread accepting_;
  std::vector<std::thread> serving_;
};

}  // namespace rundbord::net
