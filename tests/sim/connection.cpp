#include "connection.hpp"

#include "watch.hpp"

namespace rundbord::sim {

void Connection::open() {
  parts_.scheduler.after(travel(), [self = shared_from_this()] {
    if (!self->parts_.server.up() || self->cut_) return self->lose(std::nullopt, self->travel());
    self->knock(self->parts_.server.life());
  });
}

// A ticket, the upgrade, and the workshop in memory.
void Connection::knock(int life) {
  parts_.server.knocks(shared_from_this());
  parts_.server.host().wake(parts_.workshop,
                            [self = shared_from_this(), life](std::optional<Rejection> refused) {
                              self->parts_.server.answered(self);
                              if (refused || self->cut_ || !self->parts_.server.up()) {
                                return self->lose(std::nullopt, self->travel());
                              }
                              self->opened(life);
                            });
}

void Connection::opened(int life) {
  life_ = life;
  parts_.server.add(shared_from_this());
  // Counted first: what the server decides on opening sees the device already.
  for (const auto& seat : grant_.seats) parts_.truth.session_opened(seat);
  counted_ = true;
  session_ = parts_.server.host().open(parts_.workshop, grant_, shared_from_this());
  if (!session_) {
    leave_server(Duration(0));
    lose(engine::CloseCode::restart, travel());
  }
}

void Connection::say(std::string message) {
  if (cut_ || lost_) return;
  up_free_ = std::max(up_free_, parts_.scheduler.now() + travel());
  parts_.scheduler.at(up_free_, [self = shared_from_this(), message = std::move(message)] {
    if (self->cut_ || self->closing_ || !self->session_) return;
    if (!self->parts_.server.in_life(self->life_)) return;
    self->parts_.server.host().received(self->parts_.workshop, *self->session_, message);
  });
}

void Connection::hang_up() {
  client_ = nullptr;
  cut();
}

void Connection::cut() {
  if (cut_) return;
  cut_ = true;
  lose(std::nullopt, parts_.dice.between(Duration(0), parts_.weather.noticed_max));
  leave_server(parts_.dice.between(Duration(0), parts_.weather.noticed_max));
}

void Connection::stall(Duration how_long) {
  stalled_until_ = parts_.scheduler.now() + how_long;
  parts_.scheduler.after(how_long, [self = shared_from_this()] { self->drain(); });
}

void Connection::send(engine::Frame frame, bool) {
  const auto message = parts_.watch.sent(*this, frame);
  if (cut_ || closing_) return;
  if (!stalled_until_) return arrive(message);
  if (queue_.push(std::move(frame), parts_.scheduler.now())) return;
  parts_.judge.tell([] { return std::string("a slow reader is cut"); });
  queue_.clear();
  cut();
}

void Connection::drain() {
  if (!stalled_until_ || *stalled_until_ > parts_.scheduler.now()) return;
  stalled_until_.reset();
  while (!queue_.empty()) {
    const auto frame = queue_.front();
    queue_.sent(parts_.scheduler.now());
    if (!cut_) arrive(parts_.watch.parsed(frame));
  }
}

void Connection::arrive(const std::shared_ptr<const json>& message) {
  const bool trapped = trap_ && (*message)["type"] == trap_->type;
  if (trapped && !trap_->arrives) return cut();
  down_free_ = std::max(down_free_, parts_.scheduler.now() + travel());
  parts_.scheduler.at(down_free_, [self = shared_from_this(), message, trapped] {
    if (self->cut_ || self->lost_ || !self->client_) return;
    self->client_->heard(*message);
    if (trapped) self->cut();
  });
}

void Connection::close(engine::CloseCode code, std::string) {
  if (closing_) return;
  closing_ = true;
  if (code == engine::CloseCode::failed) parts_.server.workshop_failed();
  // A workshop that died knows no sessions any more.
  if (code == engine::CloseCode::failed && counted_) {
    counted_ = false;
    for (const auto& seat : grant_.seats) parts_.truth.session_gone(seat);
  }
  if (cut_) return;
  const auto arrives = std::max(down_free_, parts_.scheduler.now() + travel());
  parts_.scheduler.at(arrives, [self = shared_from_this(), code] {
    if (!self->cut_) self->lose(code, Duration(0));
    self->leave_server(self->travel());
  });
}

void Connection::server_died() {
  cut_ = true;
  counted_ = false;
  lose(std::nullopt, parts_.dice.between(Duration(0), parts_.weather.noticed_max));
}

void Connection::lose(std::optional<engine::CloseCode> code, Duration wait) {
  parts_.scheduler.after(wait, [self = shared_from_this(), code] {
    if (std::exchange(self->lost_, true) || !self->client_) return;
    self->client_->lost(code);
  });
}

void Connection::leave_server(Duration wait) {
  parts_.scheduler.after(wait, [self = shared_from_this()] {
    auto& parts = self->parts_;
    if (!self->session_ || !parts.server.in_life(self->life_)) return;
    // First, so that what the server decides on it sees nobody there.
    if (std::exchange(self->counted_, false)) {
      for (const auto& seat : self->grant_.seats) parts.truth.session_gone(seat);
    }
    const auto session = *std::exchange(self->session_, std::nullopt);
    parts.server.host().gone(parts.workshop, session);
    parts.server.remove(self);
  });
}

}  // namespace rundbord::sim
