// The commands of the binary, one .cpp each: every function adds its options to the command line
// and, when it is the one chosen, what to run. Called by main; one thread.
#pragma once
#include <functional>

namespace CLI {
class App;
}

namespace rundbord::app {

// Runs the chosen command and returns the exit code: 0, or 1 for failure. May throw log::LogError.
using Chosen = std::function<int()>;

void add_serve(CLI::App& app, Chosen& chosen);
void add_replay(CLI::App& app, Chosen& chosen);
void add_export(CLI::App& app, Chosen& chosen);
void add_verify(CLI::App& app, Chosen& chosen);
void add_backup(CLI::App& app, Chosen& chosen);
void add_restore(CLI::App& app, Chosen& chosen);
void add_link(CLI::App& app, Chosen& chosen);
void add_template(CLI::App& app, Chosen& chosen);

}  // namespace rundbord::app
