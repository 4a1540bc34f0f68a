// The benches by subject, as main.cpp names them. Each prints its figures and the line of goals.md
// they are for.
#pragma once

namespace rundbord::bench {

void bench_rooms();    // P1
void bench_closed();   // P2
void bench_frames();   // P3
void bench_plenary();  // P4
void bench_idle();     // P5
void bench_history();  // P6
void bench_join();     // P6
void bench_start();    // R6
void bench_hostile();  // S6
void bench_large();    // a workshop of 3,000 rooms

}  // namespace rundbord::bench
