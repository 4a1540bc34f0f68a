// A workshop loaded from a stored state and the commits after it is the workshop loaded from the
// first commit on: to the rules, to repeated commands, to those who listen.
#include "bench_workshop.hpp"
#include "catch.hpp"
#include "domain/random_commands.hpp"
#include "domain/state_text.hpp"
#include "protocol/state_codec.hpp"

using namespace rundbord;
using namespace rundbord::engine;
namespace t = rundbord::testing;

namespace {

ChangeSet any_change(const Document* text, int at, int kind) {
  const auto length = text ? text->text().size() : 0;
  const auto keep = static_cast<std::size_t>(at) % (length + 1);
  ChangeSet change;
  change.keep(keep);
  if (kind % 3 == 0) {
    change.remove(length - keep);
  } else {
    change.keep(length - keep);
  }
  change.insert(kind % 2 ? u"ø" : u"ord ");
  return change;
}

// What t::command_of() never draws.
Command about_words(const Workshop& workshop, const t::Draw& draw) {
  const Place place{1, 1 + draw.b % 3};
  if (draw.kind % 3 == 0) return EditNote{t::note_id(draw.a % 12), 1 + draw.b % 2, t::words("y")};
  if (draw.kind % 3 == 1) return SendMessage{t::message_id(draw.a), t::words("Hør!"), {}};
  const auto* room = find_room(workshop, t::room_1);
  const auto text = room ? room->texts.find(place) : std::map<Place, Document>::const_iterator{};
  const auto* document = room && text != room->texts.end() ? &text->second : nullptr;
  const int version = document ? document->version() : 0;
  return EditText{t::room_1,   place,
                  version,     t::nth<WriterId>(draw.a % 3),
                  version + 1, any_change(document, draw.c, draw.a)};
}

// A live workshop whose log is a list.
class Machine {
 public:
  Machine() : machine_(t::nth<WorkshopId>(1), {"h1", {}}) {}

  void begin() {
    machine_.start(t::now);
    CreateWorkshop create;
    create.settings = t::small_settings();
    create.programme = t::small_programme();
    create.roles = t::small_roles();
    create.rooms = {{t::room_1, {}}, {t::room_2, {}}, {t::room_3, {}}};
    submit(create, ByOrganiser{}, t::now);
    submit(OpenSitting{1}, ByOrganiser{}, t::now);
    for (const auto& seat : {t::kari, t::ola}) {
      submit(Join{seat, t::words("A"), {}, t::room_1}, ByNewcomer{}, t::now);
    }
  }
  void submit(const Command& command, const Actor& actor, Time now) {
    step(Submit{Token{1}, actor, t::nth<CommandId>(++commands), command}, now);
  }
  void restore(const std::vector<Append>& log, std::size_t from, std::size_t to) {
    for (auto at = from; at < to; ++at) {
      const auto& commit = log[at];
      const std::vector<std::optional<std::string>> texts(commit.texts.begin(), commit.texts.end());
      const auto damage = machine_.restore(commit.seq, commit.header, texts, ChainHash{});
      if (damage) throw std::runtime_error(*damage);
    }
  }
  bool restore_state(const std::string& state) { return machine_.restore_state(state); }
  std::string stored_state() const { return machine_.stored_state(); }

  template <class Look>
  void look(Look look) {
    step(Read{Token{2},
              [&](const Workshop& head, const protocol::Names&) {
                look(head);
                return std::string();
              }},
         t::now);
  }
  std::string state_text() {
    std::string text;
    look([&](const Workshop& head) { text = t::text_of(head); });
    return text;
  }
  // What each command's `ok` says when it is sent once more.
  std::string repeats() {
    std::string text;
    for (int command = 1; command <= commands; ++command) {
      for (const auto& action :
           step(Submit{Token{1}, ByOrganiser{}, t::nth<CommandId>(command), PassTime{}}, t::now)) {
        const auto* answer = std::get_if<Answer>(&action);
        const auto* ok = answer ? std::get_if<Accepted>(&answer->result) : nullptr;
        text += ok ? std::to_string(ok->seq) + ' ' : "- ";
      }
    }
    return text;
  }
  // Every channel as somebody sees it who comes new: state and position.
  std::string channels() {
    std::string text;
    for (const auto& action : step(Opened{SessionId{1}, {true, true, {t::kari}}}, t::now)) {
      (void)action;
    }
    for (const auto* channel : {"plenary", "console", "room/1", "room/2", "room/3", "wall/1.1",
                                "wall/1.2", "wall/1.3", "wall/1"}) {
      text += subscribed(channel);
    }
    return text + subscribed("seat/" + to_text(t::kari));
  }

  std::vector<Append> log;
  int commands = 0;

