#include "access/tickets.hpp"

#include "catch.hpp"
#include "counted_random.hpp"

using namespace rundbord;
using namespace rundbord::access;
using namespace std::chrono_literals;

namespace {

const Time start{1'000'000ms};
const WorkshopId here{{1}};
const WorkshopId elsewhere{{2}};

}  // namespace

TEST_CASE("CN2 a ticket opens once") {
  Tickets tickets;
  const auto ticket = tickets.issue(here, organiser_rights(), start, counted_random());
  REQUIRE(tickets.take(ticket, here, start + 1s) == organiser_rights());
  REQUIRE_FALSE(tickets.take(ticket, here, start + 1s).has_value());
}

TEST_CASE("CN2 a ticket opens its own workshop only, and is spent by the attempt") {
  Tickets tickets;
  const auto ticket = tickets.issue(here, organiser_rights(), start, counted_random());
  REQUIRE_FALSE(tickets.take(ticket, elsewhere, start).has_value());
  REQUIRE_FALSE(tickets.take(ticket, here, start).has_value());
}

TEST_CASE("CN2 a ticket lives 30 s") {
  Tickets tickets;
  const auto random = counted_random();
  const auto in_time = tickets.issue(here, organiser_rights(), start, random);
  const auto late = tickets.issue(here, organiser_rights(), start, random);
  REQUIRE(tickets.take(in_time, here, start + 29'999ms).has_value());
  REQUIRE_FALSE(tickets.take(late, here, start + 30s).has_value());
}

TEST_CASE("tickets nobody uses are forgotten") {
  Tickets tickets;
  const auto random = counted_random();
  for (int i = 0; i < 100; ++i) tickets.issue(here, {}, start, random);
  tickets.issue(here, {}, start + 31s, random);
  REQUIRE(tickets.size() == 1);
}

TEST_CASE("tickets_max: the oldest ticket makes room") {
  Tickets tickets;
  const auto random = counted_random();
  const auto first = tickets.issue(here, {}, start, random);
  for (std::size_t i = 0; i < tickets_max; ++i) tickets.issue(here, {}, start, random);
  REQUIRE(tickets.size() == tickets_max);
  REQUIRE_FALSE(tickets.take(first, here, start).has_value());
}
