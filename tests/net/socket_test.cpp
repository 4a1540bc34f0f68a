// Sockets of a running server: the door, the limits, the end.
#include <atomic>

#include "catch.hpp"
#include "engine/recent_chains.hpp"
#include "running_server.hpp"

using namespace rundbord;
using namespace rundbord::net;
using nlohmann::json;

namespace {

std::string id() {
  return access::draw_secret(access::system_random());
}

json note(const std::string& seat, const std::string& text) {
  return {
      {"type", "command"},
      {"id", id()},
      {"seat", seat},
      {"name", "write_note"},
      {"fields",
       {{"note", id()}, {"room", 1}, {"place", {{"task", 1}, {"question", 1}}}, {"text", text}}}};
}

struct Seated {
  std::string seat;
  std::string secret;
};
Seated join(const RunningServer& server, const MadeWorkshop& workshop) {
  const json wish = {{"code", workshop.code}, {"room", 1}};
  const auto joined = server.ask("POST", "/api/v1/join", wish.dump()).json();
  return {joined["seat"], secret_of(joined["seat_link"])};
}

std::string subscribe(const std::string& channel) {
  return json{{"type", "subscribe"}, {"channels", {{{"channel", channel}}}}}.dump();
}

}  // namespace

TEST_CASE("CN1 CN3 a ticket opens a socket, which begins with welcome") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const auto seat = join(server, workshop);
  auto socket = server.open(workshop, seat.secret);
  REQUIRE_FALSE(socket.refusal());
  const auto welcome = json::parse(socket.receive().value());
  REQUIRE(welcome["type"] == "welcome");
  REQUIRE(welcome["seats"] == json::array({seat.seat}));
  REQUIRE(welcome["organiser"] == false);
  socket.send(R"({"type":"ping"})");
  REQUIRE(socket.receive_type("pong").contains("now"));
}

TEST_CASE("CN1 whoever may not come in is refused before the upgrade, with a problem document") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const auto target = [&](const std::string& ticket) {
    return "/ws/" + workshop.id + "?ticket=" + ticket;
  };
  const auto refused = [&](const std::string& where, const Headers& headers,
                           const std::string& protocol = "rundbord.v1") {
    Socket socket(server.port(), where, headers, protocol);
    REQUIRE(socket.refusal());
    REQUIRE(socket.refusal()->headers.at("content-type") == "application/problem+json");
    return std::to_string(socket.refusal()->status) + " " + socket.refusal()->code();
  };
  const auto good = server.ticket(workshop, workshop.organiser_secret);
  REQUIRE(refused(target(good), {{"Origin", "https://evil.test"}}) == "403 origin_not_allowed");
  REQUIRE(refused(target(good), {}, "") == "400 version");
  REQUIRE(refused(target(good), {}, "rundbord.v2") == "400 version");
  REQUIRE(refused(target("nonsense"), {}) == "403 forbidden");
  REQUIRE(refused("/ws/" + workshop.id, {}) == "403 forbidden");
  REQUIRE(refused("/ws/x?ticket=" + good, {}) == "404 unknown_workshop");
  REQUIRE(refused("/elsewhere", {}) == "404 not_found");
  // None of these spent the ticket.
  const auto own = "http://127.0.0.1:" + std::to_string(server.port());
  Socket socket(server.port(), target(good), {{"Origin", own}});
  REQUIRE_FALSE(socket.refusal());
}

TEST_CASE("CN2 a ticket works once, and for its own workshop") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const auto other = server.make_workshop();
  const auto ticket = server.ticket(workshop, workshop.organiser_secret);
  Socket first(server.port(), "/ws/" + workshop.id + "?ticket=" + ticket);
  REQUIRE_FALSE(first.refusal());
  Socket second(server.port(), "/ws/" + workshop.id + "?ticket=" + ticket);
  REQUIRE(second.refusal()->status == 403);
  const auto third = server.ticket(workshop, workshop.organiser_secret);
  Socket elsewhere(server.port(), "/ws/" + other.id + "?ticket=" + third);
  REQUIRE(elsewhere.refusal()->status == 403);
}

TEST_CASE("CN2 a ticket works within 30 s") {
  auto now = std::make_shared<std::atomic<std::int64_t>>(1'700'000'000'000);
  ServerOptions options;
  options.now = [now] { return Time{Duration{now->load()}}; };
  const RunningServer server(std::move(options));
  const auto workshop = server.make_workshop();
  const auto ticket = server.ticket(workshop, workshop.organiser_secret);
  *now += 30'000;
  Socket late(server.port(), "/ws/" + workshop.id + "?ticket=" + ticket);
  REQUIRE(late.refusal()->status == 403);
}

