// Reconnect storms and loops (goal R7). Benches; print figures and decide nothing.
#pragma once

namespace rundbord::bench {

void bench_storm();
void bench_loop();

}  // namespace rundbord::bench
