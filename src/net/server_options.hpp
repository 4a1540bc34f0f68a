// What the server is told at start: addresses, limits, and the work that others do for it. Made by
// app/; plain values. The functions that do slow work are called on the pool's threads.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "access/guess_limit.hpp"
#include "access/secret.hpp"
#include "access/ticket_limit.hpp"
#include "domain/erased.hpp"
#include "domain/ids.hpp"
#include "domain/time.hpp"
#include "engine/budget.hpp"
#include "net/log_watch.hpp"
#include "net/origins.hpp"
#include "protocol/template.hpp"

namespace rundbord::net {

struct ExportRequest {
  WorkshopId workshop;
  std::string format;  // as asked for: json md csv html pdf docx xlsx zip, or anything else
  std::optional<int> sitting;
  std::optional<int> room;
  bool names = true;
  std::optional<int> revision{};  // of that sitting, as it was stored: json only
};
struct ExportedDocument {
  std::string content_type;
  std::string file_name;  // for the browser's download
  std::string bytes;
};
// A refusal with its HTTP status: 501 format_not_available, 404 unknown_room …
struct ExportRefused {
  int status = 500;
  std::string code;
  std::string detail;
  std::string field;
};
using ExportResult = std::variant<ExportedDocument, ExportRefused>;

struct SearchRequest {
  WorkshopId workshop;
  std::string text;
};

struct RevisionRequest {
  WorkshopId workshop;
  int sitting = 1;
  int revision = 1;
  std::uint64_t seq = 0;  // of the log as of which it is made
};
struct RevisionSealed {
  std::string checksum;  // SHA-256 in lower-case hex
};
struct RevisionFailed {
  std::string sentence;
};
using RevisionResult = std::variant<RevisionSealed, RevisionFailed>;

// The revisions that had to be redacted; a sentence when something is still there.
using ErasureResult = std::variant<std::vector<RedactedRevision>, RevisionFailed>;

// Each is in SPEC.md and has a test at it and one beyond it.
struct ServerLimits {
  std::size_t connections_max = 20'000;
  // HTTP connections that wait for a request; beyond it the one that waited longest makes room. A
  // hall of 3,000 behind one address has one to two each while it comes in.
  std::size_t waiting_per_address_max = 4'000;
  // Of one address; beyond it requests are answered `busy`. A hall of 3,000 loads its pages at
  // once.
  engine::Rate requests_per_address{60'000, 3'000};
  // Of one address; beyond it joining is answered `busy`. A hall of 3,000 gets in at once.
  engine::Rate joins_per_address{4'000, 200};
  std::size_t request_header_bytes_max = 16 * 1024;
  std::size_t request_body_bytes_max = 1 << 20;   // of POST /api/v1/workshops
  std::size_t small_body_bytes_max = 64 * 1024;   // of all other requests
  std::size_t large_bodies_bytes_max = 64 << 20;  // of all that are being read at a time

  std::size_t message_bytes_max = 256 * 1024;  // of the socket, SPEC CN5
  std::size_t fragments_max = 4'096;           // frames of one message
  // Frames a socket may send at once, and each second after that, each 4 KiB counting as one more;
  // what comes faster is read later. A client that waits for each `ok` on a fast disk stays below.
  double frames_at_once_max = 2'000;
  double frames_per_second_max = 1'000;
  std::size_t sessions_per_workshop_max = 20'000;

  // A socket with more than this waiting to be sent is not read: it does not get to ask for more.
  std::size_t unread_answers_bytes_max = 256 * 1024;
  // A reader that leaves more than this waiting, and takes nothing for `slow_after`, is cut …
  std::size_t waiting_bytes_max = 1 << 20;
  Duration slow_after = std::chrono::seconds(1);
  // … and at once beyond this: the largest snapshots a session asks for in one go fit.
  std::size_t waiting_bytes_hard_max = 16 << 20;

  Duration handshake_max = std::chrono::seconds(10);  // also for one whole request, and a farewell
  // A message begun must be whole within this, plus a second for each 16 KiB of it; what is sent
  // must be taken, at least in part, within this.
  Duration progress_max = std::chrono::seconds(10);
  Duration idle_max = std::chrono::seconds(30);
  Duration sweep_every = std::chrono::seconds(1);  // how exactly the three above are kept
  // From being told to stop to the end: people have till a fifth before it, the log the rest.
  Duration shutdown_max = std::chrono::seconds(5);
  Duration workshop_idle_max = std::chrono::minutes(10);  // in memory without anybody
  // A snapshot of a workshop's state is kept after at least so many commits: 0.1 s to fold.
  std::uint64_t commits_per_snapshot = 5'000;
  // Then it is looked at every so often whether the workshop is calm enough for the work.
  Duration snapshot_look = std::chrono::seconds(1);
  // Whoever is over the budget of tickets is answered after so long: a client in a loop that waits
  // for its answer costs next to nothing. Below the 8 s after which a browser gives an attempt up.
  Duration ticket_refusal_wait = std::chrono::seconds(5);
  // While the disk is full or broken, whoever wants to write waits so long for a ticket; the same
  // 8 s are above it.
  Duration ticket_store_wait_max = std::chrono::seconds(6);
  LogWatchOptions log_watch = {};
};

struct Ready {
  std::string url;  // where to go: the public one, or the address listened on
  unsigned short port = 0;
  unsigned short metrics_port = 0;  // 0: off
};

struct ServerOptions {
  HostPort listen{"127.0.0.1", 8080};  // port 0: any free one
  std::optional<std::string> public_url;
  std::optional<HostPort> metrics;
  std::vector<std::string> trusted_proxies;  // networks in CIDR notation
  std::filesystem::path web_folder;          // the client as built; empty: no pages
  std::vector<protocol::Template> templates;
  std::string server_secret;     // may create workshops; see access/server_link.hpp
  bool stop_on_signals = false;  // SIGTERM and SIGINT drain and end run()

  std::function<ExportResult(const ExportRequest&)> export_document;
  // A JSON document: what was found.
  std::function<std::string(const SearchRequest&)> search;
  std::function<RevisionResult(const RevisionRequest&)> write_revision;
  // Deletes the words whose erasure the workshop's log orders, to the last byte.
  std::function<ErasureResult(const WorkshopId&)> erase_words;
  // Before a workshop is deleted for good; throws log::LogError when that cannot be noted.
  std::function<void(const WorkshopId&)> note_deletion;
  std::function<void(const Ready&)> on_ready;  // on the thread of run()
  // The log does not close within shutdown_max, as when the disk hangs; run() cannot return before
  // it does. Whoever must end ends the process: what was acknowledged is on the disk.
  std::function<void()> on_stuck;

  std::function<Time()> now;  // nothing: the system's clock
  access::RandomSource random = access::system_random();
  access::GuessLimitOptions guesses;
  access::TicketLimitOptions ticket_limit;
  ServerLimits limits;
};

// Why the server could not start: port_taken, bad_address, bad_option, web_unreadable.
struct StartFailure {
  std::string code;
  std::string sentence;
};

}  // namespace rundbord::net
