#include "app/replay_run.hpp"

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "access/server_link.hpp"
#include "app/progress.hpp"
#include "app/read_back.hpp"
#include "app/replay_messages.hpp"
#include "app/replay_plan.hpp"
#include "app/resuming_link.hpp"
#include "app/room_player.hpp"

namespace rundbord::app {
namespace {

using nlohmann::json;
using Steady = std::chrono::steady_clock;

constexpr Duration ask_again_after = std::chrono::milliseconds(300);
constexpr std::size_t faults_told_max = 20;

// Ends the replay with its sentence: without this step there is nothing to go on with.
struct Stopped {
  std::string sentence;
};

std::string detail_of(const HttpAnswer& answer) {
  const auto problem = json::parse(answer.body, nullptr, false);
  if (!problem.is_object()) return "status " + std::to_string(answer.status);
  return problem.value("detail", answer.body) + " (" + problem.value("code", std::string()) + ')';
}

class Replay {
 public:
  Replay(const Seminar& seminar, const ReplayOptions& options)
      : seminar_(seminar),
        options_(options),
        plans_(plan_rooms(seminar)),
        client_(options.server) {}

  ReplayResult run() {
    const auto started = Steady::now();
    try {
      play();
    } catch (const Stopped& stopped) {
      fault(stopped.sentence);
    }
    result_.rooms = plans_.size();
    result_.seconds = std::chrono::duration<double>(Steady::now() - started).count();
    return std::move(result_);
  }

 private:
  void play() {
    create_workshop();
    as_organiser("opening the sitting", open_sitting_message);
    for (const auto& plan : plans_) seat_room(plan);
    play_rooms();
    require_seen();
    if (!options_.keep_open) as_organiser("closing the sitting", close_sitting_message);
    require_exported();
    require_receipted();
  }

  // ---- setting up -------------------------------------------------------------------------------

  // Asked again while nobody listens; `repeatable` also when the answer was lost.
  HttpAnswer ask(const HttpRequest& request, bool repeatable) {
    const auto until = Steady::now() + server_away_max;
    for (;;) {
      auto answer = client_.ask(request);
      const bool away = answer.status == 0 && (repeatable || !answer.sent);
      if (!away && answer.status != 429 && answer.status != 503) return answer;
      if (Steady::now() > until) throw Stopped{"the server cannot be reached"};
      client_.pause(ask_again_after);
    }
  }

  void create_workshop() {
    HttpRequest request{"POST", "/api/v1/workshops", creation_body(seminar_),
                        options_.server_secret};
    const auto answer = ask(request, false);
    if (answer.status != 201) throw Stopped{"the workshop was not created: " + detail_of(answer)};
    const auto created = json::parse(answer.body);
    result_.workshop = created.at("id").get<std::string>();
    result_.workshop_link = created.at("workshop_link").get<std::string>();
    code_ = created.at("code").get<std::string>();
    organiser_secret_ = access::secret_in_link(result_.workshop_link);
    const LinkOptions organiser{result_.workshop, organiser_secret_, ""};
    organiser_ = std::make_shared<ResumingLink>(
        client_, organiser, [this](const std::string& sentence) { organiser_lost_ = sentence; });
    organiser_->open();
  }

  template <class Message>
  void as_organiser(const std::string& doing, Message message) {
    std::optional<CommandAnswer> answer;
    const auto id = draw_id();
    organiser_->send(id, message({id, ""}, 1), [&](const CommandAnswer& came) { answer = came; });
    client_.run_until([&] { return answer || !organiser_lost_.empty(); });
    if (!answer) throw Stopped{doing + ": " + organiser_lost_};
    if (!answer->accepted) throw Stopped{doing + ": " + answer->detail};
  }

