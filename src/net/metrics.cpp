#include "net/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <utility>

namespace rundbord::net {
namespace {

struct Named {
  const char* name;
  const char* help;
};

// In the order of Count and Level.
constexpr std::array<Named, 13> counts = {{
    {"rundbord_connections_accepted_total", "TCP connections accepted"},
    {"rundbord_connections_refused_total", "TCP connections closed at once: too many"},
    {"rundbord_connections_overdue_total", "WebSockets cut because a deadline had passed"},
    {"rundbord_connections_made_room_total", "HTTP connections closed for those who came later"},
    {"rundbord_accepts_failed_total",
     "Connections that could not be accepted and were tried again"},
    {"rundbord_requests_total", "HTTP requests answered"},
    {"rundbord_tickets_refused_total", "Tickets refused: the caller came back too often"},
    {"rundbord_sockets_opened_total", "WebSockets opened"},
    {"rundbord_sockets_cut_slow_total", "WebSockets cut because they did not keep up"},
    {"rundbord_commits_stored_total", "Commits made durable"},
    {"rundbord_commits_failed_total", "Commits the log could not store"},
    {"rundbord_codes_unknown_total", "Join codes that led nowhere"},
    {"rundbord_joins_total", "Seats taken"},
}};
constexpr std::array<Named, 3> levels = {{
    {"rundbord_connections", "TCP connections open"},
    {"rundbord_sockets", "WebSockets open"},
    {"rundbord_workshops_live", "Workshops in memory"},
}};

}  // namespace

struct Metrics::Impl {
  prometheus::Registry registry;
  std::array<prometheus::Counter*, counts.size()> counters{};
  std::array<prometheus::Gauge*, levels.size()> gauges{};
  prometheus::Histogram* commit_time = nullptr;

  Impl() {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      auto& family =
          prometheus::BuildCounter().Name(counts[i].name).Help(counts[i].help).Register(registry);
      counters[i] = &family.Add({});
    }
    for (std::size_t i = 0; i < levels.size(); ++i) {
      auto& family =
          prometheus::BuildGauge().Name(levels[i].name).Help(levels[i].help).Register(registry);
      gauges[i] = &family.Add({});
    }
    auto& family = prometheus::BuildHistogram()
                       .Name("rundbord_commit_seconds")
                       .Help("From a decided commit to its being durable")
                       .Register(registry);
    commit_time = &family.Add({}, prometheus::Histogram::BucketBoundaries{0.001, 0.002, 0.005, 0.01,
                                                                          0.02, 0.04, 0.1, 0.5, 2});
  }
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::count(Count what) {
  impl_->counters[static_cast<std::size_t>(what)]->Increment();
}
void Metrics::change(Level what, int by) {
  impl_->gauges[static_cast<std::size_t>(what)]->Increment(by);
}
void Metrics::commit_took(double seconds) {
  impl_->commit_time->Observe(seconds);
}

std::string Metrics::text() const {
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace rundbord::net
