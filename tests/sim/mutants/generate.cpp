// generate SRC OUT: copies of the sources that have mutants, with a switch at each place. Fails
// when an original is not there exactly once: the list must follow the source. RUNDBORD_FUZZ: those
// of the fuzz targets.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#ifdef RUNDBORD_FUZZ
#include "fuzz/mutants/list.hpp"
using rundbord::fuzz::Mutant;
using rundbord::fuzz::mutants;
#else
#include "list.hpp"
using rundbord::sim::Mutant;
using rundbord::sim::mutants;
#endif
using rundbord::sim::Place;

namespace {

std::string with_switch(const Mutant& mutant, std::size_t number) {
  const auto chosen = "(::rundbord_mutant == " + std::to_string(number) + ")";
  const std::string original(mutant.original);
  const std::string mistake(mutant.mistake);
  switch (mutant.place) {
    case Place::expression:
      return "(" + chosen + " ? (" + mistake + ") : (" + original + "))";
    case Place::statement:
      return "{ if " + chosen + " { " + mistake + "\n} else { " + original + "\n} }";
    case Place::before:
      return "if " + chosen + " { " + mistake + " }\n" + original;
  }
  return original;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// False: it is not there exactly once.
bool put_in(std::string& text, const std::string& untouched, const Mutant& mutant,
            std::size_t number) {
  const auto first = untouched.find(mutant.original);
  if (first == std::string::npos) return false;
  if (untouched.find(mutant.original, first + 1) != std::string::npos) return false;
  const auto at = text.find(mutant.original);
  if (at == std::string::npos) return false;  // it overlaps with another
  text.replace(at, mutant.original.size(), with_switch(mutant, number));
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::filesystem::path source = argv[1];
  const std::filesystem::path out = argv[2];
  std::map<std::string, std::string> copies;
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    const std::string file(mutants[i].file);
    const auto untouched = read(source / file);
    auto& copy = copies.emplace(file, untouched).first->second;
    if (put_in(copy, untouched, mutants[i], i + 1)) continue;
    std::fprintf(stderr, "mutant %s: its original is not exactly once in src/%s\n",
                 std::string(mutants[i].name).c_str(), file.c_str());
    return 1;
  }
  for (const auto& [file, copy] : copies) {
    const auto path = out / file;
    std::filesystem::create_directories(path.parent_path());
    const auto text = "extern int rundbord_mutant;\n#line 1 \"src/" + file + "\"\n" + copy;
    if (read(path) != text) std::ofstream(path) << text;
  }
}
