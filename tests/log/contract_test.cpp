// What every engine promises (src/log/event_log.hpp), run on each of them.
#include <algorithm>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "catch.hpp"
#include "log/chain.hpp"
#include "log_fixture.hpp"

namespace rundbord::log {
namespace {

const auto a = workshop(1);
const auto b = workshop(2);

OpenedLog each_engine() {
  return open_engine(GENERATE(as<std::string>{}, "memory", "sqlite", "faulty"));
}

Append rows_only(const WorkshopId& workshop, std::vector<RowWrite> rows) {
  return {workshop, {}, std::move(rows)};
}

std::vector<std::string> keys(const std::vector<Row>& rows) {
  std::vector<std::string> found;
  for (const auto& row : rows) found.push_back(row.key);
  return found;
}

TEST_CASE("contract: a commit is read back as stored, with its texts and its place in the chain") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  const auto first = append_and_wait(*log, commit(a, 1, {"Skulen må inn", "«æøå» 😀"}));
  const auto second = append_and_wait(*log, commit(a, 2));
  REQUIRE(is_stored(first));
  REQUIRE(is_stored(second));

  const auto stored = read_all(*log, a);
  REQUIRE(stored.size() == 2);
  const Salt one{1};
  const Salt two{2};
  CHECK(stored[0].seq == 1);
  CHECK(stored[0].header ==
        seal_header(draft(1).header, {text_hash(one, "Skulen må inn"), text_hash(two, "«æøå» 😀")}));
  CHECK(stored[0].texts == std::vector<std::optional<std::string>>{"Skulen må inn", "«æøå» 😀"});
  CHECK(stored[0].salts == std::vector{one, two});
  CHECK(stored[0].chain == chain_next(chain_start(a), commit_digest(stored[0].header)));
  CHECK(stored[1].header == draft(2).header);
  CHECK(stored[1].texts.empty());
  CHECK(stored[1].chain == chain_next(stored[0].chain, commit_digest(stored[1].header)));
  CHECK(std::get<Appended>(first).seq == 1);
  CHECK(std::get<Appended>(first).chains == std::vector{stored[0].chain});
  CHECK(std::get<Appended>(second).chains == std::vector{stored[1].chain});
}

TEST_CASE("contract: any bytes of a text and of a row come back unchanged") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  const std::vector<std::string> texts{"", std::string("a\0b", 3), "\xff\xfe broken", "\r\n=1+1",
                                       std::string(100'000, 'x')};
  auto append = commit(a, 1, texts);
  for (const auto& text : texts) append.rows.push_back({"name", "k" + text, text});
  REQUIRE(is_stored(append_and_wait(*log, append)));
  const auto stored = read_all(*log, a);
  REQUIRE(stored.size() == 1);
  REQUIRE(stored[0].texts.size() == texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    CHECK(stored[0].texts[i] == texts[i]);
    const auto row = log->row("name", "k" + texts[i]);
    REQUIRE(row);
    CHECK(row->value == texts[i]);
  }
}

TEST_CASE("contract: only the next seq is stored") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  CHECK(is_error(append_and_wait(*log, commit(a, 0)), AppendError::wrong_seq));
  CHECK(is_error(append_and_wait(*log, commit(a, 2)), AppendError::wrong_seq));
  REQUIRE(is_stored(append_and_wait(*log, commit(a, 1))));
  CHECK(is_error(append_and_wait(*log, commit(a, 1)), AppendError::wrong_seq));
  CHECK(is_error(append_and_wait(*log, commit(a, 3)), AppendError::wrong_seq));
  CHECK(read_all(*log, a).size() == 1);
  CHECK(is_stored(append_and_wait(*log, commit(b, 1))));
}

TEST_CASE("contract: an append is stored whole or not at all, its rows included") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  REQUIRE(is_stored(append_and_wait(*log, rows_only(a, {{"name", "seat", "Kari"}}))));
  Append gap{a, {draft(1), draft(3)}, {{"name", "seat", "Ola"}, {"grant", "g", "1"}}};
  CHECK(is_error(append_and_wait(*log, gap), AppendError::wrong_seq));
  CHECK(log->last_seq(a) == 0);
  CHECK(log->row("name", "seat")->value == "Kari");
  CHECK_FALSE(log->row("grant", "g"));

