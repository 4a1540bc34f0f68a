// A client's side of the wire: HTTP requests, WebSockets and timers on one loop, as callbacks;
// Beast stays inside the .cpp. Owned by the program that plays a client; one thread, which runs
// the loop.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "domain/time.hpp"

namespace rundbord::app {

struct ServerAddress {
  std::string host;
  std::string port;
};
// Of "http://host:port"; nothing for anything else: a client on the command line speaks to the
// server itself, not to the proxy that speaks TLS.
std::optional<ServerAddress> address_from_url(std::string_view url);

struct HttpRequest {
  std::string method = "GET";
  std::string target;
  std::string body;    // JSON, or empty
  std::string bearer;  // the secret that gives the right; empty: none
};
struct HttpAnswer {
  int status = 0;     // 0: no answer came
  bool sent = false;  // the server may have seen the request
  std::string body;
};

struct SocketEvents {
  std::function<void()> opened;
  std::function<void(const std::string& message)> heard;
  // Once, also when it never opened; the last of the three. The close code, 0 without one.
  std::function<void(std::uint16_t code)> closed;
};

class ClientSocket {
 public:
  virtual ~ClientSocket() = default;
  virtual void send(std::string message) = 0;
  // Events that are still to come do come, `closed` last.
  virtual void close() = 0;
};

class Client {
 public:
  // Throws std::system_error when the host's name is unknown.
  explicit Client(const ServerAddress& address);
  ~Client();  // cuts what is open; no callback is called any more

  void request(HttpRequest request, std::function<void(const HttpAnswer&)> answered);
  std::shared_ptr<ClientSocket> open(std::string target, SocketEvents events);
  void after(Duration delay, std::function<void()> passed);

  // Runs the loop until `reached` holds, asking after every event. Not from inside a callback.
  void run_until(const std::function<bool()>& reached);
  // request(), waiting for the answer. Not from inside a callback.
  HttpAnswer ask(HttpRequest request);
  void pause(Duration delay);

  struct Parts;

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace rundbord::app
