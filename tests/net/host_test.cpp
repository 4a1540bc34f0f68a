// What the workshop host does beside carrying messages: revisions, waking, crowds, a full table of
// files.
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <future>

#include "access/rights.hpp"
#include "catch.hpp"
#include "forwarding_log.hpp"
#include "log/sqlite_log.hpp"
#include "running_server.hpp"

using namespace rundbord;
using namespace rundbord::net;
using nlohmann::json;

namespace {

std::string id() {
  return access::draw_secret(access::system_random());
}

json ask_over(Socket& socket, const std::string& name, json fields) {
  const json command = {
      {"type", "command"}, {"id", id()}, {"name", name}, {"fields", std::move(fields)}};
  socket.send(command.dump());
  while (true) {
    const auto message = json::parse(socket.receive().value());
    if (message.value("id", "") == command["id"]) return message;
  }
}

void close_sitting(const RunningServer& server, const MadeWorkshop& workshop) {
  auto socket = server.open(workshop, workshop.organiser_secret);
  REQUIRE(ask_over(socket, "open_sitting", {{"sitting", 1}})["type"] == "ok");
  REQUIRE(ask_over(socket, "close_sitting", {{"sitting", 1}})["type"] == "ok");
}

std::string checksum_in(const RunningServer& server, const MadeWorkshop& workshop) {
  const auto reply =
      server.ask_as(workshop.organiser_secret, "GET", "/api/v1/workshops/" + workshop.id);
  return reply.json()["sittings"][0].value("checksum", "");
}

// Asks until it is so; throws after far longer than it can take.
template <class Condition>
void wait_until(Condition holds) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > until) throw NothingCame("it never became so");
    std::this_thread::yield();
  }
}

// Not one more file can be opened, until it goes.
class FewFiles {
 public:
  FewFiles() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    rlimit few = before_;
    few.rlim_cur = 256;
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
    for (int file = ::dup(0); file >= 0; file = ::dup(0)) held_.push_back(file);
  }
  ~FewFiles() {
    for (const int file : held_) ::close(file);
    ::setrlimit(RLIMIT_NOFILE, &before_);
  }

 private:
  rlimit before_{};
  std::vector<int> held_;
};

}  // namespace

TEST_CASE("a closed sitting's revision is written once and sealed with its checksum") {
  const std::string checksum(64, 'a');
  auto asked = std::make_shared<std::atomic<int>>(0);
  ServerOptions options;
  options.write_revision = [&checksum, asked](const RevisionRequest& request) -> RevisionResult {
    ++*asked;
    REQUIRE(request.sitting == 1);
    REQUIRE(request.revision == 1);
    REQUIRE(request.seq > 0);
    return RevisionSealed{checksum};
  };
  const RunningServer server(std::move(options));
  const auto workshop = server.make_workshop();
  close_sitting(server, workshop);
  wait_until([&] { return checksum_in(server, workshop) == checksum; });
  REQUIRE(*asked == 1);
}

TEST_CASE("a revision that could not be written is asked for again after a restart") {
  log::MemoryLog log;
  MadeWorkshop workshop;
  {
    ServerOptions options;
    auto failed = std::make_shared<std::promise<void>>();
    options.write_revision = [failed](const RevisionRequest&) -> RevisionResult {
      failed->set_value();
      return RevisionFailed{"planted"};
    };
    options.limits.shutdown_max = std::chrono::milliseconds(500);
    struct StaysOpen final : log::ForwardingLog {  // as a log on disk is opened again
      using ForwardingLog::ForwardingLog;
      void close() override {}
    } open_log(log);
    RunningServer server(std::move(options), &open_log);
    workshop = server.make_workshop();
    close_sitting(server, workshop);
    failed->get_future().wait();
    REQUIRE(checksum_in(server, workshop).empty());
  }
  ServerOptions options;
  auto asked = std::make_shared<std::promise<void>>();
  options.write_revision = [asked](const RevisionRequest&) -> RevisionResult {
    asked->set_value();
    return RevisionSealed{std::string(64, 'b')};
  };
  const RunningServer server(std::move(options), &log);
  // Nobody has come to this workshop yet: the server asks by itself.
  REQUIRE(asked->get_future().wait_for(std::chrono::seconds(20)) == std::future_status::ready);
  wait_until([&] { return checksum_in(server, workshop) == std::string(64, 'b'); });
}

