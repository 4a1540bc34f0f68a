#include "net/turnstile.hpp"

#include <deque>
#include <vector>

#include "catch.hpp"

using namespace rundbord;
using namespace rundbord::net;

namespace {

// Runs what was posted turn by turn: what is posted in one runs in the next.
class TurnLoop final : public Loop {
 public:
  Time now() override { return {}; }
  void post(std::function<void()> task) override { posted_.push_back(std::move(task)); }
  void after(Duration, std::function<void()>) override { FAIL("nothing here waits for a time"); }
  std::unique_ptr<Alarm> alarm(std::function<void()>) override { return nullptr; }
  void in_pool(std::function<void()>, std::function<void()>) override {}

  bool turn() {
    const auto tasks = std::exchange(posted_, {});
    for (const auto& task : tasks) task();
    return !tasks.empty();
  }

 private:
  std::deque<std::function<void()>> posted_;
};

}  // namespace

TEST_CASE("a turnstile lets a few through in each turn, in their order, and forgets nobody") {
  TurnLoop loop;
  Turnstile turnstile(loop, 3);
  std::vector<int> passed;
  for (int i = 0; i < 10; ++i) turnstile.enter([&, i] { passed.push_back(i); });
  CHECK(passed == std::vector<int>{0, 1, 2});
  loop.turn();
  CHECK(passed == std::vector<int>{0, 1, 2, 3, 4, 5});
  // Who comes now waits behind those who came before.
  turnstile.enter([&] { passed.push_back(10); });
  CHECK(passed.size() == 6);
  loop.turn();
  loop.turn();
  CHECK(passed == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  // At rest it posts nothing, and the next one passes at once.
  while (loop.turn()) {
  }
  turnstile.enter([&] { passed.push_back(11); });
  CHECK(passed.back() == 11);
}

TEST_CASE("work that enters the turnstile again waits its turn") {
  TurnLoop loop;
  Turnstile turnstile(loop, 1);
  int passed = 0;
  std::function<void()> again = [&] {
    if (++passed < 3) turnstile.enter(again);
  };
  turnstile.enter(again);
  CHECK(passed == 1);
  loop.turn();
  CHECK(passed == 2);
  loop.turn();
  CHECK(passed == 3);
}
