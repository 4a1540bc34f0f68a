// All open connections, so that those past a deadline are cut, and a stopping server can ask all to
// finish and cut those that do not.
// Owned by the server; connections add and remove themselves; io thread.
#pragma once
#include <functional>
#include <set>
#include <vector>

#include "domain/time.hpp"

namespace rundbord::net {

class Connection {
 public:
  virtual ~Connection() = default;
  virtual void finish() = 0;         // close when what is under way is done
  virtual void cut() = 0;            // close now
  virtual void sweep(Time now) = 0;  // cut() if a deadline has passed
};

class Connections {
 public:
  void add(Connection& connection) { open_.insert(&connection); }
  void remove(Connection& connection) {
    open_.erase(&connection);
    if (open_.empty() && emptied_) emptied_();
  }
  std::size_t size() const { return open_.size(); }

  void sweep(Time now) {
    for (auto* connection : open_) connection->sweep(now);
  }
  void finish_all() {
    for (auto* connection : copy()) connection->finish();
  }
  void cut_all() {
    for (auto* connection : copy()) connection->cut();
  }
  void when_emptied(std::function<void()> emptied) { emptied_ = std::move(emptied); }

 private:
  std::vector<Connection*> copy() const { return {open_.begin(), open_.end()}; }

  std::set<Connection*> open_;
  std::function<void()> emptied_;
};

}  // namespace rundbord::net
