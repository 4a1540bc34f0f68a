#include "goal.hpp"

#include <cstdio>

namespace rundbord::bench {

bool planted_fault = false;
int rounds = 5;

bool reached(const Goal& goal, double figure) {
  return goal.side == Goal::at_most ? figure <= goal.value : figure >= goal.value;
}

std::string verdict(const Goal& goal, double figure) {
  char text[80];
  std::snprintf(text, sizeof text, "goal %s %g%s: %s",
                goal.side == Goal::at_most ? "<=" : ">=", goal.value, goal.unit,
                reached(goal, figure) ? "reached" : "MISSED");
  return text;
}

}  // namespace rundbord::bench
