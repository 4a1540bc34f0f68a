// A live workshop under test: feeds inputs, keeps what comes out per session, and plays the log.
#pragma once
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/live_workshop.hpp"

namespace rundbord::engine::test {

using nlohmann::json;

template <class IdType>
IdType id(int n) {
  IdType id;
  id.bytes[14] = static_cast<std::uint8_t>(n >> 8);
  id.bytes[15] = static_cast<std::uint8_t>(n);
  return id;
}

LocalText nb(std::string words);

CreateWorkshop small_workshop();

// What the disk would answer: any value will do that is each commit's own.
ChainHash chain_of(std::uint64_t seq);

// Holds what was appended; `sync()` makes it durable. A new Bench on the same Disk is a restart.
struct Disk {
  std::vector<Append> commits;
  std::size_t synced = 0;
};

class Bench {
 public:
  explicit Bench(Disk& disk, std::string history = "h1");
  Bench(Disk& disk, LiveWorkshopOptions limits);
  ~Bench();

  void feed(Input input);
  void pass(Duration duration);
  // The disk confirms what it has been given, the oldest first.
  void sync(std::size_t at_most = std::numeric_limits<std::size_t>::max());

  void create();
  // A seat with its own device in the room, joined as by HTTP.
  SeatId join(int number, int room, std::string person = "Kari");
  SessionId open(int session, Grant grant);
  void say(SessionId session, const json& message);
  void subscribe(SessionId session, const std::string& channel);
  void subscribe_at(SessionId session, const std::string& channel, const std::string& history,
                    std::uint64_t seq);
  void command(SessionId session, int command_id, const SeatId& seat, const std::string& name,
               json fields);
  void write_note(SessionId session, int command_id, const SeatId& seat, int note,
                  const std::string& text);

  // What a session got since last asked, of one type.
  std::vector<json> take(SessionId session, const std::string& type);

  Time now{std::chrono::hours(480'000)};
  std::vector<SendOk> oks_from_log;
  std::vector<Close> closes;
  std::vector<Frame> frames;  // of all sessions, as they left
  std::vector<Answer> answers;
  std::vector<WriteRevision> revisions;
  std::vector<EraseWords> erasures;
  std::optional<Time> wake;
  bool died = false;

 private:
  static LiveWorkshopOptions options(LiveWorkshopOptions options, std::string history = "h1");

  void perform(std::vector<Action> actions);
  void perform_one(Send& send);
  void perform_one(Append& append);
  void perform_one(SendOk& ok);
  void perform_one(Close& close);
  void perform_one(Answer& answer);
  void perform_one(WakeAt& at);
  void perform_one(WriteRevision& revision);
  void perform_one(EraseWords& erase);
  void perform_one(Die&);

  Disk& disk_;
  LiveWorkshop workshop_;
  std::map<SessionId, std::vector<json>> inbox_;
};

}  // namespace rundbord::engine::test
