// What a seed stands for: how many people, how much they do, and which misfortunes happen. Plain
// values; a failing plan is made smaller to see what matters.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "dice.hpp"
#include "domain/programme.hpp"

namespace rundbord::sim {

enum class Misfortune : unsigned {
  cut,        // a line breaks
  trap,       // a line breaks at a chosen message
  slow,       // a reader takes nothing for a while
  leave,      // people close the page and come back
  everybody,  // all of them do, so that the workshop leaves the memory
  crash,      // the server's machine stops
  restart,    // the server is deployed anew
  error,      // one append fails, stored or not
  full,       // the disk takes nothing for a while
  lag,        // the disk takes long
  clock,      // the server's clock is set, forwards or back
  repeat,     // clients say again what is not answered
  odd,        // clients say what makes no sense
  erase,      // somebody's words are to be gone for good
};
inline constexpr std::array<std::string_view, 14> misfortune_names = {
    "cut",   "trap", "slow", "leave", "everybody", "crash", "restart",
    "error", "full", "lag",  "clock", "repeat",    "odd",   "erase"};

struct Plan {
  std::uint64_t seed = 0;
  unsigned misfortunes = 0;  // a bit for each that may happen
  int times = 0;             // how often one of them does
  int acts = 0;
  int devices = 0;
  Duration length{};
  Authorship authorship = Authorship::shown;

  bool has(Misfortune one) const { return (misfortunes >> static_cast<unsigned>(one) & 1U) != 0; }
};

// Each seed has its own mix: what never happens together in one run does in another.
inline Plan plan_of(std::uint64_t seed) {
  Dice dice(seed * 2 + 1);
  Plan plan;
  plan.seed = seed;
  for (std::size_t i = 0; i < misfortune_names.size(); ++i) {
    if (dice.one_in(3)) plan.misfortunes |= 1U << i;
  }
  plan.times = dice.below(14);
  plan.acts = 30 + dice.below(90);
  plan.devices = 2 + dice.below(5);
  plan.length = dice.between(std::chrono::seconds(20), std::chrono::seconds(240));
  const int authors = dice.below(6);
  if (authors == 4) plan.authorship = Authorship::hidden;
  if (authors == 5) plan.authorship = Authorship::never;
  return plan;
}

}  // namespace rundbord::sim
