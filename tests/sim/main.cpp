// rundbord_sim: plays seeds, and tells what happened when one breaks a promise.
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "mutants/chosen.hpp"
#include "seeds.hpp"
#include "shrink.hpp"

using namespace rundbord;
using namespace rundbord::sim;

namespace {

struct Range {
  std::uint64_t from = 0;
  std::uint64_t to = 0;  // not included
};

std::optional<Range> range_from(const std::string& text) {
  const auto dots = text.find("..");
  try {
    if (dots == std::string::npos) return Range{std::stoull(text), std::stoull(text) + 1};
    return Range{std::stoull(text.substr(0, dots)), std::stoull(text.substr(dots + 2))};
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

struct Totals {
  std::uint64_t runs = 0;
  std::uint64_t commits = 0;
  Duration simulated{};
  std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
  std::clock_t cpu_began = std::clock();

  void print(std::uint64_t of) const {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    const auto cpu = static_cast<double>(std::clock() - cpu_began) / CLOCKS_PER_SEC;
    const auto seconds = static_cast<double>(simulated.count()) / 1000;
    std::printf(
        "%llu of %llu seeds, %llu commits, %.0f simulated s in %.1f s: %.0f x real time; "
        "%.1f s of CPU, %.1f ms a seed: %.0f x real time\n",
        static_cast<unsigned long long>(runs), static_cast<unsigned long long>(of),
        static_cast<unsigned long long>(commits), seconds, took.count(), seconds / took.count(),
        cpu, 1000 * cpu / static_cast<double>(runs), seconds / cpu);
    std::fflush(stdout);
  }
};

void print_failure(const Plan& plan, const Verdict& verdict) {
  std::printf("seed %llu broke a promise: %s\n", static_cast<unsigned long long>(plan.seed),
              verdict.broken.c_str());
  const auto smaller = shrink(plan);
  const auto told = run_plan(smaller, true);
  std::printf("made smaller (%s): %s\n", describe(smaller).c_str(), told.broken.c_str());
  for (const auto& line : told.story) std::printf("%s\n", line.c_str());
  std::printf("replay with: rundbord_sim --seed %llu\n",
              static_cast<unsigned long long>(plan.seed));
}

// True when every promise held. `survey`: goes on after a failure, and only names it.
bool play(const Range& range, bool progress, bool survey) {
  Totals totals;
  bool held = true;
  for (auto seed = range.from; seed < range.to; ++seed) {
    const auto plan = plan_of(seed);
    const auto verdict = run_plan(plan, false);
    ++totals.runs;
    totals.commits += verdict.commits;
    totals.simulated += verdict.simulated;
    if (!verdict.broken.empty()) {
      held = false;
      if (!survey) {
        print_failure(plan, verdict);
        return false;
      }
      std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), verdict.broken.c_str());
    }
    if (progress && totals.runs % 1000 == 0) totals.print(range.to - range.from);
  }
  totals.print(range.to - range.from);
  return held;
}

bool tell(std::uint64_t seed) {
  const auto plan = plan_of(seed);
  const auto verdict = run_plan(plan, true);
  for (const auto& line : verdict.story) std::printf("%s\n", line.c_str());
  std::printf("%s: %s\n", describe(plan).c_str(),
              verdict.broken.empty() ? "every promise held" : verdict.broken.c_str());
  return verdict.broken.empty();
}

bool play_regressions() {
  for (const auto& regression : regressions) {
    const auto plan = plan_of(regression.seed);
    const auto verdict = run_plan(plan, false);
    std::printf("%s: %s\n", regression.name, verdict.broken.empty() ? "held" : "broken again");
    if (!verdict.broken.empty()) {
      print_failure(plan, verdict);
      return false;
    }
  }
  return true;
}

// The same seed tells the same story in a memory that is laid out otherwise.
bool repeats(std::uint64_t seeds) {
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const auto story = run_plan(plan_of(seed), true).story;
    // Blocks of the sizes a run asks for, every second one free again.
    std::vector<std::unique_ptr<char[]>> blocks;
    for (std::size_t size = 16; size < 1024; size += 8) {
      for (int i = 0; i < 8; ++i) blocks.push_back(std::make_unique<char[]>(size));
    }
    for (std::size_t i = seed % 2; i < blocks.size(); i += 2) blocks[blocks.size() - 1 - i].reset();
    const auto again = run_plan(plan_of(seed), true).story;
    const auto [one, other] = std::mismatch(story.begin(), story.end(), again.begin(), again.end());
    if (one == story.end() && other == again.end()) continue;
    std::printf("seed %llu does not repeat: first\n%s\nthen\n%s\n",
                static_cast<unsigned long long>(seed), one == story.end() ? "" : one->c_str(),
                other == again.end() ? "" : other->c_str());
    return false;
  }
  std::printf("%llu seeds repeat\n", static_cast<unsigned long long>(seeds));
  return true;
}

