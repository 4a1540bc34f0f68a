// planted FAULT: does what a sanitizer must end a program for. tests/run and tests/fuzz/run start
// it before they believe that a build is watched: one without its sanitizer says so and ends with
// 0.
#include <cstdio>
#include <limits>
#include <string_view>
#include <thread>
#include <vector>

namespace {

// Known to nobody at compile time: no optimiser sees the faults coming.
volatile int one = 1;

int used_after_free() {
  auto* number = new int(one);
  delete number;
  return *static_cast<volatile int*>(number);
}

int past_the_end() {
  std::vector<int> numbers(static_cast<std::size_t>(one));
  return *static_cast<volatile int*>(numbers.data() + one);
}

int overflow() {
  return std::numeric_limits<int>::max() + one;
}

// Ten of them: the last one's address may still lie in a register when the program ends.
int leak() {
  static int* volatile kept = nullptr;
  for (int i = 0; i < 10; ++i) kept = new int(one);
  kept = nullptr;
  return kept == nullptr ? 0 : 1;
}

int race() {
  static int shared = 0;
  std::thread other([] { shared += one; });
  shared += one;
  other.join();
  return shared;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view fault = argc == 2 ? argv[1] : "";
  int result = 0;
  if (fault == "used_after_free") {
    result = used_after_free();
  } else if (fault == "past_the_end") {
    result = past_the_end();
  } else if (fault == "overflow") {
    result = overflow();
  } else if (fault == "leak") {
    result = leak();
  } else if (fault == "race") {
    result = race();
  } else {
    std::fprintf(stderr, "planted: no fault named so\n");
    return 2;
  }
  std::printf("%.*s went unseen (%d)\n", static_cast<int>(fault.size()), fault.data(), result);
}
