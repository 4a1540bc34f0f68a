// Goal: a busy log syncs less often, and nobody waits longer than is said.
#include "log/batch_pace.hpp"

#include "catch.hpp"

namespace rundbord::log {
namespace {

using namespace std::chrono_literals;

const auto start = BatchPace::Clock::time_point(1h);

// The wait after transactions that each held so many commits and started so far apart.
std::chrono::milliseconds wait_after(std::size_t commits, std::chrono::milliseconds apart) {
  BatchPace pace(2ms, 10ms);
  pace.begins(start, 1);
  pace.begins(start + apart, commits);
  return std::chrono::duration_cast<std::chrono::milliseconds>(pace.next() - (start + apart));
}

TEST_CASE("batch pace: one who writes after each answer waits the least") {
  CHECK(wait_after(1, 2ms) == 2ms);
  CHECK(wait_after(1, 700ms) == 2ms);
}

TEST_CASE("batch pace: the wait grows with what comes in, up to the most") {
  CHECK(wait_after(10, 10ms) == 4ms);
  CHECK(wait_after(25, 10ms) == 10ms);
  CHECK(wait_after(256, 10ms) == 10ms);
}

TEST_CASE("batch pace: calm again, it is short again") {
  BatchPace pace(2ms, 10ms);
  pace.begins(start, 1);
  pace.begins(start + 2ms, 100);
  REQUIRE(pace.next() == start + 12ms);
  pace.begins(start + 1s, 1);
  CHECK(pace.next() == start + 1s + 2ms);
}

TEST_CASE("batch pace: the first transaction waits for nobody, nor does one after a pause") {
  BatchPace pace(2ms, 10ms);
  CHECK(pace.next() < BatchPace::Clock::now());
  pace.begins(start, 200);
  CHECK(pace.next() <= start + 10ms);
}

TEST_CASE("batch pace: a least above the most is kept") {
  BatchPace pace(60ms, 10ms);
  pace.begins(start, 1);
  pace.begins(start + 60ms, 1000);
  CHECK(pace.next() == start + 120ms);
}

}  // namespace
}  // namespace rundbord::log
