// Contenders measured in turns, A B C A B C …, so that whatever else the machine does meets them
// all; ratios are of one turn, their median is the figure. One thread.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "goal.hpp"
#include "load.hpp"

namespace rundbord::bench {

class Comparison {
 public:
  // The first is ours.
  explicit Comparison(std::vector<ContenderKind> kinds) : kinds_(std::move(kinds)) {}

  void run(const std::function<Reading(const ContenderKind&)>& measure);
  // The median of every figure, one line for each contender.
  void print_table() const;
  // Our figure divided by that of another, as the median of the rounds, with the least and the
  // greatest.
  void print_ratio(std::size_t other, double Reading::*figure, const std::string& what,
                   const Goal& goal) const;
  // A figure of ours alone, as the median of the rounds.
  void print_own(const std::function<double(const Reading&)>& figure, const std::string& what,
                 const Goal& goal) const;

 private:
  std::vector<ContenderKind> kinds_;
  std::vector<std::vector<Reading>> readings_;  // by contender, then by round
};

}  // namespace rundbord::bench
