// The one place that includes beast/websocket for serving.
#include "net/websocket_session.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <memory>
#include <optional>

#include "net/paced_socket.hpp"
#include "net/send_queue.hpp"
#include "net/socket_door.hpp"

namespace rundbord::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using asio::ip::tcp;

// Most messages come in one piece; a large one in few, and without much room to spare: a string
// that doubles from here has 256 KiB, its end mark included, when the largest message comes.
constexpr std::size_t piece_bytes_min = 1023;
constexpr std::size_t piece_bytes_max = 64 * 1024;

using UpgradeRequest = http::request<http::empty_body>;

UpgradeRequest upgrade_request(const Request& request) {
  UpgradeRequest upgrade{http::verb::get, request.target, 11};
  for (const auto& header : request.headers) upgrade.insert(header.name, header.value);
  return upgrade;
}

class WebSocketSession : public SessionSink,
                         public Connection,
                         public std::enable_shared_from_this<WebSocketSession> {
 public:
  WebSocketSession(TcpSocket socket, const Request& request, const WorkshopId& workshop,
                   engine::Grant grant, const WebSocketParts& parts)
      : socket_(PacedSocket(std::move(socket), parts.limits, parts.loop)),
        request_(upgrade_request(request)),
        workshop_(workshop),
        grant_(std::move(grant)),
        parts_(parts),
        queue_({parts.limits.waiting_bytes_max, parts.limits.slow_after,
                parts.limits.waiting_bytes_hard_max}),
        wake_writer_(socket_.get_executor()),
        pause_(socket_.get_executor()) {
    parts_.connections.add(*this);
    parts_.metrics.change(Level::connections, 1);
  }
  ~WebSocketSession() override {
    parts_.connections.remove(*this);
    parts_.metrics.change(Level::connections, -1);
  }

  void start() { asio::co_spawn(socket_.get_executor(), run(shared_from_this()), asio::detached); }

  void send(engine::Frame frame, bool asked_for) override {
    if (ended_ || closing_) return;
    if (asked_for) socket_.next_layer().charge(frame->size());
    if (!queue_.push(std::move(frame), parts_.loop.now())) return cut_slow();
    wake_writer_.cancel();
  }
  void close(engine::CloseCode code, std::string reason) override {
    if (ended_ || closing_) return;
    closing_ = websocket::close_reason(static_cast<websocket::close_code>(code), reason);
    wake_writer_.cancel();
  }
  // The workshop tells its sessions when the server stops.
  void finish() override {}
  void cut() override {
    ended_ = true;
    socket_.next_layer().close();
    wake_writer_.cancel();
    pause_.cancel();
  }
  void sweep(Time now) override {
    if (ended_ || !socket_.next_layer().overdue(now, holding_back_)) return;
    parts_.metrics.count(Count::connections_overdue);
    cut();
  }

 private:
  // Close code 4001 cannot be delivered to somebody who does not read; the client sees a cut line
  // and comes back for a snapshot.
  void cut_slow() {
    parts_.metrics.count(Count::sockets_cut_slow);
    queue_.clear();
    cut();
  }

  // The library's own timers stay off: they cost at each message, and see neither a message that
  // never ends nor a reader that takes nothing. The sweep keeps our deadlines.
  void set_options() {
    socket_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
      response.set(http::field::sec_websocket_protocol, subprotocol);
      response.set(http::field::server, "Rundbord");
    }));
    socket_.read_message_max(parts_.limits.message_bytes_max);
    socket_.auto_fragment(false);
    socket_.text(true);
    socket_.next_layer().when_too_many_fragments(
        [this] { close(engine::CloseCode::protocol, "too many fragments"); });
  }

  Awaitable<void> run(std::shared_ptr<WebSocketSession> self) {
    set_options();
    socket_.next_layer().ends_within(parts_.limits.handshake_max);
    const auto [ec] = co_await socket_.async_accept(request_, as_values);
    if (ec) co_return;
    socket_.next_layer().stays();
    request_ = UpgradeRequest();  // not kept for as long as the socket lives
    session_ = parts_.host.open(workshop_, std::move(grant_), self);
    // The server is stopping, or the workshop's disk has just failed: either way, come back.
    if (!session_) close(engine::CloseCode::restart, "restart retry_ms=1000");
    asio::co_spawn(socket_.get_executor(), write_all(self), asio::detached);
    co_await read_all();
    cut();
    if (session_) parts_.host.gone(workshop_, *session_);
  }

  Awaitable<void> read_all() {
    while (true) {
      std::string message;
      std::size_t size = 0;
      // Piece by piece: the library's own loop over them, async_read, ends the program when a close
      // of ours comes between the fragments of a message (an assertion on what is left of it).
      do {
        message.resize(size + std::clamp(size, piece_bytes_min, piece_bytes_max));
        const auto space = asio::buffer(message) + size;
        const auto [ec, bytes] = co_await socket_.async_read_some(space, as_values);
        if (ec) co_return;
        size += bytes;
      } while (!socket_.is_message_done());
      message.resize(size);
      take(std::move(message));
      co_await rest();
    }
  }

  // Reads on when nothing is owed and the answers asked for so far were taken.
  Awaitable<void> rest() {
    // One turn of the loop: an answer is on its way before what comes next may fail the connection.
    if (!queue_.empty()) co_await asio::post(socket_.get_executor(), awaited);
    const auto owed = socket_.next_layer().owed();
    if (owed > Duration::zero() && !ended_) {
      pause_.expires_after(owed);
      co_await pause_.async_wait(as_values);
    }
    while (!ended_ && too_much_unread()) {
      holding_back_ = true;
      pause_.expires_at(Timer::time_point::max());
      co_await pause_.async_wait(as_values);
    }
    holding_back_ = false;
  }

  bool too_much_unread() const { return queue_.bytes() > parts_.limits.unread_answers_bytes_max; }

  void take(std::string message) {
    if (!socket_.got_text()) {
      close(engine::CloseCode::protocol, "text frames only");
    } else if (session_ && !closing_) {
      parts_.host.received(workshop_, *session_, std::move(message));
    }
  }

  // The only one to write and to close.
  Awaitable<void> write_all([[maybe_unused]] std::shared_ptr<WebSocketSession> self) {
    while (!ended_) {
      if (!queue_.empty()) {
        const auto frame = queue_.front();
        const auto bytes = asio::buffer(*frame);
        const auto [ec, count] = co_await socket_.async_write(bytes, as_values);
        if (ec) break;
        if (!queue_.empty()) queue_.sent(parts_.loop.now());
        if (holding_back_ && !too_much_unread()) pause_.cancel();
      } else if (closing_) {
        socket_.next_layer().ends_within(parts_.limits.handshake_max);
        co_await socket_.async_close(*closing_, as_values);
        break;
      } else {
        wake_writer_.expires_at(Timer::time_point::max());
        co_await wake_writer_.async_wait(as_values);
      }
    }
    cut();
  }

  websocket::stream<PacedSocket, false> socket_;  // compression is never agreed to
  UpgradeRequest request_;
  WorkshopId workshop_;
  engine::Grant grant_;
  const WebSocketParts& parts_;
  SendQueue queue_;
  Timer wake_writer_;
  Timer pause_;
  std::optional<engine::SessionId> session_;
  std::optional<websocket::close_reason> closing_;
  bool holding_back_ = false;
  bool ended_ = false;
};

}  // namespace

void start_websocket(TcpSocket socket, const Request& request, const WorkshopId& workshop,
                     engine::Grant grant, const WebSocketParts& parts) {
  std::make_shared<WebSocketSession>(std::move(socket), request, workshop, std::move(grant), parts)
      ->start();
}

}  // namespace rundbord::net
