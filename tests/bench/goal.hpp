// What goals.md asks of a figure, and whether it was reached. Functions of the benches, which print
// it and decide nothing.
#pragma once
#include <string>

namespace rundbord::bench {

struct Goal {
  enum { at_most, at_least } side;
  double value;
  const char* unit = "";
};
bool reached(const Goal& goal, double figure);
// "goal <= 0.33: reached" or "goal <= 0.33: MISSED".
std::string verdict(const Goal& goal, double figure);

// The planted fault that every verdict must turn red on (`rundbord_bench --planted-fault`): our
// server is stopped for half of the time; where peers are compared the first of them is measured in
// our place, stopped likewise. Set once, before the first bench.
extern bool planted_fault;

// How often contenders are measured in turns; with `--once` a single time, which is enough to see a
// planted fault and too little for a figure. Set once, before the first bench.
extern int rounds;

}  // namespace rundbord::bench