TEST_CASE(
    "S4 while one address guesses, 2,000 join from another, mistypings among them, unhindered") {
  ServerOptions options;
  options.trusted_proxies = {"127.0.0.1"};
  options.guesses.first_wait = std::chrono::hours(1);  // whoever is made to wait never gets in
  options.guesses.wait_max = std::chrono::hours(1);
  options.guesses.crowd_wait = std::chrono::hours(1);
  const RunningServer server(std::move(options));
  const auto workshop = server.make_workshop();
  const auto guess = [&] {
    return server.ask("GET", "/api/v1/code/00000000", {}, {{"X-Forwarded-For", "6.6.6.6"}}).status;
  };
  for (int i = 0; i < 20; ++i) REQUIRE(guess() == 404);
  REQUIRE(guess() == 429);  // from here on the guesser waits
  const Headers hall = {{"X-Forwarded-For", "5.5.5.5"}};
  int joined = 0;
  for (int i = 0; i < 2'000; ++i) {
    if (i % 100 == 0) guess();
    if (i % 10 == 0) REQUIRE(server.ask("GET", "/api/v1/code/11111111", {}, hall).status == 404);
    const json wish = {{"code", workshop.code}};
    joined += server.ask("POST", "/api/v1/join", wish.dump(), hall).status == 200;
  }
  REQUIRE(joined == 2'000);
}

TEST_CASE("out of file descriptors, the server waits for some and goes on") {
  ServerOptions options;
  options.metrics = HostPort{"127.0.0.1", 0};
  const RunningServer server(std::move(options));
  RawConnection metrics(server.metrics_port());
  const auto has_failed = [&] {
    metrics.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    return metrics.read_reply().body.find("accepts_failed_total 0") == std::string::npos;
  };
  REQUIRE_FALSE(has_failed());
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in there{};
  there.sin_family = AF_INET;
  there.sin_port = htons(server.port());
  there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  {
    const FewFiles few;
    REQUIRE(::connect(socket, reinterpret_cast<sockaddr*>(&there), sizeof there) == 0);
    wait_until(has_failed);
  }
  // The one that waited is served now.
  const std::string request = "GET /api/v1/templates HTTP/1.1\r\nHost: x\r\n\r\n";
  REQUIRE(::send(socket, request.data(), request.size(), 0) ==
          static_cast<ssize_t>(request.size()));
  char answer[12] = {};
  REQUIRE(::recv(socket, answer, sizeof answer, MSG_WAITALL) == sizeof answer);
  REQUIRE(std::string(answer, sizeof answer) == "HTTP/1.1 200");
  ::close(socket);
}

TEST_CASE(
    "out of file descriptors, open sockets write to disk and a workshop asleep is woken later") {
  const auto folder = std::filesystem::temp_directory_path() / ("rundbord-few-" + id());
  std::filesystem::create_directory(folder);
  {
    log::SqliteLog log({.folder = folder});
    ServerOptions options;
    options.metrics = HostPort{"127.0.0.1", 0};
    options.limits.workshop_idle_max = std::chrono::milliseconds(1);
    const RunningServer server(std::move(options), &log);
    const auto awake = server.make_workshop();
    const auto asleep = server.make_workshop();
    auto socket = server.open(awake, awake.organiser_secret);
    RawConnection metrics(server.metrics_port());
    const auto holds = [&](const char* line) {
      metrics.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
      return metrics.read_reply().body.find(line) != std::string::npos;
    };
    wait_until([&] { return holds("\nrundbord_workshops_live 1\n"); });
    RawConnection waking(server.port());
    REQUIRE_FALSE(holds("nothing"));
    {
      const FewFiles few;
      bool locked = false;
      for (int i = 0; i < 200; ++i) {  // more than one group of commits
        locked = !locked;
        REQUIRE(ask_over(socket, "lock_rooms", {{"locked", locked}})["type"] == "ok");
      }
      // Answered one way or the other, never left hanging; the server lives.
      waking.send("GET /api/v1/workshops/" + asleep.id + " HTTP/1.1\r\nHost: x\r\n" +
                  "Authorization: Bearer " + asleep.organiser_secret + "\r\n\r\n");
      const auto status = waking.read_reply().status;
      REQUIRE((status == 200 || status == 503));
    }
    const auto later =
        server.ask_as(asleep.organiser_secret, "GET", "/api/v1/workshops/" + asleep.id);
    REQUIRE(later.status == 200);
    REQUIRE(ask_over(socket, "lock_rooms", {{"locked", true}})["type"] == "ok");
    REQUIRE(log.verify().empty());
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("an unknown workshop, or one whose log is damaged, is refused and harms no other") {
  log::MemoryLog log;
  const WorkshopId damaged{{9}};
  log::Append append;
  append.workshop = damaged;
  append.commits.push_back({1, R"({"seq":1,"nonsense":true})", {}});
  append.rows.push_back(access::grant_row(std::string(21, 'A') + 'Q', access::organiser_rights()));
  log.append(std::move(append), [](const log::AppendResult&) {});
  const RunningServer server({}, &log);
  const auto reply =
      server.ask_as(std::string(21, 'A') + 'Q', "GET", "/api/v1/workshops/" + to_text(damaged));
  REQUIRE(reply.status == 503);
  const auto workshop = server.make_workshop();
  REQUIRE(server.ask("GET", "/api/v1/code/" + workshop.code).status == 200);
}
