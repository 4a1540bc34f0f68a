// A whole live workshop under whatever its clients send: it never throws, answers in JSON, keeps
// its invariants, and is the same after it was stored and loaded.
#include "engine/live_workshop.hpp"

#include <set>

#include "domain/evolve.hpp"
#include "oracle.hpp"
#include "protocol/log_codec.hpp"
#include "protocol/state_codec.hpp"
#include "target.hpp"

namespace rundbord::fuzz {
namespace {

using namespace engine;

const Time start_of_day{std::chrono::hours(480'000)};

template <class IdType>
IdType nth(int n) {
  IdType id;
  id.bytes[15] = static_cast<std::uint8_t>(n);
  return id;
}

LiveWorkshopOptions options() {
  LiveWorkshopOptions made;
  made.history = "h1";
  made.ring_bytes_max = 4 * 1024;
  made.hash_author_key = [](std::string_view key) {
    AuthorKey hash;
    for (std::size_t i = 0; i < key.size(); ++i) {
      hash.bytes[i % 16] ^= static_cast<std::uint8_t>(key[i]);
    }
    return hash;
  };
  return made;
}

LocalText in_norwegian(std::string words) {
  const auto graphemes = words.size();
  return {{"nb", Text{std::move(words), graphemes, false}}};
}

// One task of two questions, one room, the steps there are.
CreateWorkshop small_workshop() {
  CreateWorkshop create;
  create.settings.title = in_norwegian("Liten dag");
  create.programme.sittings = {{1, in_norwegian("Dag")}};
  Task task{1, 1, in_norwegian("En"), {}, {}, {}};
  task.questions = {{1, "open", in_norwegian("Hva?"), {}, {}},
                    {2, "open", in_norwegian("Hvem?"), {}, {}}};
  task.cycles = {{{1, 2},
                  {{StepKind::silent, 3},
                   {StepKind::lap, 6},
                   {StepKind::dialogue, 10},
                   {StepKind::summary, 5}}}};
  create.programme.tasks = {task};
  create.roles = {{"facilitator",
                   in_norwegian("Leder"),
                   in_norwegian("Leder"),
                   {Right::lead_steps, Right::run_clock, Right::give_turns}}};
  create.rooms = {{RoomNumber{1}, {}}, {RoomNumber{2}, {}}};
  return create;
}

std::vector<std::optional<std::string>> as_stored(const Append& append) {
  return {append.texts.begin(), append.texts.end()};
}

// A live workshop with its disk and its clients.
class House {
 public:
  House() : workshop_(nth<WorkshopId>(1), options()) {}

  void load(const std::vector<Append>& commits) {
    commits_ = commits;
    for (const auto& append : commits_) restore(append);
    begin();
  }
  void begin() { perform(workshop_.start(now_)); }

  void feed(Input input) {
    if (!dead_) perform(workshop_.step(std::move(input), now_));
  }
  void pass(Duration duration) {
    now_ += duration;
    feed(Tick{});
  }
  void sync() {
    for (; durable_ < commits_.size() && !dead_; ++durable_) {
      feed(Stored{commits_[durable_].seq, ChainHash{}});
    }
  }
  void submit(Actor actor, int id, Command command) {
    feed(Submit{Token{1}, std::move(actor), nth<CommandId>(id), std::move(command)});
    sync();
  }
  void open_sessions() {
    open_ = {SessionId{1}, SessionId{2}, SessionId{3}, SessionId{4}};
    feed(Opened{SessionId{1}, {true, false, {}}});
    feed(Opened{SessionId{2}, {false, false, {nth<SeatId>(1)}}});
    feed(Opened{SessionId{3}, {false, false, {nth<SeatId>(2), nth<SeatId>(3)}}});
    feed(Opened{SessionId{4}, {false, true, {}}});
  }
  void receive(SessionId session, std::string_view message) {
    if (open_.contains(session)) feed(Received{session, std::string(message)});
  }
  void lose(SessionId session) {
    if (open_.erase(session) > 0) feed(Gone{session});
  }

  const std::vector<Append>& commits() const { return commits_; }
  bool dead() const { return dead_; }
  LiveWorkshop& workshop() { return workshop_; }

 private:
  void restore(const Append& append) {
    const auto damage =
        workshop_.restore(append.seq, append.header, as_stored(append), ChainHash{});
    require(!damage, "LG1: what was stored can be loaded");
    for (const auto& name : append.names) {
      if (name.value) workshop_.restore_name(name.key, *name.value);
    }
    durable_ = commits_.size();
  }
  void perform(std::vector<Action> actions) {
    for (auto& action : actions) std::visit([this](auto& kind) { perform_one(kind); }, action);
  }
  void perform_one(Append& append) { commits_.push_back(std::move(append)); }
  void perform_one(Send& send) {
    const auto form = json_form(*send.frame);
    require(form.ok && !form.repeats_key, "CN5: what is sent is JSON without repeated keys");
  }
  void perform_one(Close& close) {
    require(close.reason.size() <= 120, "a close has a short reason");
    open_.erase(close.session);
  }
  void perform_one(Die&) { dead_ = true; }
  template <class Other>
  void perform_one(Other&) {}

  LiveWorkshop workshop_;
  std::vector<Append> commits_;
  std::set<SessionId> open_;
  std::size_t durable_ = 0;
  Time now_ = start_of_day;
  bool dead_ = false;
};

// Three people, two of them on one device, the first step begun.
std::vector<Append> first_commits() {
  House house;
  house.begin();
  house.submit(ByOrganiser{}, 201, small_workshop());
  for (int n = 1; n <= 3; ++n) {
    house.submit(ByNewcomer{}, 201 + n,
                 Join{nth<SeatId>(n), Text{"Kari", 4, false}, {}, RoomNumber{1}});
  }
  house.submit(ByOrganiser{}, 205, OpenSitting{1});
  house.submit(ByOrganiser{}, 206, StartStep{{}, {1, 0, 2}, {}});
  require(house.commits().size() >= 6, "the small workshop begins");
  return house.commits();
}

// "0{…" to "3{…" are messages: of the organiser, of a seat, of a device with two, of the projector.
// "+" lets seconds pass, more of them more; "!" makes all durable; "-" loses a connection.
void play(House& house, std::string_view part) {
  if (part.empty()) return;
  const char what = part.front();
  if (what == '+') return house.pass(std::chrono::seconds(7 * part.size() * part.size()));
  if (what == '!') return house.sync();
  if (what == '-') return house.lose(SessionId{2});
  house.receive(SessionId{1 + static_cast<unsigned char>(what) % 4u}, part.substr(1));
}

// The state as it is stored after all commits were folded.
std::string state_after(const std::vector<Append>& commits) {
  LiveWorkshop workshop(nth<WorkshopId>(1), options());
  for (const auto& append : commits) {
    const auto damage = workshop.restore(append.seq, append.header, as_stored(append), ChainHash{});
    require(!damage, "LG1: what was stored can be loaded");
  }
  return workshop.stored_state();
}

void hold_stored(const std::vector<Append>& commits) {
  const auto packed = state_after(commits);
  const auto state = protocol::unpack_state(packed);
  require(state.has_value(), "a stored state can be read");
  require(protocol::pack_state(state->workshop, state->trail) == packed, "as it was stored");
  require(broken_invariants(state->workshop).empty(), "no command breaks an invariant");
  LiveWorkshop again(nth<WorkshopId>(1), options());
  require(again.restore_state(packed), "a workshop is loaded from its stored state");
  for (const auto& append : commits) {
    const auto read = protocol::decode_commit(append.header, as_stored(append));
    const auto form = protocol::encode_commit(std::get<protocol::Commit>(read));
    require(form.header == append.header && form.texts == append.texts,
            "LG1: a commit is read as it was stored");
  }
}

}  // namespace

std::vector<std::string> stored_states() {
  std::vector<std::string> states;
  const auto commits = first_commits();
  for (auto end = commits.begin() + 1; end <= commits.end(); ++end) {
    states.push_back(state_after({commits.begin(), end}));
  }
  return states;
}

RUNDBORD_FUZZ(live_workshop, 2048) {
  static const auto commits = first_commits();
  House house;
  house.load(commits);
  house.open_sessions();
  Parts parts(bytes);
  for (int n = 0; n < 24 && !parts.done(); ++n) play(house, parts.next());
  house.sync();
  if (house.commits().size() > commits.size()) hold_stored(house.commits());
}

}  // namespace rundbord::fuzz
