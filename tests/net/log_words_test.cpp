// S8: what the server writes to its log never holds an address, a name or a word somebody typed.
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>

#include "catch.hpp"
#include "raw_websocket.hpp"
#include "running_server.hpp"

using namespace rundbord;
using namespace rundbord::net;
using nlohmann::json;

namespace {

// All that is logged while it lives, at every level.
class Logged {
 public:
  Logged() : before_(spdlog::default_logger()) {
    const auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(words_);
    auto logger = std::make_shared<spdlog::logger>("test", sink);
    logger->set_level(spdlog::level::trace);
    spdlog::set_default_logger(std::move(logger));
  }
  ~Logged() { spdlog::set_default_logger(before_); }
  std::string words() const { return words_.str(); }

 private:
  std::ostringstream words_;
  std::shared_ptr<spdlog::logger> before_;
};

json command(const std::string& name, json fields) {
  return {{"type", "command"},
          {"id", access::draw_secret(access::system_random())},
          {"name", name},
          {"fields", std::move(fields)}};
}

}  // namespace

TEST_CASE("S8 no address, name or typed word comes into the log, whatever goes wrong") {
  const std::vector<std::string> secrets = {"Hemmelig",  "hemmelig", "203.0.113",
                                            "127.0.0.1", "Bearer",   "ticket"};
  Logged logged;
  {
    log::FaultyLog faulty(std::make_unique<log::MemoryLog>());
    ServerOptions options;
    options.trusted_proxies = {"127.0.0.1"};
    options.export_document = [](const ExportRequest&) -> ExportResult {
      throw std::runtime_error("planted");
    };
    const RunningServer server(std::move(options), &faulty);
    const Headers from = {{"X-Forwarded-For", "203.0.113.7"}};
    const auto workshop = server.make_workshop();
    const json wish = {{"code", workshop.code}, {"name", "Kari Hemmelig"}, {"room", 1}};
    const auto joined = server.ask("POST", "/api/v1/join", wish.dump(), from).json();
    server.ask("POST", "/api/v1/join", R"({"code":"hemmelig","name":"Hemmelig)", from);
    server.ask("GET", "/api/v1/code/hemmelig", {}, from);
    server.ask("GET", "/api/v1/workshops/" + workshop.id + "/export.md?x=hemmelig", {},
               {{"Authorization", "Bearer " + workshop.organiser_secret}});
    auto seat = server.open(workshop, secret_of(joined["seat_link"]));
    seat.send("hemmelig {");
    seat.receive_type("rejected");
    auto organiser = server.open(workshop, workshop.organiser_secret);
    organiser.send(command("open_sitting", {{"sitting", 1}}).dump());
    organiser.receive_type("ok");
    auto note = command("write_note", {{"note", access::draw_secret(access::system_random())},
                                       {"room", 1},
                                       {"place", {{"task", 1}, {"question", 1}}},
                                       {"text", "et hemmelig ord"}});
    note["seat"] = joined["seat"];
    seat.send(note.dump());
    seat.receive_type("ok");
    faulty.fail_all(log::AppendError::disk_full);
    note["id"] = access::draw_secret(access::system_random());
    note["fields"]["note"] = access::draw_secret(access::system_random());
    seat.send(note.dump());
    REQUIRE(seat.closed_with() == 4002);
    RawSocket(server.port(), std::chrono::seconds(10)).send("GET /hemmelig NONSENSE\r\n\r\n");
  }
  const auto words = logged.words();
  REQUIRE(words.find("could not be stored") != std::string::npos);
  REQUIRE(words.find("planted") != std::string::npos);
  for (const auto& secret : secrets) {
    CAPTURE(secret, words);
    REQUIRE(words.find(secret) == std::string::npos);
  }
}
