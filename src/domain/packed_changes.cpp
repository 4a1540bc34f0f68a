#include "domain/packed_changes.hpp"

#include <optional>
#include <string_view>

namespace rundbord {
namespace {

void put_number(std::string& bytes, std::size_t number) {
  for (; number >= 0x80; number >>= 7) bytes += static_cast<char>(0x80 | (number & 0x7F));
  bytes += static_cast<char>(number);
}

// Up to 35 bits, in at most 5 bytes. Bytes that end early or go on for longer: broken().
class Numbers {
 public:
  explicit Numbers(std::string_view bytes) : rest_(bytes) {}

  std::size_t take() {
    std::size_t number = 0;
    for (int shift = 0; shift < 35 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      number |= static_cast<std::size_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return number;
    }
    broken_ = true;
    return 0;
  }
  bool broken() const { return broken_; }
  std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  bool broken_ = false;
};

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

std::vector<Section> unpack_sections(Numbers& numbers) {
  std::vector<Section> sections;
  for (auto count = numbers.take(); count > 0 && !numbers.broken(); --count) {
    const auto number = numbers.take();
    Section section{static_cast<std::uint32_t>(number >> 1), 0, (number & 1) != 0};
    if (!section.keep) section.inserted = static_cast<std::uint32_t>(numbers.take());
    sections.push_back(section);
  }
  return sections;
}

// Nothing for bytes that pack() did not make, as far as their form tells.
std::optional<ChangeSet> unpack(std::string_view bytes) {
  Numbers numbers(bytes);
  ChangeSet change;
  std::u16string text;
  for (const auto& section : unpack_sections(numbers)) {
    if (section.keep) {
      change.keep(section.length);
      continue;
    }
    if (section.inserted > numbers.left()) return std::nullopt;
    text.clear();
    for (std::uint32_t i = 0; i < section.inserted; ++i) {
      text += static_cast<char16_t>(numbers.take());
    }
    change.remove(section.length);
    change.insert(text);
  }
  if (numbers.broken() || numbers.left() != 0) return std::nullopt;
  return change;
}

}  // namespace

void PackedChanges::push(const ChangeSet& change) {
  const auto packed = pack(change);
  bytes_ += packed;
  sizes_.push_back(static_cast<std::uint32_t>(packed.size()));
}

bool PackedChanges::push_packed(std::string_view packed) {
  const auto change = unpack(packed);
  if (!change || pack(*change) != packed) return false;
  push(*change);
  return true;
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
    changes.push_back(unpack(std::string_view(bytes_).substr(at, *size)).value());
    at += *size;
  }
  return changes;
}

}  // namespace rundbord
