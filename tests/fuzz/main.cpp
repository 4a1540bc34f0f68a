// One program with every target: FUZZ_TARGET names the one to run; `list` prints their names and
// longest inputs, `states` writes stored states into the folder FUZZ_STATES. libFuzzer brings
// main().
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "mutants/chosen.hpp"
#include "oracle.hpp"
#include "protocol/state_codec.hpp"
#include "target.hpp"

// What this program stores it reads itself; of the server's build it is the name of its sources.
const std::string_view rundbord::protocol::state_format = "fuzzed";

namespace rundbord::fuzz {
namespace {

const Target* chosen = nullptr;

void list_and_leave() {
  std::sort(targets().begin(), targets().end(),
            [](const Target& a, const Target& b) { return std::strcmp(a.name, b.name) < 0; });
  for (const auto& target : targets()) std::printf("%s %zu\n", target.name, target.bytes_max);
  list_mutants();
  std::exit(0);
}

void write_states_and_leave() {
  const char* folder = std::getenv("FUZZ_STATES");
  int number = 0;
  for (const auto& state : stored_states()) {
    std::ofstream file(std::string(folder ? folder : ".") + "/state" + std::to_string(number++));
    if (!(file << state).flush()) std::exit(1);
  }
  std::exit(0);
}

void choose(std::string_view name) {
  if (name == "list") list_and_leave();
  if (name == "states") write_states_and_leave();
  for (const auto& target : targets()) {
    if (name == target.name) chosen = &target;
  }
  if (chosen) return;
  std::fprintf(stderr, "FUZZ_TARGET=%.*s is no target; FUZZ_TARGET=list prints them\n",
               static_cast<int>(name.size()), name.data());
  std::exit(2);
}

}  // namespace

std::vector<Target>& targets() {
  static std::vector<Target> all;
  return all;
}

void require(bool holds, std::string_view promise) {
  if (holds) return;
  std::fprintf(stderr, "BROKEN: %.*s\n", static_cast<int>(promise.size()), promise.data());
  std::abort();
}

std::string_view Parts::next() {
  const auto end = std::min(rest_.find('\x1E'), rest_.size());
  const auto part = rest_.substr(0, end);
  rest_.remove_prefix(std::min(end + 1, rest_.size()));
  return part;
}

std::string as_text(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    std::size_t length = 1;
    while (length < 4 && length < bytes.size() && !is_utf8(bytes.substr(0, length))) ++length;
    const auto character = bytes.substr(0, length);
    const auto first = static_cast<unsigned char>(character[0]);
    const bool control = first < 0x20 && first != '\t' && first != '\n';
    const bool c1 = first == 0xC2 && length == 2 && static_cast<unsigned char>(bytes[1]) < 0xA0;
    const bool good = is_utf8(character) && !control && !c1 && first != 0x7F;
    if (!good) length = 1;
    text += good ? character : " ";
    bytes.remove_prefix(length);
  }
  return text;
}

}  // namespace rundbord::fuzz

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  const char* target = std::getenv("FUZZ_TARGET");
  rundbord::fuzz::choose(target ? target : "");
  const char* mutant = std::getenv("FUZZ_MUTANT");
  if (mutant && *mutant && !rundbord::fuzz::choose_mutant(mutant)) {
    std::fprintf(stderr, "FUZZ_MUTANT=%s is no mutant of this program\n", mutant);
    std::exit(2);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  rundbord::fuzz::chosen->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
