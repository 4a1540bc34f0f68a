// Goal R4: room on the disk is noticed within a second, by whoever waits and by /readyz (SPEC CM8).
// In virtual time, on a log that fails when it is told to.
#include "net/log_watch.hpp"

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "log/faulty_log.hpp"
#include "log/memory_log.hpp"

using namespace rundbord;
using namespace rundbord::net;
using std::chrono::milliseconds;

namespace {

class ManualLoop final : public Loop {
 public:
  Time now() override { return now_; }
  void post(std::function<void()> task) override { after(Duration::zero(), std::move(task)); }
  void after(Duration wait, std::function<void()> task) override {
    due_.emplace(now_ + wait, std::move(task));
  }
  std::unique_ptr<Alarm> alarm(std::function<void()>) override { return nullptr; }
  void in_pool(std::function<void()> work, std::function<void()> then) override {
    work();
    post(std::move(then));
  }

  // Does all that is due until then, in order.
  void pass(Duration time) {
    const auto until = now_ + time;
    while (!due_.empty() && due_.begin()->first <= until) {
      auto next = due_.extract(due_.begin());
      now_ = next.key();
      next.mapped()();
    }
    now_ = until;
  }

 private:
  Time now_{};
  std::multimap<Time, std::function<void()>> due_;
};

struct Watched {
  log::FaultyLog log{std::make_unique<log::MemoryLog>()};
  ManualLoop loop;
  LogWatch watch{loop, log};

  // What /readyz is told, or "…" while it waits.
  std::shared_ptr<std::string> ask() {
    const auto told = std::make_shared<std::string>("…");
    watch.ask([told](std::string_view why_not) { *told = why_not; });
    return told;
  }
  std::shared_ptr<std::vector<bool>> wait(Duration at_most) {
    const auto told = std::make_shared<std::vector<bool>>();
    watch.when_it_stores(at_most, [told](bool stores) { told->push_back(stores); });
    return told;
  }
  void become_full() {
    log.fail_all(log::AppendError::disk_full);
    watch.heard(log::AppendError::disk_full);
  }
};

}  // namespace

TEST_CASE("R4: within a second of there being room those who wait for the log go on") {
  for (const auto since : {milliseconds(0), milliseconds(250), milliseconds(499)}) {
    Watched it;
    it.become_full();
    it.loop.pass(std::chrono::minutes(10) + since);
    const auto waiting = it.wait(std::chrono::seconds(6));
    CHECK(waiting->empty());
    it.log.heal();
    it.loop.pass(std::chrono::seconds(1));
    CHECK(*waiting == std::vector{true});
    CHECK(it.watch.stores());
  }
}

TEST_CASE("who waits for a log that does not come back is told so, once") {
  Watched it;
  it.become_full();
  const auto waiting = it.wait(std::chrono::seconds(6));
  it.loop.pass(std::chrono::seconds(6));
  CHECK(*waiting == std::vector{false});
  it.log.heal();
  it.loop.pass(std::chrono::seconds(60));
  CHECK(*waiting == std::vector{false});
}

TEST_CASE("while the log stores nobody waits") {
  Watched it;
  CHECK(*it.wait(std::chrono::seconds(6)) == std::vector{true});
  it.watch.heard(log::AppendError::wrong_seq);  // says nothing about the disk
  it.watch.heard(log::AppendError::closed);
  CHECK(*it.wait(std::chrono::seconds(6)) == std::vector{true});
}

TEST_CASE("readiness: the log is asked, unless it stored within the last second") {
  Watched it;
  const auto first = it.ask();
  it.loop.pass(milliseconds(1));
  CHECK(*first == "");
  it.log.fail_all(log::AppendError::disk_full);
  CHECK(*it.ask() == "");  // fresh enough
  it.loop.pass(std::chrono::seconds(1));
  const auto full = it.ask();
  it.loop.pass(milliseconds(1));
  CHECK(*full == "disk_full");
  CHECK(*it.ask() == "disk_full");
  it.log.heal();
  it.loop.pass(std::chrono::seconds(1));
  CHECK(*it.ask() == "");
}

TEST_CASE("readiness: after a failed sync it says so, and a log that hangs does not hold it up") {
  Watched it;
  it.watch.heard(log::AppendError::io_error);
  CHECK(*it.ask() == "io_error");
  it.loop.pass(std::chrono::seconds(1));
  CHECK(*it.ask() == "");
  it.log.hold();
  it.loop.pass(std::chrono::seconds(1));
  const auto hanging = it.ask();
  it.loop.pass(milliseconds(1999));
  CHECK(*hanging == "…");
  it.loop.pass(milliseconds(1));
  CHECK(*hanging == "no_answer");
  it.log.release();
  it.loop.pass(milliseconds(1));
  CHECK(*it.ask() == "");
}
