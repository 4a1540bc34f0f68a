#include "log/packed_snapshot.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace rundbord::log {
namespace {

// BLAKE2b, three times as quick as SHA-256 here; it guards against accidents, not against people.
constexpr std::size_t checksum_bytes = 32;

std::string checksum_of(std::string_view bytes) {
  std::string sum(checksum_bytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(sum.data()), sum.size(),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                     0);
  return sum;
}

// Eight bytes, the lowest first.
std::string number_bytes(std::uint64_t number) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(number >> (8 * i));
  return bytes;
}

// Takes parts off the front; an empty part where the bytes end early.
class Parts {
 public:
  explicit Parts(std::string_view bytes) : rest_(bytes) {}
  std::string_view take(std::uint64_t size) {
    const auto part = rest_.substr(0, size);
    rest_.remove_prefix(part.size());
    return part.size() == size ? part : std::string_view();
  }
  std::uint64_t number() {
    std::uint64_t number = 0;
    int shift = 0;
    for (const char byte : take(8)) {
      number |= static_cast<std::uint64_t>(static_cast<unsigned char>(byte)) << shift;
      shift += 8;
    }
    return number;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace

std::string pack_snapshot(std::string_view history, const StateSnapshot& snapshot) {
  std::string body;
  body.reserve(snapshot.state.size() + 256);
  body += number_bytes(history.size());
  body += history;
  body += number_bytes(snapshot.format.size());
  body += snapshot.format;
  body += number_bytes(snapshot.seq);
  body.append(reinterpret_cast<const char*>(snapshot.chain.data()), snapshot.chain.size());
  body += snapshot.state;
  return checksum_of(body) + body;
}

std::optional<StateSnapshot> unpack_snapshot(std::string_view history, std::string_view bytes) {
  Parts parts(bytes);
  const auto checksum = parts.take(checksum_bytes);
  if (checksum.empty() || checksum != checksum_of(parts.rest())) return std::nullopt;
  if (parts.take(parts.number()) != history) return std::nullopt;
  StateSnapshot snapshot;
  snapshot.format = parts.take(parts.number());
  snapshot.seq = parts.number();
  const auto chain = parts.take(snapshot.chain.size());
  if (chain.empty()) return std::nullopt;
  std::copy(chain.begin(), chain.end(), snapshot.chain.begin());
  snapshot.state = parts.rest();
  return snapshot;
}

}  // namespace rundbord::log
