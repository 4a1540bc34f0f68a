#include "app/client_connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <deque>
#include <utility>

namespace rundbord::app {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using Tcp = asio::ip::tcp;
using Endpoints = Tcp::resolver::results_type;

// Every failure is a value: an exception here would end the loop of all clients.
constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

// web.md: a browser waits as long for its socket; an answer may stand behind a slow disk.
constexpr auto open_within = std::chrono::seconds(8);
constexpr auto answer_within = std::chrono::seconds(30);
// An export of a whole workshop.
constexpr std::uint64_t answer_bytes_max = 256ull << 20;

using Request = http::request<http::string_body>;

std::string host_field(const ServerAddress& address) {
  const bool numeric_v6 = address.host.find(':') != std::string::npos;
  return (numeric_v6 ? '[' + address.host + ']' : address.host) + ':' + address.port;
}

Request message_of(const HttpRequest& request, const std::string& host) {
  Request message{http::string_to_verb(request.method), request.target, 11};
  message.set(http::field::host, host);
  message.set(http::field::connection, "close");
  if (!request.bearer.empty()) {
    message.set(http::field::authorization, "Bearer " + request.bearer);
  }
  if (!request.body.empty()) {
    message.set(http::field::content_type, "application/json");
    message.body() = request.body;
  }
  message.prepare_payload();
  return message;
}

asio::awaitable<HttpAnswer> exchange(beast::tcp_stream& stream, const Endpoints& endpoints,
                                     Request message) {
  HttpAnswer answer;
  stream.expires_after(answer_within);
  auto [refused, at] = co_await stream.async_connect(endpoints, as_values);
  if (refused) co_return answer;
  answer.sent = true;
  auto [cut, written] = co_await http::async_write(stream, message, as_values);
  if (cut) co_return answer;
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(answer_bytes_max);
  auto [lost, read] = co_await http::async_read(stream, buffer, parser, as_values);
  if (lost) co_return answer;
  answer.status = static_cast<int>(parser.get().result_int());
  answer.body = std::move(parser.get().body());
  co_return answer;
}

class Socket final : public ClientSocket, public std::enable_shared_from_this<Socket> {
 public:
  Socket(asio::io_context& io, SocketEvents events)
      : stream_(io), wake_(io, asio::steady_timer::time_point::max()), events_(std::move(events)) {}

  void send(std::string message) override {
    unsent_.push_back(std::move(message));
    wake_.cancel();
  }

  void close() override {
    closing_ = true;
    wake_.cancel();
  }

  // Opens, then reads until the end; the writer runs beside it and alone writes and closes.
  asio::awaitable<void> run(Endpoints endpoints, std::string host, std::string target) {
    const auto self = shared_from_this();
    const bool opened = co_await open(endpoints, host, target);
    if (opened) {
      asio::co_spawn(stream_.get_executor(), write_all(self), asio::detached);
      events_.opened();
      co_await read_all();
    }
    over_ = true;
    wake_.cancel();
    events_.closed(static_cast<std::uint16_t>(stream_.reason().code));
  }

 private:
  asio::awaitable<bool> open(const Endpoints& endpoints, const std::string& host,
                             const std::string& target) {
    auto& tcp = beast::get_lowest_layer(stream_);
    tcp.expires_after(open_within);
    auto [refused, at] = co_await tcp.async_connect(endpoints, as_values);
    if (refused) co_return false;
    tcp.socket().set_option(Tcp::no_delay(true));
    tcp.expires_never();
    set_options();
    auto [denied] = co_await stream_.async_handshake(host, target, as_values);
    co_return !denied;
  }

  void set_options() {
    websocket::stream_base::timeout timeouts{};
    timeouts.handshake_timeout = open_within;
    timeouts.idle_timeout = websocket::stream_base::none();
    stream_.set_option(timeouts);
    stream_.set_option(websocket::stream_base::decorator([](websocket::request_type& request) {
      request.set(http::field::sec_websocket_protocol, "rundbord.v1");
    }));
    stream_.read_message_max(0);  // a room's snapshot has no limit of its own
    stream_.auto_fragment(false);
    stream_.text(true);
  }

  asio::awaitable<void> read_all() {
    beast::flat_buffer buffer;
    for (;;) {
      auto [lost, size] = co_await stream_.async_read(buffer, as_values);
      if (lost) co_return;
      const auto bytes = buffer.cdata();
      const std::string message(static_cast<const char*>(bytes.data()), bytes.size());
      buffer.consume(bytes.size());
      events_.heard(message);
    }
  }

