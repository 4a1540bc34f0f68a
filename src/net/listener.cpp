#include "net/listener.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace rundbord::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// Out of file descriptors: others close theirs meanwhile.
constexpr auto accept_again_after = std::chrono::milliseconds(100);
// Small, so that a reader that does not keep up shows in our own queue soon.
constexpr int send_buffer_bytes = 256 * 1024;

void set_options(TcpSocket& socket) {
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  socket.set_option(asio::socket_base::send_buffer_size(send_buffer_bytes), ignored);
}

Awaitable<void> accept_all(TcpAcceptor& acceptor, Accepted accepted, std::function<void()> failed) {
  Timer pause(acceptor.get_executor());
  while (acceptor.is_open()) {
    auto [ec, socket] = co_await acceptor.async_accept(as_values);
    if (!acceptor.is_open()) co_return;
    if (ec) {
      spdlog::warn("a connection could not be accepted: {}", ec.message());
      failed();
      pause.expires_after(accept_again_after);
      co_await pause.async_wait(as_values);
      continue;
    }
    set_options(socket);
    accepted(std::move(socket));
  }
}

StartFailure failure(const HostPort& address, const boost::system::error_code& ec) {
  if (ec == asio::error::address_in_use) {
    return {"port_taken", "Port " + std::to_string(address.port) + " on " + address.host +
                              " is taken by another program; stop that one, or choose another "
                              "port with --listen."};
  }
  return {"bad_address", "Cannot listen on " + to_text(address) + ": " + ec.message() + "."};
}

}  // namespace

std::variant<std::unique_ptr<Listener>, StartFailure> Listener::bind(asio::io_context& context,
                                                                     const HostPort& address) {
  boost::system::error_code ec;
  const auto host = address.host == "localhost" ? std::string("127.0.0.1") : address.host;
  const auto ip = asio::ip::make_address(host, ec);
  if (ec) return failure(address, ec);
  const tcp::endpoint endpoint(ip, address.port);
  TcpAcceptor acceptor(context);
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.set_option(asio::socket_base::reuse_address(true), ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) return failure(address, ec);
  return std::unique_ptr<Listener>(new Listener(std::move(acceptor)));
}

HostPort Listener::address() const {
  const auto endpoint = acceptor_.local_endpoint();
  return {endpoint.address().to_string(), endpoint.port()};
}

void Listener::start(Accepted accepted, std::function<void()> failed) {
  asio::co_spawn(acceptor_.get_executor(),
                 accept_all(acceptor_, std::move(accepted), std::move(failed)), asio::detached);
}

void Listener::stop() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
}

}  // namespace rundbord::net
