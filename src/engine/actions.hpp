// What goes into a live workshop and what comes out: inputs and actions as plain values. The
// drivers in net/ make inputs of sockets, HTTP, log and timer, and perform the actions; they decide
// nothing.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "domain/decide.hpp"
#include "protocol/names_table.hpp"

namespace rundbord::engine {

enum class SessionId : std::uint64_t {};
// Pairs an HTTP request with its answer; drawn by the driver.
enum class Token : std::uint64_t {};

// What a connection may be: an organiser's, a projector's, or one to eight seats'.
struct Grant {
  bool organiser = false;
  bool projector = false;
  std::vector<SeatId> seats;
};

// Close codes of SPEC CM6/CN6, as RFC 6455 section 7.4.2 leaves them to applications.
enum class CloseCode : std::uint16_t {
  restart = 1012,
  slow = 4001,
  failed = 4002,
  moved = 4003,
  protocol = 4501,
  forbidden = 4502,
  closed = 4503,
  version = 4504,
};

// --- inputs -------------------------------------------------------------------------------------

struct Opened {
  SessionId session{};
  Grant grant;
};
struct Received {
  SessionId session{};
  std::string message;  // one text frame; UTF-8 was checked by the WebSocket layer
};
struct Gone {
  SessionId session{};
};
// A command that came by HTTP (join) or from the server itself.
struct Submit {
  Token token{};
  Actor actor;
  CommandId id;
  Command command;
};
// A question about durable state; the answer is what `read` returned.
struct Read {
  Token token{};
  std::function<std::string(const Workshop&, const protocol::Names&)> read;
};
// The log has made everything up to `seq` durable.
struct Stored {
  std::uint64_t seq = 0;
  ChainHash chain{};  // of that commit
};
// The log could not; nothing after the last Stored counts.
struct StoreFailed {
  std::string code;  // disk_full, io_error, wrong_seq, closed
};
struct Tick {};  // the time asked for with WakeAt has come, or passed
struct ShutDown {};

using Input =
    std::variant<Opened, Received, Gone, Submit, Read, Stored, StoreFailed, Tick, ShutDown>;

// --- actions ------------------------------------------------------------------------------------

using Frame = std::shared_ptr<const std::string>;

// Rows of table "name": key `<workshop>/<seat>`, no value: erased.
struct NameRow {
  std::string key;
  std::optional<std::string> value;
};
struct Append {
  std::uint64_t seq = 0;
  std::string header;
  std::vector<std::string> texts;
  std::vector<NameRow> names;
};
struct Send {
  SessionId session{};
  Frame frame;
  bool asked_for = false;  // a snapshot or the rest since a position: the session's own doing
};
// The `ok` of a command whose commit is older than the chain hashes kept in memory: the driver
// reads its hash from the log (SPEC RC1) and sends it.
struct SendOk {
  SessionId session{};
  CommandId id;
  std::uint64_t seq = 0;
};
struct Close {
  SessionId session{};
  CloseCode code{};
  std::string reason;  // at most 120 bytes
};
struct Accepted {
  std::uint64_t seq = 0;
};
struct Answer {
  Token token{};
  std::variant<Accepted, Rejection, std::string> result;
};
// Ask again with Tick at this time; a later WakeAt replaces an earlier one.
struct WakeAt {
  Time at;
};
// A sitting was closed or corrected: the archive is to write this revision from the log as of `seq`
// and then submit seal_revision. Asked again after a restart until it is sealed.
struct WriteRevision {
  int sitting = 1;
  int revision = 1;
  std::uint64_t seq = 0;
};
// Words are to be erased: the archive deletes them wherever the log keeps them, redacts the
// revisions that held them and then submits finish_erasure up to `erasure`. Asked again after a
// restart.
struct EraseWords {
  int erasure = 1;
};
// The live workshop is dead after a failed append: drop it, load it from the log again on demand.
struct Die {};

using Action =
    std::variant<Append, Send, SendOk, Close, Answer, WakeAt, WriteRevision, EraseWords, Die>;

}  // namespace rundbord::engine
