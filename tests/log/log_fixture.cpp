#include "log_fixture.hpp"

#include <stdlib.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

#include "log/faulty_log.hpp"
#include "log/memory_log.hpp"
#include "log/sqlite_log.hpp"

namespace rundbord::log {

TemporaryFolder::TemporaryFolder() {
  auto name = (std::filesystem::temp_directory_path() / "rundbord-test-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // a folder left behind is not what the test is about
  std::filesystem::remove_all(path_, ignored);
}

WorkshopId workshop(int number) {
  WorkshopId id;
  id.bytes[0] = static_cast<std::uint8_t>(number);
  return id;
}

SaltSource counted_salts() {
  return [count = std::uint8_t{0}]() mutable {
    Salt salt{};
    salt[0] = ++count;
    return salt;
  };
}

CommitDraft draft(std::uint64_t seq, std::vector<std::string> texts) {
  return {seq, R"({"seq":)" + std::to_string(seq) + R"(,"events":["note_written"]})",
          std::move(texts)};
}

Append commit(const WorkshopId& workshop, std::uint64_t seq, std::vector<std::string> texts) {
  return {workshop, {draft(seq, std::move(texts))}, {}};
}

std::future<AppendResult> start_append(EventLog& log, Append append) {
  const auto answer = std::make_shared<std::promise<AppendResult>>();
  auto future = answer->get_future();
  log.append(std::move(append),
             [answer](const AppendResult& result) { answer->set_value(result); });
  return future;
}

AppendResult append_and_wait(EventLog& log, Append append) {
  return start_append(log, std::move(append)).get();
}

bool is_stored(const AppendResult& result) {
  return std::holds_alternative<Appended>(result);
}

bool is_error(const AppendResult& result, AppendError error) {
  const auto* found = std::get_if<AppendError>(&result);
  return found && *found == error;
}

std::vector<StoredCommit> read_all(EventLog& log, const WorkshopId& workshop, std::uint64_t from) {
  std::vector<StoredCommit> commits;
  log.read(workshop, from, [&](const StoredCommit& commit) {
    commits.push_back(commit);
    return true;
  });
  return commits;
}

std::string dump(EventLog& log) {
  std::string all;
  for (const auto& id : log.workshops()) {
    all += to_text(id) + "\n";
    for (const auto& stored : read_all(log, id)) {
      all += std::to_string(stored.seq) + stored.header + to_hex(stored.chain) + "\n";
      for (const auto& text : stored.texts) all += text ? "text:" + *text + "\n" : "erased\n";
    }
  }
  return all;
}

std::string bytes_of_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool file_holds(const std::filesystem::path& file, const std::string& bytes) {
  return bytes_of_file(file).find(bytes) != std::string::npos;
}

std::string error_code(const std::function<void()>& action) {
  try {
    action();
  } catch (const LogError& error) {
    return error.code;
  }
  return "";
}

OpenedLog open_engine(const std::string& name) {
  if (name == "memory") return {name, nullptr, std::make_unique<MemoryLog>(counted_salts())};
  if (name == "faulty") {
    return {name, nullptr,
            std::make_unique<FaultyLog>(std::make_unique<MemoryLog>(counted_salts()))};
  }
  auto folder = std::make_unique<TemporaryFolder>();
  auto log = std::make_unique<SqliteLog>(
      SqliteOptions{folder->path(), SqliteOptions::Mode::serve, counted_salts()});
  return {name, std::move(folder), std::move(log)};
}

SaltSource WriterGate::salts() {
  return [state = state_] {
    if (!state->used) {
      state->used = true;
      state->blocked.set_value();
      state->opened.get_future().wait();
    }
    return Salt{};
  };
}

void WriterGate::wait_until_blocked() {
  state_->blocked.get_future().wait();
}

void WriterGate::open() {
  state_->opened.set_value();
}

}  // namespace rundbord::log
