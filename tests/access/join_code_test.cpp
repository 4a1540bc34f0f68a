#include "access/join_code.hpp"

#include <set>

#include "catch.hpp"

using namespace rundbord::access;

TEST_CASE("a code is 8 characters without look-alikes, shown in two halves") {
  const auto random = system_random();
  std::set<char> seen;
  for (int i = 0; i < 1000; ++i) {
    const auto code = draw_code(random);
    REQUIRE(code.characters.size() == 8);
    seen.insert(code.characters.begin(), code.characters.end());
  }
  REQUIRE(seen.size() == 32);
  for (const char c : std::string("ILOU")) REQUIRE(seen.count(c) == 0);
  REQUIRE(shown(JoinCode{"7KQ4M2XB"}) == "7KQ4-M2XB");
}

TEST_CASE("a code is read as people type it") {
  const JoinCode meant{"0110ABCD"};
  for (const char* typed : {"0110-ABCD", "0110abcd", "oIlO abcd", " 01-10 aB-Cd ", "OiLo-AbCd"}) {
    CAPTURE(typed);
    REQUIRE(code_from(typed) == meant);
  }
}

TEST_CASE("what is no code is not read as one") {
  for (const char* typed : {"", "0110-ABC", "0110-ABCDE", "0110-ABCU", "0110_ABCD", "ø110-ABCD",
                            "0-1-1-0-A-B-C-D-----------------------------------------"}) {
    CAPTURE(typed);
    REQUIRE_FALSE(code_from(typed).has_value());
  }
}
