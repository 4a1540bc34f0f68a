// Figures of S6 on this machine: what clients in bad faith do to everybody else, how much memory
// each of them holds, what 3,000 rooms cost, and whether a room or a workshop at full speed slows
// another. Prints, never passes or fails.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "access/server_link.hpp"
#include "bad_clients.hpp"
#include "crowd.hpp"
#include "measured.hpp"
#include "process/serving.hpp"

namespace rundbord::bench {
namespace {

using nlohmann::json;
using process::Serving;
using process::TemporaryFolder;

unsigned short port_of(const Serving& server) {
  const auto url = server.url();
  return static_cast<unsigned short>(std::stoi(url.substr(url.rfind(':') + 1)));
}

double ms_since(Steady::time_point start) {
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

double median(std::vector<double> figures) {
  std::sort(figures.begin(), figures.end());
  return figures[figures.size() / 2];
}

// The p99 of `ok` over `count` notes written at `per_second`, timed from when each was due.
double p99_of(app::Client& client, Crowd& crowd, std::size_t seats, double per_second,
              std::size_t count) {
  const auto before = crowd.ok_ms().size();
  const auto start = Steady::now();
  const auto due = [&](std::size_t note) {
    return start + std::chrono::duration_cast<Steady::duration>(
                       std::chrono::duration<double>(static_cast<double>(note) / per_second));
  };
  std::size_t sent = 0;
  std::function<void()> send_due = [&] {
    for (; sent < count && due(sent) <= Steady::now(); ++sent) {
      crowd.write_note(sent % seats, due(sent));
    }
    if (sent < count) client.after(Duration(1), send_due);
  };
  send_due();
  client.run_until([&] { return sent == count && crowd.all_answered(); });
  const auto& all = crowd.ok_ms();
  return latencies_of({all.begin() + static_cast<std::ptrdiff_t>(before), all.end()}).p99_ms;
}

// ---- harm: p99 of 400 people in good faith, without and beside each kind ----------------------

constexpr int rounds = 5;
constexpr double healthy_per_second = 400;
constexpr std::size_t healthy_notes = 800;

void bench_harm() {
  const TemporaryFolder folder;
  const auto prepared = prepare(folder.path(), {50, 8, 0});
  const auto bad = prepare(folder.path(), {10, 8, 2'000});  // in a workshop of their own …
  Serving server(folder.path());
  auto client = app::Client(*app::address_from_url(server.url()));
  Crowd crowd(client, prepared);
  const auto seats = prepared.seats.size() - 40;
  crowd.open(seats);
  BadGround apart{port_of(server), bad.workshop, bad.seats};
  BadGround within{
      port_of(server),
      prepared.workshop,  // … and in the same
      {prepared.seats.begin() + static_cast<std::ptrdiff_t>(seats), prepared.seats.end()}};
  for (const auto& kind : bad_kinds()) {
    for (const auto* ground : {&within, &apart}) {
      std::vector<double> ratios, without, with;
      for (int round = 0; round < rounds; ++round) {
        without.push_back(p99_of(client, crowd, seats, healthy_per_second, healthy_notes));
        const BadClients clients(*ground, kind);
        with.push_back(p99_of(client, crowd, seats, healthy_per_second, healthy_notes));
        ratios.push_back(with.back() / without.back());
      }
      std::printf("harm %-9s %s: ok p99 %.1f ms without, %.1f ms with, ratio %.2f, %zu errors\n",
                  kind.name, ground == &within ? "same workshop " : "other workshop",
                  median(without), median(with), median(ratios), crowd.errors());
      std::fflush(stdout);
    }
  }
}

// ---- memory: what each client in bad faith holds ----------------------------------------------

void print_memory(const char* name, const std::function<BadSockets(const BadGround&)>& come) {
  const TemporaryFolder folder;
  const auto prepared = prepare(folder.path(), {2, 10, 1'500});
  Serving server(folder.path());
  const BadGround ground{port_of(server), prepared.workshop, prepared.seats};
  const auto first = open_socket(ground, prepared.seats[0]);  // the workshop is in memory
  const auto before = resident_bytes(server.pid());
  auto client = app::Client(*app::address_from_url(server.url()));
  auto sockets = come(ground);
  std::size_t most = before;
  const auto until = Steady::now() + std::chrono::seconds(3);
  while (Steady::now() < until) {
    most = std::max(most, resident_bytes(server.pid()));
    client.pause(Duration(20));
  }
  std::printf("memory %-12s: %.0f kB each at most, of %zu clients\n", name,
              static_cast<double>(most - before) / 1e3 / static_cast<double>(sockets.size()),
              sockets.size());
  std::fflush(stdout);
}

BadSockets each(const BadGround& ground, std::size_t count, bool seated, const std::string& bytes) {
  BadSockets sockets;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& seat = ground.seats[i % ground.seats.size()];
    sockets.push_back(seated
                          ? open_socket(ground, seat)
                          : std::make_unique<net::RawSocket>(ground.port, std::chrono::seconds(9)));
    sockets.back()->send(bytes);
  }
  return sockets;
}

void bench_memory() {
  print_memory("silent", [](const auto& ground) { return each(ground, 500, false, ""); });
  print_memory("half headers", [](const auto& ground) {
    return each(ground, 500, false, "GET / HTTP/1.1\r\nX: " + std::string(16'000, 'x'));
  });
  print_memory("half bodies", [](const auto& ground) {
    const std::string head = "POST /api/v1/workshops HTTP/1.1\r\nHost: x\r\nContent-Length: ";
    return each(ground, 60, false, head + "1048576\r\n\r\n" + std::string(1'048'575, 'x'));
  });
  print_memory("half messages", [](const auto& ground) {
    const auto whole = net::text_frame(std::string(256 * 1024, 'x'));
    return each(ground, 200, true, whole.substr(0, whole.size() - 1));
  });
  print_memory("unread", [](const auto& ground) {
    std::string asks;
    for (int i = 0; i < 50; ++i) {
      for (const auto* room : {"1", "2"}) {
        asks += net::text_frame(R"({"type":"subscribe","channels":[{"channel":"room/)" +
                                std::string(room) + "\"}]}");
      }
    }
    return each(ground, 200, true, asks);
  });
}

// ---- rooms: 3,000 in one workshop -------------------------------------------------------------

json large_workshop() {
  return json::parse(R"({"settings":{"title":{"nb":"Stor"},"language":"nb"},
    "programme":{"sittings":[{"number":1,"title":{"nb":"Økt"}}],
      "tasks":[{"number":1,"sitting":1,"title":{"nb":"Oppgave"},"instructions":[],
        "questions":[{"number":1,"form":"open","text":{"nb":"Hva er viktig?"},"earlier":[]}],
        "cycles":[{"questions":[1],"steps":[{"step":"dialogue"}]}]}],"material":[]},
    "roles":[],"rooms":3000})");
}

std::size_t snapshot_of(net::RawSocket& socket, const std::string& channel) {
  socket.send(
      net::text_frame(R"({"type":"subscribe","channels":[{"channel":")" + channel + "\"}]}"));
  while (true) {
    const auto frame = socket.next();
    if (frame.state != net::RawSocket::Frame::got) return 0;
    if (frame.payload.rfind(R"({"type":"snapshot")", 0) == 0) return frame.payload.size();
  }
}

void bench_rooms3000() {
  const TemporaryFolder folder;
  {
    Serving server(folder.path());
    auto client = app::Client(*app::address_from_url(server.url()));
    const auto secret = std::get<std::string>(access::read_server_secret(folder.path()));
    const auto start = Steady::now();
    const auto made = client.ask({"POST", "/api/v1/workshops", large_workshop().dump(), secret});
    std::printf("3,000 rooms: made over HTTP in %.0f ms, status %d\n", ms_since(start),
                made.status);
    const auto answer = json::parse(made.body);
    const std::string link = answer["workshop_link"];
    BadGround ground{port_of(server), answer["id"], {}};
    const auto organiser = open_socket(ground, {1, "", access::secret_in_link(link)});
    for (const char* channel : {"plenary", "console", "room/1", "room/3000"}) {
      const auto asked = Steady::now();
      const auto bytes = snapshot_of(*organiser, channel);
      std::printf("  snapshot of %-9s %7.1f kB after %.1f ms\n", channel,
                  static_cast<double>(bytes) / 1e3, ms_since(asked));
    }
    std::printf("  server's memory %.1f MB\n",
                static_cast<double>(resident_bytes(server.pid())) / 1e6);
  }
  const TemporaryFolder full;
  const auto prepared = prepare(full.path(), {3'000, 1, 0});
  const auto start = Steady::now();
  Serving server(full.path());
  auto client = app::Client(*app::address_from_url(server.url()));
  Crowd crowd(client, prepared);
  crowd.open(1);
  std::printf("  with 3,000 people: first room open %.0f ms after the start\n", ms_since(start));
  Crowd all(client, prepared);
  const auto opening = Steady::now();
  all.open(3'000);
  std::printf("  all 3,000 rooms open after %.0f ms, server's memory %.1f MB, %zu errors\n",
              ms_since(opening), static_cast<double>(resident_bytes(server.pid())) / 1e6,
              all.errors());
  const auto p99 = p99_of(client, all, 3'000, 1'000, 3'000);
  std::printf("  a note in each at 1,000 a second: ok p99 %.1f ms\n", p99);
}

// ---- fairness: a room, a workshop at full speed beside another --------------------------------

void print_fairness(const char* name, const Prepared& quiet, std::size_t quiet_seats,
                    const Prepared& loud, std::size_t first_loud, const Serving& server) {
  auto client = app::Client(*app::address_from_url(server.url()));
  Crowd crowd(client, quiet);
  crowd.open(quiet_seats);
  const BadGround ground{port_of(server),
                         loud.workshop,
                         {loud.seats.begin() + static_cast<std::ptrdiff_t>(first_loud),
                          loud.seats.begin() + static_cast<std::ptrdiff_t>(first_loud + 8)}};
  const auto& kinds = bad_kinds();
  const auto& flood = *std::find_if(kinds.begin(), kinds.end(), [](const auto& kind) {
    return std::strcmp(kind.name, "commands") == 0;
  });
  std::vector<double> ratios, without, with;
  for (int round = 0; round < rounds; ++round) {
    without.push_back(p99_of(client, crowd, quiet_seats, 40, 80));
    const BadClients clients(ground, flood);
    with.push_back(p99_of(client, crowd, quiet_seats, 40, 80));
    ratios.push_back(with.back() / without.back());
  }
  std::printf("fairness %s: ok p99 %.1f ms alone, %.1f ms beside, ratio %.2f, %zu errors\n", name,
              median(without), median(with), median(ratios), crowd.errors());
}

void bench_fairness() {
  const TemporaryFolder folder;
  const auto one = prepare(folder.path(), {2, 8, 0});
  const auto other = prepare(folder.path(), {2, 8, 0});
  Serving server(folder.path());
  print_fairness("of a room", one, 8, one, 8, server);
  print_fairness("of a workshop", one, 8, other, 0, server);
}

int run(int count, char** names) {
  const std::map<std::string, void (*)()> benches = {{"harm", bench_harm},
                                                     {"memory", bench_memory},
                                                     {"rooms3000", bench_rooms3000},
                                                     {"fairness", bench_fairness}};
  for (int i = 1; i < count; ++i) {
    const auto bench = benches.find(names[i]);
    if (bench == benches.end()) {
      std::cerr << "no bench is named " << names[i] << "; see tests/bench/hostile/run --help\n";
      return 2;
    }
    bench->second();
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace rundbord::bench

int main(int count, char** names) {
  return rundbord::bench::run(count, names);
}
