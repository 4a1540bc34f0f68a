// Accepts TCP connections on one address. Owned by the server; io thread.
#pragma once
#include <functional>
#include <optional>
#include <variant>

#include "net/asio_types.hpp"
#include "net/loop.hpp"
#include "net/server_options.hpp"

namespace rundbord::net {

using Accepted = std::function<void(TcpSocket)>;

class Listener {
 public:
  // Port 0 binds any free one.
  static std::variant<std::unique_ptr<Listener>, StartFailure> bind(
      boost::asio::io_context& context, const HostPort& address);

  HostPort address() const;
  // `failed` is called for each connection that could not be accepted; it is tried again.
  void start(Accepted accepted, std::function<void()> failed);
  void stop();

 private:
  explicit Listener(TcpAcceptor acceptor) : acceptor_(std::move(acceptor)) {}
  TcpAcceptor acceptor_;
};

}  // namespace rundbord::net
