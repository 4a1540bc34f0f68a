#include "shrink.hpp"

namespace rundbord::sim {
namespace {

bool fails(const Plan& plan) {
  return !run_plan(plan, false).broken.empty();
}

// The smallest of the halves of `field` that still fails.
void halve(Plan& plan, int Plan::*field, int least) {
  while (plan.*field > least) {
    auto smaller = plan;
    smaller.*field = std::max(least, plan.*field / 2);
    if (!fails(smaller)) return;
    plan = smaller;
  }
}

}  // namespace

std::string describe(const Plan& plan) {
  std::string text = std::to_string(plan.devices) + " devices, " + std::to_string(plan.acts) +
                     " acts, " + std::to_string(plan.times) + " misfortunes of:";
  for (unsigned i = 0; i < misfortune_names.size(); ++i) {
    if (plan.has(Misfortune{i})) text += ' ' + std::string(misfortune_names[i]);
  }
  return text;
}

Plan shrink(const Plan& plan) {
  auto smaller = plan;
  for (unsigned i = 0; i < misfortune_names.size(); ++i) {
    auto without = smaller;
    without.misfortunes &= ~(1U << i);
    if (without.misfortunes != smaller.misfortunes && fails(without)) smaller = without;
  }
  halve(smaller, &Plan::acts, 1);
  halve(smaller, &Plan::times, 0);
  halve(smaller, &Plan::devices, 1);
  halve(smaller, &Plan::acts, 1);
  return smaller;
}

}  // namespace rundbord::sim
