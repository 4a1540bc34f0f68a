// The rundbord binary: reads the command line and runs the one command it names.
#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "app/commands.hpp"
#include "app/say.hpp"
#include "log/event_log.hpp"

// Read by jemalloc before main. A workshop read beside the live one to keep its state, and large
// messages and snapshots, would otherwise stay resident when they are gone: a thread of the pool
// that has nothing to do gives nothing back. Twice as much memory was held without it.
extern "C" {
extern const char* const malloc_conf;
const char* const malloc_conf =
    "background_thread:true,dirty_decay_ms:1000,muzzy_decay_ms:0,oversize_threshold:131072";
}

namespace rundbord::app {
namespace {

const CLI::App* chosen_in(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? &app : chosen_in(*chosen.front());
}

// Help goes to standard output; a mistake is one sentence on standard error.
int usage(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return app.exit(error);
  std::string command = "rundbord";
  const auto* chosen = chosen_in(app);
  if (chosen != &app) command += ' ' + chosen->get_name();
  say_error(std::string(error.what()) + "; see " + command + " --help");
  return wrong_usage;
}

int run(const Chosen& chosen) {
  try {
    return chosen();
  } catch (const log::LogError& error) {
    return fail(error.sentence);
  } catch (const std::exception& error) {
    return fail(std::string("stopped by an unexpected error: ") + error.what());
  }
}

int main_of(int argc, char** argv) {
  CLI::App app("Rundbord runs structured group dialogues: rooms, turns, notes and summaries.");
  app.name("rundbord");
  app.require_subcommand(1);
  app.set_help_all_flag("--help-all", "Help of every command");
  app.footer("Example: rundbord serve --data ~/rundbord");
  Chosen chosen;
  add_serve(app, chosen);
  add_replay(app, chosen);
  add_export(app, chosen);
  add_verify(app, chosen);
  add_backup(app, chosen);
  add_restore(app, chosen);
  add_link(app, chosen);
  add_template(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage(app, error);
  }
  return run(chosen);
}

}  // namespace
}  // namespace rundbord::app

int main(int argc, char** argv) {
  return rundbord::app::main_of(argc, argv);
}
