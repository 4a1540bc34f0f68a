// The TCP connection under one WebSocket: reads no faster than its budget of frames and bytes
// allows, and knows since when something is unfinished, unsent or silent, which the WebSocket
// library does not tell. Inside websocket_session.cpp only; owned by its session; io thread.
#pragma once
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/buffers_iterator.hpp>
#include <boost/asio/compose.hpp>
#include <boost/beast/core/role.hpp>
#include <functional>
#include <optional>

#include "engine/budget.hpp"
#include "net/asio_types.hpp"
#include "net/frame_scanner.hpp"
#include "net/loop.hpp"
#include "net/server_options.hpp"

namespace rundbord::net {

class PacedSocket {
 public:
  using next_layer_type = TcpSocket;
  using executor_type = next_layer_type::executor_type;
  using Error = boost::system::error_code;

  PacedSocket(next_layer_type socket, const ServerLimits& limits, Loop& loop);

  executor_type get_executor() { return socket_.get_executor(); }
  next_layer_type& next_layer() { return socket_; }
  const next_layer_type& next_layer() const { return socket_; }

  // Called once, when a message has more than fragments_max frames.
  void when_too_many_fragments(std::function<void()> call) {
    too_many_fragments_ = std::move(call);
  }
  // What the client made us send counts as if it had sent as much.
  void charge(std::size_t bytes) { budget_.take(cost_of(bytes), loop_.now()); }
  // How long to wait before reading on.
  Duration owed() { return budget_.owed(loop_.now()); }
  // From now on there are only so many seconds left: the handshake, the farewell.
  void ends_within(Duration time) { ends_at_ = loop_.now() + time; }
  void stays() { ends_at_.reset(); }

  // A deadline has passed, or passes before the next sweep.
  bool overdue(Time now, bool expects_silence);
  void close();

  template <class Buffers, class Handler>
  auto async_read_some(const Buffers& buffers, Handler&& handler) {
    return boost::asio::async_compose<Handler, void(Error, std::size_t)>(
        Reading<Buffers>{*this, buffers}, handler, socket_);
  }
  template <class Buffers, class Handler>
  auto async_write_some(const Buffers& buffers, Handler&& handler) {
    return boost::asio::async_compose<Handler, void(Error, std::size_t)>(
        Writing<Buffers>{*this, buffers}, handler, socket_);
  }
  template <class Handler>
  auto async_end(Handler&& handler) {
    return boost::asio::async_compose<Handler, void(Error)>(Ending{*this}, handler, socket_);
  }

 private:
  // Waits until nothing is owed, then reads.
  template <class Buffers>
  struct Reading {
    PacedSocket& paced;
    Buffers buffers;
    enum { at_first, after_pause, after_read } step = at_first;

    template <class Self>
    void operator()(Self& self, Error ec = {}, std::size_t bytes = 0) {
      if (step == after_read) {
        paced.heard(buffers, bytes);
        return self.complete(ec, bytes);
      }
      const auto wait = step == at_first ? paced.owed() : Duration::zero();
      auto& its = paced;
      if (wait > Duration::zero()) {
        step = after_pause;
        its.pause_.expires_after(wait);
        return its.pause_.async_wait(std::move(self));
      }
      step = after_read;
      const auto where = buffers;
      its.socket_.async_read_some(where, std::move(self));
    }
  };

  template <class Buffers>
  struct Writing {
    PacedSocket& paced;
    Buffers buffers;
    bool begun = false;

    template <class Self>
    void operator()(Self& self, Error ec = {}, std::size_t bytes = 0) {
      auto& its = paced;
      if (std::exchange(begun, true)) {
        its.sending_since_.reset();
        return self.complete(ec, bytes);
      }
      its.sending_since_ = its.loop_.now();
      const auto what = buffers;
      its.socket_.async_write_some(what, std::move(self));
    }
  };

  // Says that nothing more comes and reads to the other's end, so that closing with bytes unread
  // does not reset the connection before the close frame was read. The library stops at the first.
  struct Ending {
    PacedSocket& paced;
    bool begun = false;
    std::size_t drained = 0;

    template <class Self>
    void operator()(Self& self, Error ec = {}, std::size_t bytes = 0) {
      auto& its = paced;
      if (!std::exchange(begun, true)) its.begin_ending();
      drained += bytes;
      if (ec || drained > drained_bytes_max) {
        its.close();
        return self.complete({});
      }
      static thread_local std::array<char, 4096> nobody_reads;
      its.socket_.async_read_some(boost::asio::buffer(nobody_reads), std::move(self));
    }
  };

  // So that a socket full of the largest messages gets about 4 MB/s at 1,000 frames/s.
  static constexpr double bytes_as_one_more = 4096;
  static constexpr std::size_t drained_bytes_max = 1 << 20;
  static double cost_of(std::size_t bytes) {
    return static_cast<double>(bytes) / bytes_as_one_more;
  }

  template <class Buffers>
  void heard(const Buffers& buffers, std::size_t bytes) {
    auto left = bytes;
    for (auto at = boost::asio::buffer_sequence_begin(buffers);
         left > 0 && at != boost::asio::buffer_sequence_end(buffers); ++at) {
      const auto part = boost::asio::buffer(boost::asio::mutable_buffer(*at), left);
      scanner_.take(static_cast<const std::uint8_t*>(part.data()), part.size());
      left -= part.size();
    }
    account(bytes);
  }
  void account(std::size_t bytes);
  void begin_ending();

  next_layer_type socket_;
  const ServerLimits& limits_;
  Loop& loop_;
  Timer pause_;
  engine::Budget budget_;
  FrameScanner scanner_;
  std::uint64_t frames_paid_ = 0;
  std::uint64_t begun_ = 0;
  std::function<void()> too_many_fragments_;
  Time heard_at_;
  Time unfinished_since_;
  std::optional<Time> sending_since_;
  std::optional<Time> ends_at_;
};

// Found by the WebSocket library, which ends a connection with it.
template <class Handler>
void async_teardown(boost::beast::role_type, PacedSocket& socket, Handler&& handler) {
  socket.async_end(std::forward<Handler>(handler));
}

}  // namespace rundbord::net
