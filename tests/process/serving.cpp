#include "process/serving.hpp"

#include <signal.h>
#include <stdlib.h>

#include <stdexcept>

namespace rundbord::process {

TemporaryFolder::TemporaryFolder() {
  auto name = (std::filesystem::temp_directory_path() / "rundbord-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Serving::Serving(std::filesystem::path folder, std::string program)
    : folder_(std::move(folder)), program_(std::move(program)) {
  start();
}

void Serving::start() {
  begin();
  await_ready();
}

void Serving::begin() {
  const std::vector<std::string> arguments{
      "serve", "--data", folder_.string(), "--listen", address(), "--metrics", "off"};
  child_ = program_.empty() ? std::make_unique<Child>(arguments)
                            : std::make_unique<Child>(program_, arguments);
}

void Serving::await_ready() {
  const std::string ready = "listening on ";
  const auto line = child_->next_line();
  if (!line || line->rfind(ready, 0) != 0) {
    throw std::runtime_error("the server did not start: " +
                             child_->next_error_line().value_or("it said nothing"));
  }
  url_ = line->substr(ready.size());
}

void Serving::kill_hard() {
  child_->signal(SIGKILL);
  child_->wait();
}

int Serving::stop() {
  ask_to_stop();
  return wait();
}

void Serving::ask_to_stop() {
  child_->signal(SIGTERM);
}

int Serving::wait() {
  return child_->wait();
}

}  // namespace rundbord::process
