#include "world.hpp"

#include "domain/small_workshop.hpp"

namespace rundbord::sim {

using std::chrono::milliseconds;
using std::chrono::seconds;

Verdict run_plan(const Plan& plan, bool tells) {
  World world(plan, tells);
  try {
    return world.run();
  } catch (const std::exception& error) {
    return {std::string("something threw: ") + error.what(), {}, Duration(0), 0};
  }
}

World::World(const Plan& plan, bool tells)
    : plan_(plan),
      dice_(plan.seed * 2),
      judge_(scheduler_, tells),
      workshop_(dice_.id<WorkshopId>()),
      truth_(judge_, scheduler_, workshop_),
      watch_(scheduler_, judge_, truth_, ledger_),
      disk_(scheduler_, dice_, judge_, truth_),
      server_(scheduler_, wall_, dice_, judge_, disk_, truth_),
      acts_(dice_, truth_.fold()),
      parts_{scheduler_, dice_, judge_, server_, truth_, watch_, weather_, workshop_} {}

Verdict World::run() {
  const auto began = scheduler_.now();
  server_.start();
  create_workshop();
  add_people();
  plan_acts();
  plan_misfortunes();
  watch_for_delays();
  pass(plan_.length);
  if (judge_.holds()) come_to_rest();
  return {judge_.sentence(), judge_.story(), scheduler_.now() - began, truth_.seq()};
}

bool World::pass(Duration at_most, const std::function<bool()>& until) {
  const auto end = scheduler_.now() + at_most;
  while (judge_.holds()) {
    if (until()) return true;
    if (!scheduler_.run_next(end)) return until();
    disk_.attend();
    if (scheduler_.stands_still()) judge_.broken("time stands still");
  }
  return false;
}

void World::pass(Duration time) {
  pass(time, [] { return false; });
}

// --- how it begins
// ----------------------------------------------------------------------------------

void World::create_workshop() {
  CreateWorkshop create;
  create.settings = testing::small_settings();
  create.settings.authorship = plan_.authorship;
  create.programme = testing::small_programme();
  create.roles = testing::small_roles();
  for (int room = 1; room <= 3; ++room) create.rooms.push_back({RoomNumber{room}, {}});
  bool created = false;
  server_.host().create(workshop_, create, [&](const net::Outcome& outcome) {
    created = std::holds_alternative<engine::Accepted>(outcome);
  });
  disk_.attend();
  if (!pass(seconds(5), [&] { return created; })) judge_.broken("no workshop could be made");
}

void World::add_people() {
  const Client::Parts parts{parts_, acts_, ledger_};
  std::vector<engine::Grant> grants{{true, false, {}}};
  if (dice_.one_in(3)) grants.push_back({true, false, {}});
  if (dice_.one_in(2)) grants.push_back({false, true, {}});
  for (int device = 0; device < plan_.devices; ++device) {
    engine::Grant grant;
    const int seats = dice_.one_in(6) ? 1 + dice_.below(8) : 1;
    for (int seat = 0; seat < seats; ++seat) grant.seats.push_back(dice_.id<SeatId>());
    grants.push_back(grant);
    // The same seat on a second device.
    if (dice_.one_in(8)) grants.push_back(grant);
  }
  for (const auto& grant : grants) {
    clients_.push_back(std::make_unique<Client>(parts, static_cast<int>(clients_.size()), grant));
    scheduler_.after(dice_.between(milliseconds(0), seconds(4)),
                     [client = clients_.back().get()] { client->start(); });
  }
}

Client& World::anybody() {
  return *dice_.pick(clients_);
}

void World::plan_acts() {
  for (int act = 0; act < plan_.acts; ++act) {
    const auto when = dice_.between(seconds(2), plan_.length);
    const int in_a_row = dice_.one_in(10) ? 6 : 1;
    for (int i = 0; i < in_a_row; ++i) scheduler_.after(when, [this] { anybody().act(); });
  }
}

// --- what goes wrong
// --------------------------------------------------------------------------------

void World::plan_misfortunes() {
  std::vector<Misfortune> possible;
  for (unsigned i = 0; i < misfortune_names.size(); ++i) {
    if (plan_.has(Misfortune{i})) possible.push_back(Misfortune{i});
  }
  if (possible.empty()) return;
  for (int i = 0; i < plan_.times; ++i) {
    scheduler_.after(dice_.between(milliseconds(500), plan_.length),
                     [this, what = dice_.pick(possible)] { befall(what); });
  }
}

void World::befall(Misfortune what) {
  judge_.tell(
      [&] { return "misfortune: " + std::string(misfortune_names[static_cast<unsigned>(what)]); });
  auto& client = anybody();
  auto* line = client.connection();
  switch (what) {
    case Misfortune::cut:
      for (int i = 1 + dice_.below(3); i > 0; --i) {
        if (auto* any = anybody().connection()) any->cut();
      }
      return;
    case Misfortune::trap: {
      static const std::vector<std::string> types = {"welcome", "snapshot", "frame",
                                                     "ok",      "ok",       "rejected"};
      if (line) line->cut_at(dice_.pick(types), dice_.one_in(2));
      return;
    }
    case Misfortune::slow:
      if (line) line->stall(dice_.between(milliseconds(500), seconds(40)));
      return;
    case Misfortune::leave:
      return client.leave_for(dice_.between(seconds(1), seconds(100)));
    case Misfortune::everybody:
      for (auto& one : clients_) one->leave_for(dice_.between(seconds(8), seconds(80)));
      return;
    case Misfortune::crash:
      return server_.crash(dice_.between(milliseconds(50), seconds(4)));
    case Misfortune::restart:
      return server_.restart(dice_.between(milliseconds(50), seconds(2)));
    case Misfortune::error:
      return disk_.fail_next(log::AppendError::io_error, dice_.one_in(3));
    case Misfortune::full:
      return disk_.fill_for(dice_.between(milliseconds(10), seconds(4)),
                            log::AppendError::disk_full);
    case Misfortune::lag:
      return disk_.slow_down(dice_.between(milliseconds(10), seconds(2)));
    case Misfortune::clock:
      return set_clock();
    case Misfortune::repeat:
      for (auto& one : clients_) one->repeat_something();
      return;
    case Misfortune::odd:
      return client.say_something_odd();
    case Misfortune::erase:
      return clients_.front()->erase_something();  // an organiser
  }
}

void World::set_clock() {
  const auto by = dice_.between(milliseconds(1), dice_.one_in(3) ? seconds(3'600) : seconds(5));
  wall_.ahead += dice_.one_in(2) ? by : -by;
  truth_.clock_jumped();
}

void World::watch_for_delays() {
  for (const auto& client : clients_) {
    if (const auto* line = client->connection())
      watch_.check_nothing_waits(*line, disk_.oldest_unsynced());
  }
  scheduler_.after(seconds(1), [this] { watch_for_delays(); });
}

}  // namespace rundbord::sim
