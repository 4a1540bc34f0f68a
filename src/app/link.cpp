// rundbord link: prints the server link again, or how to join one workshop.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <future>
#include <iostream>
#include <memory>
#include <string>
#include <variant>

#include "access/rights.hpp"
#include "access/secret.hpp"
#include "access/server_link.hpp"
#include "app/commands.hpp"
#include "app/places.hpp"
#include "app/qr.hpp"
#include "app/say.hpp"
#include "log/sqlite_log.hpp"
#include "net/links.hpp"

namespace rundbord::app {
namespace {

struct Options {
  std::filesystem::path folder;
  std::string public_url;
  std::string workshop;
  bool new_organiser_link = false;
};

std::string url_of(const Options& options) {
  auto url = options.public_url;
  if (url.empty()) url = remembered_url(options.folder).value_or("http://127.0.0.1:8080");
  while (!url.empty() && url.back() == '/') url.pop_back();
  return url;
}

int print_server_link(const Options& options) {
  const auto secret = access::read_server_secret(options.folder);
  if (const auto* error = std::get_if<access::ServerLinkError>(&secret)) {
    return fail(error->sentence);
  }
  std::cout << net::server_link(url_of(options), std::get<std::string>(secret)) << '\n';
  return 0;
}

int print_workshop(const Options& options) {
  const auto id = id_from_text<WorkshopId>(options.workshop);
  if (!id) return fail('"' + options.workshop + "\" is not the id of a workshop");
  log::SqliteLog log({.folder = options.folder, .mode = log::SqliteOptions::Mode::read});
  const auto code = access::find_code(log, *id);
  if (!code) return fail("there is no workshop " + options.workshop);
  const auto join_link = net::join_link(url_of(options), *code);
  std::cout << "Code:  " << shown(*code) << "\nJoin:  " << join_link << "\n\n"
            << terminal_qr(join_link)
            << "\nOf workshop links only a hash is kept; with --new-organiser-link, while the\n"
               "server is stopped, another one is made.\n";
  return 0;
}

bool store(log::EventLog& log, log::Append append) {
  std::promise<log::AppendResult> stored;
  auto result = stored.get_future();
  log.append(std::move(append), [&](const log::AppendResult& done) { stored.set_value(done); });
  return std::holds_alternative<log::Appended>(result.get());
}

// Of a link only the hash is stored, so a lost one is replaced by another beside it.
int make_organiser_link(const Options& options) {
  const auto id = id_from_text<WorkshopId>(options.workshop);
  if (!id) return fail('"' + options.workshop + "\" is not the id of a workshop");
  log::SqliteLog log({.folder = options.folder});
  if (log.last_seq(*id) == 0) return fail("there is no workshop " + options.workshop);
  const auto secret = access::draw_secret(access::system_random());
  if (!store(log, {*id, {}, {access::grant_row(secret, access::organiser_rights())}})) {
    return fail("the new link could not be stored");
  }
  std::cout << net::organiser_link(url_of(options), *id, secret) << '\n';
  return 0;
}

int link(const Options& options) {
  if (options.workshop.empty()) return print_server_link(options);
  if (options.new_organiser_link) return make_organiser_link(options);
  return print_workshop(options);
}

}  // namespace

void add_link(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand("link", "Print the server link again, or how to join");
  command->footer(
      "The server link may create workshops: keep it to yourself.\n"
      "Example: rundbord link --data ~/rundbord");
  auto options = std::make_shared<Options>();
  command->add_option("--data", options->folder, "The data folder")->required()->type_name("DIR");
  command->add_option("--workshop", options->workshop, "Print this workshop's code and QR instead")
      ->type_name("ID");
  command
      ->add_option("--public-url", options->public_url,
                   "Where people reach the server; as it was last started when not said")
      ->type_name("URL");
  command
      ->add_flag("--new-organiser-link", options->new_organiser_link,
                 "Make one more workshop link (with --workshop, while the server is stopped)")
      ->needs("--workshop");
  command->callback([options, &chosen] { chosen = [options] { return link(*options); }; });
}

}  // namespace rundbord::app
