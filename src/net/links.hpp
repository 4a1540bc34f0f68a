// The links people are given. Secrets stand in the fragment only, which browsers keep to
// themselves; a room's link holds nothing but the public code. Pure functions: any thread.
#pragma once
#include <string>
#include <string_view>

#include "access/join_code.hpp"
#include "domain/ids.hpp"

namespace rundbord::net {

// "…/console#<workshop>.<secret>"
std::string organiser_link(std::string_view base, const WorkshopId& workshop,
                           std::string_view secret);
std::string projector_link(std::string_view base, const WorkshopId& workshop,
                           std::string_view secret);
std::string seat_link(std::string_view base, const WorkshopId& workshop, std::string_view secret);
std::string join_link(std::string_view base, const access::JoinCode& code);  // "…/XXXX-XXXX"
std::string room_link(std::string_view base, const access::JoinCode& code, int room);
std::string server_link(std::string_view base, std::string_view secret);  // "…/new#<secret>"

}  // namespace rundbord::net
