#include "comparison.hpp"

#include <algorithm>
#include <cstdio>

namespace rundbord::bench {
namespace {

template <class Figure>
double median_of(const std::vector<Reading>& readings, Figure figure) {
  std::vector<double> values;
  for (const auto& reading : readings) values.push_back(figure(reading));
  return median(std::move(values));
}

}  // namespace

void Comparison::run(const std::function<Reading(const ContenderKind&)>& measure) {
  readings_.assign(kinds_.size(), {});
  for (int round = 1; round <= rounds; ++round) {
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
      std::fprintf(stderr, "\rround %d of %d: %-40s", round, rounds, kinds_[i].name.c_str());
      auto kind = kinds_[i];
      if (planted_fault && i == 0 && kinds_.size() > 1) {
        kind = kinds_[1];
        kind.in_our_place = true;
      }
      readings_[i].push_back(measure(kind));
    }
  }
  std::fprintf(stderr, "\r%60s\r", "");
}

void Comparison::print_table() const {
  std::printf("%-40s %8s %6s %9s %8s %7s %7s %8s %9s %6s\n", "", "notes/s", "CPU %", "us/deliv.",
              "us/note", "ok p50", "ok p99", "fan p99", "delivered", "errors");
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    const auto& all = readings_[i];
    const auto figure = [&](auto of) { return median_of(all, of); };
    std::printf("%-40s %8.0f %6.0f %9.2f %8.1f %7.1f %7.1f %8.1f %8.1f%% %6.0f\n",
                kinds_[i].name.c_str(), figure([](const Reading& r) { return r.notes_per_second; }),
                figure([](const Reading& r) { return r.cpu_percent; }),
                figure([](const Reading& r) { return r.us_per_delivered; }),
                figure([](const Reading& r) { return r.us_per_note; }),
                figure([](const Reading& r) { return r.ok.p50_ms; }),
                figure([](const Reading& r) { return r.ok.p99_ms; }),
                figure([](const Reading& r) { return r.fan_out.p99_ms; }),
                figure([](const Reading& r) { return 100 * r.delivered_part; }),
                figure([](const Reading& r) { return static_cast<double>(r.errors); }));
  }
}

void Comparison::print_ratio(std::size_t other, double Reading::*figure, const std::string& what,
                             const Goal& goal) const {
  std::vector<double> ratios;
  for (std::size_t round = 0; round < readings_[0].size(); ++round) {
    ratios.push_back(readings_[0][round].*figure / (readings_[other][round].*figure));
  }
  const auto [least, greatest] = std::minmax_element(ratios.begin(), ratios.end());
  std::printf("%s, ours / %s: %.2f (%.2f to %.2f in %zu rounds); %s\n", what.c_str(),
              kinds_[other].name.c_str(), median(ratios), *least, *greatest, ratios.size(),
              verdict(goal, median(ratios)).c_str());
}

void Comparison::print_own(const std::function<double(const Reading&)>& figure,
                           const std::string& what, const Goal& goal) const {
  const auto value = median_of(readings_[0], figure);
  std::printf("%s: %.1f%s; %s\n", what.c_str(), value, goal.unit, verdict(goal, value).c_str());
}

}  // namespace rundbord::bench
