// Each limit of the network, at it and one beyond it (SPEC LM).
#include <thread>

#include "catch.hpp"
#include "net/address_budgets.hpp"
#include "net/frame_scanner.hpp"
#include "net/server_options.hpp"
#include "net/waiting_connections.hpp"
#include "raw_websocket.hpp"
#include "running_server.hpp"

using namespace rundbord;
using namespace rundbord::net;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

std::string request(const std::string& target, std::size_t header_bytes) {
  std::string head = "GET " + target + " HTTP/1.1\r\nHost: x\r\nX-Long: ";
  return head + std::string(header_bytes - head.size() - 4, 'x') + "\r\n\r\n";
}

struct Plain final : Connection {
  void finish() override {}
  void cut() override { was_cut = true; }
  void sweep(Time) override {}
  bool was_cut = false;
};

void scan(FrameScanner& scanner, const std::string& bytes, std::size_t chop) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  for (std::size_t at = 0; at < bytes.size(); at += chop) {
    scanner.take(data + at, std::min(chop, bytes.size() - at));
  }
}

}  // namespace

TEST_CASE("LM1 the scanner counts frames and fragments however they are cut") {
  RawFrame part{1, std::string(200, 'x')};
  part.fin = false;
  const auto half = bytes_of(part);
  RawFrame last{0, std::string(70'000, 'y')};
  const auto end = bytes_of(last);
  for (const std::size_t chop : {1, 2, 3, 7, 1000, 100'000}) {
    CAPTURE(chop);
    FrameScanner scanner;
    scan(scanner, half + ping_frame("between"), chop);
    REQUIRE(scanner.frames() == 2);
    REQUIRE(scanner.fragments() == 1);
    REQUIRE(scanner.unfinished());
    REQUIRE(scanner.unfinished_bytes() == half.size() + ping_frame("between").size());
    REQUIRE(scanner.begun() == 1);
    scan(scanner, end, chop);
    REQUIRE_FALSE(scanner.unfinished());
    REQUIRE(scanner.fragments() == 2);
    scan(scanner, text_frame("") + text_frame("x").substr(0, 6), chop);
    REQUIRE(scanner.frames() == 5);
    REQUIRE(scanner.begun() == 3);
    REQUIRE(scanner.unfinished());
  }
}

TEST_CASE("LM4 the one of an address that waited longest makes room, and the longest of all") {
  Metrics metrics;
  WaitingConnections waiting(2, metrics);
  Plain first, second, third, other, proxied;
  waiting.add(proxied, "");
  waiting.add(first, "a");
  const auto place = waiting.add(second, "a");
  waiting.add(other, "b");
  REQUIRE_FALSE(first.was_cut);
  waiting.add(third, "a");
  REQUIRE(first.was_cut);
  REQUIRE_FALSE(second.was_cut);
  waiting.remove(place);
  REQUIRE(waiting.cut_longest());
  REQUIRE(proxied.was_cut);
  REQUIRE(waiting.cut_longest());
  REQUIRE(other.was_cut);
  REQUIRE(waiting.cut_longest());
  REQUIRE_FALSE(waiting.cut_longest());
  REQUIRE_FALSE(second.was_cut);
}

TEST_CASE("LM5 an address has its budget, another its own, and is forgotten in time") {
  const Time start{1h};
  AddressBudgets budgets({2, 10});
  REQUIRE(budgets.try_take("a", start) == 0ms);
  REQUIRE(budgets.try_take("a", start) == 0ms);
  REQUIRE(budgets.try_take("a", start) == 100ms);
  REQUIRE(budgets.try_take("b", start) == 0ms);
  REQUIRE(budgets.try_take("a", start + 100ms) == 0ms);
  for (std::size_t i = 0; i <= AddressBudgets::addresses_max; ++i) {
    budgets.try_take(std::to_string(i), start);
  }
  REQUIRE(budgets.addresses() == AddressBudgets::addresses_max);
}

TEST_CASE("LM4 behind one address a hall gets in past a crowd that only holds connections") {
  ServerOptions options;
  options.limits.waiting_per_address_max = 20;
  options.limits.handshake_max = 60s;  // nobody goes by itself
  const RunningServer server(options);
  const auto workshop = server.make_workshop();
  std::vector<std::unique_ptr<RawSocket>> holding;
  for (int i = 0; i < 100; ++i) {
    holding.push_back(std::make_unique<RawSocket>(server.port(), 10s));
    holding.back()->send("GET / HTTP/1.1\r\n");
  }
  const json wish = {{"code", workshop.code}};
  for (int i = 0; i < 60; ++i) {
    REQUIRE(server.ask("POST", "/api/v1/join", wish.dump()).status == 200);
  }
  REQUIRE(holding.front()->ended_within_patience());
}

TEST_CASE("LM4 at connections_max who waited longest makes room; sockets never do") {
  ServerOptions options;
  options.limits.connections_max = 2;
  const RunningServer server(options);
  const auto workshop = server.make_workshop();
  auto socket = server.open(workshop, workshop.organiser_secret);
  RawSocket waiting(server.port(), 10s);
  waiting.send("GET / HTTP/1.1\r\n");
  REQUIRE(server.ask("GET", "/api/v1/templates").status == 200);
  REQUIRE(waiting.ended_within_patience());
  auto second = server.open(workshop, workshop.organiser_secret);
  second.receive_type("welcome");
  // Two sockets, and nobody who waits: one more is closed at once.
  RawSocket refused(server.port(), 10s);
  REQUIRE(refused.ended_within_patience());
  socket.send(R"({"type":"ping"})");
  REQUIRE_NOTHROW(socket.receive_type("pong"));
}

TEST_CASE("LM5 beyond its budget an address is told when to come back, others are not") {
  ServerOptions options;
  options.trusted_proxies = {"127.0.0.1"};
  SECTION("joining") {
    options.limits.joins_per_address = {3, 0.01};
  }
  SECTION("asking") {
    options.limits.requests_per_address = {3, 0.01};
  }
  const RunningServer server(options);
  const auto join = [&](const char* address) {
    return server.ask("POST", "/api/v1/join", R"({"code":"00000000"})",
                      {{"X-Forwarded-For", address}});
  };
  for (int i = 0; i < 3; ++i) REQUIRE(join("5.5.5.5").status == 404);
  const auto beyond = join("5.5.5.5");
  REQUIRE(beyond.status == 503);
  REQUIRE(beyond.code() == "busy");
  REQUIRE(beyond.json()["facts"]["retry_ms"].get<int>() > 90'000);
  REQUIRE(std::stoi(beyond.headers.at("retry-after")) > 90);
  REQUIRE(join("6.6.6.6").status == 404);
}

TEST_CASE("S4 the address is the proxy's word, also when the client put a line above it") {
  ServerOptions options;
  options.trusted_proxies = {"127.0.0.1"};
  options.limits.joins_per_address = {1, 0.01};
  const RunningServer server(options);
  const auto join = [&](const std::string& lines) {
    RawSocket socket(server.port(), 10s);
    const std::string body = R"({"code":"00000000"})";
    socket.send("POST /api/v1/join HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" +
                lines + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    return socket.read_answer().substr(9, 3);
  };
  REQUIRE(join("X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 9.9.9.9\r\n") == "404");
  REQUIRE(join("X-Forwarded-For: 2.2.2.2\r\nX-Forwarded-For: 9.9.9.9\r\n") == "503");
}

TEST_CASE("LM6 headers and bodies, at their limit and beyond") {
  const RunningServer server;
  const auto status = [&](const std::string& bytes) {
    RawSocket socket(server.port(), 10s);
    socket.send(bytes);
    return socket.read_answer().substr(9, 3);
  };
  REQUIRE(status(request("/api/v1/templates", 16 * 1024)) == "200");
  REQUIRE(status(request("/api/v1/templates", 16 * 1024 + 1)) == "431");
  const auto posts = [&](const std::string& target, std::size_t bytes) {
    return server.ask("POST", target, std::string(bytes, ' ')).status;
  };
  REQUIRE(posts("/api/v1/join", 64 * 1024) == 400);
  REQUIRE(posts("/api/v1/join", 64 * 1024 + 1) == 413);
  REQUIRE(posts("/api/v1/workshops", 1 << 20) != 413);
  REQUIRE(posts("/api/v1/workshops", (1 << 20) + 1) == 413);
  const auto chunked = [&](const std::string& target) {
    std::string bytes = "POST " + target +
                        " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        "Transfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 5; ++i) bytes += "4000\r\n" + std::string(0x4000, ' ') + "\r\n";
    return status(bytes + "0\r\n\r\n");
  };
  REQUIRE(chunked("/api/v1/join") == "413");
  REQUIRE(chunked("/api/v1/workshops") != "413");
}

TEST_CASE("LM6 all large bodies together have a limit, which small ones do not feel") {
  ServerOptions options;
  options.limits.large_bodies_bytes_max = 1 << 20;
  const RunningServer server(options);
  const std::string head = "POST /api/v1/workshops HTTP/1.1\r\nHost: x\r\nContent-Length: ";
  auto first = std::make_unique<RawSocket>(server.port(), 10s);
  first->send(head + std::to_string(1 << 20) + "\r\n\r\n{");
  const auto second = [&] {
    RawSocket socket(server.port(), 10s);
    socket.send(head + "70000\r\n\r\n");
    return socket.read_answer();
  };
  std::string answer;
  while (answer.rfind("HTTP/1.1 503", 0) != 0) {  // the first may not have been read yet
    RawSocket socket(server.port(), 50ms);
    socket.send(head + "70000\r\n\r\n");
    answer = socket.read_answer();
  }
  REQUIRE(answer.find("\"code\":\"busy\"") != std::string::npos);
  REQUIRE(second().rfind("HTTP/1.1 503", 0) == 0);
  REQUIRE(server.ask("POST", "/api/v1/workshops", "{}").status == 403);
  first.reset();
  while (true) {  // its room is given back
    RawSocket socket(server.port(), 50ms);
    socket.send(head + "70000\r\n\r\n" + std::string(70'000, ' '));
    if (socket.read_answer().rfind("HTTP/1.1 503", 0) != 0) break;
  }
}

TEST_CASE(
    "LM7 a workshop with sessions_per_workshop_max sockets refuses one more before it opens") {
  ServerOptions options;
  options.limits.sessions_per_workshop_max = 2;
  const RunningServer server(options);
  const auto workshop = server.make_workshop();
  auto first = server.open(workshop, workshop.organiser_secret);
  auto second = server.open(workshop, workshop.organiser_secret);
  second.receive_type("welcome");
  auto third = server.open(workshop, workshop.organiser_secret);
  REQUIRE(third.refusal());
  REQUIRE(third.refusal()->status == 503);
  REQUIRE(third.refusal()->code() == "busy");
  const auto other = server.make_workshop();
  REQUIRE_FALSE(server.open(other, other.organiser_secret).refusal());
}

TEST_CASE("CN5 a message of 256 KiB is taken, in one frame or many") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  auto socket = server.open(workshop, workshop.organiser_secret);
  socket.send(R"({"type":"ping","x":")" + std::string(256 * 1024 - 22, 'x') + "\"}");
  REQUIRE_NOTHROW(socket.receive_type("pong"));
}
