// One seat's or organiser's link to its workshop, as the browser keeps it: ticket, socket,
// subscription, back-off; commands stay in its outbox until answered and are sent again under the
// same id (SPEC CM3). Shared by its owner and its own callbacks; one thread, the client's.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/client_connection.hpp"
#include "app/room_view.hpp"

namespace rundbord::app {

// How long the server may be away, and how long a room may take to show what it has.
inline constexpr std::chrono::seconds server_away_max{60};

struct LinkOptions {
  std::string workshop;
  std::string bearer;   // the seat's or organiser's secret
  std::string channel;  // what to follow; empty: nothing
};

struct CommandAnswer {
  bool accepted = false;
  std::string code;    // of a rejection
  std::string detail;  // its sentence
  std::uint64_t seq = 0;
  std::string chain;  // of an accepted one that wrote something
};

class ResumingLink : public std::enable_shared_from_this<ResumingLink> {
 public:
  using Answered = std::function<void(const CommandAnswer&)>;
  // `given_up`, with a sentence: the server was away for a minute, or shut this link out for good.
  ResumingLink(Client& client, LinkOptions options,
               std::function<void(const std::string&)> given_up);

  void open();
  // The message must carry `id`. Answered once; sent again for as long as it is not.
  void send(std::string id, std::string message, Answered answered);
  void close();

  bool ready() const { return ready_; }
  const RoomView& view() const { return view_; }

 private:
  struct Unanswered {
    std::string id;
    std::string message;
    Answered answered;
  };

  void ask_for_ticket();
  void take_ticket(const HttpAnswer& answer);
  void hear(const std::string& text);
  void hear_answer(const nlohmann::json& message);
  void welcomed();
  void subscribe();
  void lost(std::uint16_t code);
  void try_again();
  void give_up(const std::string& sentence);
  void ping(std::uint64_t connection);
  void send_again(const std::string& id);

  Client& client_;
  LinkOptions options_;
  std::function<void(const std::string&)> given_up_;
  std::shared_ptr<ClientSocket> socket_;
  RoomView view_;
  std::list<Unanswered> outbox_;
  bool ready_ = false;
  bool closed_ = false;
  bool heard_since_ping_ = false;
  std::uint64_t connection_ = 0;  // counts sockets: a late timer of an earlier one does nothing
  int attempt_ = 0;
  std::chrono::steady_clock::time_point lost_since_;
};

}  // namespace rundbord::app
