// What the drivers need of the io thread and the pool, without Asio: time, later, elsewhere. The
// server owns the real one; tests have their own. All but post() on the io thread only.
#pragma once
#include <functional>
#include <memory>

#include "domain/time.hpp"

namespace rundbord::net {

// Rings once, some time after it was set; setting it again forgets the earlier time. Destroyed, it
// never rings.
class Alarm {
 public:
  virtual ~Alarm() = default;
  virtual void set(Duration from_now) = 0;
};

class Loop {
 public:
  virtual ~Loop() = default;
  virtual Time now() = 0;
  // From any thread: `task` runs on the io thread, never inside this call.
  virtual void post(std::function<void()> task) = 0;
  virtual void after(Duration wait, std::function<void()> task) = 0;
  virtual std::unique_ptr<Alarm> alarm(std::function<void()> ring) = 0;
  // `work` runs on a thread of the pool, `then` afterwards on the io thread.
  virtual void in_pool(std::function<void()> work, std::function<void()> then) = 0;
};

}  // namespace rundbord::net
