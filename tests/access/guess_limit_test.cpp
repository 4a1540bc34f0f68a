#include "access/guess_limit.hpp"

#include "catch.hpp"

using namespace rundbord;
using namespace rundbord::access;
using namespace std::chrono_literals;

namespace {

const Time start{1'700'000'000'000ms};

// Fails until the address has to wait.
void use_up(GuessLimit& limit, std::string_view address, Time now) {
  for (int i = 0; i < 20; ++i) {
    REQUIRE(limit.next_turn(address, now).wait == 0ms);
    limit.failed(address, now);
  }
}

}  // namespace

TEST_CASE("HT9 the first failures cost nothing, then waits grow up to a limit") {
  GuessLimit limit;
  use_up(limit, "a", start);
  Time now = start;
  std::vector<Duration> waits;
  for (int i = 0; i < 10; ++i) {
    const auto turn = limit.next_turn("a", now);
    REQUIRE_FALSE(turn.too_far);
    waits.push_back(turn.wait);
    now += turn.wait;
    limit.failed("a", now);
  }
  REQUIRE(waits.front() == 250ms);
  REQUIRE(std::is_sorted(waits.begin(), waits.end()));
  REQUIRE(waits.back() == 8s);
}

TEST_CASE("HT9 a success makes the address free again") {
  GuessLimit limit;
  use_up(limit, "a", start);
  REQUIRE(limit.next_turn("a", start).wait > 0ms);
  limit.succeeded("a", start + 1s);
  use_up(limit, "a", start + 1s);
}

TEST_CASE("HT9 failures are forgotten with time") {
  GuessLimit limit;
  use_up(limit, "a", start);
  REQUIRE(limit.next_turn("a", start + 31s).wait == 0ms);
}

TEST_CASE("HT9 many guesses at once wait one after the other, then are asked to come back") {
  GuessLimit limit;
  use_up(limit, "a", start);
  Duration before{};
  int waiting = 0;
  while (true) {
    const auto turn = limit.next_turn("a", start);
    if (turn.too_far) break;
    REQUIRE(turn.wait > before);
    before = turn.wait;
    ++waiting;
  }
  REQUIRE(waiting == 40);  // 10 s of 250 ms each
  REQUIRE_FALSE(limit.next_turn("a", start + 1s).too_far);
}

TEST_CASE("S4 while one address guesses, another is not delayed") {
  GuessLimit limit;
  for (int i = 0; i < 100; ++i) limit.failed("guesser", start);
  REQUIRE(limit.next_turn("hall", start).wait == 0ms);
}

TEST_CASE("S4 2,000 joins from one address in 10 s, every tenth mistyped, never wait") {
  GuessLimit limit;
  for (int i = 0; i < 2000; ++i) {
    const Time now = start + i * 5ms;
    limit.next_turn("guesser", now);
    limit.failed("guesser", now);
    REQUIRE(limit.next_turn("hall", now).wait == 0ms);
    if (i % 10 == 0) {
      limit.failed("hall", now);
    } else {
      limit.succeeded("hall", now);
    }
  }
}

TEST_CASE("S4 the budget over all delays only addresses without a recent success") {
  GuessLimit limit;
  limit.succeeded("hall", start);
  for (int i = 0; i < 500; ++i) limit.failed("guesser " + std::to_string(i), start);
  REQUIRE(limit.next_turn("hall", start).wait == 0ms);
  REQUIRE(limit.next_turn("newcomer", start).wait == 2s);
  REQUIRE(limit.next_turn("newcomer", start + 100s).wait == 0ms);
}

TEST_CASE("addresses_max: the address unseen for longest is forgotten") {
  GuessLimitOptions options;
  options.addresses_max = 3;
  GuessLimit limit(options);
  use_up(limit, "a", start);
  for (const char* other : {"b", "c", "d"}) limit.next_turn(other, start);
  REQUIRE(limit.addresses() == 3);
  REQUIRE(limit.next_turn("a", start).wait == 0ms);
}
