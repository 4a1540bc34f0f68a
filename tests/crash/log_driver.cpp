#include "crash/log_driver.hpp"

#include <chrono>
#include <future>
#include <thread>
#include <utility>

namespace rundbord::crash {
namespace {

constexpr std::size_t workshops = 3;
constexpr std::size_t appends_max = 5;

WorkshopId workshop(std::size_t number) {
  WorkshopId id;
  id.bytes[0] = static_cast<std::uint8_t>(number + 1);
  return id;
}

std::string draw_text(Random& random) {
  // Most are notes; some need pages of their own.
  const auto bytes = draw(random, 8) == 0 ? 3000 + draw(random, 6000) : draw(random, 200);
  std::string text(bytes, '\0');
  for (auto& byte : text) byte = static_cast<char>('a' + draw(random, 26));
  return text;
}

}  // namespace

// ---- the gate ---------------------------------------------------------------------------------

log::SaltSource Gate::salts() {
  return [this] {
    std::unique_lock lock(mutex_);
    if (state_ == State::armed) {
      state_ = State::held;
      changed_.notify_all();
      changed_.wait(lock, [this] { return state_ == State::open; });
    }
    log::Salt salt{};
    ++drawn_;
    for (std::size_t i = 0; i < sizeof drawn_; ++i) {
      salt[i] = static_cast<std::uint8_t>(drawn_ >> (8 * i));
    }
    return salt;
  };
}

void Gate::arm() {
  const std::lock_guard lock(mutex_);
  state_ = State::armed;
}

void Gate::wait_until_held() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return state_ != State::armed; });
}

void Gate::pass() {
  const std::lock_guard lock(mutex_);
  state_ = State::open;
  changed_.notify_all();
}

// ---- the driver -------------------------------------------------------------------------------

LogDriver::LogDriver(std::filesystem::path folder, log::FolderCalls folder_calls, Random& random,
                     Ledger& ledger)
    : folder_(std::move(folder)),
      folder_calls_(std::move(folder_calls)),
      random_(random),
      ledger_(ledger) {}

bool LogDriver::open() {
  constexpr int wal_pages[] = {8, 30, 1000};
  log::SqliteOptions options;
  options.folder = folder_;
  options.salts = [gate = gate_, salts = gate_->salts()] { return salts(); };
  options.batch_interval = std::chrono::milliseconds(0);
  options.wal_pages_max = wal_pages[draw(random_, std::size(wal_pages))];
  options.open_anew_every = std::chrono::milliseconds(1);
  options.folder_calls = folder_calls_;
  try {
    log_ = std::make_unique<log::SqliteLog>(std::move(options));
    return true;
  } catch (const log::LogError& error) {
    last_error_ = error.code;
    return false;
  }
}

void LogDriver::close() {
  log_.reset();
}

bool LogDriver::burst() {
  errors_.clear();
  const auto count = 1 + draw(random_, appends_max);
  std::map<std::size_t, std::uint64_t> next;
  std::vector<log::Append> burst;
  for (std::size_t i = 0; i < count; ++i) {
    const auto number = draw(random_, workshops);
    auto& seq = next.try_emplace(number, ledger_.next_seq(workshop(number))).first->second;
    burst.push_back(draw_append(number, seq));
    seq += burst.back().commits.size();
  }
  burst.front().commits.front().texts.push_back("what the gate holds");
  waiting_ = count;
  gate_->arm();
  append(std::move(burst.front()));
  gate_->wait_until_held();
  for (std::size_t i = 1; i < count; ++i) append(std::move(burst[i]));
  gate_->pass();
  wait_for_answers();
  wait_until_idle();
  return errors_.empty();
}

// The writer may move its write-ahead log after it has answered: an append that is refused comes
// back only after that.
void LogDriver::wait_until_idle() {
  constexpr std::uint64_t nobodys_seq = 1ull << 40;
  std::promise<void> refused;
  log_->append({workshop(0), {{nobodys_seq, "{}", {}}}, {}},
               [&](const log::AppendResult&) { refused.set_value(); });
  refused.get_future().wait();
}

void LogDriver::append(log::Append append) {
  const auto number = ledger_.asked(append);
  log_->append(std::move(append), [this, number](const log::AppendResult& result) {
    gate_->pass();  // it may have failed before it came to the gate
    const std::lock_guard lock(mutex_);
    answers_.emplace_back(number, result);
    --waiting_;
    answered_.notify_all();
  });
}

void LogDriver::wait_for_answers() {
  std::unique_lock lock(mutex_);
  answered_.wait(lock, [this] { return waiting_ == 0; });
  for (const auto& [number, result] : std::exchange(answers_, {})) {
    ledger_.answered(number, result);
    if (const auto* error = std::get_if<log::AppendError>(&result)) errors_.push_back(*error);
  }
}

log::Append LogDriver::draw_append(std::size_t number, std::uint64_t seq) {
  log::Append append{workshop(number), {}, {}};
  const auto commits = draw(random_, 4) == 0 ? 1 + draw(random_, 3) : 1;
  for (std::uint64_t i = 0; i < commits; ++i) {
    const auto header = "{\"seq\":" + std::to_string(seq + i) +
                        ",\"nonce\":" + std::to_string(++nonce_ * 1'000'003 + random_() % 1000) +
                        '}';
    append.commits.push_back({seq + i, header, {}});
    for (auto texts = draw(random_, 3); texts > 0; --texts) {
      append.commits.back().texts.push_back(draw_text(random_));
    }
  }
  for (auto rows = draw(random_, 3); rows > 0; --rows) {
    const auto key = std::to_string(number) + '/' + std::to_string(draw(random_, 6));
    std::optional<std::string> value;
    if (draw(random_, 4) > 0) value = draw_text(random_);
    append.rows.push_back({"name", key, std::move(value)});
  }
  return append;
}

bool LogDriver::remove_one() {
  const auto id = workshop(draw(random_, workshops));
  ledger_.asked_to_remove(id);
  try {
    log_->remove(id);
    ledger_.removed(id);
    wait_until_idle();
    return true;
  } catch (const log::LogError& error) {
    last_error_ = error.code;
    return false;
  }
}

std::optional<std::vector<std::string>> LogDriver::audit() {
  try {
    return ledger_.audit(*log_);
  } catch (const log::LogError& error) {
    last_error_ = error.code;
    return std::nullopt;
  }
}

std::optional<std::vector<std::string>> LogDriver::audit_when_opened() {
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (true) {
    auto found = audit();
    if (found || std::chrono::steady_clock::now() > until) return found;
    std::this_thread::yield();
  }
}

}  // namespace rundbord::crash
