#include "net/asio_loop.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include "net/asio_types.hpp"
#include "net/reason.hpp"

namespace rundbord::net {
namespace {

class AsioAlarm final : public Alarm {
 public:
  AsioAlarm(boost::asio::io_context& context, std::function<void()> ring)
      : timer_(context), ring_(std::make_shared<std::function<void()>>(std::move(ring))) {}

  void set(Duration from_now) override {
    timer_.expires_after(from_now);
    // Weak: a handler already on its way when the alarm is destroyed must not ring.
    timer_.async_wait([ring = std::weak_ptr(ring_)](const boost::system::error_code& ec) {
      const auto still = ring.lock();
      if (!ec && still) (*still)();
    });
  }

 private:
  Timer timer_;
  std::shared_ptr<std::function<void()>> ring_;
};

}  // namespace

void AsioLoop::run() {
  const auto work = boost::asio::make_work_guard(context_);
  while (!context_.stopped()) {
    try {
      context_.run();
    } catch (...) {
      spdlog::error("a task failed: {}", reason_of(std::current_exception()));
    }
  }
}

void AsioLoop::finish() {
  pool_.join();
  context_.restart();
  context_.poll();
}

void AsioLoop::post(std::function<void()> task) {
  boost::asio::post(context_, std::move(task));
}

void AsioLoop::after(Duration wait, std::function<void()> task) {
  auto timer = std::make_shared<Timer>(context_, wait);
  timer->async_wait([timer, task = std::move(task)](const boost::system::error_code& ec) {
    if (!ec) task();
  });
}

std::unique_ptr<Alarm> AsioLoop::alarm(std::function<void()> ring) {
  return std::make_unique<AsioAlarm>(context_, std::move(ring));
}

void AsioLoop::in_pool(std::function<void()> work, std::function<void()> then) {
  boost::asio::post(pool_, [this, work = std::move(work), then = std::move(then)]() mutable {
    try {
      work();
    } catch (...) {
      spdlog::error("work in the pool failed: {}", reason_of(std::current_exception()));
    }
    post(std::move(then));
  });
}

}  // namespace rundbord::net
