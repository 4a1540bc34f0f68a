// A short seminar in which everything happens at least once: every kind of event. For making golden
// logs; the test's own thread.
#pragma once
#include "erasure_house.hpp"

namespace rundbord::archive::test {

void play_golden_story(House& house);

}  // namespace rundbord::archive::test