  Append whole{a, {draft(1, {"one"}), draft(2), draft(3, {"three"})}, {{"name", "seat", "Ola"}}};
  const auto result = append_and_wait(*log, whole);
  REQUIRE(is_stored(result));
  CHECK(std::get<Appended>(result).seq == 3);
  const auto stored = read_all(*log, a);
  REQUIRE(stored.size() == 3);
  CHECK(std::get<Appended>(result).chains ==
        std::vector{stored[0].chain, stored[1].chain, stored[2].chain});
  CHECK(log->row("name", "seat")->value == "Ola");
}

TEST_CASE("contract: rows are replaced, deleted, and listed by workshop and table in key order") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  const auto only_rows = append_and_wait(
      *log, rows_only(a, {{"name", "ø", "3"}, {"name", "a", "1"}, {"name", "b", "2"}}));
  REQUIRE(is_stored(only_rows));
  CHECK(std::get<Appended>(only_rows).seq == 0);
  CHECK(std::get<Appended>(only_rows).chains.empty());
  append_and_wait(*log, rows_only(a, {{"grant", "a", "other table"}}));
  append_and_wait(*log, rows_only(b, {{"name", "c", "other workshop"}}));
  CHECK(keys(log->rows(a, "name")) == std::vector<std::string>{"a", "b", "ø"});
  CHECK(keys(log->rows(b, "name")) == std::vector<std::string>{"c"});
  CHECK(log->row("name", "c")->workshop == b);

  append_and_wait(*log, rows_only(a, {{"name", "a", "4"}, {"name", "b", std::nullopt}}));
  CHECK(keys(log->rows(a, "name")) == std::vector<std::string>{"a", "ø"});
  CHECK(log->row("name", "a")->value == "4");
  CHECK_FALSE(log->row("name", "b"));
  CHECK(log->row("grant", "a")->value == "other table");
  append_and_wait(*log, rows_only(b, {{"name", "a", "5"}}));
  CHECK(keys(log->rows(a, "name")) == std::vector<std::string>{"ø"});
  CHECK(keys(log->rows(b, "name")) == std::vector<std::string>{"a", "c"});
}

TEST_CASE("contract: reading starts where asked and stops when told") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  for (std::uint64_t seq = 1; seq <= 5; ++seq) {
    append_and_wait(*log, commit(a, seq, {"text " + std::to_string(seq)}));
  }
  const auto tail = read_all(*log, a, 4);
  REQUIRE(tail.size() == 2);
  CHECK(tail[0].seq == 4);
  CHECK(tail[0].texts[0] == "text 4");
  CHECK(read_all(*log, a, 6).empty());
  CHECK(read_all(*log, b).empty());

  std::vector<std::uint64_t> visited;
  log->read(a, 1, [&](const StoredCommit& stored) {
    visited.push_back(stored.seq);
    return stored.seq < 2;
  });
  CHECK(visited == std::vector<std::uint64_t>{1, 2});
}

TEST_CASE("contract: a visit may use the log, and does not see what comes meanwhile") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  append_and_wait(*log, commit(a, 1));
  std::size_t visits = 0;
  log->read(a, 1, [&](const StoredCommit& stored) {
    ++visits;
    return is_stored(append_and_wait(*log, commit(a, stored.seq + 1)));
  });
  CHECK(visits == 1);
  CHECK(log->last_seq(a) == 2);
}

TEST_CASE("contract: streams are listed with their last seq") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  CHECK(log->workshops().empty());
  append_and_wait(*log, commit(a, 1));
  append_and_wait(*log, commit(a, 2));
  append_and_wait(*log, commit(b, 1));
  append_and_wait(*log, rows_only(workshop(3), {{"name", "x", "no stream"}}));
  auto listed = log->workshops();
  std::sort(listed.begin(), listed.end());
  CHECK(listed == std::vector<WorkshopId>{a, b});
  CHECK(log->last_seq(a) == 2);
  CHECK(log->last_seq(b) == 1);
  CHECK(log->last_seq(workshop(3)) == 0);
}

