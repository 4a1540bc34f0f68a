// S6: clients that are slow, silent, broken or in bad faith are let go in time, and harm nobody.
// The server's deadlines are those of production made shorter; a test says what they are there.
#include <functional>

#include "catch.hpp"
#include "raw_websocket.hpp"
#include "running_server.hpp"

using namespace rundbord;
using namespace rundbord::net;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

const std::string ping_text = R"({"type":"ping"})";

ServerOptions impatient() {
  ServerOptions options;
  options.metrics = HostPort{"127.0.0.1", 0};
  options.limits.handshake_max = 500ms;
  options.limits.progress_max = 300ms;
  options.limits.idle_max = 600ms;
  options.limits.sweep_every = 10ms;
  return options;
}

std::string opening(const RunningServer& server, const MadeWorkshop& workshop) {
  return upgrade_request("/ws/" + workshop.id +
                         "?ticket=" + server.ticket(workshop, workshop.organiser_secret));
}

// Past the handshake and its welcome.
std::unique_ptr<RawSocket> open_raw(const RunningServer& server, const MadeWorkshop& workshop,
                                    std::chrono::milliseconds patience = 10s) {
  auto socket = std::make_unique<RawSocket>(server.port(), patience);
  socket->send(opening(server, workshop));
  socket->read_answer();
  socket->next();
  return socket;
}

// Sends one piece after the other, again and again, a few milliseconds apart, until the server has
// ended the connection; false when it never does.
bool freed_while_sending(RawSocket& socket, const std::function<std::string(int)>& piece) {
  for (int i = 0; i < 2'000; ++i) {
    if (!socket.send(piece(i)) || socket.ended_within_patience()) return true;
  }
  return false;
}

std::string metric(const RunningServer& server, const std::string& name) {
  const auto text = ask(server.metrics_port(), "GET", "/metrics").body;
  const auto at = text.find("\n" + name + ' ');
  return text.substr(at + name.size() + 2, text.find('\n', at + 1) - at - name.size() - 2);
}

template <class Condition>
void wait_until(Condition holds) {
  const auto until = std::chrono::steady_clock::now() + 20s;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > until) throw NothingCame("it never became so");
    std::this_thread::yield();
  }
}

std::string id() {
  return access::draw_secret(access::system_random());
}

json command(const std::string& name, json fields, const std::string& seat = {}) {
  json made = {{"type", "command"}, {"id", id()}, {"name", name}, {"fields", std::move(fields)}};
  if (!seat.empty()) made["seat"] = seat;
  return made;
}

