#include "crash/disk_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>

#include "crash/disk_file.hpp"
#include "crash/shared_locks.hpp"
#include "log/event_log.hpp"

namespace rundbord::crash {
namespace {

struct Mount {
  SimulatedDisk* disk = nullptr;
  std::map<std::string, std::shared_ptr<SharedLocks>> locks;  // by name
};

struct Registry {
  std::mutex mutex;
  std::map<std::string, Mount> mounts;  // by prefix, which ends with a slash
  sqlite3_vfs* system = nullptr;
  sqlite3_vfs vfs{};
  std::string synchronous;  // slipped in; empty: what is asked for
  std::atomic<int> last_errno{0};
};

Registry& registry() {
  static Registry only;
  return only;
}

// What SQLite holds of an open file: the first member is SQLite's.
struct OpenFile {
  sqlite3_file base;
  struct Parts {
    SimulatedDisk* disk;
    std::shared_ptr<DiskFile> file;
    std::shared_ptr<SharedLocks> locks;
    std::string name;
    bool syncs_folder;  // on the first sync, as the Unix layer does for journals it has made
    bool removes;       // when closed
    int synchronous_pragmas;
  } * parts;
};

OpenFile::Parts& parts_of(sqlite3_file* file) {
  return *reinterpret_cast<OpenFile*>(file)->parts;
}

// The system's error is told as well: from it the log knows a full disk.
int code(DiskAnswer answer, int on_error) {
  if (answer == DiskAnswer::ok) return SQLITE_OK;
  registry().last_errno = answer == DiskAnswer::full ? ENOSPC : EIO;
  if (answer == DiskAnswer::full && on_error == SQLITE_IOERR_WRITE) return SQLITE_FULL;
  return on_error;
}

// ---- one file ---------------------------------------------------------------------------------

int file_close(sqlite3_file* file) {
  auto* parts = reinterpret_cast<OpenFile*>(file)->parts;
  if (parts->locks) {
    const std::lock_guard lock(registry().mutex);
    parts->locks->unlock(parts, 0);
    parts->locks->detach(parts);
  }
  if (parts->removes) parts->disk->remove(parts->name, false);
  delete parts;
  return SQLITE_OK;
}

int file_read(sqlite3_file* file, void* to, int bytes, sqlite3_int64 at) {
  auto& parts = parts_of(file);
  const auto answer =
      parts.disk->read(*parts.file, static_cast<char*>(to), static_cast<std::size_t>(bytes),
                       static_cast<std::size_t>(at));
  if (answer == DiskAnswer::past_end) return SQLITE_IOERR_SHORT_READ;
  return code(answer, SQLITE_IOERR_READ);
}

int file_write(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at) {
  auto& parts = parts_of(file);
  return code(parts.disk->write(*parts.file, static_cast<const char*>(from),
                                static_cast<std::size_t>(bytes), static_cast<std::size_t>(at)),
              SQLITE_IOERR_WRITE);
}

int file_truncate(sqlite3_file* file, sqlite3_int64 bytes) {
  auto& parts = parts_of(file);
  return code(parts.disk->truncate(*parts.file, static_cast<std::size_t>(bytes)),
              SQLITE_IOERR_TRUNCATE);
}

int file_sync(sqlite3_file* file, int) {
  auto& parts = parts_of(file);
  const auto answer = parts.disk->sync(*parts.file, parts.syncs_folder);
  if (answer == DiskAnswer::ok) parts.syncs_folder = false;
  return code(answer, SQLITE_IOERR_FSYNC);
}

int file_size(sqlite3_file* file, sqlite3_int64* bytes) {
  auto& parts = parts_of(file);
  std::size_t size = 0;
  const auto answer = parts.disk->size(*parts.file, size);
  *bytes = static_cast<sqlite3_int64>(size);
  return code(answer, SQLITE_IOERR_FSTAT);
}

int file_lock(sqlite3_file* file, int level) {
  auto& parts = parts_of(file);
  const auto answer = parts.disk->other(DiskCall::lock, *parts.file);
  if (answer != DiskAnswer::ok) return code(answer, SQLITE_IOERR_LOCK);
  const std::lock_guard lock(registry().mutex);
  return parts.locks->lock(&parts, level) ? SQLITE_OK : SQLITE_BUSY;
}

int file_unlock(sqlite3_file* file, int level) {
  auto& parts = parts_of(file);
  const std::lock_guard lock(registry().mutex);
  parts.locks->unlock(&parts, level);
  return SQLITE_OK;
}

int file_check_reserved(sqlite3_file* file, int* reserved) {
  const std::lock_guard lock(registry().mutex);
  *reserved = parts_of(file).locks->is_reserved() ? 1 : 0;
  return SQLITE_OK;
}

// The log asks for its own setting after the one that was slipped in: that is swallowed.
int file_control(sqlite3_file* file, int operation, void* argument) {
  if (operation != SQLITE_FCNTL_PRAGMA || registry().synchronous.empty()) return SQLITE_NOTFOUND;
  char* const* pragma = static_cast<char**>(argument);
  if (std::string_view(pragma[1]) != "synchronous" || !pragma[2]) return SQLITE_NOTFOUND;
  return ++parts_of(file).synchronous_pragmas == 1 ? SQLITE_NOTFOUND : SQLITE_OK;
}

// As SQLite's Unix layer answers on Linux.
int file_sector_bytes(sqlite3_file*) {
  return 4096;
}
int file_characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int memory_map(sqlite3_file* file, int region, int bytes, int extend, void volatile** mapped) {
  auto& parts = parts_of(file);
  *mapped = nullptr;
  const auto answer = parts.disk->other(DiskCall::shared_memory, *parts.file);
  if (answer != DiskAnswer::ok) return code(answer, SQLITE_IOERR_SHMSIZE);
  const std::lock_guard lock(registry().mutex);
  parts.locks->attach(&parts);
  *mapped = parts.locks->region(static_cast<std::size_t>(region), static_cast<std::size_t>(bytes),
                                extend != 0);
  return SQLITE_OK;
}

int memory_lock(sqlite3_file* file, int first, int count, int flags) {
  auto& parts = parts_of(file);
  if ((flags & SQLITE_SHM_UNLOCK) == 0) {
    const auto answer = parts.disk->other(DiskCall::lock, *parts.file);
    if (answer != DiskAnswer::ok) return code(answer, SQLITE_IOERR_SHMLOCK);
  }
  const std::lock_guard lock(registry().mutex);
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    parts.locks->unlock_memory(&parts, first, count);
    return SQLITE_OK;
  }
  const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  return parts.locks->lock_memory(&parts, first, count, exclusive) ? SQLITE_OK : SQLITE_BUSY;
}

void memory_barrier(sqlite3_file*) {
  const std::lock_guard lock(registry().mutex);
}

int memory_unmap(sqlite3_file* file, int) {
  const std::lock_guard lock(registry().mutex);
  parts_of(file).locks->detach(&parts_of(file));
  return SQLITE_OK;
}

const sqlite3_io_methods methods = {2,
                                    file_close,
                                    file_read,
                                    file_write,
                                    file_truncate,
                                    file_sync,
                                    file_size,
                                    file_lock,
                                    file_unlock,
                                    file_check_reserved,
                                    file_control,
                                    file_sector_bytes,
                                    file_characteristics,
                                    memory_map,
                                    memory_lock,
                                    memory_barrier,
                                    memory_unmap,
                                    nullptr,
                                    nullptr};

// ---- the file system --------------------------------------------------------------------------

Mount* mount_of(const char* name) {
  if (!name) return nullptr;
  const std::string path = name;
  for (auto& [prefix, mount] : registry().mounts) {
    if (path.compare(0, prefix.size(), prefix) == 0) return &mount;
  }
  return nullptr;
}

std::pair<SimulatedDisk*, std::shared_ptr<SharedLocks>> find(const char* name) {
  const std::lock_guard lock(registry().mutex);
  auto* mount = mount_of(name);
  if (!mount) return {nullptr, nullptr};
  auto& locks = mount->locks[name];
  if (!locks) locks = std::make_shared<SharedLocks>();
  return {mount->disk, locks};
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  const auto [disk, locks] = find(name);
  if (!disk) return registry().system->xOpen(registry().system, name, file, flags, flags_out);
  file->pMethods = nullptr;
  DiskAnswer answer = DiskAnswer::ok;
  auto opened = disk->open(name, (flags & SQLITE_OPEN_CREATE) != 0, answer);
  if (!opened) {
    code(answer, SQLITE_CANTOPEN);
    return SQLITE_CANTOPEN;
  }
  constexpr int journals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
  const bool new_journal = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & journals) != 0;
  reinterpret_cast<OpenFile*>(file)->parts = new OpenFile::Parts{
      disk, std::move(opened), locks, name, new_journal, (flags & SQLITE_OPEN_DELETEONCLOSE) != 0,
      0};
  if (flags_out) *flags_out = flags;
  file->pMethods = &methods;
  return SQLITE_OK;
}

