// The io thread and the pool of one simulated server life, in virtual time. What it still had to do
// is forgotten when it is destroyed, as when a process dies. Owned by the server; one thread.
#pragma once
#include <memory>
#include <utility>

#include "dice.hpp"
#include "net/forward_clock.hpp"
#include "net/loop.hpp"
#include "scheduler.hpp"

namespace rundbord::sim {

class VirtualLoop final : public net::Loop {
 public:
  VirtualLoop(Scheduler& scheduler, const Wall& wall, Dice& dice)
      : scheduler_(scheduler), wall_(wall), dice_(dice) {}
  ~VirtualLoop() override { *alive_ = false; }

  Time now() override { return clock_.read(wall_.now(), scheduler_.now().time_since_epoch()); }
  void post(std::function<void()> task) override { after(Duration::zero(), std::move(task)); }
  void after(Duration wait, std::function<void()> task) override {
    scheduler_.after(wait, [alive = alive_, task = std::move(task)] {
      if (*alive) task();
    });
  }

  std::unique_ptr<net::Alarm> alarm(std::function<void()> ring) override {
    return std::make_unique<VirtualAlarm>(*this, std::move(ring));
  }

  // Two threads of a pool overtake each other: each piece of work takes its own time.
  void in_pool(std::function<void()> work, std::function<void()> then) override {
    const auto some_time = [this] {
      return dice_.between(Duration::zero(), Duration(dice_.one_in(8) ? 80 : 3));
    };
    const auto reading = some_time();
    const auto returning = some_time();
    after(reading, [this, returning, work = std::move(work), then = std::move(then)] {
      work();
      after(returning, then);
    });
  }

 private:
  class VirtualAlarm final : public net::Alarm {
   public:
    VirtualAlarm(VirtualLoop& loop, std::function<void()> ring)
        : loop_(loop), ring_(std::make_shared<std::function<void()>>(std::move(ring))) {}
    void set(Duration from_now) override {
      const auto setting = ++*settings_;
      loop_.after(from_now, [ring = std::weak_ptr(ring_), settings = settings_, setting] {
        const auto still = ring.lock();
        if (still && *settings == setting) (*still)();
      });
    }

   private:
    VirtualLoop& loop_;
    std::shared_ptr<std::function<void()>> ring_;
    std::shared_ptr<int> settings_ = std::make_shared<int>(0);
  };

  Scheduler& scheduler_;
  const Wall& wall_;
  Dice& dice_;
  net::ForwardClock clock_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace rundbord::sim
