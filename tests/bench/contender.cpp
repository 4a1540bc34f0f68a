#include "contender.hpp"

#include <signal.h>

#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

#include "goal.hpp"
#include "measured.hpp"
#include "until_ended.hpp"

namespace rundbord::bench {
namespace {

constexpr Stops half_of_the_time{Duration(0), Duration(700), Duration(700)};

std::vector<std::string> command_of(const ContenderKind& kind, const std::string& folder) {
  std::vector<std::string> words{"node"};
  words.insert(words.end(), kind.script.begin(), kind.script.end());
  words[1] = RUNDBORD_SOURCE_DIR "/tests/bench/peers/" + words[1];
  words.insert(words.end(), {"--data", folder});
  return words;
}

}  // namespace

class Stutter {
 public:
  Stutter(pid_t process, Stops stops) : thread_([this, process, stops] { play(process, stops); }) {}
  ~Stutter() {
    playing_.end();
    thread_.join();
  }

 private:
  void play(pid_t process, Stops stops) {
    auto runs = stops.runs_first;
    while (playing_.next_turn(std::exchange(runs, stops.runs))) {
      ::kill(process, SIGSTOP);
      playing_.next_turn(stops.stops);
      ::kill(process, SIGCONT);
      stops.stops *= stops.longer;
    }
  }

  UntilEnded playing_;
  std::thread thread_;
};

const ContenderKind ours{"rundbord", {}};

ContenderKind steady(ContenderKind kind) {
  kind.steady = true;
  return kind;
}

Contender::Contender(const ContenderKind& kind, const PreparedSize& size) : kind_(kind) {
  if (is_ours()) {
    prepared_ = prepare(folder_.path(), size);
    serve(folder_.path());
  } else {
    prepared_ = people_of(size);
    serve_peer();
  }
}

Contender::Contender(const std::filesystem::path& folder, const Prepared& prepared)
    : kind_(ours), prepared_(prepared) {
  serve(folder);
}

void Contender::serve_peer() {
  const auto command = command_of(kind_, folder_.path().string());
  peer_ = std::make_unique<process::Child>("/usr/bin/env", command);
  const std::string ready = "listening on ";
  const auto line = peer_->next_line();
  if (!line || line->rfind(ready, 0) != 0) {
    throw std::runtime_error("the peer " + kind_.name + " did not start: " +
                             peer_->next_error_line().value_or("it said nothing"));
  }
  url_ = line->substr(ready.size());
  pid_ = peer_->pid();
  if (kind_.in_our_place) stutter_ = stopped_at_times(half_of_the_time);
}

void Contender::serve(const std::filesystem::path& folder) {
  serving_ = std::make_unique<process::Serving>(folder);
  url_ = serving_->url();
  pid_ = serving_->pid();
  if (planted_fault && !kind_.steady) stutter_ = stopped_at_times(half_of_the_time);
}

Contender::~Contender() = default;

std::shared_ptr<Stutter> Contender::stopped_at_times(Stops stops) const {
  return std::make_shared<Stutter>(pid_, stops);
}

void Contender::await_stored_state(app::Client& client) const {
  const auto kept = [this] {
    std::error_code none_yet;
    for (const auto& file :
         std::filesystem::directory_iterator(serving_->folder() / "snapshots", none_yet)) {
      if (file.path().extension() != ".partial") return true;
    }
    return false;
  };
  while (!kept()) client.pause(Duration(20));
  // What it was made from is given back to the system afterwards.
  constexpr double a_tick = 0.01;
  double before = 0, now = cpu_seconds(pid_);
  do {
    before = now;
    client.pause(Duration(300));
    now = cpu_seconds(pid_);
  } while (now - before > a_tick);
}

unsigned short Contender::port() const {
  return static_cast<unsigned short>(std::stoul(app::address_from_url(url_)->port));
}

app::Client Contender::client() const {
  return app::Client(*app::address_from_url(url_));
}

}  // namespace rundbord::bench
