#include "load.hpp"

#include <functional>

#include "crowd.hpp"

namespace rundbord::bench {
namespace {

constexpr auto patience = std::chrono::seconds(5);
// Of a wall's listeners only so few are read: 1,000 listeners of 1,000 notes/s get 300 MB/s.
constexpr std::size_t wall_sampled_every = 50;

double seconds_since(Steady::time_point start) {
  return std::chrono::duration<double>(Steady::now() - start).count();
}

class Run {
 public:
  Run(const ContenderKind& kind, const Load& load)
      : load_(load),
        contender_(kind, load.people),
        client_(contender_.client()),
        crowd_(client_, contender_) {
    open();
    cpu_ = cpu_seconds(contender_.pid());
    start_ = Steady::now();
  }

  Reading when_due() {
    const auto notes = static_cast<std::size_t>(load_.notes_per_second * load_.seconds);
    std::function<void()> send_due = [&] {
      for (; sent_ < notes && due(sent_) <= Steady::now(); ++sent_) write(sent_, due(sent_));
      if (sent_ < notes) client_.after(Duration(1), send_due);
    };
    send_due();
    client_.run_until([&] { return sent_ == notes; });
    return read();
  }

  Reading after_ok() {
    crowd_.on_ok = [&](std::size_t seat) {
      if (seconds_since(start_) < load_.seconds) ++sent_, crowd_.write_note(seat, Steady::now());
    };
    for (; sent_ < seats(); ++sent_) crowd_.write_note(sent_, Steady::now());
    return read();
  }

 private:
  // One socket of each room, or of the wall one in so many, reads what it gets.
  void open() {
    if (load_.wall_sockets == 0) {
      crowd_.sample_every(static_cast<std::size_t>(load_.people.seats_per_room));
      return crowd_.open(seats());
    }
    crowd_.open_without_rooms(seats());
    crowd_.sample_every(wall_sampled_every);
    crowd_.open_wall(load_.wall_sockets);
  }

  std::size_t seats() const { return contender_.prepared().seats.size(); }
  Steady::time_point due(std::size_t note) const {
    return start_ + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(
                        static_cast<double>(note) / load_.notes_per_second));
  }
  void write(std::size_t note, Steady::time_point due) { crowd_.write_note(note % seats(), due); }

  std::size_t listeners_of_a_note() const {
    return load_.wall_sockets ? load_.wall_sockets
                              : static_cast<std::size_t>(load_.people.seats_per_room);
  }
  std::size_t sampled_of_a_note() const {
    return load_.wall_sockets ? (load_.wall_sockets + wall_sampled_every - 1) / wall_sampled_every
                              : 1;
  }

  Reading read() {
    bool waited = false;
    client_.run_until([&] { return crowd_.all_answered() || crowd_.errors() > 0 || waited; });
    const auto writing = seconds_since(start_);
    client_.after(patience, [&waited] { waited = true; });
    client_.run_until([&] {
      return waited || crowd_.errors() > 0 || crowd_.delivered() >= sent_ * sampled_of_a_note();
    });
    const auto cpu = cpu_seconds(contender_.pid()) - cpu_;
    const auto took = seconds_since(start_);
    const auto sampled = static_cast<double>(crowd_.delivered());
    const auto expected = static_cast<double>(sent_ * sampled_of_a_note());
    const auto delivered = sampled / static_cast<double>(sampled_of_a_note()) *
                           static_cast<double>(listeners_of_a_note());
    Reading reading;
    reading.notes_per_second = static_cast<double>(sent_) / writing;
    reading.cpu_percent = 100 * cpu / took;
    reading.us_per_delivered = 1e6 * cpu / delivered;
    reading.us_per_note = 1e6 * cpu / static_cast<double>(sent_);
    reading.ok = latencies_of(crowd_.ok_ms());
    reading.fan_out = latencies_of(crowd_.fan_out_ms());
    reading.delivered_part = sampled / expected;
    reading.errors = crowd_.errors();
    return reading;
  }

  const Load& load_;
  Contender contender_;
  app::Client client_;
  Crowd crowd_;
  Steady::time_point start_;
  double cpu_ = 0;
  std::size_t sent_ = 0;
};

}  // namespace

Reading write_when_due(const ContenderKind& kind, const Load& load) {
  return Run(kind, load).when_due();
}

Reading write_after_ok(const ContenderKind& kind, const Load& load) {
  return Run(kind, load).after_ok();
}

}  // namespace rundbord::bench
