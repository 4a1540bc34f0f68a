#include "net/log_watch.hpp"

#include <spdlog/spdlog.h>

#include <string>
#include <variant>

namespace rundbord::net {
namespace {

// Empty: it says nothing about the disk.
std::string_view failure_of(const log::AppendResult& result) {
  const auto* error = std::get_if<log::AppendError>(&result);
  if (!error) return {};
  switch (*error) {
    case log::AppendError::disk_full:
      return "disk_full";
    case log::AppendError::io_error:
      return "io_error";
    case log::AppendError::wrong_seq:
    case log::AppendError::closed:
      return {};
  }
  return {};
}

}  // namespace

LogWatch::LogWatch(Loop& loop, log::EventLog& log, LogWatchOptions options)
    : loop_(loop), log_(log), options_(options) {}

void LogWatch::heard(const log::AppendResult& result) {
  const bool stored = std::holds_alternative<log::Appended>(result);
  const auto failure = failure_of(result);
  if (!stored && failure.empty()) return;
  if (failure != failure_) {
    if (stored) spdlog::info("the log stores again");
    if (!stored) spdlog::error("the log cannot store: {}", failure);
  }
  failure_ = failure;
  if (stored) stored_at_ = loop_.now();
  // Most answers find nobody waiting.
  if (!asking_.empty()) {
    for (auto& [number, told] : std::exchange(asking_, {})) told(failure_);
  }
  if (!stored) return ask_again();
  if (!waiting_.empty()) {
    for (auto& [number, then] : std::exchange(waiting_, {})) then(true);
  }
}

void LogWatch::ask(Told told) {
  if (!stores()) return told(failure_);
  if (stored_at_ && loop_.now() - *stored_at_ < options_.fresh_max) return told({});
  const auto number = ++drawn_;
  asking_.emplace(number, std::move(told));
  ask_log();
  loop_.after(options_.answer_max, [this, number] {
    if (auto late = asking_.extract(number)) late.mapped()("no_answer");
  });
}

void LogWatch::when_it_stores(Duration at_most, Then then) {
  if (stores()) return then(true);
  const auto number = ++drawn_;
  waiting_.emplace(number, std::move(then));
  loop_.after(at_most, [this, number] {
    if (auto late = waiting_.extract(number)) late.mapped()(false);
  });
}

// Of no workshop, and each time another value: it has to reach the disk.
void LogWatch::ask_log() {
  if (std::exchange(asked_, true)) return;
  log::Append append{{}, {}, {{"server", "asked", std::to_string(++drawn_)}}};
  log_.append(std::move(append), [this](const log::AppendResult& result) {
    loop_.post([this, result] {
      asked_ = false;
      heard(result);
    });
  });
}

void LogWatch::ask_again() {
  if (std::exchange(asks_again_, true)) return;
  loop_.after(options_.ask_every, [this] {
    asks_again_ = false;
    if (stores()) return;
    ask_log();
    ask_again();
  });
}

}  // namespace rundbord::net
