#include "running_server.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "access/server_link.hpp"
#include "source_dir.hpp"

namespace rundbord::net {

RunningServer::RunningServer(ServerOptions options, log::EventLog* log, TicketBudget tickets)
    : log_(log ? *log : memory_), secret_(access::draw_secret(access::system_random())) {
  options.listen.port = 0;
  options.server_secret = secret_;
  if (tickets == TicketBudget::none) options.ticket_limit.at_once_max = 1e9;
  auto ready = std::make_shared<std::promise<Ready>>();
  options.on_ready = [ready](const Ready& now) { ready->set_value(now); };
  server_.emplace(log_, std::move(options));
  thread_ = std::thread([this, ready] {
    if (const auto failure = server_->run()) {
      ready->set_exception(std::make_exception_ptr(std::runtime_error(failure->sentence)));
    }
  });
  ready_ = ready->get_future().get();
}

void RunningServer::stop() {
  if (!thread_.joinable()) return;
  server_->stop();
  thread_.join();
}

MadeWorkshop RunningServer::make_workshop() const {
  const auto reply = ask_as(secret_, "POST", "/api/v1/workshops", small_workshop().dump());
  if (reply.status != 201) throw std::runtime_error(reply.body);
  const auto made = reply.json();
  return {made["id"], made["code"], secret_of(made["workshop_link"]),
          secret_of(made["projector_link"])};
}

std::string RunningServer::ticket(const MadeWorkshop& workshop, const std::string& secret) const {
  const auto reply = ask_as(secret, "POST", "/api/v1/workshops/" + workshop.id + "/ticket");
  if (reply.status != 200) throw std::runtime_error(reply.body);
  return reply.json()["ticket"];
}

Socket RunningServer::open(const MadeWorkshop& workshop, const std::string& secret) const {
  return Socket(port(), "/ws/" + workshop.id + "?ticket=" + ticket(workshop, secret));
}

std::string secret_of(const std::string& link) {
  return access::secret_in_link(link);
}

nlohmann::json small_workshop() {
  return nlohmann::json::parse(R"({"settings":{"title":{"nb":"Prøve"},"language":"nb"},
    "programme":{"sittings":[{"number":1,"title":{"nb":"Økt"}}],
      "tasks":[{"number":1,"sitting":1,"title":{"nb":"Oppgave"},"instructions":[],
        "questions":[{"number":1,"form":"open","text":{"nb":"Hva er viktig?"},"earlier":[]}],
        "cycles":[{"questions":[1],"steps":[{"step":"dialogue"}]}]}],
      "material":[]},
    "roles":[],"rooms":2})");
}

std::vector<protocol::Template> own_templates() {
  std::vector<protocol::Template> templates;
  const auto folder = source_dir() / "templates";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".toml") continue;
    std::stringstream toml;
    toml << std::ifstream(entry.path()).rdbuf();
    auto parsed = protocol::parse_template(toml.str(), entry.path().string());
    templates.push_back(std::get<protocol::Template>(std::move(parsed)));
  }
  return templates;
}

}  // namespace rundbord::net
