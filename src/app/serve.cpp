// rundbord serve: wires log, access, documents and net together and runs until it is told to stop.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "access/server_link.hpp"
#include "app/commands.hpp"
#include "app/documents.hpp"
#include "app/logging.hpp"
#include "app/places.hpp"
#include "app/say.hpp"
#include "app/serve_options.hpp"
#include "archive/erasure_list.hpp"
#include "log/sqlite_log.hpp"
#include "net/links.hpp"
#include "net/server.hpp"
#include "protocol/template.hpp"

namespace rundbord::app {
namespace {

namespace fs = std::filesystem;

constexpr auto default_listen = "127.0.0.1:8080";
constexpr auto default_metrics = "127.0.0.1:9464";

// Ends the start with exit code 1 and its sentence.
struct CannotStart {
  std::string sentence;
};

net::HostPort address_of(const std::string& text, const std::string& option) {
  const auto address = net::read_host_port(text);
  if (!address) throw CannotStart{option + " is ADDR:PORT, such as 127.0.0.1:8080, not " + text};
  return *address;
}

std::optional<int> rate_from(const std::string& text) {
  const bool digits =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (text.empty() || text.size() > 4 || !digits || std::stoi(text) < 1) return std::nullopt;
  return std::stoi(text);
}

// In order of the file names, so that the list people choose from stays the same.
std::vector<protocol::Template> read_templates(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!folder.empty()) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<protocol::Template> templates;
  for (const auto& file : files) {
    auto outcome = protocol::parse_template(read_text_file(file).value_or(""), file.string());
    if (const auto* errors = std::get_if<std::vector<protocol::TemplateError>>(&outcome)) {
      throw CannotStart{to_text(errors->front())};
    }
    templates.push_back(std::move(std::get<protocol::Template>(outcome)));
  }
  return templates;
}

std::string secret_in(const fs::path& folder) {
  auto secret = access::server_secret(folder, access::system_random());
  if (const auto* error = std::get_if<access::ServerLinkError>(&secret)) {
    throw CannotStart{error->sentence};
  }
  return std::get<std::string>(secret);
}

// Where it listens is this machine's business; the links are for people, who may come by a proxy.
void say_ready(const fs::path& folder, const net::ServerOptions& options, const net::Ready& ready) {
  remember_url(folder, ready.url);
  const net::HostPort address{options.listen.host, ready.port};
  std::cout << "listening on http://" << net::to_text(address)
            << "\nserver link: " << net::server_link(ready.url, options.server_secret) << std::endl;
}

// The whole workshop: its words are in backups too.
archive::ErasureRecord deletion_of(const WorkshopId& workshop) {
  const auto now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
  return {workshop, {}, now, std::nullopt};
}

// Deletions that were noted when the last process ended, but not done.
void finish_deletions(log::EventLog& log, const archive::ErasureList& list) {
  for (const auto& record : list.read()) {
    if (!record.what && log.last_seq(record.workshop) > 0) log.remove(record.workshop);
  }
}

// Waiting for a disk that hangs helps nobody: the next start finds all that was acknowledged.
void end_without_log() {
  say_error("the disk did not answer while stopping; all that was acknowledged is on it");
  std::_Exit(1);
}

net::ServerOptions net_options(const ServeOptions& options, log::EventLog& log) {
  net::ServerOptions net;
  net.listen = address_of(options.listen.value_or(default_listen), "--listen");
  net.public_url = options.public_url;
  const auto metrics = options.metrics.value_or(default_metrics);
  if (metrics != "off") net.metrics = address_of(metrics, "--metrics");
  net.trusted_proxies = options.trusted_proxies;
  if (options.reconnects_per_minute) {
    const auto rate = rate_from(*options.reconnects_per_minute);
    if (!rate) throw CannotStart{"reconnects-per-minute is a whole number from 1 to 9999"};
    net.ticket_limit.per_minute_max = *rate;
    net.ticket_limit.at_once_max = std::max<double>(net.ticket_limit.at_once_max, *rate);
  }
  net.web_folder = options.web.value_or(find_web_folder());
  net.templates = read_templates(options.templates.value_or(find_templates_folder()));
  net.server_secret = secret_in(*options.folder);
  net.stop_on_signals = true;
  net.export_document = [&log](const auto& asked) { return export_document(log, asked); };
  net.search = [&log](const auto& asked) { return search_workshop(log, asked); };
  net.write_revision = [&log](const auto& asked) { return write_revision(log, asked); };
  const auto list =
      std::make_shared<archive::ErasureList>(archive::erasure_list_in(*options.folder));
  finish_deletions(log, *list);
  net.erase_words = [&log, list](const auto& id) { return erase_words(log, id, *list); };
  net.note_deletion = [list](const auto& id) { list->add({deletion_of(id)}); };
  net.on_stuck = end_without_log;
  net.on_ready = [folder = *options.folder, told = net](const auto& ready) {
    say_ready(folder, told, ready);
  };
  return net;
}

int run(const ServeOptions& options) {
  log_to_standard_error();
  log::SqliteLog log({.folder = *options.folder});
  try {
    net::Server server(log, net_options(options, log));
    const auto failure = server.run();
    return failure ? fail(failure->sentence) : 0;
  } catch (const CannotStart& refused) {
    return fail(refused.sentence);
  }
}

int serve(ServeOptions options, const std::string& config) {
  if (!config.empty()) {
    const auto toml = read_text_file(config);
    if (!toml) return fail(config + " cannot be read");
    if (const auto fault = add_config(options, *toml, config)) return fail(*fault);
  }
  if (!options.folder) {
    say_error("serve needs --data DIR, or `data` in the --config file; see rundbord serve --help");
    return wrong_usage;
  }
  return run(options);
}

struct Given {
  ServeOptions options;
  std::string config;
};

// What CLI11 shows when a value is not of the form; empty: it is.
std::string unfit_address(const std::string& text) {
  if (net::read_host_port(text)) return "";
  return '"' + text + "\" is not of the form ADDR:PORT, such as 127.0.0.1:8080";
}
std::string unfit_metrics(const std::string& text) {
  return text == "off" ? "" : unfit_address(text);
}

std::string unfit_rate(const std::string& text) {
  if (rate_from(text)) return "";
  return '"' + text + "\" is not a whole number from 1 to 9999";
}

void add_options(CLI::App& command, Given& given) {
  auto& options = given.options;
  command.add_option("--data", options.folder, "The data folder, made when it is missing")
      ->type_name("DIR");
  command.add_option("--listen", options.listen, "Where to listen [127.0.0.1:8080]")
      ->type_name("ADDR:PORT")
      ->check(unfit_address, "");
  command.add_option("--public-url", options.public_url, "The address people reach it by")
      ->type_name("URL");
  command.add_option("--metrics", options.metrics, "Where metrics are, or off [127.0.0.1:9464]")
      ->type_name("ADDR:PORT")
      ->check(unfit_metrics, "");
  command
      .add_option("--trusted-proxy", options.trusted_proxies,
                  "A network whose X-Forwarded-For is believed; may be given again")
      ->type_name("CIDR");
  command
      .add_option("--reconnects-per-minute", options.reconnects_per_minute,
                  "How often one browser may come back before it has to wait [10]")
      ->type_name("N")
      ->check(unfit_rate, "");
  command.add_option("--config", given.config, "A TOML file with these options as keys")
      ->type_name("FILE");
  command.add_option("--web", options.web, "The browser client as built")->type_name("DIR");
  command.add_option("--templates", options.templates, "The workshop templates")->type_name("DIR");
}

}  // namespace

void add_serve(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand("serve", "Run the server until SIGTERM or Ctrl+C");
  command->footer(
      "Prints `listening on http://…` when it is ready, and the server link.\n"
      "Example: rundbord serve --data ~/rundbord --listen 0.0.0.0:8080 \\\n"
      "           --public-url https://rundbord.example");
  auto given = std::make_shared<Given>();
  add_options(*command, *given);
  command->callback(
      [given, &chosen] { chosen = [given] { return serve(given->options, given->config); }; });
}

}  // namespace rundbord::app
