// The one place that includes beast/http for serving.
#include "net/http_session.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <memory>
#include <optional>

#include "net/origins.hpp"
#include "net/problem.hpp"
#include "net/request_shape.hpp"
#include "net/security_headers.hpp"
#include "net/socket_door.hpp"

namespace rundbord::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

// Longer than any delay a guess of a code can meet, or the loading of a large workshop.
constexpr auto answer_max = std::chrono::seconds(60);
// What a client may still be sending when it is refused, so that it gets to read why.
constexpr std::size_t drained_bytes_max = 4 << 20;
// A seminar's programme and all its rooms' questions; everything else is a few lines.
constexpr std::string_view large_bodies_at = "/api/v1/workshops";

class HttpSession : public Connection, public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(TcpSocket socket, const HttpParts& parts)
      : stream_(std::move(socket)), answered_(stream_.get_executor()), parts_(parts) {
    parts_.connections.add(*this);
    parts_.metrics.change(Level::connections, 1);
  }
  ~HttpSession() override {
    stop_waiting();
    release_large_body();
    leave();
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
  void sweep(Time) override {}  // each read and write has its own timer

 private:
  Awaitable<void> run([[maybe_unused]] std::shared_ptr<HttpSession> self) {
    remember_addresses();
    bool more = true;
    while (more && !finishing_) more = co_await serve_one();
    wait();
    co_await drain();
    cut();
  }

  // Reads a request and answers it; false when it was the last.
  Awaitable<bool> serve_one() {
    wait();
    const auto read = co_await read_request();
    stop_waiting();
    if (!read) {
      if (answer_) co_await write(false, false);
      co_return false;
    }
    stream_.expires_never();
    parts_.metrics.count(Count::requests);
    answer_.reset();
    parts_.turnstile.enter([self = shared_from_this()] {
      if (self->stream_.socket().is_open() && !self->answer_) self->hand_on(self->plain_request());
    });
    answered_.expires_after(answer_max);
    while (!answer_ && !handed_over_ && stream_.socket().is_open()) {
      const auto [ec] = co_await answered_.async_wait(as_values);
      if (!ec && !answer_) answer_ = problem(503, "busy", "This took too long; try again.");
    }
    release_large_body();
    if (handed_over_ || !answer_) co_return false;
    const bool keep = parser_->get().keep_alive() && !finishing_;
    const bool head_only = parser_->get().method() == http::verb::head;
    co_return co_await write(keep, head_only);
  }

  // False when there is none; with an answer to give first when the client may still be listening.
  Awaitable<bool> read_request() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(parts_.limits.request_header_bytes_max));
    parser_->body_limit(parts_.limits.request_body_bytes_max);
    reading_ = true;
    stream_.expires_after(parts_.limits.handshake_max);
    const auto [header_ec, header_bytes] =
        co_await http::async_read_header(stream_, buffer_, *parser_, as_values);
    reading_ = false;
    if (header_ec) co_return refuse(header_ec);
    if (header_bytes > parts_.limits.request_header_bytes_max) {  // the parser is not exact
      co_return refuse(http::error::header_limit);
    }
    if (!takes_body()) co_return false;
    stream_.expires_after(parts_.limits.handshake_max);
    const auto [body_ec, body_bytes] =
        co_await http::async_read(stream_, buffer_, *parser_, as_values);
    if (body_ec) co_return refuse(body_ec);
    co_return true;
  }

  // Judges by the headers what body may come; false: answer_ says why none.
  bool takes_body() {
    const auto head = request_head();
    if (auto reason = ambiguous_shape(head)) {
      answer_ = problem(400, "malformed", *reason);
      return false;
    }
    const auto& limits = parts_.limits;
    const bool may_be_large = head.method == "POST" && head.target == large_bodies_at;
    if (!may_be_large) parser_->body_limit(limits.small_body_bytes_max);
    const bool chunked = !header_of(head, "Transfer-Encoding").empty();
    const auto length = chunked ? limits.request_body_bytes_max : declared_length(head).value_or(0);
    if (!may_be_large && !chunked && length > limits.small_body_bytes_max) {
      return refuse(http::error::body_limit);
    }
    if (!may_be_large || length <= limits.small_body_bytes_max) return true;
    if (parts_.large_body_bytes + length > limits.large_bodies_bytes_max) {
      answer_ = problem(Rejection{RejectionCode::busy, "", {{"retry_ms", 1000}}});
      return false;
    }
    large_body_bytes_ = length;
    parts_.large_body_bytes += length;
    return true;
  }

  // One connection is not to count twice while it changes hands.
  void leave() {
    if (std::exchange(gone_, true)) return;
    parts_.connections.remove(*this);
    parts_.metrics.change(Level::connections, -1);
  }

  void release_large_body() { parts_.large_body_bytes -= std::exchange(large_body_bytes_, 0); }

  // For the client; whoever waits makes room for others.
  void wait() {
    if (handed_over_) return;
    waits_at_ = parts_.waiting.add(*this, parts_.is_proxy(peer_) ? std::string() : peer_);
  }

  void stop_waiting() {
    if (waits_at_) parts_.waiting.remove(*std::exchange(waits_at_, std::nullopt));
  }

  void hand_on(Request request) {
    const auto respond = [self = shared_from_this()](Response response) {
      if (self->answer_ || self->handed_over_) return;
      self->answer_ = std::move(response);
      self->answered_.cancel();
    };
    // Bytes after the request would be a client that does not wait for our yes.
    const bool upgrades = parts_.upgrade && asks_for_socket(request) && buffer_.size() == 0;
    if (!upgrades) return parts_.handle(std::move(request), respond);
    if (parser_->get().version() < 11) {
      return respond(problem(400, "malformed", "Sockets are opened with HTTP/1.1."));
    }
    auto kept = std::make_shared<Request>(request);
    parts_.upgrade(std::move(request), respond, [self = shared_from_this(), kept](auto taker) {
      if (self->answer_ || self->handed_over_ || !self->stream_.socket().is_open()) return;
      self->handed_over_ = true;
      self->leave();
      taker(self->stream_.release_socket(), std::move(*kept));
      self->answered_.cancel();
    });
  }

  Request plain_request() {
    auto request = request_head();
    request.body = std::move(parser_->get().body());
    return request;
  }

  Request request_head() const {
    const auto& message = parser_->get();
    Request request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    for (const auto& field : message) {
      request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    }
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

  // A request that cannot be read is answered if the client may still be listening; always false.
  bool refuse(boost::system::error_code ec) {
    if (ec == http::error::header_limit) {
      answer_ = problem(431, "too_large", "The request's headers are too large.");
    } else if (ec == http::error::body_limit) {
      answer_ = problem(413, "too_large", "The request's body is too large.");
    } else if (ec.category() == http::make_error_code(http::error::bad_method).category() &&
               ec != http::error::end_of_stream && ec != http::error::partial_message) {
      answer_ = problem(400, "malformed", "The request is not HTTP as this server reads it.");
    }
    return false;
  }

  Awaitable<bool> write(bool keep, bool head_only) {
    http::response<http::string_body> message;
    fill(message, keep);
    if (head_only) message.body().clear();
    http::response_serializer<http::string_body> serializer(message);
    // Piece by piece, so that a slow line is given time as long as it takes anything.
    while (!serializer.is_done()) {
      stream_.expires_after(parts_.limits.handshake_max);
      const auto [ec, bytes] = co_await http::async_write_some(stream_, serializer, as_values);
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
  Awaitable<void> drain() {
    if (handed_over_ || !stream_.socket().is_open()) co_return;
    boost::system::error_code ignored;
    stream_.socket().shutdown(TcpSocket::shutdown_send, ignored);
    std::size_t drained = 0;
    buffer_.clear();
    stream_.expires_after(std::chrono::seconds(2));
    while (drained < drained_bytes_max) {
      auto space = buffer_.prepare(16 * 1024);
      const auto [ec, bytes] = co_await stream_.async_read_some(space, as_values);
      if (ec) co_return;
      drained += bytes;
    }
  }

  beast::basic_stream<tcp, Executor> stream_;
  Timer answered_;
  const HttpParts& parts_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<Response> answer_;
  std::string peer_;
  std::string local_;
  std::optional<WaitingConnections::Place> waits_at_;
  std::size_t large_body_bytes_ = 0;
  bool reading_ = false;
  bool finishing_ = false;
  bool handed_over_ = false;
  bool gone_ = false;
};

}  // namespace

void start_http_session(TcpSocket socket, const HttpParts& parts) {
  std::make_shared<HttpSession>(std::move(socket), parts)->start();
}

}  // namespace rundbord::net