  asio::awaitable<void> write_all(std::shared_ptr<Socket> self) {
    while (!self->over_) {
      if (unsent_.empty() && closing_) break;
      if (unsent_.empty()) {
        [[maybe_unused]] auto [woken] = co_await wake_.async_wait(as_values);
        continue;
      }
      const std::string message = std::move(unsent_.front());
      unsent_.pop_front();
      const auto bytes = asio::buffer(message);
      auto [lost, size] = co_await stream_.async_write(bytes, as_values);
      if (lost) co_return;  // the pending read ends too
    }
    if (over_) co_return;
    const websocket::close_reason normal(websocket::close_code::normal);
    [[maybe_unused]] auto [ignored] = co_await stream_.async_close(normal, as_values);
  }

  websocket::stream<beast::tcp_stream> stream_;
  asio::steady_timer wake_;
  SocketEvents events_;
  std::deque<std::string> unsent_;
  bool closing_ = false;
  bool over_ = false;
};

asio::awaitable<void> answer_to(asio::io_context& io, Endpoints endpoints, Request message,
                                std::function<void(const HttpAnswer&)> answered) {
  beast::tcp_stream stream(io);
  const HttpAnswer answer = co_await exchange(stream, endpoints, std::move(message));
  answered(answer);
}

asio::awaitable<void> run_socket(std::shared_ptr<Socket> socket, Endpoints endpoints,
                                 std::string host, std::string target) {
  co_await socket->run(std::move(endpoints), std::move(host), std::move(target));
}

asio::awaitable<void> wait_for(asio::io_context& io, Duration delay, std::function<void()> passed) {
  asio::steady_timer timer(io, delay);
  [[maybe_unused]] auto [ignored] = co_await timer.async_wait(as_values);
  passed();
}

// A callback that throws is a bug of its owner: it leaves through run_until().
void rethrow(std::exception_ptr error) {
  if (error) std::rethrow_exception(error);
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::optional<ServerAddress> address_from_url(std::string_view url) {
  constexpr std::string_view scheme = "http://";
  if (url.substr(0, scheme.size()) != scheme) return std::nullopt;
  url.remove_prefix(scheme.size());
  if (!url.empty() && url.back() == '/') url.remove_suffix(1);
  if (url.empty() || url.find_first_of("/?#@") != std::string_view::npos) return std::nullopt;
  ServerAddress address{std::string(url), "80"};
  const auto colon = url.rfind(':');
  if (colon != std::string_view::npos && url.find(']', colon) == std::string_view::npos) {
    address = {std::string(url.substr(0, colon)), std::string(url.substr(colon + 1))};
  }
  if (address.host.size() > 2 && address.host.front() == '[' && address.host.back() == ']') {
    address.host = address.host.substr(1, address.host.size() - 2);
  }
  if (address.host.empty() || !is_port(address.port)) return std::nullopt;
  return address;
}

struct Client::Parts {
  explicit Parts(const ServerAddress& address)
      : io(1),
        endpoints(Tcp::resolver(io).resolve(address.host, address.port)),
        host(host_field(address)) {}

  asio::io_context io;
  Endpoints endpoints;
  std::string host;
};

Client::Client(const ServerAddress& address) : parts_(std::make_unique<Parts>(address)) {}
Client::~Client() = default;

void Client::request(HttpRequest request, std::function<void(const HttpAnswer&)> answered) {
  asio::co_spawn(parts_->io,
                 answer_to(parts_->io, parts_->endpoints, message_of(request, parts_->host),
                           std::move(answered)),
                 rethrow);
}

std::shared_ptr<ClientSocket> Client::open(std::string target, SocketEvents events) {
  auto socket = std::make_shared<Socket>(parts_->io, std::move(events));
  asio::co_spawn(parts_->io, run_socket(socket, parts_->endpoints, parts_->host, std::move(target)),
                 rethrow);
  return socket;
}

void Client::after(Duration delay, std::function<void()> passed) {
  asio::co_spawn(parts_->io, wait_for(parts_->io, delay, std::move(passed)), rethrow);
}

void Client::run_until(const std::function<bool()>& reached) {
  while (!reached()) {
    if (parts_->io.stopped()) parts_->io.restart();
    if (parts_->io.run_one() == 0) throw std::logic_error("waited for what nobody will do");
  }
}

HttpAnswer Client::ask(HttpRequest asked) {
  std::optional<HttpAnswer> answer;
  request(std::move(asked), [&answer](const HttpAnswer& came) { answer = came; });
  run_until([&answer] { return answer.has_value(); });
  return std::move(*answer);
}

void Client::pause(Duration delay) {
  bool passed = false;
  after(delay, [&passed] { passed = true; });
  run_until([&passed] { return passed; });
}

}  // namespace rundbord::app
