// A disk in memory that knows what was synced: after a power cut each unsynced sector is there,
// torn, garbage or as it was before, each on its own, and so are file sizes and names. It can also
// fail the n-th call of a kind. Owned by the test that drives it; any thread, one call at a time.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace rundbord::crash {

using Random = std::mt19937_64;
// `below` and more than 0; even enough for tests.
inline std::uint64_t draw(Random& random, std::uint64_t below) {
  return random() % below;
}

enum class DiskCall {
  open,
  create,
  read,
  write,
  sync,
  truncate,
  remove,
  rename,
  size,
  access,
  shared_memory,
  lock
};
inline constexpr std::size_t disk_calls = 12;
const char* name_of(DiskCall call);

enum class DiskAnswer { ok, past_end, io_error, full };

struct DiskFault {
  DiskCall call = DiskCall::write;
  std::uint64_t nth = 1;  // of this kind, counted from the moment the fault was set
  DiskAnswer answer = DiskAnswer::io_error;
  bool stays = false;  // until heal(), for all calls that the same cause would fail
  // The process is killed before it can do anything about it: as hang_up().
  bool kills = false;
};

// What a power cut leaves of what was not synced. The system may have written all of it, or none;
// mostly it is the luck of each sector, size and name.
enum class CutKind { each_on_its_own, all_kept, nothing_kept };

// What became of what was not synced, summed over all cuts: a harness asserts that they happened.
struct CutCounts {
  std::uint64_t cuts = 0;
  std::uint64_t sectors_kept = 0;
  std::uint64_t sectors_dropped = 0;
  std::uint64_t sectors_torn = 0;
  std::uint64_t sectors_garbage = 0;
  std::uint64_t sizes_changed = 0;
  std::uint64_t names_changed = 0;
  std::map<std::string, std::uint64_t> cuts_at;  // "write rundbord.sqlite-wal" …; "rest"
};

class DiskFile;

class SimulatedDisk {
 public:
  static constexpr std::size_t sector_bytes = 512;

  explicit SimulatedDisk(std::uint64_t seed);

  // Nothing when the name is not there and `create` is false, or with an answer other than ok.
  std::shared_ptr<DiskFile> open(const std::string& name, bool create, DiskAnswer& answer);
  DiskAnswer read(DiskFile& file, char* to, std::size_t bytes, std::size_t at);
  DiskAnswer write(DiskFile& file, const char* from, std::size_t bytes, std::size_t at);
  DiskAnswer truncate(DiskFile& file, std::size_t bytes);
  // `with_names`: the folder is synced as well.
  DiskAnswer sync(DiskFile& file, bool with_names);
  DiskAnswer remove(const std::string& name, bool sync_names);
  // Over a file that is there too; which files the two names are of is not synced.
  DiskAnswer rename(const std::string& from, const std::string& to);
  DiskAnswer sync_folder();
  DiskAnswer size(DiskFile& file, std::size_t& bytes);
  DiskAnswer exists(const std::string& name, bool& there);
  // A call whose work is done elsewhere: shared memory, locks.
  DiskAnswer other(DiskCall call, const DiskFile& file);

  // The power goes when so many calls that change the disk have been made from now on: that call
  // and all later ones fail, and the time is kept from power_on() to power_on().
  void cut_after(std::uint64_t changes);
  bool is_on() const;  // and not hung up
  // From hang_up() on calls fail and change nothing, until pick_up(): so a process ends that was
  // killed. The system lives on and knows what it knew.
  void hang_up();
  void pick_up();
  bool is_hung_up() const;
  // Goes off now if it is on, settles what was not synced, and is on again.
  void power_cycle();
  std::uint64_t changes() const { return changes_; }  // since it was last on

  void fail(DiskFault fault);
  void heal();
  // How often the fault has struck.
  std::uint64_t struck() const { return struck_; }
  // A sync that fails may leave the system believing that the pages are clean: they are not written
  // by a later sync, unless they are changed again. Names are not forgotten: a file system writes
  // them through its journal, later or never again.
  void forget_dirty_after_failed_sync() { forgets_dirty_ = true; }
  // Syncs answer ok and do nothing.
  void ignore_syncs() { ignores_syncs_ = true; }

  const CutCounts& counts() const { return counts_; }
  std::uint64_t draw_bits() { return random_(); }
  std::mutex& mutex() const { return mutex_; }

 private:
  struct Name {
    std::shared_ptr<DiskFile> now;
    std::vector<std::shared_ptr<DiskFile>> before;  // since the folder was synced; oldest first
  };

  DiskAnswer admit(DiskCall call, const std::string& name);
  std::optional<DiskAnswer> strike(DiskCall call);
  void set_name(const std::string& name, std::shared_ptr<DiskFile> file);
  void sync_names();
  void settle(Name& name, CutKind kind);

  mutable std::mutex mutex_;
  Random random_;
  std::map<std::string, Name> names_;
  bool on_ = true;
  bool hung_up_ = false;
  std::uint64_t changes_ = 0;
  std::optional<std::uint64_t> cut_at_;
  std::optional<DiskFault> fault_;
  std::uint64_t calls_of_kind_ = 0;
  std::uint64_t struck_ = 0;
  bool failing_ = false;
  bool forgets_dirty_ = false;
  bool ignores_syncs_ = false;
  CutCounts counts_;
};

}  // namespace rundbord::crash