TEST_CASE("R7 HT5 a caller in a reconnect loop is answered late and told when to come back") {
  ServerOptions options;
  options.limits.ticket_refusal_wait = std::chrono::milliseconds(200);
  const RunningServer server(std::move(options), nullptr, TicketBudget::as_given);
  const auto workshop = server.make_workshop();
  const auto kari = join(server, workshop);
  const auto ola = join(server, workshop);
  const auto ask = [&](const std::string& secret) {
    return server.ask_as(secret, "POST", "/api/v1/workshops/" + workshop.id + "/ticket");
  };
  for (int i = 0; i < access::TicketLimitOptions{}.at_once_max; ++i) {
    REQUIRE(ask(kari.secret).status == 200);
  }
  const auto before = std::chrono::steady_clock::now();
  const auto refused = ask(kari.secret);
  REQUIRE(std::chrono::steady_clock::now() - before >= std::chrono::milliseconds(200));
  REQUIRE(refused.status == 429);
  REQUIRE(refused.code() == "too_many_connections");
  REQUIRE(refused.headers.at("retry-after") == "10");
  REQUIRE(ask(ola.secret).status == 200);
}

TEST_CASE("one note goes from one socket to the log and into another") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const auto writer = join(server, workshop);
  const auto reader = join(server, workshop);
  auto reading = server.open(workshop, reader.secret);
  reading.send(subscribe("room/1"));
  reading.receive_type("snapshot");
  auto writing = server.open(workshop, writer.secret);
  const auto organiser = [&] {
    auto socket = server.open(workshop, workshop.organiser_secret);
    socket.send(json{
        {"type", "command"}, {"id", id()}, {"name", "open_sitting"}, {"fields", {{"sitting", 1}}}}
                    .dump());
    return socket.receive_type("ok");
  }();
  REQUIRE(organiser["seq"].get<int>() > 1);
  const auto command = note(writer.seat, "Korskole på timeplanen");
  writing.send(command.dump());
  const auto ok = writing.receive_type("ok");
  REQUIRE(ok["id"] == command["id"]);
  json frame;
  do {
    frame = reading.receive_type("frame");
  } while (frame.dump().find("note_written") == std::string::npos);
  REQUIRE(frame.dump().find("Korskole på timeplanen") != std::string::npos);
  const auto workshop_id = id_from_text<WorkshopId>(workshop.id).value();
  REQUIRE(server.log().last_seq(workshop_id) == ok["seq"].get<std::uint64_t>());
}

TEST_CASE("HT5 a browser that is several things says what its socket is for") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const auto cookie = server.ask("GET", "/api/v1/code/" + workshop.code).cookie();
  const json seat = {{"code", workshop.code}};
  server.ask("POST", "/api/v1/join", seat.dump(), {{"Cookie", cookie}});
  const json link = {{"workshop", workshop.id}, {"secret", workshop.organiser_secret}};
  server.ask("POST", "/api/v1/sessions", link.dump(), {{"Cookie", cookie}});
  const auto welcome = [&](const std::string& body) {
    const auto reply = server.ask("POST", "/api/v1/workshops/" + workshop.id + "/ticket", body,
                                  {{"Cookie", cookie}});
    Socket socket(server.port(),
                  "/ws/" + workshop.id + "?ticket=" + reply.json()["ticket"].get<std::string>());
    const auto message = socket.receive_type("welcome");
    return std::pair(message["organiser"].get<bool>(), message["seats"].size());
  };
  REQUIRE(welcome("") == std::pair(true, std::size_t{1}));
  REQUIRE(welcome(R"({"as":"seats"})") == std::pair(false, std::size_t{1}));
  REQUIRE(welcome(R"({"as":"organiser"})") == std::pair(true, std::size_t{0}));
}

TEST_CASE("CN5 what breaks the rules of messages ends the socket with its code") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  SECTION("a message over 256 KiB: 1009") {
    auto socket = server.open(workshop, workshop.organiser_secret);
    socket.send(std::string(256 * 1024 + 1, 'x'));
    REQUIRE(socket.closed_with() == 1009);
  }
  SECTION("invalid UTF-8: 1007") {
    auto socket = server.open(workshop, workshop.organiser_secret);
    socket.send("\xff\xfe");
    REQUIRE(socket.closed_with() == 1007);
  }
  SECTION("a binary frame: 4501") {
    auto socket = server.open(workshop, workshop.organiser_secret);
    socket.send("{}", true);
    REQUIRE(socket.closed_with() == 4501);
  }
  SECTION("broken JSON, unknown types and commands: rejected, and the socket stays") {
    auto socket = server.open(workshop, workshop.organiser_secret);
    for (const char* bad : {"{", "[]", R"({"type":"dance"})",
                            R"({"type":"command","id":"x","name":"y","fields":{}})"}) {
      socket.send(bad);
      REQUIRE(socket.receive_type("rejected")["code"] == "malformed");
    }
    socket.send(std::string(17, '[') + std::string(17, ']'));
    REQUIRE(socket.receive_type("rejected")["code"] == "too_deep");
    socket.send(R"({"type":"ping"})");
    REQUIRE_NOTHROW(socket.receive_type("pong"));
  }
}

