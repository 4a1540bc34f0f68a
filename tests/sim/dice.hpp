// All chance in a simulated run comes from here: the same seed throws the same dice everywhere.
// Owned by the world; one thread.
#pragma once
#include <cstdint>
#include <vector>

#include "domain/ids.hpp"
#include "domain/time.hpp"

namespace rundbord::sim {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  // SplitMix64 (Steele, Lea, Flood 2014): a few instructions, and the same on every machine.
  std::uint64_t next() {
    std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
  }
  // 0 to count - 1; count must be above 0.
  int below(int count) { return static_cast<int>(next() % static_cast<std::uint64_t>(count)); }
  bool one_in(int count) { return below(count) == 0; }
  Duration between(Duration least, Duration most) {
    return least + Duration(below(static_cast<int>((most - least).count()) + 1));
  }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[next() % from.size()];
  }
  template <class IdType>
  IdType id() {
    IdType drawn;
    for (std::size_t half = 0; half < 2; ++half) {
      const auto bits = next();
      for (std::size_t byte = 0; byte < 8; ++byte) {
        drawn.bytes[half * 8 + byte] = static_cast<std::uint8_t>(bits >> (8 * byte));
      }
    }
    return drawn;
  }

 private:
  std::uint64_t state_;
};

}  // namespace rundbord::sim
