#include "domain/packed_changes.hpp"

#include <string_view>

namespace rundbord {
namespace {

void put_number(std::string& bytes, std::size_t number) {
  for (; number >= 0x80; number >>= 7) bytes += static_cast<char>(0x80 | (number & 0x7F));
  bytes += static_cast<char>(number);
}

std::size_t take_number(std::string_view& bytes) {
  std::size_t number = 0;
  for (int shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    number |= static_cast<std::size_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return number;
  }
}

// The number of sections, each as length and kind with what it inserts, then the inserted units.
std::string pack(const ChangeSet& change) {
  std::string bytes;
  put_number(bytes, change.sections().size());
  for (const auto& section : change.sections()) {
    put_number(bytes, std::size_t{section.length} << 1 | (section.keep ? 1 : 0));
    if (!section.keep) put_number(bytes, section.inserted);
  }
  for (const auto unit : change.inserted()) put_number(bytes, unit);
  return bytes;
}

ChangeSet unpack(std::string_view bytes) {
  std::vector<Section> sections(take_number(bytes));
  for (auto& section : sections) {
    const auto number = take_number(bytes);
    section = {static_cast<std::uint32_t>(number >> 1), 0, (number & 1) != 0};
    if (!section.keep) section.inserted = static_cast<std::uint32_t>(take_number(bytes));
  }
  ChangeSet change;
  std::u16string text;
  for (const auto& section : sections) {
    if (section.keep) {
      change.keep(section.length);
      continue;
    }
    text.clear();
    for (std::uint32_t i = 0; i < section.inserted; ++i) {
      text += static_cast<char16_t>(take_number(bytes));
    }
    change.remove(section.length);
    change.insert(text);
  }
  return change;
}

}  // namespace

void PackedChanges::push(const ChangeSet& change) {
  const auto packed = pack(change);
  bytes_ += packed;
  sizes_.push_back(static_cast<std::uint32_t>(packed.size()));
}

void PackedChanges::drop_oldest() {
  dropped_bytes_ += sizes_.front();
  sizes_.pop_front();
  if (dropped_bytes_ < bytes_.size() / 2) return;
  bytes_.erase(0, dropped_bytes_);
  dropped_bytes_ = 0;
}

std::vector<ChangeSet> PackedChanges::newest(std::size_t count) const {
  const auto first = sizes_.end() - static_cast<std::ptrdiff_t>(count);
  auto at = bytes_.size();
  for (auto size = first; size != sizes_.end(); ++size) at -= *size;
  std::vector<ChangeSet> changes;
  changes.reserve(count);
  for (auto size = first; size != sizes_.end(); ++size) {
    changes.push_back(unpack(std::string_view(bytes_).substr(at, *size)));
    at += *size;
  }
  return changes;
}

}  // namespace rundbord
