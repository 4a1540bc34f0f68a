// A fuzz target: takes any bytes, and holds what comes of them against what the code promises. Each
// registers itself under a name; main.cpp runs the one that was chosen. One thread.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rundbord::fuzz {

struct Target {
  const char* name;
  std::size_t bytes_max;  // longer inputs find little more and take longer
  void (*run)(std::string_view bytes);
};

std::vector<Target>& targets();

struct Registered {
  explicit Registered(Target target) { targets().push_back(target); }
};

// RUNDBORD_FUZZ(name, bytes_max) { … bytes … }
#define RUNDBORD_FUZZ(target_name, bytes_max)                         \
  static void fuzz_##target_name(std::string_view bytes);             \
  static const ::rundbord::fuzz::Registered registered_##target_name( \
      {#target_name, bytes_max, &fuzz_##target_name});                \
  static void fuzz_##target_name([[maybe_unused]] std::string_view bytes)

// States as this build stores them, for the corpus of `stored_state`: another build could not read
// them.
std::vector<std::string> stored_states();

// Ends the program, saying what was broken: the fuzzer then keeps the input.
void require(bool holds, std::string_view promise);

// Splits an input into parts at each record separator (0x1E), which no text may hold; the last part
// is taken again and again as empty.
class Parts {
 public:
  explicit Parts(std::string_view bytes) : rest_(bytes) {}
  std::string_view next();
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

// What of `bytes` is well-formed UTF-8 without control characters; the others become spaces. For
// targets whose texts were checked at the edge.
std::string as_text(std::string_view bytes);

}  // namespace rundbord::fuzz