 private:
  std::vector<Action> step(Input input, Time now) {
    auto actions = machine_.step(std::move(input), now);
    std::vector<Action> rest;
    for (auto& action : actions) {
      auto* append = std::get_if<Append>(&action);
      if (append) log.push_back(std::move(*append));
      if (!append) rest.push_back(std::move(action));
    }
    if (!log.empty() && log.back().seq > machine_.durable_seq()) {
      for (auto& action : step(Stored{log.back().seq}, now)) rest.push_back(std::move(action));
    }
    return rest;
  }
  std::string subscribed(const std::string& channel) {
    std::string text;
    const auto message = R"({"type":"subscribe","channels":[{"channel":")" + channel + "\"}]}";
    for (const auto& action : step(Received{SessionId{1}, message}, t::now)) {
      if (const auto* send = std::get_if<Send>(&action)) text += *send->frame + '\n';
    }
    return text;
  }

  LiveWorkshop machine_;
};

struct FieldCount {
  std::size_t fields = 0;
  template <class T>
  void operator()(std::string_view, const T&) {
    ++fields;
  }
};

template <class T>
std::size_t fields_of(const T& value) {
  FieldCount count;
  T::fields(value, count);
  return count.fields;
}

void play(Machine& machine, const std::vector<t::Draw>& draws) {
  machine.begin();
  Time time = t::now;
  for (const auto& draw : draws) {
    time += t::seconds(draw.waited_s);
    std::optional<Command> command;
    machine.look([&](const Workshop& head) {
      command = draw.who % 4 == 1 ? about_words(head, draw) : t::command_of(head, draw);
    });
    machine.submit(*command, t::actor_of(*command, draw), time);
  }
}

}  // namespace

TEST_CASE(
    "LG10: from any stored state on, loading gives what loading from the first commit gives") {
  std::size_t edits = 0;
  const bool holds = rc::check([&] {
    const auto draw = rc::gen::resize(rc::kNominalSize, t::any_draw());
    const auto draws = *rc::gen::resize(400, rc::gen::container<std::vector<t::Draw>>(draw));
    Machine live;
    play(live, draws);
    const auto end = live.log.size();
    const auto cut = *rc::gen::inRange<std::size_t>(1, end + 1);

    Machine whole, early, late;
    whole.restore(live.log, 0, end);
    early.restore(live.log, 0, cut);
    RC_ASSERT(late.restore_state(early.stored_state()));
    late.restore(live.log, cut, end);
    RC_ASSERT(late.stored_state() == whole.stored_state());
    RC_ASSERT(late.state_text() == whole.state_text());
    whole.commands = late.commands = live.commands;
    RC_ASSERT(late.repeats() == whole.repeats());
    RC_ASSERT(late.channels() == whole.channels());
    // Somebody who was away and comes back is noted by both.
    RC_ASSERT(late.log.size() == whole.log.size());
    for (const auto& append : live.log) edits += append.header.find("text_changed") < 400;
  });
  CHECK(holds);
  CHECK(edits > 0);
}

TEST_CASE("LG10: a machine that was read from a stored state accepts an edit made on an old text") {
  Machine live;
  live.begin();
  const auto insert = [](std::size_t keep, const char16_t* words) {
    ChangeSet change;
    change.keep(keep);
    change.insert(words);
    return change;
  };
  const auto write = [&](Machine& machine, int version, int tab, ChangeSet change) {
    machine.submit(EditText{t::room_1, {1, 1}, version, t::nth<WriterId>(tab), 1, change},
                   BySeat{t::kari}, t::now);
  };
  write(live, 0, 1, insert(0, u"one"));
  write(live, 1, 2, insert(3, u" two"));
  Machine late;
  REQUIRE(late.restore_state(live.stored_state()));
  late.commands = 900;
  for (auto* machine : {&live, &late}) {
    write(*machine, 1, 3, insert(3, u" three"));  // missed the second
    write(*machine, 0, 1, insert(0, u"one"));     // a repeat of the first
  }
  CHECK(late.state_text() == live.state_text());
  late.look([](const Workshop& head) {
    CHECK(head.rooms.at(t::room_1).texts.at({1, 1}).text() == u"one two three");
  });
}

TEST_CASE("LG10: a state of another workshop, damaged or cut, is refused") {
  Machine live;
  live.begin();
  const auto state = live.stored_state();
  for (std::size_t size = 0; size < state.size(); ++size) {
    Machine machine;
    CHECK_FALSE(machine.restore_state(state.substr(0, size)));
  }
  Machine longer;
  CHECK_FALSE(longer.restore_state(state + '\0'));
  auto foreign = state;
  foreign[0] = '\x7f';  // the workshop's id stands first
  Machine other;
  CHECK_FALSE(other.restore_state(foreign));
}

TEST_CASE("every member of the state is among its fields") {
  // A member more or less does not compile; then its field is to be added, too.
  const Workshop workshop;
  [[maybe_unused]] const auto& [w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w11, w12, w13, w14, w15,
                                w16, w17, w18] = workshop;
  CHECK(fields_of(workshop) == 18);
  const Room room;
  [[maybe_unused]] const auto& [r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14] = room;
  CHECK(fields_of(room) == 14);
  const Message message;
  [[maybe_unused]] const auto& [m1, m2, m3, m4, m5] = message;
  CHECK(fields_of(message) == 5);
}
