// Random runs of what a room writes, while steps, sittings, settings and the programme change
// around it: every invariant holds, replay gives the same state, and nothing private or nameless
// gets out.
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <ostream>

#include "domain/audience.hpp"
#include "given.hpp"

using namespace rundbord;
using namespace rundbord::testing;

namespace {

struct Draw {
  int kind = 0;
  int a = 0;
  int b = 0;
  int c = 0;
  int who = 0;
};

std::ostream& operator<<(std::ostream& out, const Draw& d) {
  return out << '{' << d.kind << ", " << d.a << ", " << d.b << ", " << d.c << ", " << d.who << '}';
}

RoomNumber any_room(int n) {
  return RoomNumber{1 + n % 3};
}
Place any_place(int n) {
  const std::array places{Place{1, 1}, Place{1, 2}, Place{1, {}}, Place{},     Place{2, 1},
                          Place{1, 4}, Place{1, 5}, Place{2, {}}, Place{3, 1}, Place{{}, 1}};
  return places[static_cast<std::size_t>(n) % places.size()];
}

Settings any_settings(int n) {
  auto settings = small_settings();
  settings.authorship = EnumNames<Authorship>::all[static_cast<std::size_t>(n) % 3].first;
  return settings;
}

Programme any_programme(int n) {
  auto programme = small_programme();
  if (n % 3 == 0) programme.tasks.push_back(task(3, 2, 1, {}));
  if (n % 3 == 1) programme.tasks.pop_back();
  return programme;
}

EditText any_edit(const Workshop& workshop, const Draw& d) {
  EditText command;
  command.room = any_room(d.a);
  command.place = any_place(d.b);
  const auto& texts = workshop.rooms.at(command.room).texts;
  const auto text = texts.find(command.place);
  command.version = text == texts.end() ? 0 : text->second.version();
  const auto length = text == texts.end() ? 0 : text->second.text().size();
  const auto at = length == 0 ? 0 : static_cast<std::size_t>(d.c) % length;
  command.writer = nth<WriterId>(d.who);
  command.counter = 1 + d.c;
  command.change.keep(at);
  if (d.c % 3 == 0) command.change.remove(length - at);
  command.change.insert(u"word ");
  if (d.c % 3 != 0) command.change.keep(length - at);
  return command;
}

std::optional<Command> about_notes(const Draw& d) {
  const auto note = note_id(1 + d.a % 10);
  switch (d.kind) {
    case 0:
    case 1:
    case 2:
      return WriteNote{note, any_room(d.b), any_place(d.c), NoteKind::idea, words("x"), {}, {}};
    case 3:
      return EditNote{note, 1 + d.b % 3, words(d.c % 2 ? "y" : "z")};
    case 4:
      return DeleteNote{note};
    case 5:
      return RestoreNote{note};
    case 6:
      return MoveNote{note, any_place(d.b), note_id(1 + d.c % 10)};
    case 7:
      return MarkNote{note, NoteKind::action, seat_id(1 + d.b % 5), {}};
    default:
      return std::nullopt;
  }
}

Command about_the_rest(const Workshop& workshop, const Draw& d) {
  switch (d.kind) {
    case 8:
    case 9:
      return any_edit(workshop, d);
    case 10:
      return SignOffTexts{d.a % 4 ? room_1 : room_2, seat_id(1 + d.b % 4), 1, {}};
    case 11:
      return WithdrawSignOff{d.a % 4 ? room_1 : room_2, seat_id(1 + d.b % 4), 1};
    case 12:
      return ChangeSettings{any_settings(d.a)};
    case 13:
      return ChangeProgramme{any_programme(d.a)};
    case 14:
      return AddQuestion{1, in_english("New?"), any_room(d.a)};
    case 15:
      return CorrectQuestion{1, 1 + d.a % 6, in_english("Again " + std::to_string(d.b))};
    case 16:
      return StartStep{{any_room(d.a)}, d.b % 2 ? silent_2 : dialogue_1, {}};
    case 17:
      return EndSteps{{any_room(d.a)}};
    case 18:
      return d.a % 6 ? Command{OpenSitting{2}} : Command{CloseSitting{1 + d.b % 2}};
    case 19:
      return CallBack{1, minutes(d.a % 2), minutes(d.b % 3)};
    case 20:
      return CancelCallBack{1};
    case 21:
      return d.b % 3 ? Command{OpenRooms{{{any_room(d.a), {}}}}} : CloseRoom{any_room(d.a)};
    case 22:
      return ReviseSitting{1, words("because")};
    default:
      return PassTime{};
  }
}
constexpr int kinds = 24;

Actor actor_of(const Command& command, const Draw& d) {
  if (std::holds_alternative<PassTime>(command)) return ByServer{};
  if (d.who % 4 == 0) return ByOrganiser{};
  return BySeat{seat_id(1 + d.who % 5)};
}

// What the commit tells of who wrote a note, and to whom.
void expect_discreet(const Workshop& before, const Decided& decided) {
  for (const auto& event : decided.events) {
    const auto* written = std::get_if<NoteWritten>(&event);
    if (!written) continue;
    const auto& note = written->note;
    if (before.settings.authorship == Authorship::never) RC_ASSERT(!note.author);
    if (note.author_key) RC_ASSERT(!decided.names_seat);
    for (const auto& channel : audience(event)) {
      if (note.is_private) RC_ASSERT(!std::holds_alternative<WallChannel>(channel));
    }
  }
}

struct Commit {
  std::vector<Event> events;
  Time at;
};

std::map<std::string_view, int> run(const std::vector<Draw>& draws) {
  std::map<std::string_view, int> accepted;
  Workshop workshop;
  std::vector<Commit> log{{small_workshop(), now}, {small_cast(), now}};
  for (const auto& commit : log) fold(workshop, commit.events, commit.at);
  Time time = now;
  for (const auto& draw : draws) {
    time += seconds(20);
    const auto command = about_notes(draw).value_or(about_the_rest(workshop, draw));
    const Context context{time, actor_of(command, draw), nth<AuthorKey>(draw.who % 3)};
    const auto decision = decide(workshop, command, context);
    const auto* decided = std::get_if<Decided>(&decision);
    if (!decided || decided->events.empty()) continue;
    expect_discreet(workshop, *decided);
    fold(workshop, decided->events, time);
    log.push_back({decided->events, time});
    ++accepted[std::visit([](const auto& one) { return one.name; }, command)];
    RC_LOG() << text_of(decided->events) << "\n";
    RC_ASSERT(broken_invariants(workshop) == std::vector<std::string>{});
  }
  Workshop replayed;
  for (const auto& commit : log) fold(replayed, commit.events, commit.at);
  RC_ASSERT(text_of(replayed) == text_of(workshop));
  return accepted;
}

rc::Gen<Draw> any_draw() {
  const auto number = [] { return rc::gen::inRange(0, 60); };
  return rc::gen::build<Draw>(rc::gen::set(&Draw::kind, rc::gen::inRange(0, kinds)),
                              rc::gen::set(&Draw::a, number()), rc::gen::set(&Draw::b, number()),
                              rc::gen::set(&Draw::c, number()), rc::gen::set(&Draw::who, number()));
}

}  // namespace

TEST_CASE("random runs of the board keep every invariant and replay to the same state") {
  std::map<std::string_view, int> accepted;
  const bool holds = rc::check([&] {
    // Full size from the first run on: short runs of small numbers reach nothing.
    const auto draws =
        *rc::gen::resize(rc::kNominalSize, rc::gen::container<std::vector<Draw>>(300, any_draw()));
    for (const auto& [name, times] : run(draws)) accepted[name] += times;
  });
  CHECK(holds);
  for (const auto* name :
       {"write_note",        "edit_note",       "delete_note",      "restore_note",
        "move_note",         "mark_note",       "edit_text",        "sign_off",
        "withdraw_sign_off", "change_settings", "change_programme", "add_question",
        "correct_question",  "start_step",      "close_sitting",    "call_back",
        "pass_time",         "revise_sitting",  "close_room",       "open_rooms"}) {
    INFO(name);
    CHECK(accepted[name] > 0);
  }
}
