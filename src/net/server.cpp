#include "net/server.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/signal_set.hpp>
#include <csignal>

#include "net/api.hpp"
#include "net/asio_loop.hpp"
#include "net/caller.hpp"
#include "net/forward_clock.hpp"
#include "net/http_session.hpp"
#include "net/listener.hpp"
#include "net/operations.hpp"
#include "net/problem.hpp"
#include "net/reason.hpp"
#include "net/socket_door.hpp"
#include "net/static_files.hpp"
#include "net/websocket_session.hpp"

namespace rundbord::net {
namespace {

ServerOptions with_defaults(ServerOptions options) {
  if (!options.now) {
    options.now = [clock = ForwardClock()]() mutable {
      const auto steady = std::chrono::steady_clock::now().time_since_epoch();
      return clock.read(std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()),
                        std::chrono::duration_cast<Duration>(steady));
    };
  }
  return options;
}

HostPort reachable(HostPort address) {
  if (address.host == "0.0.0.0") address.host = "127.0.0.1";
  if (address.host == "::") address.host = "::1";
  return address;
}

// A workshop's sessions_per_workshop_max are there: somebody has to leave first.
constexpr Duration crowded_retry = std::chrono::seconds(30);

engine::Grant grant_of(const access::Rights& rights) {
  return {rights.organiser, rights.projector, rights.seats};
}

}  // namespace

// In the order they are made: what is used stands before what uses it.
struct Server::Impl {
  Impl(log::EventLog& given, ServerOptions wanted)
      : options(with_defaults(std::move(wanted))),
        log(given),
        waiting(options.limits.waiting_per_address_max, metrics),
        loop(options.now),
        turnstile(loop),
        operations_turnstile(loop),
        log_watch(loop, log, options.limits.log_watch),
        host(loop, log, metrics,
             {options.write_revision, options.erase_words, options.note_deletion, options.random,
              options.limits.workshop_idle_max, options.limits.commits_per_snapshot,
              options.limits.snapshot_look,
              [this](const auto& result) { log_watch.heard(result); }}),
        rights(loop, log),
        ticket_limit(options.ticket_limit),
        guesses(options.guesses),
        joins(options.limits.joins_per_address),
        requests(options.limits.requests_per_address),
        signals(loop.context()) {}

  std::optional<StartFailure> prepare();
  std::optional<StartFailure> bind();
  void wire();
  void start();
  void handle(Request request, Respond respond);
  void upgrade(Request request, Respond respond, HttpParts::Open open);
  void sweep();
  void accept(TcpSocket socket, const HttpParts& parts);
  void begin_stop();
  void end();

  ServerOptions options;
  log::EventLog& log;
  Metrics metrics;
  Connections connections;
  WaitingConnections waiting;
  std::size_t large_body_bytes = 0;
  AsioLoop loop;
  Turnstile turnstile;
  Turnstile operations_turnstile;  // of those who watch over the server, past every crowd
  LogWatch log_watch;
  WorkshopHost host;
  RightsStore rights;
  access::Tickets tickets;
  access::TicketLimit ticket_limit;
  access::GuessLimit guesses;
  AddressBudgets joins;
  AddressBudgets requests;
  boost::asio::signal_set signals;
  TrustedProxies proxies;
  StaticFiles pages;
  std::optional<Origins> origins;
  std::optional<ApiParts> api;
  std::optional<WebSocketParts> sockets;
  Router router;
  Router operations;
  std::optional<HttpParts> http;
  std::optional<HttpParts> operations_http;
  std::unique_ptr<Listener> listener;
  std::unique_ptr<Listener> metrics_listener;
  bool stopping = false;
  bool ending = false;
  bool closed = false;  // the log
};

Server::Server(log::EventLog& log, ServerOptions options)
    : impl_(std::make_unique<Impl>(log, std::move(options))) {}
Server::~Server() = default;

std::optional<StartFailure> Server::run() {
  if (auto failure = impl_->prepare()) return failure;
  impl_->start();
  impl_->loop.run();
  impl_->loop.finish();
  return std::nullopt;
}

void Server::stop() {
  impl_->loop.post([impl = impl_.get()] { impl->begin_stop(); });
}

// --- starting
// ---------------------------------------------------------------------------------------

std::optional<StartFailure> Server::Impl::prepare() {
  for (const auto& network : options.trusted_proxies) {
    if (!proxies.add(network)) {
      return StartFailure{"bad_option",
                          "--trusted-proxy " + network + " is no network; write it as 10.0.0.0/8."};
    }
  }
  if (options.public_url && !origin_of(*options.public_url)) {
    return StartFailure{"bad_option", "--public-url " + *options.public_url +
                                          " is no address; write it as https://example.org."};
  }
  if (auto fault = StaticFiles::read(options.web_folder, pages)) {
    return StartFailure{"web_unreadable", *fault};
  }
  if (auto failure = bind()) return failure;
  wire();
  return std::nullopt;
}

std::optional<StartFailure> Server::Impl::bind() {
  auto bound = Listener::bind(loop.context(), options.listen);
  if (const auto* failure = std::get_if<StartFailure>(&bound)) return *failure;
  listener = std::get<std::unique_ptr<Listener>>(std::move(bound));
  if (!options.metrics) return std::nullopt;
  auto second = Listener::bind(loop.context(), *options.metrics);
  if (const auto* failure = std::get_if<StartFailure>(&second)) {
    listener.reset();
    return StartFailure{failure->code, failure->sentence +
                                           " (This is the listener for metrics; "
                                           "--metrics off does without.)"};
  }
  metrics_listener = std::get<std::unique_ptr<Listener>>(std::move(second));
  return std::nullopt;
}

