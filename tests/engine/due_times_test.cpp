#include "engine/due_times.hpp"

#include "catch.hpp"

using rundbord::Duration;
using rundbord::Time;
using rundbord::engine::DueTimes;

namespace {

Time at(int ms) {
  return Time(Duration(ms));
}

}  // namespace

TEST_CASE("keys fall due in the order of their times, each once") {
  DueTimes<int> times;
  CHECK_FALSE(times.next());
  times.set(1, at(30));
  times.set(2, at(10));
  times.set(3, at(20));
  CHECK(times.next() == at(10));
  CHECK(times.take_due(at(9)).empty());
  CHECK(times.take_due(at(20)) == std::vector<int>{2, 3});
  CHECK(times.take_due(at(20)).empty());
  CHECK(times.next() == at(30));
}

TEST_CASE("a key set again falls due at its new time only, an erased one never") {
  DueTimes<int> times;
  times.set(1, at(10));
  times.set(1, at(30));
  CHECK(times.next() == at(30));
  CHECK(times.take_due(at(10)).empty());
  times.set(1, at(20));
  CHECK(times.take_due(at(40)) == std::vector<int>{1});
  times.set(2, at(50));
  times.erase(2);
  times.erase(3);
  CHECK_FALSE(times.next());
}

TEST_CASE("a key that has a time keeps it where it is only set if there is none") {
  DueTimes<int> times;
  times.set_if_none(1, at(10));
  times.set_if_none(1, at(5));
  CHECK(times.next() == at(10));
  CHECK(times.take_due(at(10)) == std::vector<int>{1});
  times.set_if_none(1, at(20));
  CHECK(times.next() == at(20));
}
