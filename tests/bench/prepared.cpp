#include "prepared.hpp"

#include <chrono>
#include <future>
#include <stdexcept>

#include "access/join_code.hpp"
#include "access/rights.hpp"
#include "access/secret.hpp"
#include "engine/live_workshop.hpp"
#include "log/sqlite_log.hpp"

namespace rundbord::bench {
namespace {

template <class IdType>
IdType draw() {
  static const auto random = access::system_random();
  return IdType{random()};
}

Time now() {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

Text text(const std::string& utf8) {
  return {utf8, utf8.size()};
}

CreateWorkshop creation(int rooms) {
  CreateWorkshop create;
  create.settings.title = {{"nb", text("Måling")}};
  create.programme.sittings = {{1, {}}};
  Question question;
  question.number = 1;
  question.text = {{"nb", text("Hva nå?")}};
  Task task;
  task.number = 1;
  task.title = {{"nb", text("Oppgave")}};
  task.questions = {question};
  create.programme.tasks = {task};
  for (int number = 1; number <= rooms; ++number) {
    create.rooms.push_back({RoomNumber{number}, {}});
  }
  return create;
}

// Drives a live workshop without a server: its appends go to the log in large transactions.
class Writer {
 public:
  explicit Writer(const std::filesystem::path& folder)
      : log_({.folder = folder}), id_(draw<WorkshopId>()), machine_(id_, {log_.history(), {}}) {
    take(machine_.start(now()));
  }

  void submit(Actor actor, Command command) {
    take(machine_.step(
        engine::Submit{engine::Token{1}, actor, draw<CommandId>(), std::move(command)}, now()));
    if (pending_.commits.size() >= 1000) store();
  }

  void add_row(log::RowWrite row) { pending_.rows.push_back(std::move(row)); }

  std::size_t finish() {
    store();
    const auto commits = machine_.durable_seq();
    log_.close();
    return commits;
  }

  const WorkshopId& id() const { return id_; }

 private:
  void take(std::vector<engine::Action> actions) {
    for (auto& action : actions) {
      if (auto* append = std::get_if<engine::Append>(&action)) {
        pending_.commits.push_back(
            {append->seq, std::move(append->header), std::move(append->texts)});
        for (auto& row : append->names) {
          pending_.rows.push_back({"name", std::move(row.key), std::move(row.value)});
        }
      }
      const auto* answer = std::get_if<engine::Answer>(&action);
      if (answer && std::holds_alternative<Rejection>(answer->result)) {
        throw std::runtime_error(sentence(std::get<Rejection>(answer->result)));
      }
    }
  }

  void store() {
    if (pending_.commits.empty() && pending_.rows.empty()) return;
    pending_.workshop = id_;
    std::promise<log::AppendResult> stored;
    auto result = stored.get_future();
    log_.append(std::exchange(pending_, {}),
                [&](const log::AppendResult& done) { stored.set_value(done); });
    const auto answer = result.get();
    const auto* appended = std::get_if<log::Appended>(&answer);
    if (!appended) throw std::runtime_error("the log did not take the prepared commits");
    auto seq = appended->seq - appended->chains.size();
    for (const auto& chain : appended->chains) {
      take(machine_.step(engine::Stored{++seq, chain}, now()));
    }
  }

  log::SqliteLog log_;
  const WorkshopId id_;
  engine::LiveWorkshop machine_;
  log::Append pending_;
};

std::string add_right(Writer& writer, const access::Rights& rights) {
  const auto secret = access::draw_secret(access::system_random());
  writer.add_row(access::grant_row(secret, rights));
  return secret;
}

PreparedSeat add_seat(Writer& writer, int room) {
  const auto seat = draw<SeatId>();
  Join join;
  join.seat = seat;
  join.person = text("Deltaker");
  join.room = RoomNumber{room};
  writer.submit(ByNewcomer{}, join);
  return {room, to_text(seat), add_right(writer, access::seat_rights(seat))};
}

void add_note(Writer& writer, const PreparedSeat& seat) {
  WriteNote note;
  note.note = draw<NoteId>();
  note.room = RoomNumber{seat.room};
  note.place = {1, 1};
  note.text = text("Vi trenger et sted der alle kan møtes uten å måtte kjøpe noe");
  writer.submit(BySeat{*id_from_text<SeatId>(seat.id)}, note);
}

}  // namespace

Prepared prepare(const std::filesystem::path& folder, const PreparedSize& size) {
  Writer writer(folder);
  Prepared prepared;
  prepared.workshop = to_text(writer.id());
  writer.submit(ByOrganiser{}, creation(size.rooms));
  writer.submit(ByOrganiser{}, OpenSitting{1});
  for (int room = 1; room <= size.rooms; ++room) {
    for (int i = 0; i < size.seats_per_room; ++i) {
      prepared.seats.push_back(add_seat(writer, room));
    }
  }
  prepared.projector_secret = add_right(writer, access::projector_rights());
  prepared.organiser_secret = add_right(writer, access::organiser_rights());
  writer.add_row(access::code_row(access::draw_code(access::system_random())));
  const auto writers = static_cast<std::size_t>(
      (size.rooms_with_notes ? size.rooms_with_notes : size.rooms) * size.seats_per_room);
  for (std::size_t i = 0; i < size.notes; ++i) {
    add_note(writer, prepared.seats[i % writers]);
  }
  prepared.commits = writer.finish();
  return prepared;
}

Prepared people_of(const PreparedSize& size) {
  Prepared people;
  for (int room = 1; room <= size.rooms; ++room) {
    for (int i = 0; i < size.seats_per_room; ++i) {
      people.seats.push_back({room, to_text(draw<SeatId>()), ""});
    }
  }
  return people;
}

}  // namespace rundbord::bench
