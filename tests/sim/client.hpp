// A browser as web/src/link and web/src/store make it: positions per channel, gaps noticed, an
// outbox that is kept until it is answered, and coming back with longer and longer waits. Owned by
// the world; one thread.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "acts.hpp"
#include "connection.hpp"
#include "ledger.hpp"

namespace rundbord::sim {

struct Followed {
  Channel channel;
  json view;
  std::optional<std::uint64_t> position;  // nothing: asks for a snapshot
  std::string history;
};

class Client final : public Listener {
 public:
  struct Parts {
    Connection::Parts& connection;
    Acts& acts;
    Ledger& ledger;
  };
  // `joining`: seats that are still to be taken, by HTTP as people do it.
  Client(const Parts& parts, int number, engine::Grant grant);

  void start();
  // Does one thing, if it can.
  void act();
  // The person closes the page for so long; what is unsent is kept.
  void leave_for(Duration how_long);
  // Asks for all its channels anew, without a position.
  void refetch_all();
  void say_something_odd();
  void repeat_something();
  // Of an organiser.
  void erase_something();

  void heard(const json& message) override;
  void lost(std::optional<engine::CloseCode> code) override;

  Connection* connection() { return connection_ ? connection_.get() : nullptr; }
  const engine::Grant& grant() const { return grant_; }
  const std::map<std::string, Followed>& followed() const { return followed_; }
  // Nothing is on its way: live, everything answered, every channel has a view.
  bool at_rest() const;
  std::string state() const;
  int number() const { return number_; }

 private:
  struct Pending {
    CommandId id;
    std::string name;
    std::string message;
    Time made;
    bool edits_text = false;
  };

  void ask_for_foreign_channel();
  void join(std::size_t nth, int tries);
  void joined(std::size_t nth, int tries, const net::Outcome& outcome);
  void connect();
  void ask(const Wish& wish);
  void say(const std::string& message);
  void welcome(const json& message);
  void subscribe(const std::vector<std::string>& names);
  void follow(const std::string& name);
  void follow_rooms();
  void leave(const std::string& name);
  void take_snapshot(const json& message);
  void take_frame(const json& message);
  void take_reveal(const json& event);
  void accepted(const json& message);
  void rejected(const json& message);
  void settle(const CommandId& id, Fate fate);
  Pending* pending(const CommandId& id);
  Duration wait_before_return();

  Parts parts_;
  int number_;
  engine::Grant grant_;
  Person person_;
  std::string author_key_;
  std::size_t seats_taken_ = 0;
  std::shared_ptr<Connection> connection_;
  bool live_ = false;
  bool away_ = false;
  int attempt_ = 0;
  std::map<std::string, Followed> followed_;
  std::vector<Pending> pending_;
};

}  // namespace rundbord::sim