  void seat_room(const RoomPlan& plan) {
    std::vector<SeatAccess> seats;
    for (const auto& name : plan.seats) seats.push_back(join(plan.number, name));
    PlayEvents events;
    events.line_kept = [this](archive::Receipt receipt) {
      receipts_.push_back(std::move(receipt));
      ++result_.notes;
      progress_->one_more();
    };
    events.fault = [this](const std::string& sentence) { fault(sentence); };
    players_.push_back(std::make_unique<RoomPlayer>(client_, result_.workshop, plan, seats,
                                                    options_.between_lines, std::move(events)));
  }

  // The seat follows from the secret, so a join whose answer was lost is not done twice (SPEC HT4).
  SeatAccess join(int room, const std::string& name) {
    json body = {{"code", code_}, {"room", room}, {"secret", draw_id()}};
    if (!name.empty()) body["name"] = name;
    const auto answer = ask({"POST", "/api/v1/join", body.dump(), ""}, true);
    if (answer.status != 200 && answer.status != 201) {
      throw Stopped{"joining room " + std::to_string(room) + ": " + detail_of(answer)};
    }
    const auto joined = json::parse(answer.body);
    return {joined.at("seat").get<std::string>(),
            access::secret_in_link(joined.at("seat_link").get<std::string>())};
  }

  // ---- playing and reading back -----------------------------------------------------------------

  void play_rooms() {
    progress_ = std::make_unique<Progress>(count_lines(plans_), "lines kept");
    for (const auto& player : players_) player->start();
    for (const auto& player : players_) client_.run_until([&] { return player->done(); });
    progress_.reset();
    if (!result_.faults.empty()) throw Stopped{"not everything that was sent was kept"};
  }

  void require_seen() {
    const auto too_late = std::make_shared<bool>(false);
    client_.after(server_away_max, [too_late] { *too_late = true; });
    for (const auto& player : players_) {
      client_.run_until([&] { return *too_late || player->all_seen(); });
      if (!player->all_seen()) throw Stopped{player->unseen()};
    }
  }

  std::string exported_as(const std::string& format) {
    const auto target = "/api/v1/workshops/" + result_.workshop + "/export." + format;
    auto answer = ask({"GET", target, "", organiser_secret_}, true);
    if (answer.status != 200) throw Stopped{"the export failed: " + detail_of(answer)};
    return std::move(answer.body);
  }

  void require_exported() {
    const auto exported = contents_of_export(exported_as("json"));
    if (const auto* sentence = std::get_if<std::string>(&exported)) throw Stopped{*sentence};
    const auto differs = difference(plans_, std::get<ExportedRooms>(exported));
    if (differs) throw Stopped{"the export differs: " + *differs};
  }

  // Every line was answered with a receipt, and the archive keeps what each of them promises.
  void require_receipted() {
    const auto archive = archive::read_chain_file(exported_as("chain"));
    if (!archive.findings.empty()) {
      throw Stopped{"the chain is broken: " + sentence(archive.findings.front())};
    }
    for (const auto& receipt : receipts_) {
      const auto verdict = check_receipt(archive.file, receipt);
      if (verdict == archive::Verdict::unchanged) continue;
      throw Stopped{"the receipt of commit " + std::to_string(receipt.seq) +
                    " does not hold: " + sentence(verdict)};
    }
  }

  void fault(const std::string& sentence) {
    if (result_.faults.size() < faults_told_max) result_.faults.push_back(sentence);
  }

  const Seminar& seminar_;
  const ReplayOptions& options_;
  const std::vector<RoomPlan> plans_;
  Client client_;  // before the links, whose sockets live on its loop
  ReplayResult result_;
  std::string code_;
  std::string organiser_secret_;
  std::string organiser_lost_;
  std::unique_ptr<Progress> progress_;
  std::vector<archive::Receipt> receipts_;
  std::vector<std::unique_ptr<RoomPlayer>> players_;
  std::shared_ptr<ResumingLink> organiser_;
};

}  // namespace

ReplayResult run_replay(const Seminar& seminar, const ReplayOptions& options) {
  return Replay(seminar, options).run();
}

}  // namespace rundbord::app
