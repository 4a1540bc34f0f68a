// A live workshop under test: feeds inputs, keeps what comes out per session, and plays the log.
#pragma once
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/live_workshop.hpp"

namespace rundbord::engine::test {

using nlohmann::json;

template <class IdType>
IdType id(int n) {
  IdType id;
  id.bytes[14] = static_cast<std::uint8_t>(n >> 8);
  id.bytes[15] = static_cast<std::uint8_t>(n);
  return id;
}

inline LocalText nb(std::string words) {
  return {{"nb", Text{std::move(words), 10}}};
}

inline CreateWorkshop small_workshop() {
  CreateWorkshop create;
  create.settings.title = nb("Møteplasser");
  create.programme.sittings = {{1, nb("Økt 1")}};
  Task task{1, 1, nb("Oppgave 1"), {}, {}, {}};
  task.questions = {{1, "open", nb("Hva virker?"), {}, {}},
                    {2, "open", nb("Hva mangler?"), {}, {}}};
  task.cycles = {{{1, 2},
                  {{StepKind::silent, 3},
                   {StepKind::lap, 6},
                   {StepKind::dialogue, 10},
                   {StepKind::summary, 5}}}};
  create.programme.tasks = {task};
  Role facilitator{"facilitator", nb("Ordstyrer"), nb("Leder"), {Right::lead_steps}};
  create.roles = {facilitator};
  create.rooms = {{RoomNumber{1}, {}}, {RoomNumber{2}, {}}, {RoomNumber{3}, {}}};
  return create;
}

// What the disk would answer: any value will do that is each commit's own.
inline ChainHash chain_of(std::uint64_t seq) {
  ChainHash chain{};
  for (std::size_t i = 0; i < sizeof seq; ++i) {
    chain[i] = static_cast<std::uint8_t>(seq >> (8 * i));
  }
  return chain;
}

// Holds what was appended; `sync()` makes it durable. A new Bench on the same Disk is a restart.
struct Disk {
  std::vector<Append> commits;
  std::size_t synced = 0;
};

class Bench {
 public:
  explicit Bench(Disk& disk, std::string history = "h1")
      : Bench(disk, options(LiveWorkshopOptions{}, std::move(history))) {}
  Bench(Disk& disk, LiveWorkshopOptions limits)
      : disk_(disk), workshop_(id<WorkshopId>(1), options(std::move(limits))) {
    disk_.commits.resize(disk_.synced);
    for (const auto& append : disk_.commits) {
      const std::vector<std::optional<std::string>> texts(append.texts.begin(), append.texts.end());
      const auto damage = workshop_.restore(append.seq, append.header, texts, chain_of(append.seq));
      if (damage) throw std::runtime_error(*damage);
      for (const auto& name : append.names) {
        if (name.value) workshop_.restore_name(name.key, *name.value);
      }
    }
    perform(workshop_.start(now));
  }

  void feed(Input input) { perform(workshop_.step(std::move(input), now)); }
  void pass(Duration duration) {
    now += duration;
    feed(Tick{});
  }
  // The disk confirms what it has been given, the oldest first.
  void sync(std::size_t at_most = std::numeric_limits<std::size_t>::max()) {
    const auto given = disk_.commits.size();
    for (; disk_.synced < given && at_most > 0; --at_most) {
      const auto seq = disk_.commits[disk_.synced++].seq;
      feed(Stored{seq, chain_of(seq)});
    }
  }

  void create() {
    feed(Submit{Token{9000}, ByOrganiser{}, id<CommandId>(9000), small_workshop()});
    sync();
  }
  // A seat with its own device in the room, joined as by HTTP.
  SeatId join(int number, int room, std::string person = "Kari") {
    Join join{id<SeatId>(number), Text{std::move(person), 4}, {}, RoomNumber{room}};
    feed(Submit{Token{9000u + static_cast<unsigned>(number)}, ByNewcomer{},
                id<CommandId>(9000 + number), join});
    sync();
    return id<SeatId>(number);
  }
  SessionId open(int session, Grant grant) {
    feed(Opened{SessionId(session), std::move(grant)});
    return SessionId(session);
  }
  void say(SessionId session, const json& message) { feed(Received{session, message.dump()}); }
  void subscribe(SessionId session, const std::string& channel) {
    say(session, {{"type", "subscribe"}, {"channels", {{{"channel", channel}}}}});
  }
  void subscribe_at(SessionId session, const std::string& channel, const std::string& history,
                    std::uint64_t seq) {
    say(session, {{"type", "subscribe"},
                  {"channels", {{{"channel", channel}, {"history", history}, {"seq", seq}}}}});
  }
  void command(SessionId session, int command_id, const SeatId& seat, const std::string& name,
               json fields) {
    say(session, {{"type", "command"},
                  {"id", to_text(id<CommandId>(command_id))},
                  {"seat", to_text(seat)},
                  {"name", name},
                  {"fields", std::move(fields)}});
  }
  void write_note(SessionId session, int command_id, const SeatId& seat, int note,
                  const std::string& text) {
    command(session, command_id, seat, "write_note",
            {{"note", to_text(id<NoteId>(note))},
             {"room", 1},
             {"place", {{"task", 1}, {"question", 1}}},
             {"text", text}});
  }

  // What a session got since last asked, of one type.
  std::vector<json> take(SessionId session, const std::string& type) {
    std::vector<json> taken, rest;
    for (auto& message : inbox_[session]) {
      (message["type"] == type ? taken : rest).push_back(std::move(message));
    }
    inbox_[session] = std::move(rest);
    return taken;
  }

  Time now{std::chrono::hours(480'000)};
  std::vector<SendOk> oks_from_log;
  std::vector<Close> closes;
  std::vector<Frame> frames;  // of all sessions, as they left
  std::vector<Answer> answers;
  std::vector<WriteRevision> revisions;
  std::vector<EraseWords> erasures;
  std::optional<Time> wake;
  bool died = false;

 private:
  static LiveWorkshopOptions options(LiveWorkshopOptions options, std::string history = "h1") {
    if (options.history.empty()) options.history = std::move(history);
    options.hash_author_key = [](std::string_view key) {
      AuthorKey hash;
      for (std::size_t i = 0; i < key.size(); ++i)
        hash.bytes[i % 16] ^= static_cast<std::uint8_t>(key[i]);
      return hash;
    };
    return options;
  }

  void perform(std::vector<Action> actions) {
    for (auto& action : actions) std::visit([this](auto& kind) { perform_one(kind); }, action);
  }
  void perform_one(Append& append) { disk_.commits.push_back(std::move(append)); }
  void perform_one(Send& send) {
    frames.push_back(send.frame);
    inbox_[send.session].push_back(json::parse(*send.frame));
  }
  void perform_one(SendOk& ok) { oks_from_log.push_back(ok); }
  void perform_one(Close& close) { closes.push_back(close); }
  void perform_one(Answer& answer) { answers.push_back(std::move(answer)); }
  void perform_one(WakeAt& at) { wake = at.at; }
  void perform_one(WriteRevision& revision) { revisions.push_back(revision); }
  void perform_one(EraseWords& erase) { erasures.push_back(erase); }
  void perform_one(Die&) { died = true; }

  Disk& disk_;
  LiveWorkshop workshop_;
  std::map<SessionId, std::vector<json>> inbox_;
};

}  // namespace rundbord::engine::test