int remove_file(sqlite3_vfs*, const char* name, int sync_folder) {
  const auto [disk, locks] = find(name);
  if (!disk) return registry().system->xDelete(registry().system, name, sync_folder);
  return code(disk->remove(name, sync_folder != 0), SQLITE_IOERR_DELETE);
}

int access_file(sqlite3_vfs*, const char* name, int flags, int* result) {
  const auto [disk, locks] = find(name);
  if (!disk) return registry().system->xAccess(registry().system, name, flags, result);
  bool there = false;
  const auto answer = disk->exists(name, there);
  *result = there ? 1 : 0;
  return code(answer, SQLITE_IOERR_ACCESS);
}

int full_name(sqlite3_vfs*, const char* name, int bytes, char* out) {
  const auto [disk, locks] = find(name);
  if (!disk) return registry().system->xFullPathname(registry().system, name, bytes, out);
  sqlite3_snprintf(bytes, out, "%s", name);
  return SQLITE_OK;
}

// The same for each disk: which checksums and salts are drawn is then the seed's doing.
int random_bytes(sqlite3_vfs*, int bytes, char* out) {
  const std::lock_guard lock(registry().mutex);
  std::uint64_t bits =
      registry().mounts.empty() ? 0 : registry().mounts.begin()->second.disk->draw_bits();
  Random random(bits);
  for (int i = 0; i < bytes; ++i) out[i] = static_cast<char>(random());
  return bytes;
}

