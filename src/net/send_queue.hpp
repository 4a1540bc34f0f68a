// What waits to be sent to one socket, and when its reader counts as too slow. Owned by the
// socket's session; io thread. Time comes as an argument.
#pragma once
#include <deque>
#include <memory>
#include <string>

#include "domain/time.hpp"

namespace rundbord::net {

struct SendQueueLimits {
  std::size_t bytes_max = 0;  // past it, a reader that took nothing for slow_after is cut
  Duration slow_after{};
  std::size_t bytes_hard_max = 0;  // past it, any reader is
};

class SendQueue {
 public:
  using Frame = std::shared_ptr<const std::string>;

  explicit SendQueue(SendQueueLimits limits) : limits_(limits) {}

  // False: the reader is too slow; the frame was not taken and the socket is to be cut.
  [[nodiscard]] bool push(Frame frame, Time now) {
    if (frames_.empty()) progress_ = now;
    const auto bytes = bytes_ + frame->size();
    const bool stalled = now - progress_ >= limits_.slow_after;
    if ((bytes_ > limits_.bytes_max && stalled) || bytes > limits_.bytes_hard_max) return false;
    bytes_ = bytes;
    frames_.push_back(std::move(frame));
    return true;
  }

  bool empty() const { return frames_.empty(); }
  std::size_t bytes() const { return bytes_; }
  // The one to send next; it counts as waiting until it is sent.
  const Frame& front() const { return frames_.front(); }
  void sent(Time now) {
    bytes_ -= frames_.front()->size();
    frames_.pop_front();
    progress_ = now;
  }
  void clear() {
    frames_.clear();
    bytes_ = 0;
  }

 private:
  SendQueueLimits limits_;
  std::deque<Frame> frames_;
  std::size_t bytes_ = 0;
  Time progress_;
};

}  // namespace rundbord::net