// Seeds that nobody has played before; the same ones again with RUNDBORD_SIM_BASE.
Range fresh_range(std::uint64_t count) {
  const char* given = std::getenv("RUNDBORD_SIM_BASE");
  const auto drawn = std::random_device()();
  const std::uint64_t base = given ? std::stoull(given) : 1'000'000 + drawn;
  std::printf("seeds from RUNDBORD_SIM_BASE=%llu on\n", static_cast<unsigned long long>(base));
  return {base, base + count};
}

// The first seed that finds the mistake that is chosen.
std::optional<std::uint64_t> found_at(int seeds_max, std::string& how) {
  for (int seed = 0; seed < seeds_max; ++seed) {
    auto verdict = run_plan(plan_of(static_cast<std::uint64_t>(seed)), false);
    if (verdict.broken.empty()) continue;
    how = verdict.broken.substr(0, verdict.broken.find('\n'));
    return seed;
  }
  return std::nullopt;
}

// Each mistake must be found; of `parts` parts this one.
bool find_mutants(std::size_t part, std::size_t parts) {
  const auto mutants = known_mutants();
  std::size_t found = 0;
  std::size_t played = 0;
  for (std::size_t i = part; i < mutants.size(); i += parts) {
    const auto& mutant = mutants[i];
    choose_mutant(mutant.name);
    std::string how;
    const auto began = std::clock();
    const auto seed = found_at(mutant.seeds_max, how);
    ++played;
    found += seed.has_value();
    std::printf("%s: %s, %.1f s  %s\n", mutant.name.c_str(),
                seed ? ("seed " + std::to_string(*seed)).c_str() : "NOT FOUND",
                static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC,
                how.substr(0, 120).c_str());
    std::fflush(stdout);
  }
  choose_mutant("");
  std::printf("%zu of %zu mutants found\n", found, played);
  return played > 0 && found == played;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Plays a whole simulated house from one seed, in virtual time.");
  std::optional<std::uint64_t> seed;
  std::string seeds;
  std::string mutant;
  bool pinned = false;
  std::string mutants;
  std::uint64_t fresh = 0;
  std::uint64_t twice = 0;
  bool progress = false;
  bool survey = false;
  app.add_option("--seed", seed, "play one seed and tell what happens");
  app.add_option("--seeds", seeds, "play seeds A..B, B not included");
  app.add_option("--mutant", mutant, "with this mistake built in (rundbord_sim_mutants)");
  app.add_option("--mutants", mutants, "each mistake must be found: all, or part I/N of them");
  app.add_option("--fresh", fresh, "play so many seeds from a drawn one on");
  app.add_option("--repeats", twice, "tell the first so many seeds twice: the same story");
  app.add_flag("--pinned", pinned, "play the seeds that once failed");
  app.add_flag("--survey", survey, "go on after a failure, and only name each");
  app.add_flag("--progress", progress, "say how far it is");
  CLI11_PARSE(app, argc, argv);
  // What the server says of planned failures would drown what is found.
  spdlog::set_level(spdlog::level::off);
  if (!mutant.empty() && !choose_mutant(mutant)) {
    std::printf("there is no mutant %s in this program\n", mutant.c_str());
    return 2;
  }
  bool held = true;
  if (!mutants.empty()) {
    const auto slash = mutants.find('/');
    const bool in_parts = slash != std::string::npos;
    held = find_mutants(in_parts ? std::stoul(mutants) : 0,
                        in_parts ? std::stoul(mutants.substr(slash + 1)) : 1);
  }
  if (held && pinned) held = play_regressions();
  if (held && twice > 0) held = repeats(twice);
  if (held && seed) held = tell(*seed);
  if (held && fresh > 0) held = play(fresh_range(fresh), progress, survey);
  if (held && !seeds.empty()) {
    const auto range = range_from(seeds);
    if (!range) {
      std::printf("--seeds takes A..B\n");
      return 2;
    }
    held = play(*range, progress, survey);
  }
  return held ? 0 : 1;
}
