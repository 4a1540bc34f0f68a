// The one place that includes beast/http for serving.
#include "net/http_session.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <memory>
#include <optional>

#include "net/origins.hpp"
#include "net/problem.hpp"
#include "net/security_headers.hpp"
#include "net/socket_door.hpp"

namespace rundbord::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr auto token = asio::as_tuple(asio::use_awaitable);
// Longer than any delay a guess of a code can meet, or the loading of a large workshop.
constexpr auto answer_max = std::chrono::seconds(60);
// What a client may still be sending when it is refused, so that it gets to read why.
constexpr std::size_t drained_bytes_max = 4 << 20;

class HttpSession : public Connection, public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(tcp::socket socket, const HttpParts& parts)
      : stream_(std::move(socket)), answered_(stream_.get_executor()), parts_(parts) {
    parts_.connections.add(*this);
    parts_.metrics.change(Level::connections, 1);
  }
  ~HttpSession() override {
    parts_.connections.remove(*this);
    parts_.metrics.change(Level::connections, -1);
  }

  void start() { asio::co_spawn(stream_.get_executor(), run(shared_from_this()), asio::detached); }
  void finish() override {
    finishing_ = true;
    if (reading_) cut();
  }
  void cut() override {
    boost::system::error_code ignored;
    stream_.socket().close(ignored);
    answered_.cancel();
  }

 private:
  asio::awaitable<void> run([[maybe_unused]] std::shared_ptr<HttpSession> self) {
    remember_addresses();
    bool more = true;
    while (more && !finishing_) more = co_await serve_one();
    co_await drain();
    cut();
  }

  // Reads a request and answers it; false when it was the last.
  asio::awaitable<bool> serve_one() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(parts_.limits.request_header_bytes_max));
    parser_->body_limit(parts_.limits.request_body_bytes_max);
    reading_ = true;
    stream_.expires_after(parts_.limits.handshake_max);
    const auto [header_ec, header_bytes] =
        co_await http::async_read_header(stream_, buffer_, *parser_, token);
    reading_ = false;
    if (header_ec) co_return co_await refuse(header_ec);
    stream_.expires_after(parts_.limits.handshake_max);
    const auto [body_ec, body_bytes] = co_await http::async_read(stream_, buffer_, *parser_, token);
    if (body_ec) co_return co_await refuse(body_ec);
    stream_.expires_never();
    parts_.metrics.count(Count::requests);
    hand_on(plain_request());
    answered_.expires_after(answer_max);
    while (!answer_ && !handed_over_ && stream_.socket().is_open()) {
      const auto [ec] = co_await answered_.async_wait(token);
      if (!ec && !answer_) answer_ = problem(503, "busy", "This took too long; try again.");
    }
    if (handed_over_ || !answer_) co_return false;
    const bool keep = parser_->get().keep_alive() && !finishing_;
    const bool head_only = parser_->get().method() == http::verb::head;
    co_return co_await write(keep, head_only);
  }

  void hand_on(Request request) {
    answer_.reset();
    const auto respond = [self = shared_from_this()](Response response) {
      if (self->answer_ || self->handed_over_) return;
      self->answer_ = std::move(response);
      self->answered_.cancel();
    };
    // Bytes after the request would be a client that does not wait for our yes.
    const bool upgrades = parts_.upgrade && asks_for_socket(request) && buffer_.size() == 0;
    if (!upgrades) return parts_.handle(std::move(request), respond);
    auto kept = std::make_shared<Request>(request);
    parts_.upgrade(std::move(request), respond, [self = shared_from_this(), kept](auto taker) {
      if (self->answer_ || self->handed_over_ || !self->stream_.socket().is_open()) return;
      self->handed_over_ = true;
      taker(self->stream_.release_socket(), std::move(*kept));
      self->answered_.cancel();
    });
  }

  Request plain_request() {
    auto& message = parser_->get();
    Request request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    for (const auto& field : message) {
      request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    request.body = std::move(message.body());
    request.peer = peer_;
    request.local = local_;
    return request;
  }

  void remember_addresses() {
    boost::system::error_code ec;
    const auto peer = stream_.socket().remote_endpoint(ec);
    if (!ec) peer_ = peer.address().to_string();
    const auto local = stream_.socket().local_endpoint(ec);
    if (!ec) local_ = to_text(HostPort{local.address().to_string(), local.port()});
  }

  // A request that cannot be read is answered if the client may still be listening.
  asio::awaitable<bool> refuse(boost::system::error_code ec) {
    if (ec == http::error::header_limit) {
      answer_ = problem(431, "too_large", "The request's headers are too large.");
    } else if (ec == http::error::body_limit) {
      answer_ = problem(413, "too_large", "The request's body is too large.");
    } else if (ec.category() == http::make_error_code(http::error::bad_method).category() &&
               ec != http::error::end_of_stream && ec != http::error::partial_message) {
      answer_ = problem(400, "malformed", "The request is not HTTP as this server reads it.");
    } else {
      co_return false;
    }
    co_return co_await write(false, false);
  }

  asio::awaitable<bool> write(bool keep, bool head_only) {
    http::response<http::string_body> message;
    fill(message, keep);
    if (head_only) message.body().clear();
    http::response_serializer<http::string_body> serializer(message);
    // Piece by piece, so that a slow line is given time as long as it takes anything.
    while (!serializer.is_done()) {
      stream_.expires_after(parts_.limits.handshake_max);
      const auto [ec, bytes] = co_await http::async_write_some(stream_, serializer, token);
      if (ec) co_return false;
    }
    co_return keep;
  }

  void fill(http::response<http::string_body>& message, bool keep) {
    Response response = std::move(*answer_);
    answer_.reset();
    add_security_headers(response);
    message.result(static_cast<unsigned>(response.status));
    message.reason(status_title(response.status));
    message.version(parser_->get().version() == 10 ? 10 : 11);
    message.keep_alive(keep);
    if (!response.content_type.empty()) {
      message.set(http::field::content_type, response.content_type);
    }
    for (const auto& header : response.headers) message.insert(header.name, header.value);
    const bool bodiless = response.status == 204 || response.status == 304;
    if (!bodiless) message.content_length(response.body.size());
    message.body() = std::move(response.body);
  }

  // Closing with unread bytes would reset the connection before the answer is read.
  asio::awaitable<void> drain() {
    if (handed_over_ || !stream_.socket().is_open()) co_return;
    boost::system::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    std::size_t drained = 0;
    buffer_.clear();
    stream_.expires_after(std::chrono::seconds(2));
    while (drained < drained_bytes_max) {
      auto space = buffer_.prepare(16 * 1024);
      const auto [ec, bytes] = co_await stream_.async_read_some(space, token);
      if (ec) co_return;
      drained += bytes;
    }
  }

  beast::tcp_stream stream_;
  asio::steady_timer answered_;
  const HttpParts& parts_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<Response> answer_;
  std::string peer_;
  std::string local_;
  bool reading_ = false;
  bool finishing_ = false;
  bool handed_over_ = false;
};

}  // namespace

void start_http_session(tcp::socket socket, const HttpParts& parts) {
  std::make_shared<HttpSession>(std::move(socket), parts)->start();
}

}  // namespace rundbord::net
