#include "client.hpp"

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace rundbord::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using asio::ip::tcp;
using Response = http::response<http::string_body>;

constexpr auto patience = std::chrono::seconds(10);

// Starts one operation and waits for it.
template <class Start>
boost::system::error_code wait(asio::io_context& context, Start start) {
  std::optional<boost::system::error_code> outcome;
  start([&](boost::system::error_code ec, auto...) { outcome = ec; });
  context.restart();
  while (!outcome && context.run_one_for(patience) > 0) {
  }
  if (!outcome) throw NothingCame("nothing came for 10 s");
  return *outcome;
}

tcp::endpoint at(unsigned short port) {
  return {asio::ip::make_address("127.0.0.1"), port};
}

Reply plain(const Response& response) {
  Reply reply;
  reply.status = static_cast<int>(response.result_int());
  for (const auto& field : response) {
    std::string name(field.name_string());
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    reply.headers[name] = std::string(field.value());
  }
  reply.body = response.body();
  return reply;
}

}  // namespace

std::string Reply::cookie() const {
  const auto found = headers.find("set-cookie");
  return found == headers.end() ? std::string() : found->second.substr(0, found->second.find(';'));
}

struct RawConnection::Impl {
  asio::io_context context;
  tcp::socket socket{context};
  beast::flat_buffer buffer;
};

RawConnection::RawConnection(unsigned short port) : impl_(std::make_unique<Impl>()) {
  impl_->socket.connect(at(port));
}
RawConnection::~RawConnection() = default;

void RawConnection::send(const std::string& bytes) {
  boost::system::error_code ignored;  // a refused client may be cut while it still sends
  asio::write(impl_->socket, asio::buffer(bytes), ignored);
}

std::string RawConnection::read_to_end() {
  std::string bytes;
  wait(impl_->context,
       [&](auto done) { asio::async_read(impl_->socket, asio::dynamic_buffer(bytes), done); });
  return bytes;
}

Reply RawConnection::read_reply() {
  Response response;
  const auto ec = wait(impl_->context, [&](auto done) {
    http::async_read(impl_->socket, impl_->buffer, response, done);
  });
  if (ec) throw NothingCame(ec.message());
  return plain(response);
}

Reply ask(unsigned short port, const std::string& method, const std::string& target,
          const std::string& body, const Headers& headers) {
  asio::io_context context;
  tcp::socket socket(context);
  socket.connect(at(port));
  http::request<http::string_body> request(http::string_to_verb(method), target, 11);
  request.set(http::field::host, "127.0.0.1:" + std::to_string(port));
  if (!body.empty()) request.set(http::field::content_type, "application/json");
  for (const auto& [name, value] : headers) request.set(name, value);
  request.body() = body;
  request.prepare_payload();
  boost::system::error_code ignored;  // the answer may come before all was sent
  http::write(socket, request, ignored);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(64 << 20);
  if (method == "HEAD") parser.skip(true);
  const auto ec = wait(context, [&](auto done) { http::async_read(socket, buffer, parser, done); });
  if (ec) throw NothingCame(ec.message());
  return plain(parser.get());
}

struct Socket::Impl {
  asio::io_context context;
  websocket::stream<tcp::socket> stream{context};
  std::optional<Reply> refusal;
  bool closed = false;
};

Socket::Socket(unsigned short port, const std::string& target, const Headers& headers,
               const std::string& protocol)
    : impl_(std::make_unique<Impl>()) {
  // Small, so that one who does not read is noticed soon.
  impl_->stream.next_layer().open(tcp::v4());
  impl_->stream.next_layer().set_option(asio::socket_base::receive_buffer_size(32 * 1024));
  impl_->stream.next_layer().connect(at(port));
  impl_->stream.read_message_max(64 << 20);
  impl_->stream.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
    if (!protocol.empty()) request.set(http::field::sec_websocket_protocol, protocol);
    for (const auto& [name, value] : headers) request.set(name, value);
  }));
  websocket::response_type response;
  const auto ec = wait(impl_->context, [&](auto done) {
    impl_->stream.async_handshake(response, "127.0.0.1:" + std::to_string(port), target, done);
  });
  if (ec) impl_->refusal = plain(response);
}
Socket::~Socket() = default;

const std::optional<Reply>& Socket::refusal() const {
  return impl_->refusal;
}

void Socket::send(const std::string& text, bool binary) {
  impl_->stream.binary(binary);
  boost::system::error_code ignored;  // seen by the next receive()
  impl_->stream.write(asio::buffer(text), ignored);
}

std::optional<std::string> Socket::receive() {
  beast::flat_buffer buffer;
  const auto ec = wait(impl_->context, [&](auto done) { impl_->stream.async_read(buffer, done); });
  if (ec) return std::nullopt;
  return beast::buffers_to_string(buffer.data());
}

nlohmann::json Socket::receive_type(const std::string& type) {
  while (auto message = receive()) {
    auto json = nlohmann::json::parse(*message);
    if (json.at("type") == type) return json;
  }
  throw NothingCame("the socket closed before a " + type);
}

std::uint16_t Socket::closed_with() {
  while (receive()) {
  }
  return impl_->stream.reason().code;
}

}  // namespace rundbord::net
