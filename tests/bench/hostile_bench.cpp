// S6: clients in bad faith beside 400 healthy ones: how soon the server lets them go, what memory
// each takes, and what the healthy ones feel.
#include <algorithm>
#include <cstdio>

#include "app/replay_messages.hpp"
#include "bad_faith.hpp"
#include "benches.hpp"
#include "goal.hpp"
#include "net/raw_websocket.hpp"
#include "steady_writers.hpp"

namespace rundbord::bench {
namespace {

constexpr std::size_t healthy_seats = 400;
constexpr Duration phase = std::chrono::seconds(6);
constexpr Duration longest_stay = std::chrono::seconds(40);
constexpr int alternations_max = 3;
// The planted fault: it hangs when they have come, first for so long that healthy ones feel it,
// then for longer than the others may stay.
constexpr Stops hangs{std::chrono::seconds(1), std::chrono::seconds(3), std::chrono::seconds(3), 4};

std::string subscribe(const PreparedSeat& seat) {
  return net::text_frame(R"({"type":"subscribe","channels":[{"channel":"room/)" +
                         std::to_string(seat.room) + "\"}]}");
}

std::string note(const PreparedSeat& seat) {
  app::PlannedLine line;
  line.place = {1, 1};
  line.text = "Skriver alt hva jeg kan, hele tiden";
  return net::text_frame(app::write_note_message({app::draw_id(), seat.id}, seat.room, line));
}

template <class Make>
std::string times(std::size_t count, Make make) {
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) bytes += make();
  return bytes;
}

// As many as make what the server does meanwhile (it keeps a state each 5,000 commits, which takes
// 25 MB for half a second) small beside them.
std::vector<BadFaith> kinds() {
  const auto nothing = [](const PreparedSeat&, std::size_t) { return std::string(); };
  return {
      {"half-open: says nothing", 400, false, true, nothing},
      {"slow: a byte of its headers at a time", 400, false, true,
       [](const PreparedSeat&, std::size_t count) {
         return std::string(count == 0 ? "GET / HTTP/1.1\r\nA: " : "a");
       }},
      {"slow: a byte of a message at a time", 400, true, true,
       [](const PreparedSeat&, std::size_t count) {
         return count == 0 ? net::header_promising(1, 64 * 1024) : std::string(1, 'a');
       }},
      {"silent socket", 400, true, true, nothing, true},
      {"asks for its room and never reads", 400, true, false,
       [](const PreparedSeat& seat, std::size_t) {
         return times(20, [&] { return subscribe(seat); });
       }},
      {"floods with pings", 100, true, true,
       [](const PreparedSeat&, std::size_t) {
         return times(200, [] { return net::ping_frame("?"); });
       }},
      {"floods with notes", 5, true, true,
       [](const PreparedSeat& seat, std::size_t) { return times(100, [&] { return note(seat); }); },
       false, true},
      {"endless fragments of a byte", 100, true, true,
       [](const PreparedSeat&, std::size_t count) {
         auto bytes = times(200, [] {
           net::RawFrame frame;
           frame.opcode = 0;
           frame.payload = "a";
           frame.fin = false;
           return net::bytes_of(frame);
         });
         if (count == 0) bytes[0] = 1;  // the first of them all says that it is text
         return bytes;
       }},
      {"bombs: 200 KiB of brackets", 100, true, true,
       [](const PreparedSeat&, std::size_t) {
         return net::text_frame(std::string(200 * 1024, '['));
       }},
  };
}

struct Series {
  std::vector<double> p50, p99;
  void add(const Latencies& ok) {
    p50.push_back(ok.p50_ms);
    p99.push_back(ok.p99_ms);
  }
};

