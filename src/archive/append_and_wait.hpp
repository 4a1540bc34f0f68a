// An append whose answer is waited for: archive work runs on the pool, where waiting is allowed.
#pragma once
#include <future>

#include "log/event_log.hpp"

namespace rundbord::archive {

inline log::AppendResult append_and_wait(log::EventLog& log, log::Append append) {
  std::promise<log::AppendResult> stored;
  auto result = stored.get_future();
  log.append(std::move(append), [&](const log::AppendResult& done) { stored.set_value(done); });
  return result.get();
}

}  // namespace rundbord::archive
