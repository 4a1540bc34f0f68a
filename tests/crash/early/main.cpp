// The planted fault of the kill trial: a server that says `ok` before the commit is on the disk. It
// takes the arguments that the tests start the real one with.
#include <CLI/CLI.hpp>
#include <iostream>
#include <utility>
#include <vector>

#include "forwarding_log.hpp"
#include "log/sqlite_log.hpp"
#include "net/server.hpp"

namespace rundbord::crash {
namespace {

class EarlyLog final : public log::ForwardingLog {
 public:
  using ForwardingLog::ForwardingLog;

  void append(log::Append append, log::AppendDone done) override {
    const auto& commits = append.commits;
    const std::vector<log::Hash> chains(commits.size());
    done(log::Appended{commits.empty() ? 0 : commits.back().seq, chains});
    ForwardingLog::append(std::move(append), [](const log::AppendResult&) {});
  }
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
