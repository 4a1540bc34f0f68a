// The faulty engine fails as it was asked to, and what it says about storage is true.
#include "log/faulty_log.hpp"
#include "catch.hpp"
#include "log/memory_log.hpp"
#include "log_fixture.hpp"

namespace rundbord::log {
namespace {

const auto a = workshop(1);
const auto b = workshop(2);

FaultyLog make() {
  return FaultyLog(std::make_unique<MemoryLog>(counted_salts()));
}

bool is_ready(const std::future<AppendResult>& answer) {
  return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

TEST_CASE("faulty: the n-th append fails and stores nothing; its workshop goes on when seq fits") {
  auto log = make();
  log.fail({2, AppendError::disk_full});
  CHECK(is_stored(append_and_wait(log, commit(a, 1))));
  CHECK(is_error(append_and_wait(log, commit(a, 2)), AppendError::disk_full));
  CHECK(log.last_seq(a) == 1);
  CHECK(is_error(append_and_wait(log, commit(a, 3)), AppendError::wrong_seq));
  CHECK(is_stored(append_and_wait(log, commit(b, 1))));
  CHECK(is_stored(append_and_wait(log, commit(a, 2))));
}

TEST_CASE("faulty: an append may fail though it was stored") {
  auto log = make();
  log.fail({1, AppendError::io_error, true});
  CHECK(is_error(append_and_wait(log, commit(a, 1)), AppendError::io_error));
  CHECK(log.last_seq(a) == 1);
}

TEST_CASE("faulty: after one that was stored anyway others wait for the owner to read") {
  auto log = make();
  log.fail({1, AppendError::io_error, true});
  CHECK(is_error(append_and_wait(log, commit(a, 1)), AppendError::io_error));
  CHECK(is_error(append_and_wait(log, commit(a, 2)), AppendError::wrong_seq));
  CHECK(log.last_seq(a) == 1);
  CHECK(is_stored(append_and_wait(log, commit(b, 1))));
  log.read(a, 1, [](const StoredCommit&) { return true; });
  CHECK(is_stored(append_and_wait(log, commit(a, 2))));
}

TEST_CASE("faulty: what was appended before the owner read again fails, though it would fit") {
  auto log = make();
  log.hold();
  log.fail({1, AppendError::io_error, true});
  auto first = start_append(log, commit(a, 1));
  auto second = start_append(log, commit(a, 2));
  log.sync(1);
  log.read(a, 1, [](const StoredCommit&) { return true; });
  log.release();
  CHECK(is_error(first.get(), AppendError::io_error));
  CHECK(is_error(second.get(), AppendError::wrong_seq));
  CHECK(log.last_seq(a) == 1);
}

TEST_CASE("faulty: everything fails until healed") {
  auto log = make();
  log.fail_all(AppendError::disk_full);
  CHECK(is_error(append_and_wait(log, commit(a, 1)), AppendError::disk_full));
  CHECK(is_error(append_and_wait(log, commit(b, 1)), AppendError::disk_full));
  log.heal();
  CHECK(is_stored(append_and_wait(log, commit(a, 1))));
}

TEST_CASE("faulty: held appends are neither stored nor answered, then stored, then answered") {
  auto log = make();
  log.hold();
  const auto first = start_append(log, commit(a, 1));
  const auto second = start_append(log, commit(a, 2));
  CHECK(log.unsynced() == 2);
  CHECK(log.last_seq(a) == 0);
  log.sync(1);
  CHECK(log.last_seq(a) == 1);
  CHECK(log.undelivered() == 1);
  CHECK_FALSE(is_ready(first));
  log.deliver();
  CHECK(is_ready(first));
  CHECK_FALSE(is_ready(second));
  log.release();
  CHECK(is_ready(second));
  CHECK(is_stored(append_and_wait(log, commit(a, 3))));
}

TEST_CASE("faulty: a crash loses the unsynced tail and every answer") {
  auto log = make();
  log.hold();
  int answers = 0;
  for (std::uint64_t seq = 1; seq <= 3; ++seq) {
    log.append(commit(a, seq), [&](const AppendResult&) { ++answers; });
  }
  log.sync(1);
  log.crash();
  CHECK(answers == 0);
  CHECK(log.last_seq(a) == 1);
  CHECK(log.unsynced() == 0);
  CHECK(log.undelivered() == 0);
  CHECK(is_stored(append_and_wait(log, commit(a, 2))));
  CHECK(answers == 0);
}

TEST_CASE("faulty: closing answers what was held") {
  auto log = make();
  log.hold();
  auto answer = start_append(log, commit(a, 1));
  log.close();
  REQUIRE(is_ready(answer));
  CHECK(is_stored(answer.get()));
  CHECK(is_error(append_and_wait(log, commit(a, 2)), AppendError::closed));
}

}  // namespace
}  // namespace rundbord::log
