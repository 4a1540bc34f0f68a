// What is measured: our server, or a peer from npm that does the same job (tests/bench/peers).
// Started and ended by each round; one thread.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/client_connection.hpp"
#include "prepared.hpp"
#include "process/serving.hpp"

namespace rundbord::bench {

// How messages travel: as they are, or as events of Socket.IO in packets of Engine.IO 4.
enum class Dialect { plain, socket_io };

struct ContenderKind {
  std::string name;                 // as the table shows it
  std::vector<std::string> script;  // of peers/, with its options; empty: our server
  Dialect dialect = Dialect::plain;
  bool in_our_place = false;  // the planted fault: measured instead of us, and stopped at times
  bool steady = false;        // not stopped at times by itself: its bench does it
};
extern const ContenderKind ours;
ContenderKind steady(ContenderKind kind);

// How long a process runs, and how long it is then stopped, again and again.
struct Stops {
  Duration runs_first;
  Duration stops;
  Duration runs;
  int longer = 1;  // so many times longer is each stop than the one before
};
class Stutter;

class Contender {
 public:
  // Returns when it listens, with the people of `size` known to it.
  Contender(const ContenderKind& kind, const PreparedSize& size);
  // Ours, on a data folder that was prepared before and stays.
  Contender(const std::filesystem::path& folder, const Prepared& prepared);

  const ContenderKind& kind() const { return kind_; }
  bool is_ours() const { return kind_.script.empty(); }
  const Prepared& prepared() const { return prepared_; }
  pid_t pid() const { return pid_; }
  ~Contender();

  app::Client client() const;
  unsigned short port() const;
  // Until what is returned is destroyed, which sets it going again.
  std::shared_ptr<Stutter> stopped_at_times(Stops stops) const;
  // Ours writes a stored state once a history is long enough: returns when that is done, so that
  // it is no part of what is measured next.
  void await_stored_state(app::Client& client) const;

 private:
  void serve(const std::filesystem::path& folder);
  void serve_peer();

  ContenderKind kind_;
  process::TemporaryFolder folder_;
  Prepared prepared_;
  std::unique_ptr<process::Serving> serving_;
  std::unique_ptr<process::Child> peer_;
  std::shared_ptr<Stutter> stutter_;  // with the planted fault
  std::string url_;
  pid_t pid_ = -1;
};

}  // namespace rundbord::bench
