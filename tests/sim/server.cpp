#include "server.hpp"

#include "archive/erasure.hpp"
#include "connection.hpp"

namespace rundbord::sim {
namespace {

// Workshops without anybody leave the memory soon, so that runs of minutes see it.
constexpr Duration idle_max = std::chrono::seconds(5);
// The most a clean stop may take, as the server's own limit.
constexpr Duration shutdown_max = std::chrono::seconds(5);
// So small that whoever was away for a while finds that it has moved on.
constexpr std::size_t small_ring = 2 * 1024;
constexpr std::size_t usual_ring = 64 * 1024;

net::ErasureResult erase_words(Dice& dice, log::EventLog& stored, const WorkshopId& workshop) {
  if (dice.one_in(6)) return net::RevisionFailed{"the disk is full"};
  auto erased = archive::erase_words(stored, workshop, nullptr);
  if (const auto* unreadable = std::get_if<archive::Unreadable>(&erased)) {
    return net::RevisionFailed{unreadable->sentence};
  }
  return std::get<std::vector<RedactedRevision>>(std::move(erased));
}

net::WorkshopHostOptions options(Dice& dice, log::EventLog& stored) {
  net::WorkshopHostOptions made;
  made.idle_max = idle_max;
  // Few enough that most runs load a state that was kept.
  made.commits_per_snapshot = 25;
  made.snapshot_look = std::chrono::milliseconds(20);
  made.limits.ring_bytes_max = dice.one_in(2) ? small_ring : usual_ring;
  made.random = [&dice] { return dice.id<CommandId>().bytes; };
  made.write_revision = [&dice](const net::RevisionRequest& request) -> net::RevisionResult {
    if (dice.one_in(6)) return net::RevisionFailed{"the disk is full"};
    const auto digit = static_cast<char>('0' + (request.sitting + request.revision) % 10);
    return net::RevisionSealed{std::string(64, digit)};
  };
  made.erase_words = [&dice, &stored](const WorkshopId& workshop) {
    return erase_words(dice, stored, workshop);
  };
  return made;
}

}  // namespace

Server::Life::Life(Scheduler& scheduler, const Wall& wall, Dice& dice, Disk& disk,
                   net::Metrics& counts)
    : loop(scheduler, wall, dice),
      metrics(counts),
      host(loop, disk.log(), metrics, options(dice, disk.stored())) {}

Server::Server(Scheduler& scheduler, Wall& wall, Dice& dice, Judge& judge, Disk& disk, Truth& truth)
    : scheduler_(scheduler), wall_(wall), dice_(dice), judge_(judge), disk_(disk), truth_(truth) {}
Server::~Server() = default;

void Server::start() {
  if (life_) return;
  ++lives_;
  ++workshop_lives_;
  stopping_ = false;
  truth_.server_started();
  life_ = std::make_unique<Life>(scheduler_, wall_, dice_, disk_, metrics_);
  life_->host.wake_all();
  judge_.tell([&] { return "server life " + std::to_string(lives_) + " begins"; });
}

void Server::crash(Duration down_for) {
  if (!life_) return;
  judge_.tell([] { return std::string("the server's machine stops"); });
  disk_.crash();
  end_life();
  scheduler_.after(down_for, [this] { start(); });
}

void Server::restart(Duration down_for) {
  if (!up()) return;
  judge_.tell([] { return std::string("the server is asked to stop"); });
  stopping_ = true;
  life_->host.shut_down([this, life = lives_, down_for] { stopped(life, down_for); });
  scheduler_.after(shutdown_max, [this, life = lives_, down_for] { stopped(life, down_for); });
}

// Drained, or out of time; closing the log finishes what is under way.
void Server::stopped(int life, Duration down_for) {
  if (!in_life(life)) return;
  disk_.finish();
  disk_.crash();  // nothing is left to lose
  end_life();
  scheduler_.after(down_for, [this] { start(); });
}

void Server::end_life() {
  const auto connections = std::exchange(connections_, {});
  const auto knocking = std::exchange(knocking_, {});
  life_.reset();
  for (const auto& connection : connections) connection->server_died();
  for (const auto& connection : knocking) connection->server_died();
}

void Server::remove(const std::shared_ptr<Connection>& connection) {
  std::erase(connections_, connection);
  if (connections_.empty()) ++workshop_lives_;
}

}  // namespace rundbord::sim
