#include "app/resuming_link.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

namespace rundbord::app {
namespace {

using nlohmann::json;
using Steady = std::chrono::steady_clock;

// SPEC CN4.
constexpr auto ping_every = std::chrono::seconds(20);
// web.md's back-off, with a lower ceiling: a minute is all there is.
constexpr Duration first_wait = std::chrono::milliseconds(500);
constexpr Duration wait_max = std::chrono::seconds(5);
// SPEC CN6: from here on the server asks to stay away.
constexpr std::uint16_t stay_away = 4500;

// Full jitter: many that lost the server together do not come back together.
Duration next_wait(int attempt) {
  static std::minstd_rand random{std::random_device{}()};
  const auto most = std::min(wait_max, first_wait * (1 << std::min(attempt, 10)));
  return Duration(std::uniform_int_distribution<Duration::rep>(1, most.count())(random));
}

// A request that will be answered the same however often it is made.
bool is_final(int status) {
  return status >= 400 && status < 500 && status != 429;
}

}  // namespace

ResumingLink::ResumingLink(Client& client, LinkOptions options,
                           std::function<void(const std::string&)> given_up)
    : client_(client), options_(std::move(options)), given_up_(std::move(given_up)) {}

void ResumingLink::open() {
  lost_since_ = Steady::now();
  ask_for_ticket();
}

void ResumingLink::send(std::string id, std::string message, Answered answered) {
  outbox_.push_back({std::move(id), std::move(message), std::move(answered)});
  if (ready_) socket_->send(outbox_.back().message);
}

void ResumingLink::close() {
  closed_ = true;
  if (socket_) socket_->close();
}

void ResumingLink::ask_for_ticket() {
  HttpRequest request;
  request.method = "POST";
  request.target = "/api/v1/workshops/" + options_.workshop + "/ticket";
  request.bearer = options_.bearer;
  client_.request(std::move(request), [weak = weak_from_this()](const HttpAnswer& answer) {
    if (const auto self = weak.lock()) self->take_ticket(answer);
  });
}

void ResumingLink::take_ticket(const HttpAnswer& answer) {
  if (closed_) return;
  const auto body = json::parse(answer.body, nullptr, false);
  if (is_final(answer.status)) {
    return give_up("the server gives no ticket: " +
                   (body.is_object() ? body.value("detail", answer.body) : answer.body));
  }
  if (answer.status != 200 && answer.status != 201) return try_again();
  ++connection_;
  heard_since_ping_ = true;
  SocketEvents events;
  events.opened = [weak = weak_from_this(), connection = connection_] {
    if (const auto self = weak.lock()) self->ping(connection);
  };
  events.heard = [weak = weak_from_this()](const std::string& text) {
    if (const auto self = weak.lock()) self->hear(text);
  };
  events.closed = [weak = weak_from_this()](std::uint16_t code) {
    if (const auto self = weak.lock()) self->lost(code);
  };
  socket_ =
      client_.open("/ws/" + options_.workshop + "?ticket=" + body.at("ticket").get<std::string>(),
                   std::move(events));
}

void ResumingLink::hear(const std::string& text) {
  heard_since_ping_ = true;
  const auto message = json::parse(text);
  const auto& type = message.at("type").get_ref<const std::string&>();
  if (type == "welcome") return welcomed();
  if (type == "ok" || type == "rejected") return hear_answer(message);
  if (type == "snapshot") return view_.take_snapshot(message);
  // After a gap only a snapshot helps; frames that were on their way do not.
  if (type == "frame" && view_.position() && !view_.take_frame(message)) subscribe();
  if (type == "refused") give_up("the server refuses the channel " + options_.channel);
}

void ResumingLink::welcomed() {
  ready_ = true;
  attempt_ = 0;
  if (!options_.channel.empty()) subscribe();
  for (const auto& unanswered : outbox_) socket_->send(unanswered.message);
}

void ResumingLink::subscribe() {
  json channel = {{"channel", options_.channel}};
  if (const auto& position = view_.position()) {
    channel["history"] = position->history;
    channel["seq"] = position->seq;
  }
  socket_->send(json{{"type", "subscribe"}, {"channels", {channel}}}.dump());
}

void ResumingLink::hear_answer(const json& message) {
  const auto id = message.value("id", std::string());
  const auto found =
      std::find_if(outbox_.begin(), outbox_.end(), [&](const auto& each) { return each.id == id; });
  if (found == outbox_.end()) return;
  CommandAnswer answer;
  answer.accepted = message.at("type") == "ok";
  answer.seq = message.value("seq", std::uint64_t{0});
  answer.chain = message.value("chain", std::string());
  answer.code = message.value("code", std::string());
  answer.detail = message.value("detail", std::string());
  if (answer.code == "not_stored") return;  // sent again when the server is back
  if (answer.code == "busy") {
    const auto facts = message.value("facts", json::object());
    const Duration retry(facts.value("retry_ms", 500));
    return client_.after(retry, [weak = weak_from_this(), id] {
      if (const auto self = weak.lock()) self->send_again(id);
    });
  }
  const auto answered = std::move(found->answered);
  outbox_.erase(found);
  answered(answer);
}

void ResumingLink::send_again(const std::string& id) {
  if (!ready_) return;  // all of the outbox is sent when it is
  for (const auto& each : outbox_) {
    if (each.id == id) socket_->send(each.message);
  }
}

void ResumingLink::lost(std::uint16_t code) {
  if (ready_) lost_since_ = Steady::now();
  ready_ = false;
  if (closed_) return;
  if (code >= stay_away && code < 5000) {
    return give_up("the server closed the connection for good, with code " + std::to_string(code));
  }
  try_again();
}

void ResumingLink::try_again() {
  if (Steady::now() - lost_since_ > server_away_max)
    return give_up("the server was away for a minute");
  client_.after(next_wait(attempt_++), [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self && !self->closed_) self->ask_for_ticket();
  });
}

void ResumingLink::give_up(const std::string& sentence) {
  close();
  given_up_(sentence);
}

void ResumingLink::ping(std::uint64_t connection) {
  if (connection != connection_ || closed_) return;
  if (!heard_since_ping_) return socket_->close();  // nothing came back: the line is dead
  heard_since_ping_ = false;
  if (ready_) socket_->send(R"({"type":"ping"})");
  client_.after(ping_every, [weak = weak_from_this(), connection] {
    if (const auto self = weak.lock()) self->ping(connection);
  });
}

}  // namespace rundbord::app
