// From a code to a seat: what a newcomer may know, joining, and the brake on guessing (SPEC HT4,
// HT6, HT9).
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "access/join_code.hpp"
#include "domain/limits.hpp"
#include "net/api.hpp"
#include "net/caller.hpp"
#include "net/cookies.hpp"
#include "net/links.hpp"
#include "net/problem.hpp"
#include "protocol/client_message.hpp"
#include "protocol/wire_codec.hpp"

namespace rundbord::net {
namespace {

using nlohmann::json;
using Found = std::function<void(const WorkshopId&)>;

struct Joining {
  WorkshopId workshop;
  SeatId seat;
  std::string seat_secret;
  std::string cookie;  // empty: the caller keeps the seat's secret itself
  bool own_seat_id =
      false;  // only this caller can have drawn it: taken already means taken by them
  std::string base_url;
  bool new_cookie = false;
};

Response too_many_tries(Duration wait) {
  auto response = problem(429, "too_many_tries",
                          "Many wrong codes came from your network. Wait a little and try again.");
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  response.headers.push_back({"Retry-After", std::to_string(seconds)});
  return response;
}

// Looks the code up once the address's turn has come; answers for `found` when it leads nowhere.
void find_by_code(const ApiParts& parts, const Request& request, std::string typed, Respond respond,
                  Found found) {
  auto address = address_of(parts, request);
  const auto turn = parts.guesses.next_turn(address, parts.loop.now());
  if (turn.too_far) return respond(too_many_tries(turn.wait));
  const auto look = [&parts, address, typed, respond, found] {
    const auto code = access::code_from(typed);
    const auto workshop = code ? access::find_workshop(parts.log, *code) : std::nullopt;
    if (workshop) {
      parts.guesses.succeeded(address, parts.loop.now());
      return found(*workshop);
    }
    parts.guesses.failed(address, parts.loop.now());
    parts.metrics.count(Count::codes_unknown);
    respond(
        problem(404, "unknown_code", "No workshop has this code. Look at it once more.", "code"));
  };
  if (turn.wait == Duration::zero()) return look();
  parts.loop.after(turn.wait, look);
}

std::string door_json(const Workshop& workshop) {
  std::map<RoomNumber, int> people;
  for (const auto& [id, seat] : workshop.seats) {
    if (seat.room) ++people[*seat.room];
  }
  json rooms = json::array();
  for (const auto& [number, room] : workshop.rooms) {
    rooms.push_back({{"number", to_int(number)},
                     {"label", room.label.utf8},
                     {"closed", room.closed},
                     {"people", people[number]}});
  }
  json title = json::object();
  for (const auto& [language, words] : workshop.settings.title) title[language] = words.utf8;
  const json door = {{"workshop", to_text(workshop.id)},
                     {"title", std::move(title)},
                     {"language", workshop.settings.language},
                     {"label", name_of(workshop.settings.label)},
                     {"assignment", name_of(workshop.settings.assignment)},
                     {"locked", workshop.rooms_locked},
                     {"rooms", std::move(rooms)}};
  return door.dump();
}

void read_door(const ApiParts& parts, Call call, Respond respond) {
  // Drawn before the join, so that a join whose answer was lost can be repeated.
  std::optional<Header> cookie;
  if (caller_of(parts, call.request).cookie.empty()) {
    cookie = set_cookie(CookieFor::workshops, access::draw_secret(parts.options.random),
                        parts.origins.secure());
  }
  const auto found = [&parts, respond, cookie](const WorkshopId& id) {
    const auto door = [](const Workshop& workshop, const protocol::Names&) {
      return door_json(workshop);
    };
    parts.host.read(id, door, [respond, cookie](Outcome outcome) {
      if (const auto* refused = std::get_if<Rejection>(&outcome)) {
        return respond(problem(*refused));
      }
      auto response = json_response(200, std::get<std::string>(std::move(outcome)));
      if (cookie) response.headers.push_back(*cookie);
      respond(std::move(response));
    });
  };
  find_by_code(parts, call.request, call.parameter("code"), respond, found);
}

// --- joining
// ----------------------------------------------------------------------------------------

// Rows first, then the answer: whoever holds it can come back.
void hand_over_seat(const ApiParts& parts, const Joining& joining, std::string room,
                    Respond respond) {
  const auto rights = access::seat_rights(joining.seat);
  const auto stored = [&parts, joining, room, respond](bool durable) {
    if (!durable) return respond(problem({RejectionCode::not_stored, "", {}}));
    parts.metrics.count(Count::joins);
    const json answer = {
        {"workshop", to_text(joining.workshop)},
        {"seat", to_text(joining.seat)},
        {"room", json::parse(room)},
        {"seat_link", seat_link(joining.base_url, joining.workshop, joining.seat_secret)}};
    auto response = json_response(200, answer.dump());
    if (joining.new_cookie) {
      response.headers.push_back(
          set_cookie(CookieFor::workshops, joining.cookie, parts.origins.secure()));
    }
    respond(std::move(response));
  };
  parts.rights.store(joining.workshop, {access::grant_row(joining.seat_secret, rights)},
                     joining.cookie, rights, stored);
}

// The room of the seat as JSON: a number, or null; empty when there is no such seat.
ReadWorkshop room_of(const SeatId& id) {
  return [id](const Workshop& workshop, const protocol::Names&) -> std::string {
    const auto* seat = find_seat(workshop, id);
    if (!seat) return {};
    return seat->room ? std::to_string(to_int(*seat->room)) : "null";
  };
}

void seat_taken(const ApiParts& parts, const Joining& joining, Respond respond) {
  parts.host.read(
      joining.workshop, room_of(joining.seat), [&parts, joining, respond](Outcome read) {
        if (const auto* refused = std::get_if<Rejection>(&read)) return respond(problem(*refused));
        auto room = std::get<std::string>(std::move(read));
        hand_over_seat(parts, joining, room.empty() ? "null" : std::move(room), respond);
      });
}

void take_seat(const ApiParts& parts, const Joining& joining, const json& body, Respond respond) {
  json fields = {{"seat", to_text(joining.seat)},
                 {"person", body.value("name", json(""))},
                 {"organisation", body.value("organisation", json(""))}};
  if (const auto room = body.find("room"); room != body.end()) fields["room"] = *room;
  auto command = protocol::read_command("join", fields.dump());
  const auto refuse = [respond](Rejection rejection) {
    if (rejection.field == "person") rejection.field = "name";
    respond(problem(rejection));
  };
  if (const auto* rejection = std::get_if<Rejection>(&command)) return refuse(*rejection);
  parts.host.submit(joining.workshop, ByNewcomer{}, std::get<Command>(std::move(command)),
                    [&parts, joining, respond, refuse](Outcome outcome) {
                      const auto* refused = std::get_if<Rejection>(&outcome);
                      const bool taken_before = refused &&
                                                refused->code == RejectionCode::exists_already &&
                                                joining.own_seat_id;
                      if (refused && !taken_before) return refuse(*refused);
                      seat_taken(parts, joining, respond);
                    });
}

// The same seat again, as long as it is still there.
void come_back(const ApiParts& parts, const Joining& joining, const json& body, Respond respond) {
  parts.host.read(joining.workshop, room_of(joining.seat),
                  [&parts, joining, body, respond](Outcome read) {
                    const auto* room = std::get_if<std::string>(&read);
                    if (room && !room->empty()) {
                      return hand_over_seat(parts, joining, *room, respond);
                    }
                    if (room) return take_seat(parts, joining, body, respond);
                    respond(problem(std::get<Rejection>(read)));
                  });
}

SeatId seat_of_secret(const std::string& secret) {
  return id_from_text<SeatId>(access::derive_secret(secret, "seat id")).value();
}

// Seat and secret follow from what the caller keeps (its cookie, or a secret it drew), so a join
// repeated after a lost answer is the same join.
void join_workshop(const ApiParts& parts, const Request& request, const json& body,
                   const WorkshopId& workshop, Respond respond) {
  Joining joining{workshop, {}, text_at(body, "secret"), {}, true, parts.origins.base_url(request),
                  false};
  const bool keeps_secret = access::is_secret(joining.seat_secret);
  const auto caller = caller_of(parts, request);
  if (!keeps_secret) {
    joining.new_cookie = caller.cookie.empty();
    joining.cookie = joining.new_cookie ? access::draw_secret(parts.options.random) : caller.cookie;
    joining.seat_secret = access::derive_secret(
        joining.cookie, "seat/" + to_text(workshop) + '/' + text_at(body, "seat"));
  }
  // A link that is something else already must not be turned into a seat's.
  const auto known = keeps_secret ? parts.rights.granted(joining.seat_secret) : std::nullopt;
  if (known && (known->workshop != workshop || known->rights.seats.empty())) {
    return respond(problem({RejectionCode::forbidden, "secret", {}}));
  }
  const auto held =
      parts.rights.of(workshop, keeps_secret ? joining.seat_secret : caller.secret, joining.cookie);
  joining.seat = seat_of_secret(joining.seat_secret);
  if (const auto named = id_from_text<SeatId>(text_at(body, "seat"))) {
    joining.seat = *named;
    joining.own_seat_id = held.holds(*named);
  } else if (!held.seats.empty()) {
    joining.seat = held.seats.front();
  }
  if (held.holds(joining.seat)) return come_back(parts, joining, body, respond);
  if (held.seats.size() >= table_seats_max) {
    return respond(problem(
        {RejectionCode::too_many, "seat", {{"max", static_cast<std::int64_t>(table_seats_max)}}}));
  }
  take_seat(parts, joining, body, respond);
}

void join(const ApiParts& parts, Call call, Respond respond) {
  auto read = body_of(call);
  if (auto* refusal = std::get_if<Response>(&read)) return respond(std::move(*refusal));
  const auto body = std::get<json>(std::move(read));
  if (text_at(body, "code").empty()) {
    return respond(problem({RejectionCode::missing_field, "code", {}}));
  }
  const auto wait = parts.joins.try_take(address_of(parts, call.request), parts.loop.now());
  if (wait > Duration::zero()) return respond(problem(busy_for(wait)));
  find_by_code(parts, call.request, text_at(body, "code"), respond,
               [&parts, request = call.request, body, respond](const WorkshopId& workshop) {
                 join_workshop(parts, request, body, workshop, respond);
               });
}

}  // namespace

void add_join_routes(Router& router, const ApiParts& parts) {
  router.add("GET", "/api/v1/code/{code}", [&parts](Call call, Respond respond) {
    read_door(parts, std::move(call), std::move(respond));
  });
  router.add("POST", "/api/v1/join", [&parts](Call call, Respond respond) {
    join(parts, std::move(call), std::move(respond));
  });
}

}  // namespace rundbord::net
