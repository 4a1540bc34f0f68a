#include "writers.hpp"

namespace rundbord::bench {

void Writers::start() {
  next_ = Steady::now();
  writing_ = true;
  write_due();
}

void Writers::stop() {
  writing_ = false;
  client_.run_until([&] { return crowd_.all_answered() || crowd_.errors() > 0; });
}

void Writers::write_due() {
  if (!writing_) return;
  for (; next_ <= Steady::now(); next_ += every_) crowd_.write_note(count_++ % seats_, next_);
  client_.after(Duration(1), [this] { write_due(); });
}

Latencies oks_since(const Crowd& crowd, std::size_t from) {
  const auto& all = crowd.ok_ms();
  return latencies_of({all.begin() + static_cast<std::ptrdiff_t>(from), all.end()});
}

}  // namespace rundbord::bench
