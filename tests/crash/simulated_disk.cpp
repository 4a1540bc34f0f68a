#include "crash/simulated_disk.hpp"

#include <utility>

#include "crash/disk_file.hpp"

namespace rundbord::crash {
namespace {

bool changes_disk(DiskCall call) {
  return call == DiskCall::create || call == DiskCall::write || call == DiskCall::sync ||
         call == DiskCall::truncate || call == DiskCall::remove || call == DiskCall::rename;
}

}  // namespace

const char* name_of(DiskCall call) {
  constexpr std::array<const char*, disk_calls> names = {
      "open",   "create", "read", "write",  "sync",          "truncate",
      "remove", "rename", "size", "access", "shared memory", "lock"};
  return names[static_cast<std::size_t>(call)];
}

SimulatedDisk::SimulatedDisk(std::uint64_t seed) : random_(seed) {}

// ---- calls ------------------------------------------------------------------------------------

std::shared_ptr<DiskFile> SimulatedDisk::open(const std::string& name, bool create,
                                              DiskAnswer& answer) {
  const std::lock_guard lock(mutex_);
  const auto found = names_.find(name);
  const bool there = found != names_.end() && found->second.now;
  answer = admit(create && !there ? DiskCall::create : DiskCall::open, name);
  if (answer != DiskAnswer::ok) return nullptr;
  if (there) return found->second.now;
  if (!create) return nullptr;
  auto file = std::make_shared<DiskFile>(name);
  set_name(name, file);
  return file;
}

DiskAnswer SimulatedDisk::read(DiskFile& file, char* to, std::size_t bytes, std::size_t at) {
  const std::lock_guard lock(mutex_);
  const auto answer = admit(DiskCall::read, file.name());
  if (answer != DiskAnswer::ok) return answer;
  return file.read(to, bytes, at) ? DiskAnswer::ok : DiskAnswer::past_end;
}

// A write that fails may have written the half of it.
DiskAnswer SimulatedDisk::write(DiskFile& file, const char* from, std::size_t bytes,
                                std::size_t at) {
  const std::lock_guard lock(mutex_);
  const bool reached = !hung_up_;
  const auto answer = admit(DiskCall::write, file.name());
  if (answer == DiskAnswer::ok) file.write(from, bytes, at);
  if (answer != DiskAnswer::ok && reached && on_) file.write(from, bytes / 2, at);
  return answer;
}

DiskAnswer SimulatedDisk::truncate(DiskFile& file, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  const auto answer = admit(DiskCall::truncate, file.name());
  if (answer == DiskAnswer::ok) file.truncate(bytes);
  return answer;
}

DiskAnswer SimulatedDisk::sync(DiskFile& file, bool with_names) {
  const std::lock_guard lock(mutex_);
  const bool reached = !hung_up_;
  const auto answer = admit(DiskCall::sync, file.name());
  if (answer == DiskAnswer::ok && !ignores_syncs_) {
    file.sync();
    if (with_names) sync_names();
  }
  if (answer != DiskAnswer::ok && reached && on_ && forgets_dirty_) file.forget_dirty();
  return answer;
}

DiskAnswer SimulatedDisk::remove(const std::string& name, bool sync) {
  const std::lock_guard lock(mutex_);
  const auto answer = admit(DiskCall::remove, name);
  if (answer != DiskAnswer::ok) return answer;
  set_name(name, nullptr);
  if (sync && !ignores_syncs_) sync_names();
  return answer;
}

DiskAnswer SimulatedDisk::rename(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  const auto answer = admit(DiskCall::rename, to);
  if (answer != DiskAnswer::ok) return answer;
  auto file = names_[from].now;
  file->be_called(to);
  set_name(to, std::move(file));
  set_name(from, nullptr);
  return answer;
}

DiskAnswer SimulatedDisk::sync_folder() {
  const std::lock_guard lock(mutex_);
  const auto answer = admit(DiskCall::sync, "folder");
  if (answer == DiskAnswer::ok && !ignores_syncs_) sync_names();
  return answer;
}

DiskAnswer SimulatedDisk::size(DiskFile& file, std::size_t& bytes) {
  const std::lock_guard lock(mutex_);
  bytes = file.size();
  return admit(DiskCall::size, file.name());
}

// As SQLite's Unix layer sees it: an empty file is not there.
DiskAnswer SimulatedDisk::exists(const std::string& name, bool& there) {
  const std::lock_guard lock(mutex_);
  const auto found = names_.find(name);
  there = found != names_.end() && found->second.now && found->second.now->size() > 0;
  return admit(DiskCall::access, name);
}

DiskAnswer SimulatedDisk::other(DiskCall call, const DiskFile& file) {
  const std::lock_guard lock(mutex_);
  return admit(call, file.name());
}

DiskAnswer SimulatedDisk::admit(DiskCall call, const std::string& name) {
  const bool changes = changes_disk(call);
  if (on_ && !hung_up_ && changes && cut_at_ && changes_ >= *cut_at_) {
    on_ = false;
    ++counts_.cuts_at[name_of(call) + (' ' + name.substr(name.rfind('/') + 1))];
  }
  if (!on_ || hung_up_) return DiskAnswer::io_error;
  changes_ += changes ? 1 : 0;
  return strike(call).value_or(DiskAnswer::ok);
}

// A full disk takes nothing more of any kind that needs room; a broken one fails what it failed.
std::optional<DiskAnswer> SimulatedDisk::strike(DiskCall call) {
  if (!fault_) return std::nullopt;
  const bool needs_room = call == DiskCall::write || call == DiskCall::shared_memory;
  const bool same = call == fault_->call;
  if (failing_ && (same || (fault_->answer == DiskAnswer::full && needs_room))) {
    ++struck_;
    return fault_->answer;
  }
  if (failing_ || !same || ++calls_of_kind_ != fault_->nth) return std::nullopt;
  ++struck_;
  failing_ = fault_->stays;
  if (fault_->kills) hung_up_ = true;
  return fault_->answer;
}

// ---- power ------------------------------------------------------------------------------------

void SimulatedDisk::cut_after(std::uint64_t changes) {
  const std::lock_guard lock(mutex_);
  cut_at_ = changes_ + changes;
}

void SimulatedDisk::hang_up() {
  const std::lock_guard lock(mutex_);
  hung_up_ = true;
}

void SimulatedDisk::pick_up() {
  const std::lock_guard lock(mutex_);
  hung_up_ = false;
}

bool SimulatedDisk::is_on() const {
  const std::lock_guard lock(mutex_);
  return on_ && !hung_up_;
}

bool SimulatedDisk::is_hung_up() const {
  const std::lock_guard lock(mutex_);
  return hung_up_;
}

void SimulatedDisk::power_cycle() {
  const std::lock_guard lock(mutex_);
  if (on_) ++counts_.cuts_at["rest"];
  const auto luck = draw(random_, 6);
  const auto kind = luck == 0   ? CutKind::all_kept
                    : luck == 1 ? CutKind::nothing_kept
                                : CutKind::each_on_its_own;
  for (auto at = names_.begin(); at != names_.end();) {
    settle(at->second, kind);
    at = at->second.now ? std::next(at) : names_.erase(at);
  }
  for (auto& [name, entry] : names_) entry.now->settle(random_, kind, counts_);
  ++counts_.cuts;
  on_ = true;
  hung_up_ = false;
  cut_at_.reset();
  changes_ = 0;
}

void SimulatedDisk::settle(Name& name, CutKind kind) {
  auto chosen = name.before.size();  // as it is now
  if (kind == CutKind::nothing_kept) chosen = 0;
  if (kind == CutKind::each_on_its_own) chosen = draw(random_, name.before.size() + 1);
  if (chosen < name.before.size()) {
    ++counts_.names_changed;
    name.now = name.before[chosen];
  }
  name.before.clear();
}

void SimulatedDisk::set_name(const std::string& name, std::shared_ptr<DiskFile> file) {
  auto& entry = names_[name];
  entry.before.push_back(std::exchange(entry.now, std::move(file)));
}

void SimulatedDisk::sync_names() {
  for (auto& [name, entry] : names_) entry.before.clear();
}

// ---- faults -----------------------------------------------------------------------------------

void SimulatedDisk::fail(DiskFault fault) {
  const std::lock_guard lock(mutex_);
  fault_ = fault;
  calls_of_kind_ = 0;
  struck_ = 0;
  failing_ = false;
}

void SimulatedDisk::heal() {
  const std::lock_guard lock(mutex_);
  fault_.reset();
  failing_ = false;
}

}  // namespace rundbord::crash
