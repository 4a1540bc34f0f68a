#include "app/room_player.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/read_back.hpp"
#include "app/replay_messages.hpp"

namespace rundbord::app {

RoomPlayer::RoomPlayer(Client& client, const std::string& workshop, const RoomPlan& plan,
                       const std::vector<SeatAccess>& seats, Duration between_lines,
                       PlayEvents events)
    : client_(client),
      workshop_(workshop),
      plan_(plan),
      seats_(seats),
      between_lines_(between_lines),
      events_(std::move(events)) {
  const auto given_up = [this](const std::string& sentence) {
    if (stopped_) return;
    stopped_ = true;
    events_.fault("room " + std::to_string(plan_.number) + ": " + sentence);
  };
  const auto channel = "room/" + std::to_string(plan.number);
  for (const auto& seat : seats_) {
    const LinkOptions options{workshop, seat.secret, channel};
    links_.push_back(std::make_shared<ResumingLink>(client, options, given_up));
  }
  for (const auto& line : plan.lines) add_line(line, deeds_.size() + 1);
  for (const auto& [place, text] : plan.texts) add_text(place, text);
}

void RoomPlayer::add_line(const PlannedLine& line, std::size_t number) {
  const auto id = draw_id();
  const auto message = write_note_message({id, seats_[line.seat].seat}, plan_.number, line);
  deeds_.push_back(
      {line.seat, id, message, "line " + std::to_string(number), with_newlines(line.text)});
}

void RoomPlayer::add_text(const Place& place, const PlannedText& text) {
  const auto id = draw_id();
  const auto message = edit_text_message({id, seats_[text.seat].seat}, plan_.number, place, text);
  deeds_.push_back({text.seat, id, message, "the summary of " + name_of(place), std::nullopt});
}

void RoomPlayer::start() {
  for (const auto& link : links_) link->open();
  play_next();
}

void RoomPlayer::play_next() {
  if (done()) return;
  const auto& deed = deeds_[next_];
  links_[deed.seat]->send(deed.id, deed.message,
                          [this, &deed](const CommandAnswer& answer) { answered(deed, answer); });
}

void RoomPlayer::answered(const Deed& deed, const CommandAnswer& answer) {
  if (!answer.accepted) {
    events_.fault("room " + std::to_string(plan_.number) + ", " + deed.what + ": " + answer.detail +
                  " (" + answer.code + ")");
  } else if (deed.line) {
    keep_receipt(deed, answer);
  }
  ++next_;
  if (between_lines_ == Duration::zero()) return play_next();
  client_.after(between_lines_, [this] { play_next(); });
}

void RoomPlayer::keep_receipt(const Deed& deed, const CommandAnswer& answer) {
  const auto chain = log::hash_from_hex(answer.chain);
  if (!chain) {
    return events_.fault("room " + std::to_string(plan_.number) + ", " + deed.what +
                         ": it was answered without a receipt");
  }
  events_.line_kept({*id_from_text<WorkshopId>(workshop_), answer.seq, *chain, *deed.line});
}

bool RoomPlayer::sees_all(const RoomView& view) const {
  return !difference(plan_, contents_of(view)).has_value();
}

bool RoomPlayer::all_seen() const {
  return std::all_of(links_.begin(), links_.end(),
                     [&](const auto& link) { return link->ready() && sees_all(link->view()); });
}

std::string RoomPlayer::unseen() const {
  for (const auto& link : links_) {
    if (const auto differs = difference(plan_, contents_of(link->view()))) {
      return "a seat of room " + std::to_string(plan_.number) + " was shown otherwise: " + *differs;
    }
  }
  return {};
}

}  // namespace rundbord::app
