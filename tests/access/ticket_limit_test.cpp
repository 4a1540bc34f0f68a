// Who may ask for how many tickets.
#include "access/ticket_limit.hpp"

#include "catch.hpp"

using namespace rundbord;
using namespace rundbord::access;

namespace {

const Time start{std::chrono::milliseconds(1'000'000)};

int taken_at(TicketLimit& limit, std::string_view caller, Time now, int wanted) {
  int taken = 0;
  for (int i = 0; i < wanted; ++i) taken += limit.take(caller, now) ? 1 : 0;
  return taken;
}

}  // namespace

TEST_CASE("R7 a caller gets some tickets at once, then a steady few") {
  TicketLimit limit;
  CHECK(taken_at(limit, "kari", start, 100) == 12);
  CHECK(taken_at(limit, "kari", start + std::chrono::seconds(5), 100) == 0);
  CHECK(taken_at(limit, "kari", start + std::chrono::seconds(60), 100) == 10);
  // A refusal costs nothing, and what is saved up has its end.
  CHECK(taken_at(limit, "kari", start + std::chrono::minutes(30), 100) == 12);
}

TEST_CASE("R7 one caller's loop takes nothing from another") {
  TicketLimit limit;
  taken_at(limit, "broken", start, 1000);
  CHECK(taken_at(limit, "healthy", start, 12) == 12);
}

TEST_CASE("R7 a clock set back gives and takes nothing") {
  TicketLimit limit;
  taken_at(limit, "kari", start, 12);
  CHECK(taken_at(limit, "kari", start - std::chrono::hours(1), 1) == 0);
}

TEST_CASE("callers_max: whoever was seen first is forgotten first") {
  TicketLimit limit({2, 1, 3});
  for (const auto* caller : {"a", "b", "c"}) taken_at(limit, caller, start, 2);
  CHECK(taken_at(limit, "a", start, 1) == 0);
  taken_at(limit, "d", start, 1);
  CHECK(limit.callers() == 3);
  CHECK(taken_at(limit, "c", start, 1) == 0);
  CHECK(taken_at(limit, "a", start, 1) == 1);
}
