// A server on a free port with a log in memory, for tests; stopped and joined when it goes. Owned
// by a test.
#pragma once
#include <future>
#include <optional>
#include <string>
#include <thread>

#include "client.hpp"
#include "log/faulty_log.hpp"
#include "log/memory_log.hpp"
#include "net/server.hpp"

namespace rundbord::net {

struct MadeWorkshop {
  std::string id;
  std::string code;
  std::string organiser_secret;
  std::string projector_secret;
};

// Tests open sockets faster than people: the budget of tickets is for the test that is about it.
enum class TicketBudget { none, as_given };

class RunningServer {
 public:
  explicit RunningServer(ServerOptions options = {}, log::EventLog* log = nullptr,
                         TicketBudget tickets = TicketBudget::none);
  ~RunningServer() { stop(); }

  void stop();
  unsigned short port() const { return ready_.port; }
  unsigned short metrics_port() const { return ready_.metrics_port; }
  const std::string& server_secret() const { return secret_; }
  log::EventLog& log() const { return log_; }

  Reply ask(const std::string& method, const std::string& target, const std::string& body = {},
            const Headers& headers = {}) const {
    return net::ask(port(), method, target, body, headers);
  }
  // With a secret as Bearer.
  Reply ask_as(const std::string& secret, const std::string& method, const std::string& target,
               const std::string& body = {}) const {
    return ask(method, target, body, {{"Authorization", "Bearer " + secret}});
  }
  MadeWorkshop make_workshop() const;
  std::string ticket(const MadeWorkshop& workshop, const std::string& secret) const;
  Socket open(const MadeWorkshop& workshop, const std::string& secret) const;

 private:
  log::MemoryLog memory_;
  log::EventLog& log_;
  std::string secret_;
  Ready ready_;
  std::optional<Server> server_;
  std::thread thread_;
};

// What follows the last dot of a link's fragment.
std::string secret_of(const std::string& link);
// The body that makes a workshop called "Prøve" with two rooms.
nlohmann::json small_workshop();
// The templates of this project.
std::vector<protocol::Template> own_templates();

}  // namespace rundbord::net