TEST_CASE("CN4 a silent connection is closed, one that pings stays") {
  ServerOptions options;
  const std::chrono::milliseconds idle_max(400);
  options.limits.idle_max = idle_max;
  options.limits.sweep_every = std::chrono::milliseconds(10);
  const RunningServer server(std::move(options));
  const auto workshop = server.make_workshop();
  auto silent = server.open(workshop, workshop.organiser_secret);
  auto pinging = server.open(workshop, workshop.organiser_secret);
  // Each answered ping starts the time anew; the server's own budget sets their pace.
  const auto until = std::chrono::steady_clock::now() + 4 * idle_max;
  while (std::chrono::steady_clock::now() < until) {
    pinging.send(R"({"type":"ping"})");
    pinging.receive_type("pong");
  }
  silent.closed_with();
  pinging.send(R"({"type":"ping"})");
  REQUIRE_NOTHROW(pinging.receive_type("pong"));
}

TEST_CASE("S6 a reader that never reads is cut at its byte cap; others get everything") {
  ServerOptions options;
  options.metrics = HostPort{"127.0.0.1", 0};
  options.limits.waiting_bytes_max = 64 * 1024;
  options.limits.slow_after = Duration::zero();
  options.limits.frames_at_once_max = 100'000;
  const RunningServer server(std::move(options));
  const auto workshop = server.make_workshop();
  const auto seat = join(server, workshop);
  auto stalled = server.open(workshop, seat.secret);
  stalled.send(subscribe("room/1"));
  auto organiser = server.open(workshop, workshop.organiser_secret);
  organiser.send(json{
      {"type", "command"}, {"id", id()}, {"name", "open_sitting"}, {"fields", {{"sitting", 1}}}}
                     .dump());
  organiser.receive_type("ok");
  auto writing = server.open(workshop, seat.secret);
  const auto cut = [&] {
    return ask(server.metrics_port(), "GET", "/metrics")
               .body.find("rundbord_sockets_cut_slow_total 1") != std::string::npos;
  };
  // Bounded by what the kernel's buffers and ours can hold; notes_per_room_max is far off.
  int written = 0;
  for (; written < 1500 && !cut(); ++written) {
    writing.send(note(seat.seat, std::string(3'900, 'x')).dump());
    writing.receive_type("ok");
  }
  REQUIRE(cut());
  REQUIRE(written > 10);
  REQUIRE(stalled.closed_with() == 0);
  writing.send(R"({"type":"ping"})");
  REQUIRE_NOTHROW(writing.receive_type("pong"));
}

TEST_CASE("S6 what comes faster than the budget is read later, not lost") {
  ServerOptions options;
  options.limits.frames_at_once_max = 5;
  options.limits.frames_per_second_max = 100;
  const RunningServer server(std::move(options));
  const auto workshop = server.make_workshop();
  auto socket = server.open(workshop, workshop.organiser_secret);
  socket.receive_type("welcome");
  const auto before = std::chrono::steady_clock::now();
  for (int i = 0; i < 45; ++i) socket.send(R"({"type":"ping"})");
  for (int i = 0; i < 45; ++i) socket.receive_type("pong");
  REQUIRE(std::chrono::steady_clock::now() - before >= std::chrono::milliseconds(380));
}

TEST_CASE("CN6 a stopping server tells its sockets to come back: 1012") {
  RunningServer server;
  const auto workshop = server.make_workshop();
  auto first = server.open(workshop, workshop.organiser_secret);
  auto second = server.open(workshop, workshop.organiser_secret);
  first.receive_type("welcome");
  std::thread stopping([&] { server.stop(); });
  REQUIRE(first.closed_with() == 1012);
  REQUIRE(second.closed_with() == 1012);
  stopping.join();
}

TEST_CASE("a stopping server does not wait for those who do not listen") {
  ServerOptions options;
  options.limits.shutdown_max = std::chrono::milliseconds(300);
  RunningServer server(std::move(options));
  const auto workshop = server.make_workshop();
  auto deaf = server.open(workshop, workshop.organiser_secret);  // never reads, so never answers
  RawConnection dribbling(server.port());
  dribbling.send("POST /api/v1/join HTTP/1.1\r\nContent-Length: 10\r\n\r\n");
  const auto before = std::chrono::steady_clock::now();
  server.stop();
  REQUIRE(std::chrono::steady_clock::now() - before < std::chrono::seconds(5));
}

TEST_CASE("stopped and started again on its log, the server knows its people") {
  log::MemoryLog log;
  MadeWorkshop workshop;
  Seated seat;
  {
    RunningServer server({}, &log);
    workshop = server.make_workshop();
    seat = join(server, workshop);
    // MemoryLog refuses appends once closed, so this server is left to its destructor's stop.
  }
  log::MemoryLog other;
  const RunningServer again({}, &other);
  REQUIRE(again.ask_as(seat.secret, "GET", "/api/v1/workshops/" + workshop.id).status == 403);
  const RunningServer same({}, &log);
  const auto seen = same.ask_as(seat.secret, "GET", "/api/v1/workshops/" + workshop.id);
  REQUIRE(seen.status == 200);
  REQUIRE(seen.json()["you"]["seats"] == json::array({seat.seat}));
}

TEST_CASE(
    "CM8 a failed disk: the socket is closed with 4002, and the next one finds what was stored") {
  log::FaultyLog faulty(std::make_unique<log::MemoryLog>());
  RunningServer server({}, &faulty);
  const auto workshop = server.make_workshop();
  const auto seat = join(server, workshop);
  auto socket = server.open(workshop, workshop.organiser_secret);
  socket.receive_type("welcome");
  const auto id_here = id_from_text<WorkshopId>(workshop.id).value();
  const auto before = server.log().last_seq(id_here);
  faulty.fail_all(log::AppendError::disk_full);
  socket.send(json{
      {"type", "command"}, {"id", id()}, {"name", "lock_rooms"}, {"fields", {{"locked", true}}}}
                  .dump());
  REQUIRE(socket.closed_with() == 4002);
  faulty.heal();
  REQUIRE(server.log().last_seq(id_here) == before);
  auto next = server.open(workshop, workshop.organiser_secret);
  next.receive_type("welcome");
  next.send(json{
      {"type", "command"}, {"id", id()}, {"name", "lock_rooms"}, {"fields", {{"locked", true}}}}
                .dump());
  REQUIRE(next.receive_type("ok")["seq"].get<std::uint64_t>() == before + 1);
}

TEST_CASE(
    "RC1 ok carries the commit's place in the chain; of an old commit it comes from the log") {
  log::MemoryLog log;
  const auto first = std::make_unique<RunningServer>(ServerOptions{}, &log);
  const auto workshop = first->make_workshop();
  const auto seat = join(*first, workshop);
  const auto command = note(seat.seat, "Skrevet for lenge siden");
  const auto id_here = id_from_text<WorkshopId>(workshop.id).value();
  const auto ask = [&](const RunningServer& server) {
    auto socket = server.open(workshop, seat.secret);
    socket.receive_type("welcome");
    socket.send(command.dump());
    return socket.receive_type("ok");
  };
  const auto ok = ask(*first);
  ChainHash stored{};
  log.read(id_here, ok["seq"], [&](const log::StoredCommit& commit) {
    stored = commit.chain;
    return false;
  });
  REQUIRE(ok["chain"] == to_hex(stored));
  REQUIRE(ask(*first) == ok);
  first->stop();

  log::Append newer{id_here, {}, {}};
  for (auto seq = log.last_seq(id_here); newer.commits.size() <= engine::chains_kept_max;) {
    const json header = {{"seq", ++seq}, {"at", 1}, {"command", id()}, {"events", json::array()}};
    newer.commits.push_back({seq, header.dump(), {}});
  }
  log.append(newer, [](const log::AppendResult&) {});
  const RunningServer second({}, &log);
  REQUIRE(ask(second) == ok);
}

TEST_CASE("a port that is taken is said with a code and what to do") {
  const RunningServer server;
  log::MemoryLog log;
  ServerOptions options;
  options.listen.port = server.port();
  Server second(log, std::move(options));
  const auto failure = second.run();
  REQUIRE(failure);
  REQUIRE(failure->code == "port_taken");
  REQUIRE(failure->sentence.find(std::to_string(server.port())) != std::string::npos);
}

TEST_CASE("options that cannot be used are said at start") {
  log::MemoryLog log;
  const auto code = [&](auto change) {
    ServerOptions options;
    options.listen.port = 0;
    change(options);
    return Server(log, std::move(options)).run()->code;
  };
  REQUIRE(code([](auto& options) { options.trusted_proxies = {"everyone"}; }) == "bad_option");
  REQUIRE(code([](auto& options) { options.public_url = "rundbord.example"; }) == "bad_option");
  REQUIRE(code([](auto& options) { options.listen.host = "nowhere"; }) == "bad_address");
}
