// rundbord replay: plays a seminar file against a server, and says whether all of it was kept.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <system_error>
#include <variant>

#include "access/server_link.hpp"
#include "app/commands.hpp"
#include "app/places.hpp"
#include "app/replay_run.hpp"
#include "app/say.hpp"
#include "app/seminar_file.hpp"

namespace rundbord::app {
namespace {

struct Options {
  std::filesystem::path file;
  std::string server;
  std::string server_link;
  std::filesystem::path folder;
  std::string speed = "1";
  bool keep_open = false;
};

// At speed 1 a line comes as often as people write one.
constexpr double line_every_ms = 10'000;

using Complaint = std::string;

std::variant<Seminar, Complaint> read_file(const std::filesystem::path& path) {
  const auto text = read_text_file(path);
  if (!text) return path.string() + " cannot be read";
  return read_seminar(*text);
}

std::variant<std::string, access::ServerLinkError> secret_for(const Options& options) {
  if (!options.folder.empty()) return access::read_server_secret(options.folder);
  auto secret = access::secret_in_link(options.server_link);
  if (secret.empty()) return access::ServerLinkError{"the server link holds no secret"};
  return secret;
}

// Nothing for what is neither "max" nor a positive number.
std::optional<Duration> between_lines(const std::string& speed) {
  if (speed == "max") return Duration::zero();
  std::istringstream in(speed);
  double times = 0;
  if (!(in >> times) || in.peek() != EOF || times < 1e-3 || times > 1e6) return std::nullopt;
  return Duration(static_cast<Duration::rep>(line_every_ms / times));
}

int tell(const ReplayResult& result) {
  for (const auto& sentence : result.faults) say_error(sentence);
  const nlohmann::ordered_json line = {{"workshop", result.workshop},
                                       {"workshop_link", result.workshop_link},
                                       {"notes", result.notes},
                                       {"rooms", result.rooms},
                                       {"seconds", result.seconds}};
  std::cout << line.dump() << '\n';
  return result.faults.empty() ? 0 : 1;
}

int replay(const Options& options) {
  const auto seminar = read_file(options.file);
  if (const auto* complaint = std::get_if<Complaint>(&seminar)) return fail(*complaint);
  const auto secret = secret_for(options);
  if (const auto* error = std::get_if<access::ServerLinkError>(&secret)) {
    return fail(error->sentence);
  }
  ReplayOptions run;
  run.server = *address_from_url(options.server);
  run.server_secret = std::get<std::string>(secret);
  run.between_lines = *between_lines(options.speed);
  run.keep_open = options.keep_open;
  try {
    return tell(run_replay(std::get<Seminar>(seminar), run));
  } catch (const std::system_error& error) {
    return fail(options.server + " cannot be found: " + error.what());
  }
}

// What CLI11 shows when a value is not of the form; empty: it is.
std::string unfit_speed(const std::string& speed) {
  return between_lines(speed) ? "" : "--speed is a number from 0.001 to 1000000, or max";
}
std::string unfit_server(const std::string& url) {
  return address_from_url(url) ? "" : "--server is an address such as http://127.0.0.1:8080";
}

}  // namespace

void add_replay(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand("replay", "Play a seminar file against a running server");
  command->footer(
      "Exit code 0 only if everything sent was acknowledged and read back unchanged. The last\n"
      "line of output is JSON: workshop, workshop_link, notes, rooms, seconds.\n"
      "Example: rundbord replay tests/seminar/seminar.json --server http://127.0.0.1:8080 \\\n"
      "           --data ~/rundbord --speed max");
  auto options = std::make_shared<Options>();
  command->add_option("SEMINAR", options->file, "The seminar file (JSON)")
      ->required()
      ->type_name("");
  command->add_option("--server", options->server, "Where the server listens")
      ->required()
      ->type_name("URL")
      ->check(unfit_server, "");
  auto* right = command->add_option_group("right", "The right to create workshops, one of:");
  right->add_option("--server-link", options->server_link, "The server link")->type_name("LINK");
  right->add_option("--data", options->folder, "The data folder it lies in")->type_name("DIR");
  right->require_option(1);
  command->add_option("--speed", options->speed, "1: ten seconds between lines; 10: one; max: none")
      ->type_name("N")
      ->capture_default_str()
      ->check(unfit_speed, "");
  command->add_flag("--keep-open", options->keep_open, "Do not close the workshop at the end");
  command->callback([options, &chosen] { chosen = [options] { return replay(*options); }; });
}

}  // namespace rundbord::app