TEST_CASE("contract: a header that breaks the rules is the caller's bug and is not answered") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  const auto refuse = [&](std::string header) {
    bool answered = false;
    Append append{a, {{1, std::move(header), {}}}, {}};
    CHECK_THROWS_AS(log->append(append, [&](const AppendResult&) { answered = true; }),
                    std::logic_error);
    CHECK_FALSE(answered);
  };
  refuse("");
  refuse("[]");
  refuse("{");
  refuse("{\"a\":\"" + std::string(header_bytes_max, 'x') + "\"}");
  refuse(seal_header("{}", {Hash{}}));
  CHECK(log->last_seq(a) == 0);
  Append longest{a, {{1, "{\"a\":\"" + std::string(header_bytes_max - 8, 'x') + "\"}", {}}}, {}};
  REQUIRE(longest.commits[0].header.size() == header_bytes_max);
  CHECK(is_stored(append_and_wait(*log, longest)));
}

TEST_CASE("contract: a removed workshop is gone, its rows too, and may begin anew") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  for (const auto& id : {a, b}) {
    auto append = commit(id, 1, {"text"});
    append.rows.push_back({"name", "seat " + to_text(id), "Kari"});
    append_and_wait(*log, append);
  }
  const auto before = read_all(*log, b);
  log->remove(a);
  CHECK(log->last_seq(a) == 0);
  CHECK(read_all(*log, a).empty());
  CHECK(log->rows(a, "name").empty());
  CHECK_FALSE(log->row("name", "seat " + to_text(a)));
  CHECK(log->workshops() == std::vector<WorkshopId>{b});
  CHECK(read_all(*log, b).size() == before.size());
  CHECK(log->rows(b, "name").size() == 1);
  CHECK(log->verify().empty());
  CHECK(is_error(append_and_wait(*log, commit(a, 2)), AppendError::wrong_seq));
  CHECK(is_stored(append_and_wait(*log, commit(a, 1))));
  log->remove(workshop(9));  // nothing there, nothing to say
}

TEST_CASE("contract: erased texts read as nothing, the rest stays and everything verifies") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  append_and_wait(*log, commit(a, 1, {"gone", "stays"}));
  append_and_wait(*log, commit(b, 1, {"other workshop"}));
  Append erasing{a, {}, {{"revision", "key", "redacted"}}};
  erasing.erased = {{1, 0}, {1, 7}, {9, 0}};  // two of them are not there
  REQUIRE(is_stored(append_and_wait(*log, std::move(erasing))));
  log->scrub();
  const std::vector<std::optional<std::string>> left{std::nullopt, "stays"};
  CHECK(read_all(*log, a)[0].texts == left);
  CHECK(read_all(*log, b)[0].texts[0] == "other workshop");
  CHECK(log->row("revision", "key")->value == "redacted");
  CHECK(log->verify().empty());
  REQUIRE(is_stored(append_and_wait(*log, commit(a, 2, {"after"}))));
}

StateSnapshot snapshot_at(std::uint64_t seq) {
  return {"format 1", seq, Hash{7}, std::string("state\0at ", 9) + std::to_string(seq)};
}

TEST_CASE("contract: the newest snapshot of a workshop is kept, beside those of others") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  CHECK_FALSE(log->snapshot(a).snapshot);
  CHECK(log->keep_snapshot(a, 0, snapshot_at(1)));
  CHECK(log->keep_snapshot(a, 0, snapshot_at(2)));
  CHECK(log->keep_snapshot(b, 0, snapshot_at(3)));
  const auto kept = log->snapshot(a).snapshot;
  REQUIRE(kept);
  CHECK(kept->format == "format 1");
  CHECK(kept->seq == 2);
  CHECK(kept->chain == Hash{7});
  CHECK(kept->state == snapshot_at(2).state);
  CHECK(log->snapshot(b).snapshot->seq == 3);
}

