// S2: RFC 6455 case by case against the server as it is shipped, and the proof that each case can
// fail: decoys that take everything, or nothing, must fail all of them between them.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <set>
#include <thread>

#include "catch.hpp"
#include "conformance_cases.hpp"
#include "decoy.hpp"
#include "raw_websocket.hpp"
#include "running_server.hpp"

using namespace rundbord::net;
using namespace std::chrono_literals;

namespace {

enum class Verdict { passed, not_strict, failed };
struct Judged {
  std::string name;
  Verdict verdict = Verdict::failed;
  std::string reason;
};

// Where to knock: a target with a ticket that was not used yet.
struct Door {
  unsigned short port = 0;
  std::function<std::string()> target;
  std::chrono::milliseconds patience = 60s;
};

std::string type_of(const std::string& message) {
  const auto parsed = nlohmann::json::parse(message, nullptr, false);
  return parsed.is_object() ? parsed.value("type", "") : std::string();
}

struct Heard {
  std::vector<std::string> pongs;
  std::vector<std::string> answers;
  std::optional<std::uint16_t> close;  // of the close frame
  bool ended = false;
};

std::uint16_t code_in(const std::string& close) {
  if (close.size() < 2) return 0;
  return static_cast<std::uint16_t>(static_cast<std::uint8_t>(close[0]) << 8 |
                                    static_cast<std::uint8_t>(close[1]));
}

// Until a close frame and the end, or until `answers` answers have come, or nothing more does.
Heard listen(RawSocket& socket, std::size_t answers) {
  Heard heard;
  while (heard.answers.size() < answers) {
    const auto frame = socket.next();
    if (frame.state == RawSocket::Frame::nothing) return heard;
    if (frame.state == RawSocket::Frame::ended) {
      heard.ended = true;
      return heard;
    }
    if (frame.opcode == 10) heard.pongs.push_back(frame.payload);
    if (frame.opcode == 1) heard.answers.push_back(type_of(frame.payload));
    if (frame.opcode == 8) {
      heard.close = code_in(frame.payload);
      heard.ended = socket.ended_within_patience();
      return heard;
    }
  }
  return heard;
}

std::string list(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += word.substr(0, 20) + ' ';
  return text;
}

bool is_among(std::uint16_t code, const std::vector<std::uint16_t>& codes) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

Judged judge_life(const ConformanceCase& one, RawSocket& socket) {
  socket.send(text_frame(R"({"type":"ping"})"));
  auto wanted = one.answers;
  wanted.push_back("pong");
  const auto heard = listen(socket, wanted.size());
  if (heard.answers != wanted)
    return {one.name, Verdict::failed, "answers: " + list(heard.answers)};
  if (heard.pongs != one.pongs) return {one.name, Verdict::failed, "pongs: " + list(heard.pongs)};
  return {one.name, Verdict::passed, {}};
}

Judged judge_end(const ConformanceCase& one, RawSocket& socket,
                 std::chrono::milliseconds patience) {
  auto heard = listen(socket, one.answers.size() + 1);
  bool strict = heard.answers == one.answers && heard.pongs == one.pongs;
  if (!heard.close && !heard.ended && !one.rest.empty()) {
    strict = false;
    socket.send(one.rest);
    heard = listen(socket, one.answers.size() + 1);
  }
  const auto said = heard.close ? std::to_string(*heard.close) : std::string("no close frame");
  if (!heard.close || !is_among(*heard.close, one.closes)) {
    return {one.name, Verdict::failed, said + ", answers: " + list(heard.answers)};
  }
  if (!heard.ended) {
    return {one.name, Verdict::failed,
            "open still after " + std::to_string(patience.count()) + " ms"};
  }
  return {one.name, strict ? Verdict::passed : Verdict::not_strict, list(heard.answers)};
}

Judged judge(const ConformanceCase& one, const Door& door) {
  RawSocket socket(door.port, door.patience);
  socket.send(upgrade_request(door.target()));
  if (socket.read_answer().rfind("HTTP/1.1 101", 0) != 0) {
    return {one.name, Verdict::failed, "was not let in"};
  }
  if (type_of(socket.next().payload) != "welcome") return {one.name, Verdict::failed, "no welcome"};
  socket.send(one.sent, one.chop);
  return one.closes.empty() ? judge_life(one, socket) : judge_end(one, socket, door.patience);
}

Judged judge(const HandshakeCase& one, const Door& door) {
  const auto name = "handshake: " + one.name;
  auto request = one.request;
  request.replace(request.find("TARGET"), 6, door.target());
  RawSocket socket(door.port, door.patience);
  socket.send(request);
  const auto answer = socket.read_answer();
  const auto status = answer.size() > 12 ? answer.substr(9, 3) : std::string("none");
  if (status != std::to_string(one.status)) return {name, Verdict::failed, "status " + status};
  if (answer.find("Sec-WebSocket-Extensions") != std::string::npos) {
    return {name, Verdict::failed, "agreed to an extension"};
  }
  if (one.status != 101) {
    const bool problem = answer.find("application/problem+json") != std::string::npos;
    return {name, problem ? Verdict::passed : Verdict::failed, "no problem document"};
  }
  const bool accepted =
      answer.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") != std::string::npos &&
      answer.find("Sec-WebSocket-Protocol: rundbord.v1") != std::string::npos;
  return {name, accepted ? Verdict::passed : Verdict::failed, "wrong accept or subprotocol"};
}

std::vector<ConformanceCase> all_cases() {
  std::vector<ConformanceCase> cases;
  for (const auto& some :
       {frame_cases(), control_cases(), fragment_cases(), utf8_cases(), close_cases()}) {
    cases.insert(cases.end(), some.begin(), some.end());
  }
  return cases;
}

// Side by side: most of a case is waiting.
std::vector<Judged> judge_all(const Door& door) {
  const auto cases = all_cases();
  const auto handshakes = handshake_cases();
  std::vector<Judged> judged(cases.size() + handshakes.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (auto i = next++; i < judged.size(); i = next++) {
      judged[i] =
          i < cases.size() ? judge(cases[i], door) : judge(handshakes[i - cases.size()], door);
    }
  };
  std::vector<std::thread> workers;
  for (int i = 0; i < 16; ++i) workers.emplace_back(work);
  for (auto& worker : workers) worker.join();
  return judged;
}

std::size_t count(const std::vector<Judged>& judged, Verdict verdict) {
  return static_cast<std::size_t>(std::count_if(
      judged.begin(), judged.end(), [&](const Judged& one) { return one.verdict == verdict; }));
}

}  // namespace