class Trial {
 public:
  explicit Trial(const BadFaith& kind)
      : kind_(kind),
        // A room whose snapshot is larger than what a socket's buffers take.
        contender_(steady(ours), {100, 8, 20'000, 100}),
        client_(contender_.client()),
        healthy_(contender_, healthy_seats, Duration(2)) {}

  void run() {
    client_.pause(std::chrono::seconds(2));
    for (int i = 0; i < std::min(rounds, alternations_max); ++i) {
      alone_.add(watch());
      beside();
    }
    errors_ = healthy_.felt().errors;
    print();
  }

 private:
  Latencies watch() {
    healthy_.felt();
    const auto before = resident_bytes(contender_.pid());
    client_.pause(phase);
    grown_per_s_ =
        static_cast<double>(resident_bytes(contender_.pid())) - static_cast<double>(before);
    grown_per_s_ = std::max(0.0, grown_per_s_ / std::chrono::duration<double>(phase).count());
    return healthy_.felt().ok;
  }

  void beside() {
    const auto files = open_files(contender_.pid());
    const auto memory = resident_bytes(contender_.pid());
    BadCrowd bad(contender_, kind_, healthy_seats);
    const auto began = Steady::now();
    double most = 0;
    // Beyond what the healthy ones' notes take in the same time.
    const auto look = [&] {
      const std::chrono::duration<double> passed = Steady::now() - began;
      most = std::max(most, static_cast<double>(resident_bytes(contender_.pid())) -
                                static_cast<double>(memory) - grown_per_s_ * passed.count());
    };
    while (!bad.all_open()) client_.pause(Duration(50)), look();
    const auto opened = Steady::now();
    const auto fault = planted_fault ? contender_.stopped_at_times(hangs) : nullptr;
    healthy_.felt();
    while (Steady::now() < opened + phase) client_.pause(Duration(100)), look();
    beside_.add(healthy_.felt().ok);
    while (open_files(contender_.pid()) > files && Steady::now() < opened + longest_stay) {
      client_.pause(Duration(100));
      look();
    }
    const std::chrono::duration<double> took = Steady::now() - opened;
    stayed_.push_back(static_cast<double>(open_files(contender_.pid()) -
                                          std::min(files, open_files(contender_.pid()))));
    gone_after_.push_back(took.count());
    kib_each_.push_back(most / 1024 / static_cast<double>(kind_.clients));
  }

  void print() {
    const auto most_kib = *std::max_element(kib_each_.begin(), kib_each_.end());
    const auto worse = median(beside_.p99) / median(alone_.p99);
    std::printf("  %s, %zu clients\n", kind_.name, kind_.clients);
    if (median(stayed_) > 0) {
      std::printf("    %.0f stay, held to their pace\n", median(stayed_));
    } else {
      std::printf(
          "    all let go after %.1f s; %s\n", median(gone_after_),
          verdict(kind_.silent ? Goal{Goal::at_most, 31, " s"} : Goal{Goal::at_most, 16, " s"},
                  median(gone_after_))
              .c_str());
    }
    if (kind_.writes) {
      std::printf("    at most %.0f KiB each, the notes they wrote with it\n", most_kib);
    } else {
      std::printf("    at most %.0f KiB each; %s\n", most_kib,
                  verdict({Goal::at_most, 1'024, " KiB"}, most_kib).c_str());
    }
    std::printf(
        "    healthy ok p50 %.1f, beside them %.1f ms; p99 %.1f, beside them %.1f ms:"
        " x %.2f, %zu errors; %s\n",
        median(alone_.p50), median(beside_.p50), median(alone_.p99), median(beside_.p99), worse,
        errors_, verdict({Goal::at_most, 1.1}, worse).c_str());
    std::fflush(stdout);
  }

  const BadFaith& kind_;
  Contender contender_;
  app::Client client_;
  SteadyWriters healthy_;
  Series alone_, beside_;
  std::size_t errors_ = 0;
  double grown_per_s_ = 0;  // bytes, while nobody was in bad faith
  std::vector<double> gone_after_, stayed_, kib_each_;
};

}  // namespace

void bench_hostile() {
  std::printf(
      "S6: 400 healthy people write 500 notes/s, alone and beside clients in bad faith;\n"
      "    goal: let go within 15 s, a silent one 30 s (and the second in which the server "
      "looks)\n");
  for (const auto& kind : kinds()) Trial(kind).run();
}

}  // namespace rundbord::bench
