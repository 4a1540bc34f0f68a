// A workshop on a real disk without sockets, for proving what erasing leaves behind: a live
// workshop, the SQLite log in a folder and the archive, driven by commands. With a planted fault it
// erases as somebody would who had forgotten one thing. Owned by each test; the test's own thread.
#pragma once
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "archive/erasure.hpp"
#include "archive/revision.hpp"
#include "engine/live_workshop.hpp"
#include "log/sqlite_log.hpp"

namespace rundbord::archive::test {

enum class Planted {
  nothing,
  no_scrub,          // deleted, and left in the write-ahead log
  no_rewriting,      // the write-ahead log emptied, the pages left as they were
  revision_kept,     // the revision stays as it was
  earlier_kept,      // only the newest wording of a note is deleted
  stops_before,      // the process ends when the erasure is ordered
  stops_in_between,  // the process ends when the texts are deleted and not scrubbed
};

template <class IdType>
IdType id(int n) {
  IdType id;
  id.bytes[0] = 7;
  id.bytes[14] = static_cast<std::uint8_t>(n >> 8);
  id.bytes[15] = static_cast<std::uint8_t>(n);
  return id;
}
Text words(std::string utf8);
LocalText nb(std::string utf8);

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class House {
 public:
  explicit House(std::filesystem::path folder, Planted planted = Planted::nothing);
  ~House();

  // The command's commit, or the code of its refusal.
  std::string submit(const Actor& actor, Command command);
  // Commands that must be accepted.
  void by_organiser(Command command);
  void by(const SeatId& seat, Command command);
  // A commit of another workshop, so that pages of the database hold several streams.
  void write_elsewhere(int number, std::size_t length);
  // Ends, as a process does that is killed, and starts again without a planted fault.
  void restart();

  log::EventLog& log() { return *log_; }
  ErasureList& list() { return list_; }
  const WorkshopId workshop = id<WorkshopId>(1);
  bool stopped = false;  // by a planted fault

 private:
  class FlawedLog;

  void open();
  void perform(std::vector<engine::Action> actions);
  void act(engine::Append& append);
  void act(engine::WriteRevision& write);
  void act(engine::EraseWords& erase);
  void act(engine::Answer& answer);
  template <class Other>
  void act(Other&) {}
  void step(engine::Input input);

  std::filesystem::path folder_;
  Planted planted_;
  ErasureList list_;
  std::unique_ptr<log::EventLog> log_;
  std::unique_ptr<engine::LiveWorkshop> live_;
  std::deque<engine::Action> waiting_;
  bool performing_ = false;
  Time now_{std::chrono::hours(496'000)};
  unsigned commands_ = 0;
  std::string answer_;
  std::vector<std::uint64_t> seqs_elsewhere_ = std::vector<std::uint64_t>(8, 0);
};

}  // namespace rundbord::archive::test
