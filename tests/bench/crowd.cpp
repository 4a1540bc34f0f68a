#include "crowd.hpp"

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "app/replay_messages.hpp"

namespace rundbord::bench {
namespace {

using nlohmann::json;
constexpr std::size_t id_characters = 22;
constexpr std::string_view type_key = "\"type\":\"";
// Stands before the time in a note's text and nowhere else in a message.
constexpr char due_mark = '@';

std::int64_t microseconds(Steady::time_point time) {
  return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

std::string note_text(Steady::time_point due) {
  return "Vi trenger et sted der alle kan møtes uten å måtte kjøpe noe " +
         std::string(1, due_mark) + std::to_string(microseconds(due));
}

}  // namespace

Crowd::Crowd(app::Client& client, const Contender& contender)
    : client_(client), contender_(contender) {
  ping_all();
}

void Crowd::open(std::size_t seats, std::size_t first) {
  const auto from = lines_.size();
  for (auto seat = first; seat < first + seats; ++seat) {
    const auto& who = contender_.prepared().seats[seat];
    add_line(who.secret, {"room/" + std::to_string(who.room)}, seat, seat % sampled_every_ == 0);
  }
  open_lines(from);
}

void Crowd::open_as_browsers(std::size_t seats, std::size_t first) {
  const auto from = lines_.size();
  for (auto seat = first; seat < first + seats; ++seat) {
    const auto& who = contender_.prepared().seats[seat];
    add_line(who.secret, {"plenary", "room/" + std::to_string(who.room), "seat/" + who.id}, seat,
             false);
  }
  open_lines(from);
}

void Crowd::open_without_rooms(std::size_t seats) {
  const auto from = lines_.size();
  for (std::size_t seat = 0; seat < seats; ++seat) {
    add_line(contender_.prepared().seats[seat].secret, {}, seat, false);
  }
  open_lines(from);
}

void Crowd::open_wall(std::size_t sockets) {
  const auto from = lines_.size();
  for (std::size_t i = 0; i < sockets; ++i) {
    add_line(contender_.prepared().projector_secret, {"wall/1.1"}, 0, i % sampled_every_ == 0);
  }
  open_lines(from);
}

void Crowd::open_console() {
  const auto from = lines_.size();
  add_line(contender_.prepared().organiser_secret, {"console"}, 0, false);
  open_lines(from);
}

void Crowd::add_line(const std::string& secret, std::vector<std::string> channels, std::size_t seat,
                     bool sampled) {
  auto line = std::make_unique<Line>();
  line->secret = secret;
  line->channels = std::move(channels);
  line->seat = seat;
  line->sampled = sampled;
  lines_.push_back(std::move(line));
}

void Crowd::open_lines(std::size_t from) {
  constexpr std::size_t side_by_side = 50;
  for (auto at = from; at < lines_.size(); ++at) {
    if (contender_.is_ours()) {
      ask_for_ticket(*lines_[at]);
    } else {
      open_socket(*lines_[at], contender_.kind().dialect == Dialect::plain
                                   ? "/"
                                   : "/socket.io/?EIO=4&transport=websocket");
    }
    client_.run_until([&] { return at + 1 < ready_ + errors_ + side_by_side; });
  }
  client_.run_until([&] { return ready_ + errors_ >= lines_.size(); });
}

void Crowd::ask_for_ticket(Line& line) {
  app::HttpRequest request;
  request.method = "POST";
  request.target = "/api/v1/workshops/" + contender_.prepared().workshop + "/ticket";
  request.bearer = line.secret;
  client_.request(std::move(request), [this, &line](const app::HttpAnswer& answer) {
    const auto body = json::parse(answer.body, nullptr, false);
    if (!body.is_object() || !body.contains("ticket")) return void(++errors_);
    open_socket(line, "/ws/" + contender_.prepared().workshop +
                          "?ticket=" + body["ticket"].get<std::string>());
  });
}

void Crowd::open_socket(Line& line, const std::string& target) {
  app::SocketEvents events;
  events.opened = [this, &line] {
    line.opened = true;
    if (contender_.kind().dialect == Dialect::plain) greet(line);
  };
  events.heard = [this, &line](const std::string& message) { hear(line, message); };
  // While a long history is read a socket may not open in time; people's browsers try again too.
  events.closed = [this, &line](std::uint16_t) {
    if (line.opened || !contender_.is_ours()) return void(++errors_);
    ask_for_ticket(line);
  };
  line.socket = client_.open(target, std::move(events));
}

void Crowd::greet(Line& line) {
  if (line.channels.empty()) return void(++ready_);
  auto channels = json::array();
  for (const auto& channel : line.channels) channels.push_back({{"channel", channel}});
  say(line, "subscribe", json{{"type", "subscribe"}, {"channels", channels}}.dump());
}

// Socket.IO 5 in Engine.IO 4: "4" a message, "2" an event, then its name and what it carries.
void Crowd::say(Line& line, const char* type, const std::string& message) {
  if (contender_.kind().dialect == Dialect::plain) return line.socket->send(message);
  line.socket->send("42[\"" + std::string(type) + "\"," + message + ']');
}

// SPEC CN4: the server closes a connection that is silent for 30 s.
void Crowd::ping_all() {
  for (const auto& line : lines_) {
    if (line->opened) say(*line, "ping_us", R"({"type":"ping"})");
  }
  client_.after(std::chrono::seconds(15), [this] { ping_all(); });
}

void Crowd::write_note(std::size_t seat, Steady::time_point due) {
  const auto id = app::draw_id();
  const auto& by = contender_.prepared().seats[seat];
  app::PlannedLine line;
  line.place = {1, 1};
  line.text = note_text(due);
  waiting_[id] = {seat, due};
  say(*lines_[seat], "command", app::write_note_message({id, by.id}, by.room, line));
}

void Crowd::hear(Line& line, const std::string& message) {
  if (contender_.kind().dialect == Dialect::plain) return take(line, message);
  if (message[0] == '0') return line.socket->send("40");  // Engine.IO is open: open Socket.IO
  if (message[0] == '2') return line.socket->send("3");   // its ping
  if (message.compare(0, 2, "40") == 0) return greet(line);
  take(line, message);
}

// Parsed by hand: the generator shares its cores with the server it measures.
void Crowd::take(Line& line, const std::string& message) {
  const auto at = message.find(type_key);
  if (at == std::string::npos) return;
  const auto type = std::string_view(message).substr(at + type_key.size(), 2);
  if (type == "fr") {
    if (line.sampled) take_notes(message);
  } else if (type == "ok") {
    take_ok(message);
  } else if (type == "sn") {
    if (++line.snapshots == line.channels.size()) ++ready_;
  } else if (type == "re") {  // rejected, refused
    ++errors_;
  }
}

void Crowd::take_ok(const std::string& message) {
  const auto at = message.find("\"id\":\"");
  const auto found = waiting_.find(message.substr(at + 6, id_characters));
  if (found == waiting_.end()) return void(++errors_);
  const auto [seat, due] = found->second;
  waiting_.erase(found);
  ok_ms_.push_back(std::chrono::duration<double, std::milli>(Steady::now() - due).count());
  if (on_ok) on_ok(seat);
}

void Crowd::take_notes(const std::string& frame) {
  const auto now = microseconds(Steady::now());
  for (auto at = frame.find(due_mark); at != std::string::npos; at = frame.find(due_mark, at + 1)) {
    const auto due = std::strtoll(frame.c_str() + at + 1, nullptr, 10);
    fan_out_ms_.push_back(static_cast<double>(now - due) / 1000);
  }
}

}  // namespace rundbord::bench
