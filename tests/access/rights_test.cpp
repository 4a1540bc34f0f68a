#include "access/rights.hpp"

#include "catch.hpp"
#include "counted_random.hpp"
#include "log/memory_log.hpp"

using namespace rundbord;
using namespace rundbord::access;

namespace {

WorkshopId workshop(std::uint8_t number) {
  return WorkshopId{{number}};
}
SeatId seat(std::uint8_t number) {
  return SeatId{{number}};
}

void store(log::EventLog& log, const WorkshopId& id, log::RowWrite row) {
  bool stored = false;
  log::Append append;
  append.workshop = id;
  append.rows.push_back(std::move(row));
  log.append(std::move(append), [&](const log::AppendResult& result) {
    stored = std::holds_alternative<log::Appended>(result);
  });
  REQUIRE(stored);
}

}  // namespace

TEST_CASE("rights survive their row") {
  const Rights rights{true, true, {seat(1), seat(2)}};
  REQUIRE(rights_from_row(rights_row(rights)) == rights);
  REQUIRE(rights_from_row(rights_row({})) == Rights{});
}

TEST_CASE("a row that cannot be read grants nothing") {
  for (const char* row : {"", "[]", "true", "{\"seats\":[1]}", "{\"seats\":[\"short\"]}"}) {
    CAPTURE(row);
    REQUIRE_FALSE(rights_from_row(row).has_value());
  }
}

TEST_CASE("joining rights keeps each seat once, in order") {
  const auto both = joined(Rights{true, false, {seat(2)}}, Rights{false, true, {seat(1), seat(2)}});
  REQUIRE(both == Rights{true, true, {seat(2), seat(1)}});
}

TEST_CASE("a grant is found by its secret only, and the secret is not in the row") {
  log::MemoryLog log;
  const auto random = counted_random();
  const auto secret = draw_secret(random);
  const auto row = grant_row(secret, organiser_rights());
  REQUIRE((row.key + row.value.value()).find(secret) == std::string::npos);
  store(log, workshop(1), row);
  const auto granted = find_grant(log, secret);
  REQUIRE(granted.has_value());
  REQUIRE(granted->workshop == workshop(1));
  REQUIRE(granted->rights == organiser_rights());
  REQUIRE_FALSE(find_grant(log, draw_secret(random)).has_value());
}

TEST_CASE("a cookie's rights hold in the workshop they were given for, and in no other") {
  log::MemoryLog log;
  const auto cookie = draw_secret(counted_random());
  store(log, workshop(1), session_row(cookie, workshop(1), seat_rights(seat(7))));
  REQUIRE(find_session(log, cookie, workshop(1)) == seat_rights(seat(7)));
  REQUIRE(find_session(log, cookie, workshop(2)).none());
}

TEST_CASE("a code leads to its workshop and back") {
  log::MemoryLog log;
  const JoinCode code{"7KQ4M2XB"};
  store(log, workshop(3), code_row(code));
  REQUIRE(find_workshop(log, code) == workshop(3));
  REQUIRE(find_code(log, workshop(3)) == code);
  REQUIRE_FALSE(find_workshop(log, JoinCode{"00000000"}).has_value());
  REQUIRE_FALSE(find_code(log, workshop(4)).has_value());
}
