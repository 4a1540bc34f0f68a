// Goal: a client's view follows snapshots and frames, and notices what it missed.
#include "app/room_view.hpp"

#include <nlohmann/json.hpp>

#include "catch.hpp"

using namespace rundbord;
using namespace rundbord::app;
using nlohmann::json;

namespace {

const json snapshot = json::parse(R"({"type":"snapshot","channel":"room/1","history":"h","seq":5,
  "state":{"columns":[{"place":{"task":1,"question":1},"notes":[{"id":"n1","text":"a"}]}],
           "texts":[{"place":{},"version":1,"text":"ærlig"}]}})");

json frame(std::uint64_t after, std::uint64_t to, const std::string& events) {
  return json::parse(R"({"type":"frame","channel":"room/1","after":)" + std::to_string(after) +
                     R"(,"to":)" + std::to_string(to) + R"(,"commits":[{"seq":)" +
                     std::to_string(to) + R"(,"at":1,"events":[)" + events + "]}]}");
}

const std::string written =
    R"({"event":"note_written","note":{"id":"n2","place":{"task":1,"question":1},"text":"b"}})";
const std::string changed = R"({"event":"text_changed","place":{},"change":[1,[1,"R"],3]})";

}  // namespace

TEST_CASE("FR1 FR2: a snapshot replaces the view, frames that follow it are folded in") {
  RoomView view;
  view.take_snapshot(snapshot);
  CHECK(view.take_frame(frame(5, 6, written)));
  CHECK(view.take_frame(frame(6, 9, changed)));
  REQUIRE(view.position());
  CHECK(view.position()->seq == 9);
  CHECK(view.notes().at({1, 1}).at(1).text == "b");
  CHECK(view.text({}) == "æRlig");
  view.take_snapshot(snapshot);
  CHECK(view.notes().at({1, 1}).size() == 1);
}

TEST_CASE("FR1: a frame that does not follow drops the position, so that all is asked for anew") {
  RoomView view;
  view.take_snapshot(snapshot);
  CHECK_FALSE(view.take_frame(frame(6, 7, written)));
  CHECK_FALSE(view.position());
}
