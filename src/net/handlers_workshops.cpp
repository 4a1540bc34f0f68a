// Making workshops, reading what they are, and handing out their links (SPEC HT3, HT7).
#include <nlohmann/json.hpp>

#include "net/api.hpp"
#include "net/caller.hpp"
#include "net/cookies.hpp"
#include "net/links.hpp"
#include "net/new_workshop.hpp"
#include "net/problem.hpp"
#include "protocol/client_message.hpp"
#include "protocol/template_json.hpp"
#include "protocol/wire_codec.hpp"

namespace rundbord::net {
namespace {

using nlohmann::json;

void list_templates(const ApiParts& parts, Call, Respond respond) {
  json list = json::array();
  for (const auto& known : parts.options.templates) {
    auto made = json::parse(protocol::template_json(known));
    list.push_back(std::move(made));
  }
  respond(json_response(200, list.dump()));
}

json room_links(const std::string& base, const access::JoinCode& code, const json& rooms,
                const char* name_key) {
  json links = json::array();
  for (const auto& room : rooms) {
    const int number = room.at("number").get<int>();
    links.push_back({{"number", number},
                     {"name", room.value(name_key, "")},
                     {"link", room_link(base, code, number)}});
  }
  return links;
}

access::JoinCode unused_code(const ApiParts& parts) {
  while (true) {
    auto code = access::draw_code(parts.options.random);
    if (!access::find_workshop(parts.log, code)) return code;
  }
}

// The workshop is in the log: now its code and links, then the answer that holds them.
void hand_out_links(const ApiParts& parts, const Request& request, const WorkshopId& id,
                    const json& rooms, Respond respond) {
  const auto& random = parts.options.random;
  const auto base = parts.origins.base_url(request);
  const auto code = unused_code(parts);
  const auto organiser = access::draw_secret(random);
  const auto projector = access::draw_secret(random);
  auto cookie = caller_of(parts, request).cookie;
  const bool is_browser = !header_of(request, "Origin").empty();
  const bool new_cookie = is_browser && cookie.empty();
  if (new_cookie) cookie = access::draw_secret(random);
  const json answer = {{"id", to_text(id)},
                       {"code", access::shown(code)},
                       {"workshop_link", organiser_link(base, id, organiser)},
                       {"projector_link", projector_link(base, id, projector)},
                       {"join_link", join_link(base, code)},
                       {"room_links", room_links(base, code, rooms, "name")}};
  const auto stored = [&parts, body = answer.dump(), cookie, new_cookie, respond](bool durable) {
    if (!durable) return respond(problem({RejectionCode::not_stored, "", {}}));
    auto response = json_response(201, body);
    if (new_cookie) {
      response.headers.push_back(set_cookie(CookieFor::workshops, cookie, parts.origins.secure()));
    }
    respond(std::move(response));
  };
  parts.rights.store(
      id,
      {access::grant_row(organiser, access::organiser_rights()),
       access::grant_row(projector, access::projector_rights()), access::code_row(code)},
      cookie, access::organiser_rights(), stored);
}

void create_workshop(const ApiParts& parts, Call call, Respond respond) {
  if (!caller_of(parts, call.request).is_server) {
    return respond(problem(403, "forbidden",
                           "Making a workshop needs the server link; whoever runs the server can "
                           "print it with `rundbord link`."));
  }
  auto read = body_of(call);
  if (auto* refusal = std::get_if<Response>(&read)) return respond(std::move(*refusal));
  const auto fields = new_workshop_fields(std::get<json>(read), parts.options.templates);
  if (const auto* refused = std::get_if<Rejection>(&fields)) return respond(problem(*refused));
  const auto& given = std::get<json>(fields);
  auto command = protocol::read_command("create_workshop", given.dump());
  if (const auto* refused = std::get_if<Rejection>(&command)) return respond(problem(*refused));
  const WorkshopId id{parts.options.random()};
  const auto created = [&parts, request = std::move(call.request), id, rooms = given["rooms"],
                        respond](Outcome outcome) {
    if (const auto* refused = std::get_if<Rejection>(&outcome)) return respond(problem(*refused));
    hand_out_links(parts, request, id, rooms, respond);
  };
  parts.host.create(id, std::get<Command>(std::move(command)), created);
}

// draft until a sitting is opened or a step started, closed when every sitting is.
std::string_view state_of(const Workshop& workshop) {
  bool opened = workshop.started;
  bool all_closed = !workshop.sittings.empty();
  for (const auto& [number, sitting] : workshop.sittings) {
    opened = opened || sitting.state != SittingState::planned;
    all_closed = all_closed && sitting.state == SittingState::closed;
  }
  if (all_closed) return "closed";
  return opened ? "live" : "draft";
}

std::string describe(const Workshop& workshop, const protocol::Names& names) {
  auto plenary = json::parse(protocol::encode_state({workshop, names}, Plenary{}));
  json answer = std::move(plenary["workshop"]);
  answer["rooms"] = std::move(plenary["rooms"]);
  answer["sittings"] = std::move(plenary["sittings"]);
  answer["state"] = state_of(workshop);
  answer["seq"] = workshop.seq;
  return answer.dump();
}

void read_workshop(const ApiParts& parts, Call call, Respond respond) {
  auto admitted = admit(parts, call);
  if (auto* refusal = std::get_if<Response>(&admitted)) return respond(std::move(*refusal));
  const auto& caller = std::get<Admitted>(admitted);
  const auto read = [&parts, caller, respond](Outcome outcome) {
    if (const auto* refused = std::get_if<Rejection>(&outcome)) return respond(problem(*refused));
    auto answer = json::parse(std::get<std::string>(outcome));
    json seats = json::array();
    for (const auto& seat : caller.rights.seats) seats.push_back(to_text(seat));
    answer["you"] = {{"organiser", caller.rights.organiser},
                     {"projector", caller.rights.projector},
                     {"seats", std::move(seats)}};
    if (const auto code = access::find_code(parts.log, caller.workshop)) {
      answer["code"] = access::shown(*code);
    }
    respond(json_response(200, answer.dump()));
  };
  parts.host.read(caller.workshop, describe, read);
}

// Code and links without secrets; those are only known to whoever got them.
void read_links(const ApiParts& parts, Call call, Respond respond) {
  auto admitted = admit_organiser(parts, call);
  if (auto* refusal = std::get_if<Response>(&admitted)) return respond(std::move(*refusal));
  const auto id = std::get<Admitted>(admitted).workshop;
  const auto base = parts.origins.base_url(call.request);
  parts.host.read(id, describe, [&parts, id, base, respond](Outcome outcome) {
    if (const auto* refused = std::get_if<Rejection>(&outcome)) return respond(problem(*refused));
    const auto code = access::find_code(parts.log, id);
    if (!code) return respond(problem({RejectionCode::unknown_workshop, "", {}}));
    const auto workshop = json::parse(std::get<std::string>(outcome));
    const json answer = {{"code", access::shown(*code)},
                         {"join_link", join_link(base, *code)},
                         {"room_links", room_links(base, *code, workshop["rooms"], "label")}};
    respond(json_response(200, answer.dump()));
  });
}

// A further link for an organiser or a projector; earlier ones stay valid.
void make_link(const ApiParts& parts, Call call, Respond respond) {
  auto admitted = admit_organiser(parts, call);
  if (auto* refusal = std::get_if<Response>(&admitted)) return respond(std::move(*refusal));
  auto read = body_of(call);
  if (auto* refusal = std::get_if<Response>(&read)) return respond(std::move(*refusal));
  const auto kind = text_at(std::get<json>(read), "for");
  if (kind != "organiser" && kind != "projector") {
    return respond(problem({RejectionCode::out_of_range, "for", {}}));
  }
  const bool organiser = kind == "organiser";
  const auto id = std::get<Admitted>(admitted).workshop;
  const auto secret = access::draw_secret(parts.options.random);
  const auto base = parts.origins.base_url(call.request);
  const auto link = organiser ? organiser_link(base, id, secret) : projector_link(base, id, secret);
  const auto rights = organiser ? access::organiser_rights() : access::projector_rights();
  parts.rights.store(id, {access::grant_row(secret, rights)}, {}, {},
                     [link, respond](bool durable) {
                       if (!durable) return respond(problem({RejectionCode::not_stored, "", {}}));
                       respond(json_response(201, json{{"link", link}}.dump()));
                     });
}

}  // namespace

void add_workshop_routes(Router& router, const ApiParts& parts) {
  const auto add = [&](const char* method, const char* path, auto handler) {
    router.add(method, path, [&parts, handler](Call call, Respond respond) {
      handler(parts, std::move(call), std::move(respond));
    });
  };
  add("GET", "/api/v1/templates", list_templates);
  add("POST", "/api/v1/workshops", create_workshop);
  add("GET", "/api/v1/workshops/{id}", read_workshop);
  add("GET", "/api/v1/workshops/{id}/links", read_links);
  add("POST", "/api/v1/workshops/{id}/links", make_link);
}

}  // namespace rundbord::net