TEST_CASE("contract: a snapshot that was begun before others were dropped is not kept") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  CHECK(log->keep_snapshot(a, log->snapshot(a).drops, snapshot_at(1)));
  const auto begun = log->snapshot(a).drops;
  log->drop_snapshot(a);
  CHECK_FALSE(log->snapshot(a).snapshot);
  CHECK_FALSE(log->keep_snapshot(a, begun, snapshot_at(2)));
  CHECK_FALSE(log->snapshot(a).snapshot);
  CHECK(log->keep_snapshot(a, log->snapshot(a).drops, snapshot_at(3)));
  CHECK(log->snapshot(a).snapshot->seq == 3);
  CHECK(log->keep_snapshot(b, begun, snapshot_at(4)));
}

TEST_CASE("contract: a removed workshop leaves no snapshot, nor does one begun before") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  append_and_wait(*log, commit(a, 1, {"text"}));
  const auto begun = log->snapshot(a).drops;
  CHECK(log->keep_snapshot(a, begun, snapshot_at(1)));
  log->remove(a);
  CHECK_FALSE(log->snapshot(a).snapshot);
  CHECK_FALSE(log->keep_snapshot(a, begun, snapshot_at(1)));
}

TEST_CASE("contract: the history is there and stays") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  const auto history = log->history();
  CHECK_FALSE(history.empty());
  append_and_wait(*log, commit(a, 1));
  log->remove(a);
  CHECK(log->history() == history);
}

TEST_CASE("contract: what was stored verifies") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  CHECK(log->verify().empty());
  for (std::uint64_t seq = 1; seq <= 3; ++seq) {
    append_and_wait(*log, commit(a, seq, {"one", "", "three"}));
    append_and_wait(*log, commit(b, seq));
  }
  CHECK(log->verify().empty());
}

TEST_CASE("contract: `done` may append again") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  std::promise<AppendResult> last;
  std::function<void(std::uint64_t)> next = [&](std::uint64_t seq) {
    log->append(commit(a, seq), [&, seq](const AppendResult& result) {
      if (seq == 20 || !is_stored(result)) {
        last.set_value(result);
      } else {
        next(seq + 1);
      }
    });
  };
  next(1);
  const auto result = last.get_future().get();
  REQUIRE(is_stored(result));
  CHECK(std::get<Appended>(result).seq == 20);
}

TEST_CASE("contract: closing answers what is under way and refuses what comes") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  std::vector<std::future<AppendResult>> answers;
  for (std::uint64_t seq = 1; seq <= 100; ++seq) {
    answers.push_back(start_append(*log, commit(a, seq, {"text"})));
  }
  log->close();
  CHECK(is_error(append_and_wait(*log, commit(a, 101)), AppendError::closed));
  for (auto& answer : answers) CHECK(is_stored(answer.get()));
  log->close();
}

TEST_CASE("contract: many workshops at once: each answer once, in order, all stored") {
  const auto log = each_engine();
  CAPTURE(log.engine);
  constexpr int threads = 4;
  constexpr int workshops_each = 3;
  constexpr std::uint64_t commits = 100;
  std::mutex mutex;
  std::map<WorkshopId, std::vector<std::uint64_t>> answered;
  const auto own = [&](int first) {
    for (std::uint64_t seq = 1; seq <= commits; ++seq) {
      for (int i = 0; i < workshops_each; ++i) {
        const auto id = workshop(first + i);
        log->append(commit(id, seq, {"text"}), [&, id](const AppendResult& result) {
          const std::lock_guard lock(mutex);
          answered[id].push_back(is_stored(result) ? std::get<Appended>(result).seq : 0);
        });
      }
    }
  };
  std::vector<std::thread> owners;
  for (int i = 0; i < threads; ++i) owners.emplace_back(own, 1 + i * workshops_each);
  for (auto& owner : owners) owner.join();
  // Later in the queue than all of them, so its answer comes last.
  REQUIRE(is_stored(append_and_wait(*log, commit(workshop(200), 1))));

  std::vector<std::uint64_t> expected;
  for (std::uint64_t seq = 1; seq <= commits; ++seq) expected.push_back(seq);
  REQUIRE(answered.size() == threads * workshops_each);
  for (const auto& [id, seqs] : answered) {
    CHECK(seqs == expected);
    CHECK(read_all(*log, id).size() == commits);
  }
  CHECK(log->verify().empty());
}

}  // namespace
}  // namespace rundbord::log
