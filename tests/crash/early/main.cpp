// The planted fault of the kill trial: a server that says `ok` before the commit is on the disk. It
// takes the arguments that the tests start the real one with.
#include <CLI/CLI.hpp>
#include <iostream>
#include <utility>

#include "log/sqlite_log.hpp"
#include "net/server.hpp"

namespace rundbord::crash {
namespace {

class EarlyLog final : public log::EventLog {
 public:
  explicit EarlyLog(log::EventLog& inner) : inner_(inner) {}

  void append(log::Append append, log::AppendDone done) override {
    done(log::Appended{append.commits.empty() ? 0 : append.commits.back().seq, {}});
    inner_.append(std::move(append), [](const log::AppendResult&) {});
  }
  void read(const WorkshopId& workshop, std::uint64_t from,
            const std::function<bool(const log::StoredCommit&)>& visit) override {
    inner_.read(workshop, from, visit);
  }
  std::uint64_t last_seq(const WorkshopId& workshop) override { return inner_.last_seq(workshop); }
  std::vector<WorkshopId> workshops() override { return inner_.workshops(); }
  std::optional<log::Row> row(std::string_view table, std::string_view key) override {
    return inner_.row(table, key);
  }
  std::vector<log::Row> rows(const WorkshopId& workshop, std::string_view table) override {
    return inner_.rows(workshop, table);
  }
  void remove(const WorkshopId& workshop) override { inner_.remove(workshop); }
  std::string history() override { return inner_.history(); }
  std::vector<log::Broken> verify() override { return inner_.verify(); }
  void close() override { inner_.close(); }

 private:
  log::EventLog& inner_;
};

int serve(const std::string& folder, const std::string& listen) {
  log::SqliteLog stored({.folder = folder});
  EarlyLog early(stored);
  net::ServerOptions options;
  options.listen = *net::read_host_port(listen);
  options.on_ready = [](const net::Ready& ready) {
    std::cout << "listening on " << ready.url << std::endl;
  };
  net::Server server(early, std::move(options));
  return server.run() ? 1 : 0;
}

int run(int count, char** words) {
  CLI::App app("a server that says ok too early");
  std::string folder;
  std::string listen;
  std::string metrics;
  auto* command = app.add_subcommand("serve");
  command->add_option("--data", folder);
  command->add_option("--listen", listen);
  command->add_option("--metrics", metrics);
  CLI11_PARSE(app, count, words);
  return serve(folder, listen);
}

}  // namespace
}  // namespace rundbord::crash

int main(int count, char** words) {
  return rundbord::crash::run(count, words);
}
