#include "disk.hpp"

#include "log/memory_log.hpp"

namespace rundbord::sim {
namespace {

// Counted, so that a run is the same every time.
log::SaltSource counted_salts() {
  return [count = 0]() mutable {
    log::Salt salt{};
    ++count;
    for (std::size_t byte = 0; byte < sizeof count; ++byte) {
      salt[byte] = static_cast<std::uint8_t>(count >> (8 * byte));
    }
    return salt;
  };
}

}  // namespace

Disk::Disk(Scheduler& scheduler, Dice& dice, Judge& judge, Truth& truth)
    : scheduler_(scheduler), dice_(dice), judge_(judge), truth_(truth) {
  auto stored = std::make_unique<log::MemoryLog>(counted_salts(), "simulated");
  stored_ = stored.get();
  log_ = std::make_unique<log::FaultyLog>(std::move(stored));
  log_->hold();
}

void Disk::attend() {
  while (appended_.size() < log_->unsynced()) appended_.push_back(scheduler_.now());
  if (syncing_ || appended_.empty()) return;
  syncing_ = true;
  scheduler_.after(latency(), [this, life = life_] {
    if (life == life_) sync();
  });
}

Duration Disk::latency() {
  return slower_ + dice_.between(Duration(0), Duration(dice_.one_in(20) ? 200 : 8));
}

// A group: some of those that wait, one after the other.
void Disk::sync() {
  syncing_ = false;
  const auto count = 1 + dice_.below(static_cast<int>(appended_.size()));
  for (int i = 0; i < count; ++i) sync_one();
  scheduler_.after(dice_.between(Duration(0), Duration(2)),
                   [this, life = life_, count = static_cast<std::size_t>(count)] {
                     if (life == life_) deliver(count);
                   });
  attend();
}

void Disk::sync_one() {
  const auto appended = appended_.front();
  appended_.pop_front();
  log_->sync(1);
  truth_.read(*stored_, appended);
  seqs_.push_back(truth_.seq());
}

void Disk::deliver(std::size_t count) {
  for (; count > 0 && log_->undelivered() > 0; --count) {
    truth_.confirmed(seqs_.front());
    seqs_.pop_front();
    log_->deliver(1);
  }
  attend();
}

void Disk::crash() {
  judge_.tell([&] {
    return "power: " + std::to_string(log_->unsynced()) + " unsynced are lost, " +
           std::to_string(log_->undelivered()) + " not answered";
  });
  ++life_;
  log_->crash();
  log_->hold();
  appended_.clear();
  seqs_.clear();
  syncing_ = false;
}

void Disk::finish() {
  attend();
  while (!appended_.empty()) sync_one();
  deliver(log_->undelivered());
}

void Disk::fail_next(log::AppendError error, bool stored_anyway) {
  log_->fail_next(error, stored_anyway);
}

void Disk::fill_for(Duration how_long, log::AppendError error) {
  log_->fail_all(error);
  scheduler_.after(how_long, [this] { heal(); });
}

void Disk::heal() {
  log_->heal();
  slower_ = Duration(0);
}

}  // namespace rundbord::sim
