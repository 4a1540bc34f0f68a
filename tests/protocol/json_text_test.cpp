// JSON within its limits, and nothing but JSON.
#include "protocol/json_text.hpp"

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "protocol/client_message.hpp"

using namespace rundbord;
using namespace rundbord::protocol;

TEST_CASE("CN5: a zero byte ends no message, whatever stands behind it") {
  const std::string ping = R"({"type":"ping"})";
  REQUIRE(std::holds_alternative<Ping>(read_client_message(ping)));
  for (const auto& behind : {std::string(1, '\0'), std::string("\0{[", 3)}) {
    const auto read = parse_json(ping + behind);
    REQUIRE(std::holds_alternative<Rejection>(read));
    CHECK(std::get<Rejection>(read).code == RejectionCode::malformed);
    CHECK(std::holds_alternative<Unreadable>(read_client_message(ping + behind)));
  }
}

namespace {

RejectionCode code_of(std::string_view text) {
  const auto read = parse_json(text);
  REQUIRE(std::holds_alternative<Rejection>(read));
  return std::get<Rejection>(read).code;
}

constexpr const char* documents[] = {
    "{}",
    "[]",
    " [ ] ",
    "null",
    "true",
    "[false]",
    "0",
    "-1",
    "12",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808",
    "-9223372036854775809",
    "0.5",
    "-0.25",
    "1e3",
    "2.5E-3",
    "123456789012345678190",  // what Boost.JSON itself reads is not the nearest number
    R"("")",
    R"("æøå 😀")",
    R"("\"\\\/\b\f\n\r\t\u00e6\ud83d\ude00")",
    R"({"":0})",
    R"({"a":{"b":[1,{"c":[]}]},"d":"e"})",
    R"([[1,2],[3],"x",{"y":null}])",
    "",
    " ",
    "{",
    "[1",
    "[1,]",
    "[,1]",
    R"({"a"})",
    R"({"a":})",
    R"({"a":1,})",
    "{1:2}",
    "tru",
    "nul",
    "01",
    "1.",
    ".5",
    "+1",
    "1e",
    "1e999",
    "NaN",
    "'a'",
    R"("a)",
    R"("\x")",
    R"("\ud83d")",
    R"("\ude00")",
    "\"\x01\"",
    "\"\n\"",
    "\"\xff\"",
    "\"\xc0\xaf\"",
    "\"\xed\xa0\x80\"",
    "[1] 2",
    "[1]]",
    "// a\n1",
    "/* a */1",
};

std::string nested(int levels) {
  return std::string(static_cast<std::size_t>(levels), '[') +
         std::string(static_cast<std::size_t>(levels), ']');
}

}  // namespace

TEST_CASE("CN5: what is JSON is read as any other reader reads it, and nothing else is") {
  using nlohmann::json;
  for (const auto* text : documents) {
    INFO(text);
    const auto expected = json::parse(text, nullptr, false);
    const auto read = parse_json(text);
    REQUIRE(std::holds_alternative<json>(read) == !expected.is_discarded());
    CHECK(parse_stored_json(text).has_value() == !expected.is_discarded());
    if (expected.is_discarded()) {
      CHECK(code_of(text) == RejectionCode::malformed);
      continue;
    }
    const auto& value = std::get<json>(read);
    CHECK(value == expected);
    CHECK(value.type() == expected.type());  // numbers: with or without sign, or floating
  }
}

TEST_CASE("CN5: a malformed document says where it stops being one") {
  const auto read = parse_json(R"({"a":x})");
  REQUIRE(std::holds_alternative<Rejection>(read));
  const auto& facts = std::get<Rejection>(read).facts;
  REQUIRE(facts.size() == 1);
  CHECK(facts[0].first == "position");
  CHECK(facts[0].second == 6);
}

TEST_CASE("CN5: a key stands once in an object, in however many objects") {
  CHECK(std::holds_alternative<nlohmann::json>(parse_json(R"([{"a":1},{"a":{"a":2}}])")));
  const auto read = parse_json(R"({"a":{"b":1,"c":2,"b":3}})");
  REQUIRE(std::holds_alternative<Rejection>(read));
  CHECK(std::get<Rejection>(read).code == RejectionCode::malformed);
  CHECK(std::get<Rejection>(read).field == "b");
  CHECK(code_of(R"({"a":[],"a":[]})") == RejectionCode::malformed);
}

TEST_CASE("CN5: json_depth_max levels from a client, stored_json_depth_max of our own") {
  CHECK(std::holds_alternative<nlohmann::json>(parse_json(nested(json_depth_max))));
  CHECK(code_of(nested(json_depth_max + 1)) == RejectionCode::too_deep);
  CHECK(code_of(std::string(200'000, '[')) == RejectionCode::too_deep);
  CHECK(parse_stored_json(nested(stored_json_depth_max)));
  CHECK_FALSE(parse_stored_json(nested(stored_json_depth_max + 1)));
}
