// Changes as JSON: the public form, back and forth, and what is not in it.
#include "protocol/change_set_codec.hpp"

#include <string>

#include "catch.hpp"

using namespace rundbord;
using rundbord::protocol::change_from_json_text;
using rundbord::protocol::change_to_json_text;

TEST_CASE("a change is written as sections and read again") {
  ChangeSet change;
  change.keep(1);
  change.remove(2);
  change.keep(1);
  change.insert(u"x\ny \U0001F600\"");
  change.keep(4);
  change.remove(1);
  change.insert(u"\n");
  const std::string json = "[1,[2],1,[0,\"x\",\"y \xF0\x9F\x98\x80\\\"\"],4,[1,\"\",\"\"]]";
  CHECK(change_to_json_text(change) == json);
  CHECK(change_from_json_text(json) == change);
}

TEST_CASE("neighbouring and empty sections are read in normal form") {
  const auto change = change_from_json_text(R"([0,1,1,[1],[0,"x"],[2,""],[0]])");
  REQUIRE(change.has_value());
  CHECK(change_to_json_text(*change) == R"([2,[3,"x"]])");
  CHECK(change_to_json_text(ChangeSet{}) == "[]");
}

TEST_CASE("what is not a change is refused") {
  const auto* bad = GENERATE(R"({})", "1", "null", "[", R"(["a"])", "[[]]", "[-1]", "[1.5]",
                             "[1e3]", "[[-1]]", "[[1,2]]", R"([[1,"a\nb"]])", R"([["1"]])",
                             "[true]", "[[0,null]]", R"([[0,"\ud83d"]])", "[[0,\"\xFF\"]]",
                             "[18446744073709551615]", "[99999999999999999999]");
  INFO(bad);
  CHECK_FALSE(change_from_json_text(bad).has_value());
}

TEST_CASE("an old text is at most summary_units_max long, also in parts") {
  CHECK(change_from_json_text("[40000]").has_value());
  CHECK_FALSE(change_from_json_text("[40001]").has_value());
  CHECK_FALSE(change_from_json_text("[40000,[1]]").has_value());
  CHECK_FALSE(change_from_json_text("[[20000],20001]").has_value());
}

TEST_CASE("a new text that is too long is left for the domain to refuse with its length") {
  const auto change = change_from_json_text("[[0,\"" + std::string(40'001, 'a') + "\"]]");
  REQUIRE(change.has_value());
  CHECK(fault_in(*change, u"") == TextFault::text_too_long);
}
