#include "crash/persistent_crowd.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/replay_messages.hpp"

namespace rundbord::crash {
namespace {

using nlohmann::json;
using Steady = std::chrono::steady_clock;

// So many of its answered commands a seat remembers, to ask about them again.
constexpr std::size_t answered_max = 8;

}  // namespace

PersistentCrowd::PersistentCrowd(const std::string& url, const bench::Prepared& prepared,
                                 CrowdOptions options, std::uint64_t seed)
    : prepared_(prepared),
      options_(std::move(options)),
      random_(seed),
      client_(*app::address_from_url(url)),
      seats_(options_.seats) {}

PersistentCrowd::~PersistentCrowd() = default;

void PersistentCrowd::open() {
  ping_all();
  for (std::size_t number = 0; number < seats_.size(); ++number) ask_for_ticket(number);
}

void PersistentCrowd::start_load() {
  loading_ = true;
  for (std::size_t number = 0; number < seats_.size(); ++number) {
    while (seats_[number].outbox.size() < options_.in_flight) write_note(number);
  }
}

void PersistentCrowd::stop_load() {
  loading_ = false;
}

void PersistentCrowd::close() {
  closing_ = true;
  for (auto& seat : seats_) {
    if (seat.socket) seat.socket->close();
  }
  run_until([this] { return connected() == 0; }, "all sockets closed");
}

void PersistentCrowd::run_until(const std::function<bool()>& reached, const std::string& what) {
  constexpr auto patience = std::chrono::seconds(30);
  const auto until = Steady::now() + patience;
  client_.after(std::chrono::duration_cast<Duration>(patience), [] {});  // an event, then
  client_.run_until([&] { return reached() || Steady::now() > until; });
  if (!reached()) throw std::runtime_error("waited in vain: " + what);
}

void PersistentCrowd::run_for(Duration time) {
  client_.pause(time);
}

std::size_t PersistentCrowd::connected() const {
  return static_cast<std::size_t>(
      std::count_if(seats_.begin(), seats_.end(), [](const Seat& seat) { return seat.ready; }));
}

std::size_t PersistentCrowd::unanswered() const {
  std::size_t count = 0;
  for (const auto& seat : seats_) count += seat.outbox.size();
  return count;
}

std::vector<std::string> PersistentCrowd::unanswered_commands() const {
  std::vector<std::string> ids;
  for (const auto& seat : seats_) {
    for (const auto& command : seat.outbox) ids.push_back(command.id);
  }
  return ids;
}

std::multiset<std::string> PersistentCrowd::seen_by(std::size_t number) const {
  std::multiset<std::string> seen;
  for (const auto& [place, notes] : seats_[number].view.notes()) {
    for (const auto& note : notes) seen.insert(note.id);
  }
  return seen;
}

// ---- coming back ------------------------------------------------------------------------------

void PersistentCrowd::ask_for_ticket(std::size_t number) {
  app::HttpRequest request;
  request.method = "POST";
  request.target = "/api/v1/workshops/" + prepared_.workshop + "/ticket";
  request.bearer = prepared_.seats[number].secret;
  client_.request(std::move(request), [this, number](const app::HttpAnswer& answer) {
    const auto body = json::parse(answer.body, nullptr, false);
    if (!body.is_object() || !body.contains("ticket")) return try_again(number);
    open_socket(number, body["ticket"].get<std::string>());
  });
}

void PersistentCrowd::open_socket(std::size_t number, const std::string& ticket) {
  app::SocketEvents events;
  events.opened = [] {};
  events.heard = [this, number](const std::string& text) { hear(number, text); };
  events.closed = [this, number](std::uint16_t code) { lost(number, code); };
  seats_[number].socket =
      client_.open("/ws/" + prepared_.workshop + "?ticket=" + ticket, std::move(events));
}

void PersistentCrowd::lost(std::size_t number, std::uint16_t code) {
  auto& seat = seats_[number];
  if (seat.ready) ++closed_[code];
  seat.ready = false;
  seat.socket.reset();
  try_again(number);
}

void PersistentCrowd::try_again(std::size_t number) {
  if (closing_) return;
  client_.after(options_.wait(seats_[number].attempt++), [this, number] {
    if (!closing_) ask_for_ticket(number);
  });
}

void PersistentCrowd::welcome(std::size_t number) {
  auto& seat = seats_[number];
  seat.ready = true;
  seat.attempt = 0;
  subscribe(number);
  if (!seat.answered.empty()) {
    auto again = seat.answered[draw(random_, seat.answered.size())];
    again.again = true;
    seat.outbox.push_back(std::move(again));
  }
  for (const auto& command : seat.outbox) seat.socket->send(command.message);
}

void PersistentCrowd::subscribe(std::size_t number) {
  auto& seat = seats_[number];
  json channel = {{"channel", "room/" + std::to_string(room_of(number))}};
  if (const auto& position = seat.view.position()) {
    channel["history"] = position->history;
    channel["seq"] = position->seq;
  }
  seat.socket->send(json{{"type", "subscribe"}, {"channels", {channel}}}.dump());
}

// SPEC CN4.
void PersistentCrowd::ping_all() {
  for (auto& seat : seats_) {
    if (seat.ready) seat.socket->send(R"({"type":"ping"})");
  }
  client_.after(std::chrono::seconds(15), [this] {
    if (!closing_) ping_all();
  });
}

// ---- what is heard ----------------------------------------------------------------------------

void PersistentCrowd::hear(std::size_t number, const std::string& text) {
  const auto message = json::parse(text);
  const auto& type = message.at("type").get_ref<const std::string&>();
  auto& view = seats_[number].view;
  if (type == "welcome") return welcome(number);
  if (type == "ok") return answer(number, message.at("id"), message.at("seq"));
  if (type == "rejected") return refuse(number, message.value("id", ""), message.at("code"));
  if (type == "snapshot") return view.take_snapshot(message);
  if (type == "frame" && view.position() && !view.take_frame(message)) subscribe(number);
}

void PersistentCrowd::answer(std::size_t number, const std::string& id, std::uint64_t seq) {
  auto& seat = seats_[number];
  const auto found = std::find_if(seat.outbox.begin(), seat.outbox.end(),
                                  [&](const Command& command) { return command.id == id; });
  if (found == seat.outbox.end()) return wrong_.push_back("an ok for nothing that was sent: " + id);
  const auto [known, first] = seqs_.emplace(id, seq);
  if (known->second != seq) {
    wrong_.push_back("command " + id + " was acknowledged as " + std::to_string(known->second) +
                     " and then as " + std::to_string(seq));
  }
  asked_again_ += found->again ? 1 : 0;
  oks_ += first ? 1 : 0;
  if (first) last_ok_ = Steady::now();
  if (seat.answered.size() == answered_max) seat.answered.erase(seat.answered.begin());
  seat.answered.push_back(*found);
  seat.outbox.erase(found);
  write_next(number);
}

void PersistentCrowd::write_next(std::size_t number) {
  const auto write = [this, number] {
    if (loading_ && seats_[number].outbox.size() < options_.in_flight) write_note(number);
  };
  if (!options_.think) return write();
  client_.after(options_.think(), write);
}

// SPEC CM8: what could not be stored is sent again when the server is back, `busy` a little later.
void PersistentCrowd::refuse(std::size_t number, const std::string& id, const std::string& code) {
  if (code == "not_stored") return;
  if (code != "busy") return wrong_.push_back("command " + id + " was refused: " + code);
  client_.after(options_.wait(0), [this, number, id] {
    auto& seat = seats_[number];
    for (const auto& command : seat.outbox) {
      if (command.id == id && seat.ready) seat.socket->send(command.message);
    }
  });
}

void PersistentCrowd::write_note(std::size_t number) {
  auto& seat = seats_[number];
  const auto id = app::draw_id();
  app::PlannedLine line;
  line.place = {1, 1};
  line.text = "Vi trenger et sted der alle kan møtes";
  const auto& by = prepared_.seats[number];
  seat.outbox.push_back({id, app::write_note_message({id, by.id}, by.room, line), false});
  if (seat.ready) seat.socket->send(seat.outbox.back().message);
}

}  // namespace rundbord::crash