// Waiting for a disk that is not there would only take time: SQLite counts what it asked for.
int sleep_nominally(sqlite3_vfs*, int microseconds) {
  {
    const std::lock_guard lock(registry().mutex);
    if (!registry().mounts.empty()) return microseconds;
  }
  return registry().system->xSleep(registry().system, microseconds);
}

int last_error(sqlite3_vfs*, int, char*) {
  return registry().last_errno;
}

void register_once() {
  auto& all = registry();
  if (all.system) return;
  all.system = sqlite3_vfs_find(nullptr);
  all.vfs = *all.system;
  all.vfs.zName = "rundbord-simulated";
  all.vfs.pNext = nullptr;
  all.vfs.szOsFile = std::max(all.system->szOsFile, static_cast<int>(sizeof(OpenFile)));
  all.vfs.xOpen = open_file;
  all.vfs.xDelete = remove_file;
  all.vfs.xAccess = access_file;
  all.vfs.xFullPathname = full_name;
  all.vfs.xRandomness = random_bytes;
  all.vfs.xSleep = sleep_nominally;
  all.vfs.xGetLastError = last_error;
  sqlite3_vfs_register(&all.vfs, 1);
}

int slip_in(sqlite3* database, char**, const sqlite3_api_routines*) {
  const auto pragma = "PRAGMA synchronous = " + registry().synchronous;
  sqlite3_exec(database, pragma.c_str(), nullptr, nullptr, nullptr);
  return SQLITE_OK;
}

auto* const slip_in_entry = reinterpret_cast<void (*)()>(slip_in);

}  // namespace

MountedDisk::MountedDisk(std::filesystem::path folder, SimulatedDisk& disk)
    : prefix_(folder.string() + '/') {
  const std::lock_guard lock(registry().mutex);
  register_once();
  registry().mounts[prefix_] = {&disk, {}};
  sqlite3_randomness(0, nullptr);  // drawn anew, from this disk
}

MountedDisk::~MountedDisk() {
  const std::lock_guard lock(registry().mutex);
  registry().mounts.erase(prefix_);
}

log::FolderCalls folder_calls(SimulatedDisk& disk) {
  const auto require = [](DiskAnswer answer) {
    if (answer == DiskAnswer::ok) return;
    throw log::LogError{answer == DiskAnswer::full ? "disk_full" : "io_error", "simulated"};
  };
  return {[&disk, require](const auto& from, const auto& to) {
            require(disk.rename(from.string(), to.string()));
          },
          [&disk, require](const auto&) { require(disk.sync_folder()); }};
}

log::FolderCalls folder_calls_without_rename(SimulatedDisk& disk) {
  auto calls = folder_calls(disk);
  calls.rename = [](const auto&, const auto&) {};
  return calls;
}

SlippedInSynchronous::SlippedInSynchronous(std::string value) {
  registry().synchronous = std::move(value);
  sqlite3_auto_extension(slip_in_entry);
}

SlippedInSynchronous::~SlippedInSynchronous() {
  sqlite3_cancel_auto_extension(slip_in_entry);
  registry().synchronous.clear();
}

}  // namespace rundbord::crash
