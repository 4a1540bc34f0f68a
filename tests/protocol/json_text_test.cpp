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
