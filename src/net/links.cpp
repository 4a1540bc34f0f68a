#include "net/links.hpp"

namespace rundbord::net {
namespace {

std::string with_secret(std::string_view base, std::string_view page, const WorkshopId& workshop,
                        std::string_view secret) {
  return std::string(base) + std::string(page) + '#' + to_text(workshop) + '.' +
         std::string(secret);
}

}  // namespace

std::string organiser_link(std::string_view base, const WorkshopId& workshop,
                           std::string_view secret) {
  return with_secret(base, "/console", workshop, secret);
}

std::string projector_link(std::string_view base, const WorkshopId& workshop,
                           std::string_view secret) {
  return with_secret(base, "/projector", workshop, secret);
}

std::string seat_link(std::string_view base, const WorkshopId& workshop, std::string_view secret) {
  return with_secret(base, "/room", workshop, secret);
}

std::string join_link(std::string_view base, const access::JoinCode& code) {
  return std::string(base) + '/' + access::shown(code);
}

std::string room_link(std::string_view base, const access::JoinCode& code, int room) {
  return join_link(base, code) + '/' + std::to_string(room);
}

std::string server_link(std::string_view base, std::string_view secret) {
  return std::string(base) + "/new#" + std::string(secret);
}

}  // namespace rundbord::net
