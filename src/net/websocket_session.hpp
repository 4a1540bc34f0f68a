// One WebSocket: carries text frames between a browser and its workshop, and decides nothing but
// when a reader is too slow. Owns itself; one coroutine reads, one writes and closes; io thread.
#pragma once

#include "net/asio_types.hpp"
#include "net/connections.hpp"
#include "net/http_message.hpp"
#include "net/loop.hpp"
#include "net/metrics.hpp"
#include "net/server_options.hpp"
#include "net/workshop_host.hpp"

namespace rundbord::net {

struct WebSocketParts {
  const ServerLimits& limits;
  Connections& connections;
  Metrics& metrics;
  Loop& loop;
  WorkshopHost& host;
};

// `request` is the upgrade request, already let in. `parts` must outlive the connection.
void start_websocket(TcpSocket socket, const Request& request, const WorkshopId& workshop,
                     engine::Grant grant, const WebSocketParts& parts);

}  // namespace rundbord::net
