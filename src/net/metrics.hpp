// Counts for /metrics: figures only, never who or what. Owned by the server; any thread.
#pragma once
#include <memory>
#include <string>

namespace rundbord::net {

enum class Count {
  connections_accepted,
  connections_refused,  // connections_max was reached, and nobody could make room
  connections_overdue,  // a deadline had passed
  connections_made_room,
  accepts_failed,  // out of file descriptors, mostly
  requests,
  tickets_refused,  // over the caller's budget
  sockets_opened,
  sockets_cut_slow,
  commits_stored,
  commits_failed,
  codes_unknown,
  joins,
};
enum class Level { connections, sockets, workshops_live };

class Metrics {
 public:
  Metrics();
  ~Metrics();

  void count(Count what);
  void change(Level what, int by);
  void commit_took(double seconds);  // from Append to durable

  // The Prometheus text format, version 0.0.4.
  std::string text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rundbord::net