TEST_CASE("S2 RFC 6455, every class of it, with the settings the server is shipped with") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const Door door{server.port(), [&] {
                    return "/ws/" + workshop.id +
                           "?ticket=" + server.ticket(workshop, workshop.organiser_secret);
                  }};
  const auto judged = judge_all(door);
  std::printf("conformance: %zu cases, %zu failed, %zu not strict\n", judged.size(),
              count(judged, Verdict::failed), count(judged, Verdict::not_strict));
  for (const auto& one : judged) {
    INFO(one.name << ": " << one.reason);
    CHECK(one.verdict == Verdict::passed);
  }
  REQUIRE(judged.size() >= 517);
}

TEST_CASE("S2 each case of the conformance can fail: two servers that get it wrong fail them all") {
  std::set<std::string> failed;
  std::size_t cases = 0;
  for (const auto manner : {Decoy::takes_everything, Decoy::takes_nothing}) {
    const Decoy decoy(manner);
    for (const auto& one : judge_all({decoy.port(), [] { return "/ws"; }, 50ms})) {
      if (manner == Decoy::takes_everything) ++cases;
      if (one.verdict != Verdict::passed) failed.insert(one.name);
    }
  }
  std::set<std::string> names;
  for (const auto& one : all_cases()) names.insert(one.name);
  for (const auto& one : handshake_cases()) names.insert("handshake: " + one.name);
  REQUIRE(names.size() == cases);  // no two of the same name, or one could hide behind the other
  for (const auto& name : names) {
    INFO(name);
    CHECK(failed.count(name) == 1);
  }
}
