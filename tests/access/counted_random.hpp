// Random numbers for tests: 1, 2, 3 … in the last bytes, so that what is drawn can be told apart.
#pragma once
#include <cstdint>

#include "access/secret.hpp"

namespace rundbord::access {

inline RandomSource counted_random() {
  return [drawn = std::uint16_t{0}]() mutable {
    ++drawn;
    std::array<std::uint8_t, 16> bytes{};
    bytes[14] = static_cast<std::uint8_t>(drawn >> 8);
    bytes[15] = static_cast<std::uint8_t>(drawn & 0xff);
    return bytes;
  };
}

}  // namespace rundbord::access
