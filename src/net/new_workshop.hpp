// What an organiser sends to make a workshop, read into the fields of create_workshop; and a
// workshop turned back into that form, without answers. Pure functions: any thread.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <variant>
#include <vector>

#include "domain/rejection.hpp"
#include "protocol/template.hpp"

namespace rundbord::net {

// From {template, language, title, rooms, label?, authorship?, facilitator_turn?, assignment?}, or
// {settings, programme, roles, rooms} as they are. A missing title is the template's.
std::variant<nlohmann::json, Rejection> new_workshop_fields(
    const nlohmann::json& body, const std::vector<protocol::Template>& templates);

// From the plenary state of a workshop (SPEC SN1): {settings, programme, roles, rooms}, with
// neither answers nor rooms' own questions nor earlier wordings.
nlohmann::json without_answers(const nlohmann::json& plenary);

}  // namespace rundbord::net
