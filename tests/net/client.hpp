// A plain client for tests: HTTP requests and WebSockets that wait for what comes, at most 10 s,
// and throw when nothing does. Owned by a test; one thread.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace rundbord::net {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct NothingCame : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Reply {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case; the last of each
  std::string body;

  nlohmann::json json() const { return nlohmann::json::parse(body); }
  std::string code() const { return json().at("code").get<std::string>(); }
  // "name=value" of the cookie that was set; empty when none was.
  std::string cookie() const;
};

// A connection of its own for each request.
Reply ask(unsigned short port, const std::string& method, const std::string& target,
          const std::string& body = {}, const Headers& headers = {});

// One connection for bytes as they are.
class RawConnection {
 public:
  explicit RawConnection(unsigned short port);
  ~RawConnection();
  void send(const std::string& bytes);
  // All that comes until the server closes.
  std::string read_to_end();
  // Until a whole answer with a content length has come.
  Reply read_reply();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

class Socket {
 public:
  // The handshake; when it is refused, refusal() has the answer.
  Socket(unsigned short port, const std::string& target, const Headers& headers = {},
         const std::string& protocol = "rundbord.v1");
  ~Socket();

  const std::optional<Reply>& refusal() const;
  void send(const std::string& text, bool binary = false);
  // The next message; nothing when the server closed, then close_code() says how (0: cut).
  std::optional<std::string> receive();
  // Reads on until a message of that type; throws when the socket closes first.
  nlohmann::json receive_type(const std::string& type);
  // Reads to the close.
  std::uint16_t closed_with();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rundbord::net
