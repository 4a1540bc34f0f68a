// One socket through a bad network: messages come late but in order, or the line is cut and both
// ends learn of it in their own time. Owned by its client and, while open there, by the server; one
// thread.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/send_queue.hpp"
#include "server.hpp"
#include "view.hpp"

namespace rundbord::sim {

class Watch;

// The client's end: what it hears. Nothing comes after lost().
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void heard(const json& message) = 0;
  // With a close code when the server sent one.
  virtual void lost(std::optional<engine::CloseCode> code) = 0;
};

struct NetworkWeather {
  Duration delay_max{60};
  Duration noticed_max{8'000};  // how long an end may take to see that the line is cut
};

class Connection final : public net::SessionSink, public std::enable_shared_from_this<Connection> {
 public:
  struct Parts {
    Scheduler& scheduler;
    Dice& dice;
    Judge& judge;
    Server& server;
    Truth& truth;
    Watch& watch;
    const NetworkWeather& weather;
    WorkshopId workshop;
  };
  Connection(const Parts& parts, engine::Grant grant, Listener& client)
      : parts_(parts), grant_(std::move(grant)), client_(&client) {}

  // --- the client's end
  void open();
  void say(std::string message);
  void hang_up();  // the client leaves: no word of this connection reaches it any more

  // --- the network
  void cut();
  // The next message of this type is lost with the line, or reaches the client just before.
  void cut_at(std::string type, bool arrives) { trap_ = Trap{std::move(type), arrives}; }
  // The client takes nothing for so long.
  void stall(Duration how_long);
  bool established() const { return session_.has_value() && !cut_ && !closing_; }

  // --- the server's end
  void send(engine::Frame frame, bool asked_for) override;
  void close(engine::CloseCode code, std::string reason) override;
  void server_died();

  const engine::Grant& grant() const { return grant_; }
  int workshop_life() const { return parts_.server.workshop_life(); }
  // Where this session is on its channels, as the watch keeps it.
  std::map<Channel, std::uint64_t> positions;
  bool welcomed = false;

 private:
  struct Trap {
    std::string type;
    bool arrives;
  };

  void knock(int life);
  void opened(int life);
  void arrive(const std::shared_ptr<const json>& message);
  void lose(std::optional<engine::CloseCode> code, Duration wait);
  void leave_server(Duration wait);
  void drain();
  Duration travel() { return parts_.dice.between(Duration(1), parts_.weather.delay_max); }

  const Parts& parts_;
  engine::Grant grant_;
  Listener* client_;  // null: it has hung up
  std::optional<engine::SessionId> session_;
  int life_ = 0;
  bool counted_ = false;  // the server takes this session for connected
  bool cut_ = false;      // nothing travels any more
  bool closing_ = false;  // the server has said goodbye
  bool lost_ = false;     // the client knows
  Time down_free_, up_free_;
  std::optional<Time> stalled_until_;
  net::SendQueue queue_{{32 * 1024, std::chrono::seconds(1), 512 * 1024}};
  std::optional<Trap> trap_;
};

}  // namespace rundbord::sim
