// One HTTP connection: reads requests one after the other, hands them on, writes the answers; hands
// the connection over when it is to become a socket. Owns itself; io thread.
#pragma once
#include <functional>

#include "net/asio_types.hpp"
#include "net/connections.hpp"
#include "net/http_message.hpp"
#include "net/metrics.hpp"
#include "net/server_options.hpp"
#include "net/turnstile.hpp"
#include "net/waiting_connections.hpp"

namespace rundbord::net {

struct HttpParts {
  const ServerLimits& limits;
  Connections& connections;
  Metrics& metrics;
  WaitingConnections& waiting;
  Turnstile& turnstile;
  std::size_t& large_body_bytes;  // of the large bodies that are being read and answered
  // Whether the address is a proxy's, behind which many clients are.
  std::function<bool(const std::string& peer)> is_proxy;
  std::function<void(Request, Respond)> handle;
  // Decides whether a request for a socket is let in: respond() refuses, open() hands the
  // connection over. Empty: such requests are handled like all others.
  using Open = std::function<void(std::function<void(TcpSocket, Request)>)>;
  std::function<void(Request, Respond, Open)> upgrade;
};

// `parts` must outlive the connection.
void start_http_session(TcpSocket socket, const HttpParts& parts);

}  // namespace rundbord::net
