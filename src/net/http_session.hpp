// One HTTP connection: reads requests one after the other, hands them on, writes the answers; hands
// the connection over when it is to become a socket. Owns itself; io thread.
#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <functional>

#include "net/connections.hpp"
#include "net/http_message.hpp"
#include "net/metrics.hpp"
#include "net/server_options.hpp"

namespace rundbord::net {

struct HttpParts {
  const ServerLimits& limits;
  Connections& connections;
  Metrics& metrics;
  std::function<void(Request, Respond)> handle;
  // Decides whether a request for a socket is let in: respond() refuses, open() hands the
  // connection over. Empty: such requests are handled like all others.
  using Open = std::function<void(std::function<void(boost::asio::ip::tcp::socket, Request)>)>;
  std::function<void(Request, Respond, Open)> upgrade;
};

// `parts` must outlive the connection.
void start_http_session(boost::asio::ip::tcp::socket socket, const HttpParts& parts);

}  // namespace rundbord::net
