#include "contender.hpp"

#include <stdexcept>

namespace rundbord::bench {
namespace {

std::vector<std::string> command_of(const ContenderKind& kind, const std::string& folder) {
  std::vector<std::string> words{"node"};
  words.insert(words.end(), kind.script.begin(), kind.script.end());
  words[1] = RUNDBORD_SOURCE_DIR "/tests/bench/peers/" + words[1];
  words.insert(words.end(), {"--data", folder});
  return words;
}

}  // namespace

const ContenderKind ours{"rundbord", {}};

Contender::Contender(const ContenderKind& kind, const PreparedSize& size) : kind_(kind) {
  if (is_ours()) {
    prepared_ = prepare(folder_.path(), size);
    serve(folder_.path());
  } else {
    prepared_ = people_of(size);
    serve_peer();
  }
}

Contender::Contender(const std::filesystem::path& folder, const Prepared& prepared)
    : kind_(ours), prepared_(prepared) {
  serve(folder);
}

void Contender::serve_peer() {
  const auto command = command_of(kind_, folder_.path().string());
  peer_ = std::make_unique<process::Child>("/usr/bin/env", command);
  const std::string ready = "listening on ";
  const auto line = peer_->next_line();
  if (!line || line->rfind(ready, 0) != 0) {
    throw std::runtime_error("the peer " + kind_.name + " did not start: " +
                             peer_->next_error_line().value_or("it said nothing"));
  }
  url_ = line->substr(ready.size());
  pid_ = peer_->pid();
}

void Contender::serve(const std::filesystem::path& folder) {
  serving_ = std::make_unique<process::Serving>(folder);
  url_ = serving_->url();
  pid_ = serving_->pid();
}

app::Client Contender::client() const {
  return app::Client(*app::address_from_url(url_));
}

}  // namespace rundbord::bench
