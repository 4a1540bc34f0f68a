#include "client.hpp"

#include <algorithm>
#include <set>

#include "command_message.hpp"
#include "log/chain.hpp"
#include "watch.hpp"

namespace rundbord::sim {
namespace {

// As in web/src/store/outgoing.ts: what is meant for this moment is not done minutes later.
constexpr Duration momentary_max = std::chrono::seconds(30);

bool is_kept(const std::string& name) {
  static const std::set<std::string> kept = {
      "write_note",        "edit_note",       "delete_note", "restore_note", "move_note",
      "mark_note",         "add_member",      "rename_seat", "mark_absent",  "sign_off",
      "withdraw_sign_off", "confirm_message", "add_question"};
  return kept.count(name) > 0;
}

// As the server keeps it: the beginning of its SHA-256.
AuthorKey hashed(const std::string& key) {
  const auto hash = log::sha256(key);
  AuthorKey cut;
  std::copy_n(hash.begin(), cut.bytes.size(), cut.bytes.begin());
  return cut;
}

}  // namespace

Client::Client(const Parts& parts, int number, engine::Grant grant)
    : parts_(parts), number_(number), grant_(std::move(grant)) {
  auto& dice = parts_.connection.dice;
  person_ = {grant_.organiser, grant_.seats, dice.id<WriterId>()};
  author_key_ = to_text(dice.id<CommandId>());
  follow("plenary");
  for (const auto& seat : grant_.seats) follow("seat/" + to_text(seat));
  if (grant_.organiser) {
    for (const auto* name : {"console", "room/1", "room/2"}) follow(name);
  }
  if (grant_.projector || grant_.organiser) {
    for (const auto* name : {"wall/1.1", "wall/1.2", "wall"}) follow(name);
  }
}

void Client::start() {
  if (grant_.seats.empty()) return connect();
  join(0, 0);
}

// --- taking a seat
// ----------------------------------------------------------------------------------

void Client::join(std::size_t nth, int tries) {
  if (nth != seats_taken_) return;
  auto& parts = parts_.connection;
  // An answer that is lost is asked for again, as a browser's request that timed out.
  parts.scheduler.after(std::chrono::seconds(10), [this, nth, tries] { join(nth, tries + 1); });
  if (!parts.server.up()) return;
  Join join{grant_.seats[nth], marked(parts.dice, "Person"), {}, {}};
  if (tries < 3) join.room = RoomNumber{1 + parts.dice.below(3)};
  parts.server.host().submit(
      parts.workshop, ByNewcomer{}, join,
      [this, nth, tries](const net::Outcome& outcome) { joined(nth, tries, outcome); });
}

void Client::joined(std::size_t nth, int tries, const net::Outcome& outcome) {
  if (nth != seats_taken_) return;
  const auto* refused = std::get_if<Rejection>(&outcome);
  // Its own id is taken: an earlier try was stored and its answer lost.
  const bool taken = refused && refused->code == RejectionCode::exists_already;
  if (refused && !taken) {
    if (refused->code != RejectionCode::not_stored) tries = 3;
    parts_.connection.scheduler.after(std::chrono::milliseconds(300),
                                      [this, nth, tries] { join(nth, tries); });
    return;
  }
  const auto* accepted = std::get_if<engine::Accepted>(&outcome);
  if (accepted && accepted->seq > parts_.connection.truth.seq()) {
    parts_.connection.judge.broken("a join was answered before it was on the disk");
  }
  if (++seats_taken_ < grant_.seats.size()) return join(seats_taken_, 0);
  connect();
}

// --- the link
// ---------------------------------------------------------------------------------------

void Client::connect() {
  if (away_ || connection_) return;
  connection_ = std::make_shared<Connection>(parts_.connection, grant_, *this);
  connection_->open();
}

void Client::lost(std::optional<engine::CloseCode> code) {
  parts_.connection.judge.tell([&] {
    return state() + " lost its line" +
           (code ? " with " + std::to_string(static_cast<int>(*code)) : "");
  });
  live_ = false;
  connection_ = nullptr;
  if (code && static_cast<int>(*code) >= 4500) {
    return parts_.connection.judge.broken("a client was sent away for good");
  }
  parts_.connection.scheduler.after(wait_before_return(), [this] { connect(); });
}

// Full jitter up to a ceiling that doubles, as web/src/link/backoff.ts.
Duration Client::wait_before_return() {
  const auto ceiling = std::min(30'000, 500 << std::min(attempt_++, 6));
  return Duration(parts_.connection.dice.below(ceiling));
}

void Client::leave_for(Duration how_long) {
  if (away_) return;
  away_ = true;
  live_ = false;
  if (connection_) connection_->hang_up();
  connection_ = nullptr;
  parts_.connection.scheduler.after(how_long, [this] {
    away_ = false;
    if (seats_taken_ == grant_.seats.size()) connect();
  });
}

void Client::say(const std::string& message) {
  if (live_ && connection_) connection_->say(message);
}

void Client::heard(const json& message) {
  const auto& type = message["type"].get_ref<const std::string&>();
  if (type == "welcome") return welcome(message);
  if (type == "ok") return accepted(message);
  if (type == "rejected") return rejected(message);
  if (type == "snapshot") return take_snapshot(message);
  if (type == "frame") return take_frame(message);
  if (type == "unsubscribed" || type == "refused") {
    leave(message["channel"].get<std::string>());
  }
}

void Client::welcome(const json&) {
  parts_.connection.judge.tell([&] { return state() + " is welcomed"; });
  live_ = true;
  attempt_ = 0;
  std::vector<std::string> names;
  for (auto& [name, followed] : followed_) {
    names.push_back(name);
    if (std::holds_alternative<SeatChannel>(followed.channel)) followed.position.reset();
  }
  subscribe(names);
  const auto now = parts_.connection.scheduler.now();
  for (std::size_t i = 0; i < pending_.size();) {
    if (!is_kept(pending_[i].name) && now - pending_[i].made > momentary_max) {
      settle(CommandId(pending_[i].id), Fate::too_late);
    } else {
      say(pending_[i++].message);
    }
  }
}

// --- channels
// ---------------------------------------------------------------------------------------

void Client::follow(const std::string& name) {
  if (!followed_.emplace(name, Followed{*channel_from_text(name), {}, {}, {}}).second) return;
  if (live_) subscribe({name});
}

void Client::leave(const std::string& name) {
  followed_.erase(name);
  // The seat's own channel may still say otherwise; a moment later it has caught up.
  parts_.connection.scheduler.after(std::chrono::milliseconds(700), [this] { follow_rooms(); });
}

void Client::subscribe(const std::vector<std::string>& names) {
  json channels = json::array();
  for (const auto& name : names) {
    const auto& followed = followed_.at(name);
    json wish = {{"channel", name}};
    if (followed.position) {
      wish["history"] = followed.history;
      wish["seq"] = *followed.position;
    }
    channels.push_back(std::move(wish));
  }
  say(json{{"type", "subscribe"}, {"channels", std::move(channels)}}.dump());
}

void Client::refetch_all() {
  std::vector<std::string> names;
  for (auto& [name, followed] : followed_) {
    followed.position.reset();
    names.push_back(name);
  }
  subscribe(names);
}

// The rooms its seats are in, as their own channels say.
void Client::follow_rooms() {
  if (!live_) return;
  for (const auto& seat : grant_.seats) {
    const auto followed = followed_.find("seat/" + to_text(seat));
    if (followed == followed_.end() || !followed->second.position) continue;
    const auto& view = followed->second.view;
    if (!view.contains("seat") || !view["seat"].contains("room")) continue;
    follow("room/" + std::to_string(view["seat"]["room"].get<int>()));
  }
}

void Client::take_snapshot(const json& message) {
  const auto followed = followed_.find(message["channel"].get<std::string>());
  if (followed == followed_.end()) return;
  followed->second.view = message["state"];
  followed->second.position = message["seq"].get<std::uint64_t>();
  followed->second.history = message["history"].get<std::string>();
  follow_rooms();
}

void Client::take_frame(const json& message) {
  const auto& name = message["channel"].get_ref<const std::string&>();
  const auto found = followed_.find(name);
  if (found == followed_.end()) return;
  auto& followed = found->second;
  if (followed.position != message["after"].get<std::uint64_t>()) {
    followed.position.reset();
    return subscribe({name});
  }
  bool moved = false;
  for (const auto& commit : message["commits"]) {
    for (const auto& event : commit["events"]) {
      fold_event(followed.channel, followed.view, event, commit["at"].get<std::int64_t>());
      if (event["event"] == "notes_revealed") take_reveal(event);
      moved = moved || event["event"] == "seat_moved";
    }
  }
  followed.position = message["to"].get<std::uint64_t>();
  if (moved) follow_rooms();
}

// The room shows what the seat's own channel had alone until now.
void Client::take_reveal(const json& event) {
  if (!event.contains("notes")) return;
  for (const auto& seat : grant_.seats) {
    const auto followed = followed_.find("seat/" + to_text(seat));
    if (followed == followed_.end() || !followed->second.view.contains("notes")) continue;
    for (auto& own : followed->second.view["notes"]) {
      for (const auto& note : event["notes"]) {
        if (own["id"] == note["id"]) own["private"] = false;
      }
    }
  }
}

// --- commands
// ---------------------------------------------------------------------------------------

void Client::act() {
  if (grant_.projector && !grant_.organiser) return;
  if (seats_taken_ < grant_.seats.size() || pending_.size() > 6) return;
  ask(parts_.acts.next(person_));
}

void Client::erase_something() {
  if (pending_.size() <= 6) ask({parts_.acts.erasure(), std::nullopt});
}

void Client::ask(const Wish& wish) {
  const auto& parts = parts_.connection;
  const bool edits_text = std::holds_alternative<EditText>(wish.command);
  // One change of a text is under way at a time.
  if (edits_text && std::any_of(pending_.begin(), pending_.end(),
                                [](const Pending& one) { return one.edits_text; })) {
    return;
  }
  const auto id = parts.dice.id<CommandId>();
  const bool keyed = parts.truth.fold().settings.authorship == Authorship::never;
  Asked asked;
  asked.name =
      std::visit([](const auto& command) { return std::string(command.name); }, wish.command);
  asked.command = wish.command;
  asked.context.actor = ByOrganiser{};
  if (wish.seat) asked.context.actor = BySeat{*wish.seat};
  if (keyed) asked.context.author_key = hashed(author_key_);
  auto message = command_message(id, wish, keyed ? author_key_ : "");
  parts.judge.tell([&] { return state() + " asks " + message; });
  pending_.push_back({id, asked.name, message, parts.scheduler.now(), edits_text});
  parts_.ledger.asked(id, std::move(asked));
  say(message);
}

void Client::repeat_something() {
  if (!pending_.empty()) say(parts_.connection.dice.pick(pending_).message);
}

void Client::say_something_odd() {
  static const std::vector<std::string> odd = {
      "",
      "{",
      R"({"type":"dance"})",
      R"({"type":"ping"})",
      R"({"type":"command","id":"x","name":"write_note","fields":{}})",
      R"({"type":"command","id":"AAAAAAAAAAAAAAAAAAAAAA","name":"no_such_thing","fields":{}})",
      R"({"type":"subscribe","channels":[{"channel":"console"},{"channel":"wall/1.1"}]})",
      R"({"type":"subscribe","channels":[{"channel":"seat/AAAAAAAAAAAAAAAAAAAAAA"}]})",
      R"({"type":"unsubscribe","channels":["room/9"]})"};
  if (grant_.organiser || grant_.projector) return;
  if (parts_.connection.dice.one_in(2)) return ask_for_foreign_channel();
  say(parts_.connection.dice.pick(odd));
}

// As if it had heard the channel before and came back.
void Client::ask_for_foreign_channel() {
  auto& dice = parts_.connection.dice;
  const auto& truth = parts_.connection.truth;
  std::vector<std::string> foreign = {"console", "wall/1.1"};
  for (const auto& [seat, known] : truth.fold().seats) {
    if (std::count(grant_.seats.begin(), grant_.seats.end(), seat) == 0) {
      foreign.push_back("seat/" + to_text(seat));
    }
  }
  const auto& name = dice.pick(foreign);
  const auto seq = dice.one_in(2) ? truth.seq() : dice.next() % (truth.seq() + 1);
  say(json{{"type", "subscribe"},
           {"channels", {{{"channel", name}, {"history", "simulated"}, {"seq", seq}}}}}
          .dump());
}

Client::Pending* Client::pending(const CommandId& id) {
  const auto found = std::find_if(pending_.begin(), pending_.end(),
                                  [&](const Pending& one) { return one.id == id; });
  return found == pending_.end() ? nullptr : &*found;
}

void Client::settle(const CommandId& id, Fate fate) {
  pending_.erase(std::remove_if(pending_.begin(), pending_.end(),
                                [&](const Pending& one) { return one.id == id; }),
                 pending_.end());
  if (auto* asked = parts_.ledger.find(id); asked && asked->fate == Fate::open) {
    asked->fate = fate;
  }
}

void Client::accepted(const json& message) {
  settle(*id_from_text<CommandId>(message["id"].get<std::string>()), Fate::saved);
}

void Client::rejected(const json& message) {
  const auto id = id_from_text<CommandId>(message.value("id", ""));
  if (!id || !pending(*id)) return;
  const auto& code = message["code"].get_ref<const std::string&>();
  if (code == "not_stored") return;
  if (code == "busy") {
    const Duration wait(message["facts"].value("retry_ms", 1'000));
    parts_.connection.scheduler.after(wait, [this, id = *id] {
      if (const auto* again = pending(id)) say(again->message);
    });
    return;
  }
  settle(*id, Fate::refused);
}

bool Client::at_rest() const {
  return live_ && pending_.empty() &&
         std::all_of(followed_.begin(), followed_.end(),
                     [](const auto& entry) { return entry.second.position.has_value(); });
}

std::string Client::state() const {
  return "client " + std::to_string(number_) + (live_ ? "" : " (not connected)") +
         (pending_.empty() ? "" : ", " + std::to_string(pending_.size()) + " unanswered");
}

}  // namespace rundbord::sim
