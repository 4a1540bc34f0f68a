// The server: listens, serves pages, HTTP and sockets, and owns all that lives on the io thread.
// Owned by app/ (or a test); run() makes its thread the io thread, stop() may be called from any.
#pragma once
#include <memory>
#include <optional>

#include "log/event_log.hpp"
#include "net/server_options.hpp"

namespace rundbord::net {

class Server {
 public:
  // `log` must outlive the server.
  Server(log::EventLog& log, ServerOptions options);
  ~Server();

  // Serves until stop() or, if asked for, a signal; then stops accepting, lets commits become
  // durable, tells everyone to come back, and closes the log, all within shutdown_max. A failure
  // when it could not start; the log is left open then.
  std::optional<StartFailure> run();
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rundbord::net
