#include "bench_workshop.hpp"

#include <stdexcept>
#include <utility>

namespace rundbord::engine::test {

LocalText nb(std::string words) {
  return {{"nb", Text{std::move(words), 10}}};
}

CreateWorkshop small_workshop() {
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

ChainHash chain_of(std::uint64_t seq) {
  ChainHash chain{};
  for (std::size_t i = 0; i < sizeof seq; ++i) {
    chain[i] = static_cast<std::uint8_t>(seq >> (8 * i));
  }
  return chain;
}

Bench::Bench(Disk& disk, std::string history)
    : Bench(disk, options(LiveWorkshopOptions{}, std::move(history))) {}

Bench::Bench(Disk& disk, LiveWorkshopOptions limits)
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

Bench::~Bench() = default;

void Bench::feed(Input input) {
  perform(workshop_.step(std::move(input), now));
}

void Bench::say(SessionId session, const json& message) {
  feed(Received{session, message.dump()});
}

void Bench::pass(Duration duration) {
  now += duration;
  feed(Tick{});
}

void Bench::sync(std::size_t at_most) {
  const auto given = disk_.commits.size();
  for (; disk_.synced < given && at_most > 0; --at_most) {
    const auto seq = disk_.commits[disk_.synced++].seq;
    feed(Stored{seq, chain_of(seq)});
  }
}

void Bench::create() {
  feed(Submit{Token{9000}, ByOrganiser{}, id<CommandId>(9000), small_workshop()});
  sync();
}

SeatId Bench::join(int number, int room, std::string person) {
  Join join{id<SeatId>(number), Text{std::move(person), 4}, {}, RoomNumber{room}};
  feed(Submit{Token{9000u + static_cast<unsigned>(number)}, ByNewcomer{},
              id<CommandId>(9000 + number), join});
  sync();
  return id<SeatId>(number);
}

SessionId Bench::open(int session, Grant grant) {
  feed(Opened{SessionId(session), std::move(grant)});
  return SessionId(session);
}

void Bench::subscribe(SessionId session, const std::string& channel) {
  say(session, {{"type", "subscribe"}, {"channels", {{{"channel", channel}}}}});
}

void Bench::subscribe_at(SessionId session, const std::string& channel, const std::string& history,
                         std::uint64_t seq) {
  say(session, {{"type", "subscribe"},
                {"channels", {{{"channel", channel}, {"history", history}, {"seq", seq}}}}});
}

void Bench::command(SessionId session, int command_id, const SeatId& seat, const std::string& name,
                    json fields) {
  say(session, {{"type", "command"},
                {"id", to_text(id<CommandId>(command_id))},
                {"seat", to_text(seat)},
                {"name", name},
                {"fields", std::move(fields)}});
}

void Bench::write_note(SessionId session, int command_id, const SeatId& seat, int note,
                       const std::string& text) {
  command(session, command_id, seat, "write_note",
          {{"note", to_text(id<NoteId>(note))},
           {"room", 1},
           {"place", {{"task", 1}, {"question", 1}}},
           {"text", text}});
}

std::vector<json> Bench::take(SessionId session, const std::string& type) {
  std::vector<json> taken, rest;
  for (auto& message : inbox_[session]) {
    (message["type"] == type ? taken : rest).push_back(std::move(message));
  }
  inbox_[session] = std::move(rest);
  return taken;
}

LiveWorkshopOptions Bench::options(LiveWorkshopOptions options, std::string history) {
  if (options.history.empty()) options.history = std::move(history);
  options.hash_author_key = [](std::string_view key) {
    AuthorKey hash;
    for (std::size_t i = 0; i < key.size(); ++i)
      hash.bytes[i % 16] ^= static_cast<std::uint8_t>(key[i]);
    return hash;
  };
  return options;
}

void Bench::perform(std::vector<Action> actions) {
  for (auto& action : actions) std::visit([this](auto& kind) { perform_one(kind); }, action);
}

void Bench::perform_one(Send& send) {
  frames.push_back(send.frame);
  inbox_[send.session].push_back(json::parse(*send.frame));
}

void Bench::perform_one(Append& append) {
  disk_.commits.push_back(std::move(append));
}

void Bench::perform_one(SendOk& ok) {
  oks_from_log.push_back(ok);
}

void Bench::perform_one(Close& close) {
  closes.push_back(close);
}

void Bench::perform_one(Answer& answer) {
  answers.push_back(std::move(answer));
}

void Bench::perform_one(WakeAt& at) {
  wake = at.at;
}

void Bench::perform_one(WriteRevision& revision) {
  revisions.push_back(revision);
}

void Bench::perform_one(EraseWords& erase) {
  erasures.push_back(erase);
}

void Bench::perform_one(Die&) {
  died = true;
}

}  // namespace rundbord::engine::test
