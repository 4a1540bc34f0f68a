#include "crash/disk_file.hpp"

#include <algorithm>

namespace rundbord::crash {
namespace {

constexpr auto sector_bytes = SimulatedDisk::sector_bytes;

// Which of `versions` a cut leaves, oldest first; their number: what was synced.
std::size_t choose(Random& random, CutKind kind, std::size_t versions) {
  if (versions == 0 || kind == CutKind::nothing_kept) return versions;
  if (kind == CutKind::all_kept) return versions - 1;
  return draw(random, 2) == 0 ? versions : draw(random, versions);
}

}  // namespace

bool DiskFile::read(char* to, std::size_t bytes, std::size_t at) const {
  const auto there = at >= content_.size() ? 0 : std::min(bytes, content_.size() - at);
  std::copy_n(content_.data() + std::min(at, content_.size()), there, to);
  std::fill_n(to + there, bytes - there, '\0');
  return there == bytes;
}

void DiskFile::write(const char* from, std::size_t bytes, std::size_t at) {
  const auto end = at + bytes;
  if (end > content_.size()) {
    content_.resize(end);
    sizes_.push_back(end);
  }
  std::copy_n(from, bytes, content_.data() + at);
  for (auto number = at / sector_bytes; number * sector_bytes < end; ++number) {
    const auto start = number * sector_bytes;
    auto& unsynced = unsynced_[number];
    unsynced.first = std::min(unsynced.first, std::max(at, start) - start);
    unsynced.past = std::max(unsynced.past, std::min(end - start, sector_bytes));
    unsynced.versions.push_back(sector(content_, number));
  }
}

void DiskFile::truncate(std::size_t bytes) {
  content_.resize(bytes);
  sizes_.push_back(bytes);
  shortest_ = std::min(shortest_, bytes);
}

void DiskFile::sync() {
  platter_.resize(std::min(platter_.size(), shortest_));
  platter_.resize(content_.size());
  for (const auto& [number, unsynced] : unsynced_) {
    const auto bytes = sector(content_, number);
    if (number * sector_bytes >= platter_.size()) continue;  // cut off since
    const auto there = std::min(sector_bytes, platter_.size() - number * sector_bytes);
    std::copy_n(bytes.data(), there, platter_.data() + number * sector_bytes);
  }
  forget_dirty();
}

void DiskFile::forget_dirty() {
  unsynced_.clear();
  sizes_.clear();
  shortest_ = std::string::npos;
}

void DiskFile::settle(Random& random, CutKind kind, CutCounts& counts) {
  auto bytes = platter_.size();
  const auto chosen = choose(random, kind, sizes_.size());
  if (chosen < sizes_.size()) bytes = sizes_[chosen];
  counts.sizes_changed += bytes == content_.size() ? 0 : 1;
  std::string image = platter_;
  image.resize(bytes);
  for (const auto& [number, unsynced] : unsynced_) {
    const auto start = number * sector_bytes;
    if (start >= bytes) continue;
    const auto now = settled(sector(platter_, number), unsynced, random, kind, counts);
    std::copy_n(now.data(), std::min(sector_bytes, bytes - start), image.data() + start);
  }
  content_ = image;
  platter_ = std::move(image);
  forget_dirty();
}

std::string DiskFile::sector(const std::string& bytes, std::size_t number) const {
  std::string copy(sector_bytes, '\0');
  const auto start = number * sector_bytes;
  if (start >= bytes.size()) return copy;
  std::copy_n(bytes.data() + start, std::min(sector_bytes, bytes.size() - start), copy.data());
  return copy;
}

// SQLite's own assumption (SQLITE_IOCAP_POWERSAFE_OVERWRITE, which its Unix layer makes): bytes
// that were not written stay, so that garbage covers only what was.
std::string DiskFile::settled(const std::string& old, const Unsynced& unsynced, Random& random,
                              CutKind kind, CutCounts& counts) const {
  const auto chosen = choose(random, kind, unsynced.versions.size());
  auto bytes = chosen < unsynced.versions.size() ? unsynced.versions[chosen] : old;
  const auto fate = kind == CutKind::each_on_its_own ? draw(random, 8) : 0;
  if (fate == 1) {
    ++counts.sectors_torn;
    const auto at = static_cast<std::ptrdiff_t>(draw(random, sector_bytes));
    const bool front = draw(random, 2) == 0;
    std::copy(old.begin() + (front ? 0 : at), front ? old.begin() + at : old.end(),
              bytes.begin() + (front ? 0 : at));
  } else if (fate == 2) {
    ++counts.sectors_garbage;
    for (auto at = unsynced.first; at < unsynced.past; ++at) {
      bytes[at] = static_cast<char>(random());
    }
  } else {
    ++(chosen < unsynced.versions.size() ? counts.sectors_kept : counts.sectors_dropped);
  }
  return bytes;
}

}  // namespace rundbord::crash
