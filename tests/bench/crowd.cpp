#include "crowd.hpp"

#include <nlohmann/json.hpp>
#include <string_view>

#include "app/replay_messages.hpp"

namespace rundbord::bench {
namespace {

using nlohmann::json;
constexpr std::size_t id_characters = 22;
constexpr std::string_view note_written = "\"event\":\"note_written\"";

bool is_type(const std::string& message, std::string_view type) {
  const auto head = std::string("{\"type\":\"") + std::string(type) + '"';
  return message.compare(0, head.size(), head) == 0;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
    ++found;
  }
  return found;
}

}  // namespace

Crowd::Crowd(app::Client& client, const Prepared& prepared)
    : client_(client), prepared_(prepared), sockets_(prepared.seats.size()) {}

void Crowd::open(std::size_t seats) {
  constexpr std::size_t side_by_side = 50;
  ping_all();
  for (std::size_t seat = 0; seat < seats; ++seat) {
    ask_for_ticket(seat);
    client_.run_until([&] { return seat + 1 < ready_ + errors_ + side_by_side; });
  }
  client_.run_until([&] { return ready_ + errors_ >= seats; });
}

void Crowd::ask_for_ticket(std::size_t seat) {
  app::HttpRequest request;
  request.method = "POST";
  request.target = "/api/v1/workshops/" + prepared_.workshop + "/ticket";
  request.bearer = prepared_.seats[seat].secret;
  client_.request(std::move(request), [this, seat](const app::HttpAnswer& answer) {
    const auto body = json::parse(answer.body, nullptr, false);
    if (!body.is_object() || !body.contains("ticket")) return void(++errors_);
    open_socket(seat, body["ticket"].get<std::string>());
  });
}

void Crowd::open_socket(std::size_t seat, const std::string& ticket) {
  app::SocketEvents events;
  const auto room = prepared_.seats[seat].room;
  const auto opened = std::make_shared<bool>(false);
  events.opened = [this, seat, room, opened] {
    *opened = true;
    const json channel = {{"channel", "room/" + std::to_string(room)}};
    sockets_[seat]->send(json{{"type", "subscribe"}, {"channels", {channel}}}.dump());
  };
  events.heard = [this, seat](const std::string& message) { hear(seat, message); };
  // While a long history is read a socket may not open in time; people's browsers try again too.
  events.closed = [this, seat, opened](std::uint16_t) {
    if (*opened) return void(++errors_);
    ask_for_ticket(seat);
  };
  sockets_[seat] =
      client_.open("/ws/" + prepared_.workshop + "?ticket=" + ticket, std::move(events));
}

// SPEC CN4: the server closes a connection that is silent for 30 s.
void Crowd::ping_all() {
  for (const auto& socket : sockets_) {
    if (socket) socket->send(R"({"type":"ping"})");
  }
  client_.after(std::chrono::seconds(15), [this] { ping_all(); });
}

void Crowd::write_note(std::size_t seat, Steady::time_point due) {
  const auto id = app::draw_id();
  const auto& by = prepared_.seats[seat];
  app::PlannedLine line;
  line.place = {1, 1};
  line.text = "Vi trenger et sted der alle kan møtes uten å måtte kjøpe noe";
  waiting_[id] = {seat, due};
  sockets_[seat]->send(app::write_note_message({id, by.id}, by.room, line));
}

// Parsed by hand: the generator shares its cores with the server it measures.
void Crowd::hear(std::size_t seat, const std::string& message) {
  if (is_type(message, "frame")) {
    delivered_ += count(message, note_written);
  } else if (is_type(message, "snapshot")) {
    ++ready_;
  } else if (is_type(message, "ok")) {
    const auto at = message.find("\"id\":\"");
    const auto found = waiting_.find(message.substr(at + 6, id_characters));
    if (found == waiting_.end()) return void(++errors_);
    const auto due = found->second.due;
    waiting_.erase(found);
    ok_ms_.push_back(std::chrono::duration<double, std::milli>(Steady::now() - due).count());
    if (on_ok) on_ok(seat);
  } else if (is_type(message, "rejected") || is_type(message, "refused")) {
    ++errors_;
  }
}

}  // namespace rundbord::bench
