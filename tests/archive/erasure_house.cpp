#include "erasure_house.hpp"

#include <cstdlib>
#include <map>
#include <stdexcept>

#include "archive/append_and_wait.hpp"
#include "forwarding_log.hpp"
#include "log/chain.hpp"
#include "log/sqlite_connection.hpp"

namespace rundbord::archive::test {

Text words(std::string utf8) {
  return Text{std::move(utf8), 20};
}
LocalText nb(std::string utf8) {
  return {{"nb", words(std::move(utf8))}};
}

static std::string name_of(const Command& command) {
  return std::visit([](const auto& kind) { return std::string(kind.name); }, command);
}

TemporaryFolder::TemporaryFolder() {
  auto name = (std::filesystem::temp_directory_path() / "rundbord-erasure-XXXXXX").string();
  if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  path_ = name;
}
TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

// The real log, but for the one thing that was forgotten.
class House::FlawedLog final : public log::ForwardingLog {
 public:
  FlawedLog(std::filesystem::path folder, Planted planted)
      : ForwardingLog(real_),
        folder_(std::move(folder)),
        planted_(planted),
        real_({.folder = folder_}) {}

  void append(log::Append append, log::AppendDone done) override {
    if (planted_ == Planted::revision_kept) keep_revisions(append);
    if (planted_ == Planted::earlier_kept) keep_earlier(append);
    real_.append(std::move(append), std::move(done));
  }
  void scrub() override {
    if (planted_ == Planted::no_scrub) return;
    if (planted_ == Planted::stops_in_between) throw log::LogError{"io_error", "killed"};
    if (planted_ != Planted::no_rewriting) return real_.scrub();
    log::Connection connection(folder_ / "rundbord.sqlite", log::Connection::Access::write);
    if (!connection.checkpoint_and_truncate()) throw std::runtime_error("somebody reads");
  }

 private:
  void keep_revisions(log::Append& append) {
    std::erase_if(append.rows, [this](const log::RowWrite& write) {
      return write.table == "revision" && !revisions_.insert(write.key).second;
    });
  }
  void keep_earlier(log::Append& append) {
    if (!append.erased.empty()) append.erased.erase(append.erased.begin());
  }

  std::filesystem::path folder_;
  Planted planted_;
  log::SqliteLog real_;
  std::set<std::string> revisions_;
};

House::House(std::filesystem::path folder, Planted planted)
    : folder_(std::move(folder)), planted_(planted), list_(erasure_list_in(folder_)) {
  open();
}
House::~House() = default;

void House::open() {
  log_ = std::make_unique<FlawedLog>(folder_, planted_);
  engine::LiveWorkshopOptions options;
  options.history = log_->history();
  live_ = std::make_unique<engine::LiveWorkshop>(workshop, std::move(options));
  log_->read(workshop, 1, [&](const log::StoredCommit& commit) {
    const auto damage =
        live_->restore(commit.seq, commit.header, commit.texts, ChainHash{commit.chain});
    if (damage) throw std::runtime_error(*damage);
    return true;
  });
  for (const auto& row : log_->rows(workshop, "name")) live_->restore_name(row.key, row.value);
  perform(live_->start(now_));
}

void House::restart() {
  planted_ = Planted::nothing;
  stopped = false;
  waiting_.clear();
  live_.reset();
  log_.reset();
  open();
}

std::string House::submit(const Actor& actor, Command command) {
  answer_ = "no answer";
  now_ += std::chrono::seconds(1);
  step(engine::Submit{engine::Token{++commands_}, actor,
                      id<CommandId>(static_cast<int>(10'000 + commands_)), std::move(command)});
  return answer_;
}

void House::by_organiser(Command command) {
  const auto name = name_of(command);
  const auto answer = submit(ByOrganiser{}, std::move(command));
  if (answer != "accepted" && !stopped) throw std::runtime_error(name + ": " + answer);
}
void House::by(const SeatId& seat, Command command) {
  const auto name = name_of(command);
  const auto answer = submit(BySeat{seat}, std::move(command));
  if (answer != "accepted") throw std::runtime_error(name + ": " + answer);
}

void House::write_elsewhere(int number, std::size_t length) {
  auto& seq = seqs_elsewhere_.at(static_cast<std::size_t>(number));
  WorkshopId other;
  other.bytes.fill(static_cast<std::uint8_t>(number * 31));
  log::Append append{other, {}, {}};
  append.commits.push_back({++seq, "{}", {std::string(length, 'x')}});
  log_->append(std::move(append), [](const log::AppendResult&) {});
}

void House::step(engine::Input input) {
  perform(live_->step(std::move(input), now_));
}

// In order, also when performing one brings further ones.
void House::perform(std::vector<engine::Action> actions) {
  for (auto& action : actions) waiting_.push_back(std::move(action));
  if (performing_) return;
  performing_ = true;
  while (!waiting_.empty() && !stopped) {
    auto action = std::move(waiting_.front());
    waiting_.pop_front();
    std::visit([this](auto& kind) { act(kind); }, action);
  }
  performing_ = false;
}

void House::act(engine::Append& append) {
  log::Append stored{workshop, {}, {}};
  stored.commits.push_back({append.seq, std::move(append.header), std::move(append.texts)});
  for (auto& name : append.names) {
    stored.rows.push_back({"name", std::move(name.key), std::move(name.value)});
  }
  const auto result = append_and_wait(*log_, std::move(stored));
  const auto& appended = std::get<log::Appended>(result);
  step(engine::Stored{appended.seq, ChainHash{appended.chains.back()}});
}

void House::act(engine::WriteRevision& write) {
  const auto written = write_revision(*log_, {workshop, write.sitting, write.revision}, write.seq);
  const SealRevision seal{write.sitting, write.revision, std::get<std::string>(written)};
  step(engine::Submit{engine::Token{0}, ByServer{}, id<CommandId>(static_cast<int>(++commands_)),
                      seal});
}

void House::act(engine::EraseWords& erase) {
  stopped = planted_ == Planted::stops_before;
  if (stopped) return;
  try {
    const auto erased = erase_words(*log_, workshop, &list_);
    const FinishErasure finish{erase.erasure, std::get<std::vector<RedactedRevision>>(erased)};
    step(engine::Submit{engine::Token{0}, ByServer{}, id<CommandId>(static_cast<int>(++commands_)),
                        finish});
  } catch (const log::LogError&) {
    stopped = true;
  }
}

void House::act(engine::Answer& answer) {
  if (answer.token == engine::Token{0}) return;
  const auto* refused = std::get_if<Rejection>(&answer.result);
  answer_ = refused ? std::string(code_name(refused->code)) : "accepted";
}

}  // namespace rundbord::archive::test
