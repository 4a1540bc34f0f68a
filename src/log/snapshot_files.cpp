#include "log/snapshot_files.hpp"

#include <fstream>
#include <iterator>
#include <system_error>

#include "log/data_folder.hpp"
#include "log/packed_snapshot.hpp"

namespace rundbord::log {
namespace {

namespace fs = std::filesystem;

std::string bytes_of_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in) return {};
  std::string bytes(static_cast<std::size_t>(in.tellg()), '\0');
  in.seekg(0);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return in ? bytes : std::string();
}

// Under another name first: a reader finds the old one or the new one. Not synced: what a power cut
// leaves of it fails its checksum.
bool write_file(const fs::path& file, const std::string& bytes) {
  auto partial = file;
  partial += ".partial";
  std::error_code error;
  {
    std::ofstream out(partial, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) return fs::remove(partial, error), false;
  }
  fs::rename(partial, file, error);
  return !error;
}

}  // namespace

SnapshotFiles::SnapshotFiles(const fs::path& data_folder, std::string history)
    : folder_(data_folder / "snapshots"), history_(std::move(history)) {}

fs::path SnapshotFiles::file_of(const WorkshopId& workshop) const {
  return folder_ / to_text(workshop);
}

KeptSnapshot SnapshotFiles::read(const WorkshopId& workshop) {
  KeptSnapshot kept;
  {
    const std::lock_guard lock(mutex_);
    const auto drops = drops_.find(workshop);
    if (drops != drops_.end()) kept.drops = drops->second;
  }
  kept.snapshot = unpack_snapshot(history_, bytes_of_file(file_of(workshop)));
  return kept;
}

bool SnapshotFiles::keep(const WorkshopId& workshop, std::uint64_t drops,
                         const StateSnapshot& snapshot) {
  const auto bytes = pack_snapshot(history_, snapshot);
  const std::lock_guard lock(mutex_);
  const auto dropped = drops_.find(workshop);
  if (drops != (dropped == drops_.end() ? 0 : dropped->second)) return false;
  try {
    make_folder(folder_);
  } catch (const LogError&) {
    return false;  // a full disk: the stream itself tells the same
  }
  return write_file(file_of(workshop), bytes);
}

void SnapshotFiles::drop(const WorkshopId& workshop) {
  const std::lock_guard lock(mutex_);
  ++drops_[workshop];
  std::error_code error;
  auto partial = file_of(workshop);
  partial += ".partial";
  bool removed = fs::remove(partial, error);
  if (!error) removed = fs::remove(file_of(workshop), error) || removed;
  if (error) throw LogError{"io_error", "A snapshot cannot be deleted: " + error.message() + "."};
  if (removed) sync_path(folder_);
}

}  // namespace rundbord::log
