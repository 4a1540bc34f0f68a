// The io thread and the pool, made of Asio. Owned by the server; run() makes the calling thread the
// io thread.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include "net/loop.hpp"

namespace rundbord::net {

class AsioLoop final : public Loop {
 public:
  // Two threads in the pool: a long export must not keep a workshop from being loaded.
  explicit AsioLoop(std::function<Time()> now) : now_(std::move(now)), pool_(2) {}

  boost::asio::io_context& context() { return context_; }
  // Until stop(). What a task throws is logged and goes no further.
  void run();
  void stop() { context_.stop(); }
  // After run(): waits for the pool, then does what it left behind.
  void finish();

  Time now() override { return now_(); }
  void post(std::function<void()> task) override;
  void after(Duration wait, std::function<void()> task) override;
  std::unique_ptr<Alarm> alarm(std::function<void()> ring) override;
  void in_pool(std::function<void()> work, std::function<void()> then) override;

 private:
  std::function<Time()> now_;
  boost::asio::io_context context_{1};
  boost::asio::thread_pool pool_;
};

}  // namespace rundbord::net