// A room whose snapshot is larger than all buffers between us and a client.
struct FullRoom {
  MadeWorkshop workshop;
  std::string secret;  // of the seat in room 1
};
FullRoom make_full_room(const RunningServer& server) {
  FullRoom room{server.make_workshop(), {}};
  const json wish = {{"code", room.workshop.code}, {"room", 1}};
  const auto joined = server.ask("POST", "/api/v1/join", wish.dump()).json();
  room.secret = secret_of(joined["seat_link"]);
  {
    auto organiser = server.open(room.workshop, room.workshop.organiser_secret);
    organiser.send(command("open_sitting", {{"sitting", 1}}).dump());
    organiser.receive_type("ok");
  }
  auto writing = server.open(room.workshop, room.secret);
  for (int i = 0; i < 400; ++i) {
    const json fields = {{"note", id()},
                         {"room", 1},
                         {"place", {{"task", 1}, {"question", 1}}},
                         {"text", std::string(3'900, 'x')}};
    writing.send(command("write_note", fields, joined["seat"]).dump());
    writing.receive_type("ok");
  }
  return room;
}

const std::string subscribe_room = R"({"type":"subscribe","channels":[{"channel":"room/1"}]})";

}  // namespace

TEST_CASE("S6 LM3 the deadlines that production keeps") {
  const ServerLimits limits;
  REQUIRE(limits.handshake_max == 10s);
  REQUIRE(limits.progress_max == 10s);
  REQUIRE(limits.idle_max == 30s);
  REQUIRE(limits.sweep_every == 1s);
}

TEST_CASE("S6 LM3 who dribbles a request is let go, at whatever part of it") {
  const RunningServer server(impatient());
  RawSocket socket(server.port(), 10ms);
  SECTION("nothing at all") {
    RawSocket silent(server.port(), 10s);
    REQUIRE(silent.ended_within_patience());
  }
  SECTION("its headers") {
    socket.send("GET / HTTP/1.1\r\nHost: x\r\n");
    REQUIRE(
        freed_while_sending(socket, [](int i) { return "X-" + std::to_string(i) + ": y\r\n"; }));
  }
  SECTION("its body") {
    socket.send("POST /api/v1/join HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n");
    REQUIRE(freed_while_sending(socket, [](int) { return "x"; }));
  }
  SECTION("its chunks") {
    socket.send("POST /api/v1/join HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    REQUIRE(freed_while_sending(socket, [](int) { return "1\r\nx\r\n"; }));
  }
  REQUIRE(server.ask("GET", "/api/v1/templates").status == 200);
}

TEST_CASE("S6 LM3 who dribbles a message is let go, at whatever part of it") {
  const RunningServer server(impatient());
  const auto workshop = server.make_workshop();
  auto socket = open_raw(server, workshop, 10ms);
  RawFrame part{0, "x"};
  part.fin = false;
  SECTION("a frame's header") {
    const auto header = header_promising(1, 70'000);
    REQUIRE(freed_while_sending(*socket, [&](int i) {
      return i < 13 ? header.substr(static_cast<std::size_t>(i), 1) : std::string("x");
    }));
  }
  SECTION("a frame's payload") {
    socket->send(header_promising(1, 200'000));
    REQUIRE(freed_while_sending(*socket, [](int) { return "x"; }));
  }
  SECTION("fragments without end") {
    part.opcode = 1;
    socket->send(bytes_of(part));
    part.opcode = 0;
    REQUIRE(freed_while_sending(*socket, [&](int) { return bytes_of(part); }));
  }
  SECTION("pings in a message without end") {
    part.opcode = 1;
    socket->send(bytes_of(part));
    REQUIRE(freed_while_sending(*socket, [&](int) { return bytes_of({10, "p"}); }));
  }
  SECTION("half a message, then silence") {
    socket->send(text_frame(ping_text).substr(0, 7));
    REQUIRE(freed_while_sending(*socket, [](int) { return ""; }));
  }
  REQUIRE(metric(server, "rundbord_connections_overdue_total") == "1");
  auto healthy = server.open(workshop, workshop.organiser_secret);
  healthy.send(ping_text);
  REQUIRE_NOTHROW(healthy.receive_type("pong"));
}

TEST_CASE("S6 LM3 whole messages, however many, do not count as one that is never whole") {
  const RunningServer server(impatient());
  const auto workshop = server.make_workshop();
  auto socket = open_raw(server, workshop);
  // The end of each message and the beginning of the next come together.
  const auto frame = text_frame(ping_text);
  socket->send(frame.substr(0, 5));
  const auto until = std::chrono::steady_clock::now() + 900ms;
  while (std::chrono::steady_clock::now() < until) {
    socket->send(frame.substr(5) + frame.substr(0, 5));
    REQUIRE(socket->next().state == RawSocket::Frame::got);
  }
}

TEST_CASE("S6 CN4 a peer that is gone is noticed even while it is being sent to") {
  const RunningServer server(impatient());
  const auto workshop = server.make_workshop();
  auto gone = server.open(workshop, workshop.organiser_secret);
  gone.send(R"({"type":"subscribe","channels":[{"channel":"plenary"}]})");
  auto busy = server.open(workshop, workshop.organiser_secret);
  int sent = 0;
  wait_until([&] {
    // Few enough for the buffers between us and it: it is to be cut for its silence alone.
    const bool more = sent < 200;
    if (more) ++sent;
    busy.send(more ? command("lock_rooms", {{"locked", sent % 2 == 1}}).dump() : ping_text);
    busy.receive_type(more ? "ok" : "pong");
    return metric(server, "rundbord_connections_overdue_total") == "1";
  });
  busy.send(ping_text);
  REQUIRE_NOTHROW(busy.receive_type("pong"));
}

TEST_CASE("S6 LM3 who does not end a connection that has failed is cut off") {
  auto options = impatient();
  options.limits.idle_max = 60s;  // not for its silence
  const RunningServer server(options);
  const auto workshop = server.make_workshop();
  auto socket = open_raw(server, workshop);
  SECTION("after a frame that is none") {
    socket->send(bytes_of({3, ""}));
  }
  SECTION("after a frame that we do not take") {
    socket->send(bytes_of({2, "x"}));
  }
  REQUIRE(socket->next().opcode == 8);
  wait_until([&] { return metric(server, "rundbord_sockets") == "0"; });
}

TEST_CASE("S6 LM2 a reader that takes nothing is cut, also where nothing more is written") {
  auto options = impatient();
  options.limits.idle_max = 60s;  // not for its silence
  const RunningServer server(options);
  const auto room = make_full_room(server);
  auto stalled = server.open(room.workshop, room.secret);
  stalled.send(subscribe_room);
  wait_until([&] { return metric(server, "rundbord_connections_overdue_total") == "1"; });
  REQUIRE(stalled.closed_with() == 0);
}

TEST_CASE("S6 LM2 who does not read what it asked for does not get to ask for more") {
  auto options = impatient();
  options.limits.idle_max = 60s;  // not for its silence
  options.limits.progress_max = 2s;
  options.limits.waiting_bytes_hard_max = 3 << 20;  // two snapshots would be past it
  options.limits.waiting_bytes_max = 2 << 20;
  const RunningServer server(options);
  const auto room = make_full_room(server);
  auto greedy = server.open(room.workshop, room.secret);
  for (int i = 0; i < 20; ++i) greedy.send(subscribe_room);
  wait_until([&] { return metric(server, "rundbord_connections_overdue_total") == "1"; });
  REQUIRE(metric(server, "rundbord_sockets_cut_slow_total") == "0");
  // One who reads gets all of them, each in its turn.
  auto reader = server.open(room.workshop, room.secret);
  for (int i = 0; i < 5; ++i) reader.send(subscribe_room);
  for (int snapshots = 0; snapshots < 5;) {
    const auto message = reader.receive();  // not parsed: that would make it a slow reader
    REQUIRE(message);
    if (message->rfind(R"({"type":"snapshot")", 0) == 0) ++snapshots;
  }
}

TEST_CASE("S6 LM2 a client that does not read a large answer is let go") {
  auto options = impatient();
  options.export_document = [](const ExportRequest&) -> ExportResult {
    return ExportedDocument{"text/plain", "large.txt", std::string(16 << 20, 'x')};
  };
  const RunningServer server(options);
  const auto workshop = server.make_workshop();
  RawSocket slow(server.port(), 10s);
  slow.send("GET /api/v1/workshops/" + workshop.id +
            "/export.md HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + workshop.organiser_secret +
            "\r\n\r\n");
  wait_until([&] { return metric(server, "rundbord_requests_total") != "1"; });
  wait_until([&] { return metric(server, "rundbord_connections") == "1"; });  // the one that asks
}

TEST_CASE("S6 LM1 control frames and fragments count as messages do") {
  ServerOptions options;
  options.limits.frames_at_once_max = 5;
  options.limits.frames_per_second_max = 100;
  const RunningServer server(options);
  const auto workshop = server.make_workshop();
  auto socket = open_raw(server, workshop);
  const auto before = std::chrono::steady_clock::now();
  std::string flood;
  SECTION("pings") {
    for (int i = 0; i < 45; ++i) flood += ping_frame("");
  }
  SECTION("pongs nobody asked for") {
    for (int i = 0; i < 45; ++i) flood += bytes_of({10, ""});
  }
  SECTION("fragments") {
    flood = in_fragments(std::string(44, 'x'), 44) + ping_frame("");
  }
  SECTION("bytes") {
    flood = text_frame(std::string(45 * 4096, 'x'));
  }
  socket->send(flood);
  // What came in one go with the flood is answered with it; what comes afterwards waits.
  for (int i = 0; i < 2; ++i) {
    socket->send(text_frame(ping_text));
    RawSocket::Frame frame;
    do {
      frame = socket->next();
      REQUIRE(frame.state == RawSocket::Frame::got);
    } while (frame.payload.find("\"pong\"") == std::string::npos);
  }
  REQUIRE(std::chrono::steady_clock::now() - before >= 380ms);
}

TEST_CASE("S6 LM1 a snapshot counts for the one who asked for it") {
  ServerOptions options;
  options.limits.frames_per_second_max = 1'000;
  options.limits.frames_at_once_max = 10;
  const RunningServer server(options);
  const auto room = make_full_room(server);
  auto reader = server.open(room.workshop, room.secret);
  const auto before = std::chrono::steady_clock::now();
  reader.send(subscribe_room);
  reader.receive_type("snapshot");
  reader.send(ping_text);
  reader.receive_type("pong");
  REQUIRE(std::chrono::steady_clock::now() - before >= 350ms);  // 1.6 MB are 400 frames
}

TEST_CASE("S6 what is large, deep or endless in one message is refused, and the socket stays") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  auto socket = server.open(workshop, workshop.organiser_secret);
  const auto refused = [&](const std::string& text) {
    socket.send(text);
    return socket.receive_type("rejected")["code"].get<std::string>();
  };
  const std::size_t most = 256 * 1024;
  REQUIRE(refused(std::string(most, '[')) == "too_deep");
  REQUIRE(refused(R"({"type":)" + std::string(most - 8, ' ')) == "malformed");
  REQUIRE(refused('"' + std::string(most - 2, 'x') + '"') == "malformed");
  std::string keys = "{";
  for (int i = 0; i < 20'000; ++i) keys += "\"k" + std::to_string(i) + "\":1,";
  REQUIRE(refused(keys + "\"k1\":1}") == "malformed");
  REQUIRE(refused("1e" + std::string(1'000, '9')) == "malformed");
  std::string numbers = "[0";
  while (numbers.size() < most - 3) numbers += ",0";
  REQUIRE(refused(numbers + "]") == "malformed");
  json edit = command(
      "edit_text",
      {{"room", 1}, {"place", {{"task", 1}}}, {"version", 0}, {"writer", "w"}, {"counter", 1}});
  edit["fields"]["change"] = json::parse(numbers.substr(0, 200'000) + "]");
  REQUIRE_FALSE(refused(edit.dump()).empty());
  socket.send(ping_text);
  REQUIRE_NOTHROW(socket.receive_type("pong"));
}

TEST_CASE("S6 requests that two servers could cut at different places are refused and end there") {
  const RunningServer server;
  const std::string head = "POST /api/v1/join HTTP/1.1\r\nHost: x\r\n";
  const std::string hidden = "GET /api/v1/templates HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::vector<std::string> shapes = {
      head + "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n",
      head + "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n",
      head + "Content-Length: 0\r\nContent-Length: 44\r\n\r\n",
      head + "Content-Length: 0, 44\r\n\r\n",
      head + "Content-Length: +0\r\n\r\n",
      head + "Content-Length: 0x0\r\n\r\n",
      head + "Content-Length: -1\r\n\r\n",
      head + "Content-Length: 99999999999999999999\r\n\r\n",
      head + "Transfer-Encoding: xchunked\r\n\r\n",
      head + "Transfer-Encoding: identity\r\n\r\n",
      head + "Transfer-Encoding: chunked, identity\r\n\r\n",
      head + "Transfer-Encoding: gzip, chunked\r\n\r\n",
      head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      head + "Transfer-Encoding : chunked\r\n\r\n",
      head + "Transfer-Encoding: chunked\r\n\r\nx\r\n",
      head + "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
      head + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n",
      head + "Content-Length\r\n: 0\r\n\r\n",
      head + "X: y\r\n Content-Length: 44\r\n: 0\r\n\r\n",
      "POST /api/v1/join HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Length: 0\r\n\r\n",
      "POST /api/v1/join HTTP/1.1\nHost: x\nContent-Length: 0\n\n",
      "POST /api/v1/join  HTTP/1.1\r\nHost: x\r\n\r\n",
      "POST /api/v1/join HTTP/2.0\r\nHost: x\r\n\r\n",
  };
  for (const auto& shape : shapes) {
    CAPTURE(shape);
    RawSocket socket(server.port(), 10s);
    socket.send(shape + hidden);
    REQUIRE(socket.read_answer().rfind("HTTP/1.1 400", 0) == 0);
    REQUIRE(socket.read_answer().empty());
    REQUIRE(socket.ended_within_patience());
  }
}

TEST_CASE("S6 requests sent in one go are answered one after the other, in their order") {
  const RunningServer server;
  RawSocket socket(server.port(), 10s);
  std::string all;
  for (int i = 0; i < 50; ++i) {
    all += i % 2 == 0 ? "GET /api/v1/templates HTTP/1.1\r\nHost: x\r\n\r\n"
                      : "POST /api/v1/join HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
                        "Content-Type: application/json\r\n\r\n{}";
  }
  socket.send(all);
  for (int i = 0; i < 50; ++i) {
    const auto status = socket.read_answer().substr(0, 12);
    REQUIRE(status == (i % 2 == 0 ? "HTTP/1.1 200" : "HTTP/1.1 422"));
  }
}
