// Strong identifiers. Clients draw the 128-bit ones, so a command can name what it makes before the
// server has answered. Plain values: any thread.
#pragma once
#include <array>
#include <bit>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace rundbord {

// 128 random bits; written as 22 characters of base64url without padding (RFC 4648 section 5).
template <class Tag>
struct Id {
  std::array<std::uint8_t, 16> bytes{};
  bool operator==(const Id&) const = default;
  // By the bytes, the first first. As two numbers: maps of ids are walked for every command, and
  // std::array compares by a call into the C library.
  std::strong_ordering operator<=>(const Id& other) const {
    const auto first = half(0) <=> other.half(0);
    return first != 0 ? first : half(8) <=> other.half(8);
  }

 private:
  std::uint64_t half(std::size_t from) const {
    std::uint64_t number = 0;
    std::memcpy(&number, bytes.data() + from, sizeof number);
    if constexpr (std::endian::native == std::endian::little) number = __builtin_bswap64(number);
    return number;
  }
};

using WorkshopId = Id<struct WorkshopTag>;
using SeatId = Id<struct SeatTag>;
using NoteId = Id<struct NoteTag>;
using MessageId = Id<struct MessageTag>;
// One tab's own hand in co-written texts; not a person.
using WriterId = Id<struct WriterTag>;
using CommandId = Id<struct CommandTag>;
// The hash of a key kept in one browser: the right to edit a note whose author was never stored.
using AuthorKey = Id<struct AuthorKeyTag>;

// A commit's place in its workshop's hash chain (SPEC LG2): SHA-256, so nobody can draw it.
using ChainHash = std::array<std::uint8_t, 32>;
// 64 lower-case digits.
std::string to_hex(const ChainHash& hash);

inline constexpr std::size_t id_text_length = 22;

std::string to_base64url(const std::array<std::uint8_t, 16>& bytes);
// Nothing for a wrong length, a foreign character, or bits set past the 128th.
std::optional<std::array<std::uint8_t, 16>> from_base64url(std::string_view text);

template <class Tag>
std::string to_text(const Id<Tag>& id) {
  return to_base64url(id.bytes);
}

template <class IdType>
std::optional<IdType> id_from_text(std::string_view text) {
  const auto bytes = from_base64url(text);
  if (!bytes) return std::nullopt;
  return IdType{*bytes};
}

// The number on the door: 1 to room_number_max, gaps allowed.
enum class RoomNumber : int {};
constexpr int to_int(RoomNumber room) {
  return static_cast<int>(room);
}

}  // namespace rundbord