void Server::Impl::wire() {
  const auto& limits = options.limits;
  const auto public_origin =
      options.public_url ? origin_of(*options.public_url) : std::optional<std::string>();
  origins.emplace(public_origin, reachable(listener->address()));
  api.emplace(ApiParts{options, *origins, proxies, loop, log, host, rights, tickets, ticket_limit,
                       guesses, joins, metrics, log_watch});
  sockets.emplace(WebSocketParts{limits, connections, metrics, loop, host});
  add_workshop_routes(router, *api);
  add_join_routes(router, *api);
  add_session_routes(router, *api);
  add_result_routes(router, *api);
  add_description_routes(router, *api);
  router.otherwise(
      [this](Call call, Respond respond) { respond(pages.serve(call.request, call.target)); });
  add_operations_routes(operations, metrics, [this](auto told) {
    if (stopping) return told("stopping");
    log_watch.ask(std::move(told));
  });
  const auto is_proxy = [this](const std::string& peer) { return proxies.trusts(peer); };
  http.emplace(HttpParts{
      limits, connections, metrics, waiting, turnstile, large_body_bytes, is_proxy,
      [this](Request request, Respond respond) { handle(std::move(request), std::move(respond)); },
      [this](Request request, Respond respond, HttpParts::Open open) {
        upgrade(std::move(request), std::move(respond), std::move(open));
      }});
  operations_http.emplace(HttpParts{limits,
                                    connections,
                                    metrics,
                                    waiting,
                                    operations_turnstile,
                                    large_body_bytes,
                                    is_proxy,
                                    [this](Request request, Respond respond) {
                                      operations.handle(std::move(request), std::move(respond));
                                    },
                                    {}});
}

void Server::Impl::start() {
  const auto failed = [this] { metrics.count(Count::accepts_failed); };
  listener->start([this](auto socket) { accept(std::move(socket), *http); }, failed);
  if (metrics_listener) {
    metrics_listener->start([this](auto socket) { accept(std::move(socket), *operations_http); },
                            failed);
  }
  if (options.stop_on_signals) {
    signals.add(SIGTERM);
    signals.add(SIGINT);
    signals.async_wait([this](const boost::system::error_code& ec, int) {
      if (!ec) begin_stop();
    });
  }
  sweep();
  loop.post([this] {
    host.wake_all();
    if (!options.on_ready) return;
    const auto address = listener->address();
    const auto own = "http://" + to_text(reachable(address));
    options.on_ready(
        {options.public_url ? *origin_of(*options.public_url) : own, address.port,
         metrics_listener ? metrics_listener->address().port : static_cast<unsigned short>(0)});
  });
}

// --- serving
// ----------------------------------------------------------------------------------------

void Server::Impl::accept(TcpSocket socket, const HttpParts& parts) {
  if (connections.size() >= options.limits.connections_max && !waiting.cut_longest()) {
    metrics.count(Count::connections_refused);
    return;  // closes it; the client comes back later
  }
  metrics.count(Count::connections_accepted);
  start_http_session(std::move(socket), parts);
}

// Each connection's own deadlines, once for all: a timer each would cost at every message.
void Server::Impl::sweep() {
  connections.sweep(loop.now());
  loop.after(options.limits.sweep_every, [this] { sweep(); });
}

void Server::Impl::handle(Request request, Respond respond) {
  const auto wait = requests.try_take(address_of(*api, request), loop.now());
  if (wait > Duration::zero()) return respond(problem(busy_for(wait)));
  const auto origin = header_of(request, "Origin");
  const bool changes = request.method != "GET" && request.method != "HEAD";
  if (changes && !origin.empty() && !origins->allows(origin, request.local)) {
    return respond(problem(403, "origin_not_allowed",
                           "Pages of another site may not do that here. If this is your own site, "
                           "start the server with --public-url."));
  }
  try {
    router.handle(std::move(request), respond);
  } catch (...) {
    spdlog::error("a request failed: {}", reason_of(std::current_exception()));
    respond(problem(500, "failed", "Something went wrong here; nothing was changed."));
  }
}

void Server::Impl::upgrade(Request request, Respond respond, HttpParts::Open open) {
  auto door = knock(*api, request);
  if (auto* refusal = std::get_if<Response>(&door)) return respond(std::move(*refusal));
  const auto let_in = std::get<LetIn>(std::move(door));
  host.wake(let_in.workshop, [this, let_in, respond, open](std::optional<Rejection> refused) {
    if (refused) return respond(problem(*refused));
    if (host.sessions(let_in.workshop) >= options.limits.sessions_per_workshop_max) {
      return respond(problem(busy_for(crowded_retry)));
    }
    open([this, let_in](TcpSocket socket, Request kept) {
      start_websocket(std::move(socket), kept, let_in.workshop, grant_of(let_in.rights), *sockets);
    });
  });
}

// --- stopping
// ---------------------------------------------------------------------------------------

void Server::Impl::begin_stop() {
  if (std::exchange(stopping, true)) return;
  boost::system::error_code ignored;
  signals.cancel(ignored);
  if (listener) listener->stop();
  connections.finish_all();
  host.shut_down([this] {
    if (connections.size() == 0) return end();
    connections.when_emptied([this] { loop.post([this] { end(); }); });
  });
  const auto whole = options.limits.shutdown_max;
  loop.after(whole - whole / 5, [this] { end(); });
  loop.after(whole, [this] {
    if (!closed && options.on_stuck) options.on_stuck();
  });
}

void Server::Impl::end() {
  if (std::exchange(ending, true)) return;
  connections.when_emptied({});
  if (metrics_listener) metrics_listener->stop();
  connections.cut_all();
  loop.in_pool([this] { log.close(); },
               [this] {
                 closed = true;
                 loop.stop();
               });
}

}  // namespace rundbord::net
