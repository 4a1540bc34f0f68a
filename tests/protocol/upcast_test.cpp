// LG9: events stored under old names and with old fields are read as those of today. No upcast is
// needed yet; these are the test's own.
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "protocol/upcast.hpp"

using namespace rundbord;
using namespace rundbord::protocol;
using nlohmann::json;

namespace {

// Once: {"event":"room_titled","number":3,"title":{"t":0}}; then `title` became `label`; today the
// event is room_renamed and the number is `room`.
Upcasts two_steps() {
  Upcasts upcasts;
  upcasts["room_titled"] = [](json& event) {
    event["label"] = event["title"];
    event.erase("title");
    event["event"] = "room_labelled";
  };
  upcasts["room_labelled"] = [](json& event) {
    event["room"] = event["number"];
    event.erase("number");
    event["event"] = "room_renamed";
  };
  return upcasts;
}

constexpr auto old_header = R"({"seq":4,"at":5,"command":"AAAAAAAAAAAAAAAAAAAAAA","events":[)"
                            R"({"event":"room_titled","number":3,"title":{"t":0}}]})";

}  // namespace

TEST_CASE("LG9: an old event is taken forward step by step, its words stay where they are") {
  const auto read = decode_commit(old_header, {"Uglene"}, two_steps());
  REQUIRE(std::holds_alternative<Commit>(read));
  const auto& renamed = std::get<RoomRenamed>(std::get<Commit>(read).events.at(0));
  CHECK(renamed.room == RoomNumber{3});
  CHECK(renamed.label.utf8 == "Uglene");
}

TEST_CASE("LG9: without its upcast an old event cannot be read, and that is said") {
  const auto read = decode_commit(old_header, {"Uglene"}, {});
  REQUIRE(std::holds_alternative<std::string>(read));
  CHECK_THAT(std::get<std::string>(read), Catch::Contains("no name that this version knows"));
}

TEST_CASE("LG9: an upcast that keeps the name is applied once, and may give a field its value") {
  Upcasts upcasts;
  upcasts["room_closed"] = [](json& event) { event["room"] = event["room"].get<int>() + 10; };
  const auto read =
      decode_commit(R"({"seq":1,"events":[{"event":"room_closed","room":3}]})", {}, upcasts);
  REQUIRE(std::holds_alternative<Commit>(read));
  CHECK(std::get<RoomClosed>(std::get<Commit>(read).events.at(0)).room == RoomNumber{13});
}
