// The HTTP interface of a running server.
#include "catch.hpp"
#include "running_server.hpp"

using namespace rundbord;
using namespace rundbord::net;
using nlohmann::json;

namespace {

std::string join_body(const std::string& code, json more = json::object()) {
  more["code"] = code;
  return more.dump();
}

}  // namespace

TEST_CASE("HT3 the server link makes a workshop; nothing else does") {
  const RunningServer server;
  const auto body = small_workshop().dump();
  const auto refused = server.ask("POST", "/api/v1/workshops", body);
  REQUIRE(refused.status == 403);
  REQUIRE(refused.code() == "forbidden");
  const auto guess = std::string("AAAAAAAAAAAAAAAAAAAAAQ");
  REQUIRE(server.ask_as(guess, "POST", "/api/v1/workshops", body).status == 403);
  const auto made = server.ask_as(server.server_secret(), "POST", "/api/v1/workshops", body);
  REQUIRE(made.status == 201);
  const auto links = made.json();
  REQUIRE(links["code"].get<std::string>().size() == 9);
  REQUIRE(links["room_links"].size() == 2);
  const auto base = "http://127.0.0.1:" + std::to_string(server.port());
  REQUIRE(links["join_link"] == base + "/" + links["code"].get<std::string>());
  REQUIRE(links["room_links"][1]["link"] == links["join_link"].get<std::string>() + "/2");
  REQUIRE(links["workshop_link"].get<std::string>().rfind(base + "/console#", 0) == 0);
  // A secret stands in fragments only.
  for (const char* link : {"workshop_link", "projector_link"}) {
    const auto text = links[link].get<std::string>();
    REQUIRE(text.find(secret_of(text)) > text.find('#'));
  }
}

TEST_CASE("HT3 from each template, with title, language and rooms") {
  ServerOptions options;
  options.templates = own_templates();
  const RunningServer server(std::move(options));
  const auto templates = server.ask("GET", "/api/v1/templates").json();
  REQUIRE(templates.size() >= 3);
  for (const auto& known : templates) {
    CAPTURE(known["id"]);
    const json body = {{"template", known["id"]},
                       {"title", "Høstmøte"},
                       {"language", "nn"},
                       {"rooms", "1,Fjord\n7,Fjell\n"}};
    const auto made =
        server.ask_as(server.server_secret(), "POST", "/api/v1/workshops", body.dump());
    CAPTURE(made.body);
    REQUIRE(made.status == 201);
    const auto links = made.json();
    const auto workshop = server
                              .ask_as(secret_of(links["workshop_link"]), "GET",
                                      "/api/v1/workshops/" + links["id"].get<std::string>())
                              .json();
    REQUIRE(workshop["settings"]["title"] == json{{"nn", "Høstmøte"}});
    REQUIRE(workshop["settings"]["language"] == "nn");
    REQUIRE(workshop["rooms"][1]["number"] == 7);
    REQUIRE(workshop["rooms"][1]["label"] == "Fjell");
    REQUIRE(workshop["state"] == "draft");
    REQUIRE(workshop["you"]["organiser"] == true);
  }
}

TEST_CASE("HT1 bad input gets a code, a sentence and the field, as a problem document") {
  const RunningServer server;
  const auto post = [&](const std::string& body) {
    return server.ask_as(server.server_secret(), "POST", "/api/v1/workshops", body);
  };
  auto wrong = small_workshop();
  wrong["settings"]["title"]["nb"] = 7;
  const auto reply = post(wrong.dump());
  REQUIRE(reply.status == 422);
  REQUIRE(reply.headers.at("content-type") == "application/problem+json");
  const auto document = reply.json();
  for (const char* member : {"type", "title", "status", "code", "detail"}) {
    CAPTURE(member);
    REQUIRE(document.contains(member));
  }
  REQUIRE(document["code"] == "wrong_type");
  REQUIRE(document["field"] == "settings.title.nb");

  REQUIRE(post("{").code() == "malformed");
  REQUIRE(post("{\"rooms\":1,\"rooms\":2}").code() == "malformed");
  REQUIRE(post(std::string(20, '[') + std::string(20, ']')).code() == "too_deep");
  REQUIRE(post("[]").code() == "wrong_type");
  REQUIRE(post("{}").code() == "missing_field");
  REQUIRE(post("{\"template\":\"nowhere\",\"rooms\":1}").json()["field"] == "template");
  auto bidi = small_workshop();
  bidi["settings"]["title"]["nb"] = "a\u202Eb";
  REQUIRE(post(bidi.dump()).code() == "invalid_text");
  auto no_rooms = small_workshop();
  no_rooms["rooms"] = 100000;
  REQUIRE(post(no_rooms.dump()).json()["field"] == "rooms");
  REQUIRE(server
              .ask("POST", "/api/v1/workshops", "rooms=1",
                   {{"Authorization", "Bearer " + server.server_secret()},
                    {"Content-Type", "application/x-www-form-urlencoded"}})
              .status == 415);
  REQUIRE(server.log().workshops().empty());
}

TEST_CASE("HT6 a code shows newcomers the rooms; a wrong one says so") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const auto door = server.ask("GET", "/api/v1/code/" + workshop.code);
  REQUIRE(door.status == 200);
  const auto shown = door.json();
  REQUIRE(shown["workshop"] == workshop.id);
  REQUIRE(shown["title"]["nb"] == "Prøve");
  REQUIRE(shown["assignment"] == "choose");
  REQUIRE(shown["locked"] == false);
  REQUIRE(shown["rooms"].size() == 2);
  REQUIRE(shown["rooms"][0] ==
          json({{"number", 1}, {"label", ""}, {"closed", false}, {"people", 0}}));
  for (const char* wrong : {"00000000", "short", "%20", "ÆØÅ"}) {
    const auto reply = server.ask("GET", std::string("/api/v1/code/") + wrong);
    REQUIRE(reply.status == 404);
    REQUIRE(reply.code() == "unknown_code");
  }
}

TEST_CASE("HT4 joining gives a seat and its link; repeating it with the cookie the same seat") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const json wish = {{"name", "Kari"}, {"organisation", "Solvik"}, {"room", 2}};
  const auto first = server.ask("POST", "/api/v1/join", join_body(workshop.code, wish));
  REQUIRE(first.status == 200);
  const auto joined = first.json();
  REQUIRE(joined["workshop"] == workshop.id);
  REQUIRE(joined["room"] == 2);
  const auto cookie = first.cookie();
  REQUIRE_FALSE(cookie.empty());

  const auto again =
      server.ask("POST", "/api/v1/join", join_body(workshop.code), {{"Cookie", cookie}});
  REQUIRE(again.json()["seat"] == joined["seat"]);
  REQUIRE(again.json()["seat_link"] == joined["seat_link"]);
  REQUIRE(again.json()["room"] == 2);
  const auto other = server.ask("POST", "/api/v1/join", join_body(workshop.code, {{"room", 2}}));
  REQUIRE(other.json()["seat"] != joined["seat"]);
  REQUIRE(server.ask("GET", "/api/v1/code/" + workshop.code).json()["rooms"][1]["people"] == 2);
  // The seat's link alone gives the seat.
  const auto seat =
      server.ask_as(secret_of(joined["seat_link"]), "GET", "/api/v1/workshops/" + workshop.id);
  REQUIRE(seat.json()["you"]["seats"] == json::array({joined["seat"]}));
}

TEST_CASE("HT4 a join whose answer was lost is the same join when it is repeated") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const json wish = {{"secret", access::draw_secret(access::system_random())}, {"room", 1}};
  const auto first = server.ask("POST", "/api/v1/join", join_body(workshop.code, wish)).json();
  const auto again = server.ask("POST", "/api/v1/join", join_body(workshop.code, wish)).json();
  REQUIRE(first == again);
  REQUIRE(secret_of(first["seat_link"]) == wish["secret"]);
  // The browser's way: the cookie comes with the code, before the join.
  const auto cookie = server.ask("GET", "/api/v1/code/" + workshop.code).cookie();
  REQUIRE_FALSE(cookie.empty());
  const auto one =
      server.ask("POST", "/api/v1/join", join_body(workshop.code), {{"Cookie", cookie}});
  const auto two =
      server.ask("POST", "/api/v1/join", join_body(workshop.code), {{"Cookie", cookie}});
  REQUIRE(one.json()["seat"] == two.json()["seat"]);
  REQUIRE(one.cookie().empty());
}

TEST_CASE("HT4 naming somebody else's seat does not give it away") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const auto mine = server.ask("POST", "/api/v1/join", join_body(workshop.code)).json();
  for (const json& wish :
       {json{{"seat", mine["seat"]}},
        json{{"seat", mine["seat"]}, {"secret", access::draw_secret(access::system_random())}}}) {
    const auto stolen = server.ask("POST", "/api/v1/join", join_body(workshop.code, wish));
    REQUIRE(stolen.status == 409);
    REQUIRE(stolen.code() == "exists_already");
  }
  // Nor does a link that is something else become a seat's.
  const json wish = {{"secret", workshop.organiser_secret}};
  REQUIRE(server.ask("POST", "/api/v1/join", join_body(workshop.code, wish)).status == 403);
  REQUIRE(
      server.ask_as(workshop.organiser_secret, "GET", "/api/v1/workshops/" + workshop.id).status ==
      200);
}

TEST_CASE("HT4 one browser may hold up to eight seats of a table") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const auto cookie = server.ask("GET", "/api/v1/code/" + workshop.code).cookie();
  const auto take = [&] {
    const json wish = {{"seat", access::draw_secret(access::system_random())}, {"room", 1}};
    return server.ask("POST", "/api/v1/join", join_body(workshop.code, wish), {{"Cookie", cookie}});
  };
  for (int i = 0; i < 8; ++i) REQUIRE(take().status == 200);
  REQUIRE(take().code() == "too_many");
  const auto seen = server.ask("GET", "/api/v1/workshops/" + workshop.id, {}, {{"Cookie", cookie}});
  REQUIRE(seen.json()["you"]["seats"].size() == 8);
}

TEST_CASE("a join that cannot be has a code and a field") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const auto refused = [&](json wish) {
    const auto reply =
        server.ask("POST", "/api/v1/join", join_body(workshop.code, std::move(wish)));
    return reply.code() + " " + reply.json().value("field", "");
  };
  REQUIRE(refused({{"room", 99}}) == "unknown_room room");
  REQUIRE(refused({{"room", "1"}}) == "wrong_type room");
  REQUIRE(refused({{"name", "a\nb"}}) == "invalid_text name");
  REQUIRE(refused({{"name", "a\u202Eb"}}) == "invalid_text name");
  REQUIRE(refused({{"name", std::string(61, 'a')}}) == "name_too_long name");
  REQUIRE(refused({{"name", 7}}) == "wrong_type name");
  REQUIRE(server.ask("POST", "/api/v1/join", "{}").json()["field"] == "code");
}

TEST_CASE("HT9 failures delay, never block; another address is not delayed") {
  ServerOptions options;
  options.guesses.free_failures = 2;
  options.guesses.first_wait = std::chrono::milliseconds(300);
  options.guesses.queue_max = std::chrono::milliseconds(500);
  options.trusted_proxies = {"127.0.0.1/32"};
  const RunningServer server(std::move(options));
  const auto workshop = server.make_workshop();
  const Headers guesser = {{"X-Forwarded-For", "6.6.6.6"}};
  const auto look = [&](const std::string& code, const Headers& headers) {
    return server.ask("GET", "/api/v1/code/" + code, {}, headers);
  };
  for (int i = 0; i < 2; ++i) REQUIRE(look("00000000", guesser).status == 404);
  const auto before = std::chrono::steady_clock::now();
  REQUIRE(look("00000000", guesser).status == 404);
  REQUIRE(std::chrono::steady_clock::now() - before >= std::chrono::milliseconds(300));
  // The next turn is 600 ms away, further than the queue: come back later, and even the right code
  // waits, or guessing would cost nothing.
  const auto later = look(workshop.code, guesser);
  REQUIRE(later.status == 429);
  REQUIRE(later.headers.count("retry-after") == 1);
  REQUIRE(look(workshop.code, {{"X-Forwarded-For", "5.5.5.5"}}).status == 200);
  REQUIRE(look(workshop.code, {}).status == 200);
}

TEST_CASE("HT9 a success refills the address's budget") {
  ServerOptions options;
  options.guesses.free_failures = 3;
  options.guesses.queue_max = Duration::zero();  // whoever would wait is turned away instead
  const RunningServer server(std::move(options));
  const auto workshop = server.make_workshop();
  for (int round = 0; round < 5; ++round) {
    for (int i = 0; i < 2; ++i) REQUIRE(server.ask("GET", "/api/v1/code/00000000").status == 404);
    REQUIRE(server.ask("GET", "/api/v1/code/" + workshop.code).status == 200);
  }
}

TEST_CASE("HT2 a link's secret becomes a cookie") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const json wish = {{"workshop", workshop.id}, {"secret", workshop.organiser_secret}};
  const auto opened = server.ask("POST", "/api/v1/sessions", wish.dump());
  REQUIRE(opened.status == 200);
  REQUIRE(opened.json()["organiser"] == true);
  const auto& cookie = opened.headers.at("set-cookie");
  REQUIRE(cookie.find("HttpOnly") != std::string::npos);
  REQUIRE(cookie.find(workshop.organiser_secret) == std::string::npos);
  const auto target = "/api/v1/workshops/" + workshop.id;
  REQUIRE(server.ask("GET", target).status == 403);
  REQUIRE(server.ask("GET", target, {}, {{"Cookie", opened.cookie()}}).status == 200);
  const auto other = server.make_workshop();
  const json elsewhere = {{"workshop", other.id}, {"secret", workshop.organiser_secret}};
  REQUIRE(server.ask("POST", "/api/v1/sessions", elsewhere.dump()).status == 403);
  REQUIRE(server.ask("GET", "/api/v1/workshops/" + other.id, {}, {{"Cookie", opened.cookie()}})
              .status == 403);
  REQUIRE(server.ask_as(workshop.organiser_secret, "GET", "/api/v1/workshops/" + other.id).status ==
          403);
}

TEST_CASE("HT2 the server link becomes a cookie that makes workshops") {
  const RunningServer server;
  const json right = {{"secret", server.server_secret()}};
  const auto opened = server.ask("POST", "/api/v1/sessions", right.dump());
  REQUIRE(opened.status == 200);
  REQUIRE(opened.cookie().find(server.server_secret()) == std::string::npos);
  REQUIRE(
      server
          .ask("POST", "/api/v1/workshops", small_workshop().dump(), {{"Cookie", opened.cookie()}})
          .status == 201);
  const json wrong = {{"secret", access::draw_secret(access::system_random())}};
  REQUIRE(server.ask("POST", "/api/v1/sessions", wrong.dump()).status == 403);
}

TEST_CASE("HT5 changes from pages of another site are refused, whatever they carry") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const auto target = "/api/v1/workshops/" + workshop.id + "/ticket";
  const auto with_origin = [&](const std::string& origin) {
    return server.ask(
        "POST", target, {},
        {{"Authorization", "Bearer " + workshop.organiser_secret}, {"Origin", origin}});
  };
  for (const std::string& origin : std::vector<std::string>{
           "https://evil.test", "null", "http://127.0.0.1:1",
           "http://localhost:" + std::to_string(server.port()) + ".evil.test"}) {
    CAPTURE(origin);
    const auto reply = with_origin(origin);
    REQUIRE(reply.status == 403);
    REQUIRE(reply.code() == "origin_not_allowed");
  }
  REQUIRE(with_origin("http://127.0.0.1:" + std::to_string(server.port())).status == 200);
  REQUIRE(with_origin("http://localhost:" + std::to_string(server.port())).status == 200);
}

TEST_CASE("HT7 links, copy and deletion are the organiser's") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const auto base = "/api/v1/workshops/" + workshop.id;
  const auto seat =
      secret_of(server.ask("POST", "/api/v1/join", join_body(workshop.code)).json()["seat_link"]);
  for (const auto& [method, path] :
       std::vector<std::pair<std::string, std::string>>{{"GET", "/links"},
                                                        {"POST", "/links"},
                                                        {"POST", "/copy"},
                                                        {"DELETE", ""},
                                                        {"GET", "/export.json"},
                                                        {"GET", "/search?q=a"}}) {
    CAPTURE(method, path);
    REQUIRE(server.ask(method, base + path).status == 403);
    REQUIRE(server.ask_as(seat, method, base + path).status == 403);
    REQUIRE(server.ask_as(workshop.projector_secret, method, base + path).status == 403);
  }
  const auto links = server.ask_as(workshop.organiser_secret, "GET", base + "/links");
  REQUIRE(links.json()["code"] == workshop.code);
  REQUIRE(links.body.find(workshop.organiser_secret) == std::string::npos);
  const auto made =
      server.ask_as(workshop.organiser_secret, "POST", base + "/links", R"({"for":"organiser"})");
  REQUIRE(made.status == 201);
  REQUIRE(server.ask_as(secret_of(made.json()["link"]), "GET", base + "/links").status == 200);

  const auto copy = server.ask_as(workshop.organiser_secret, "POST", base + "/copy");
  REQUIRE(copy.status == 200);
  REQUIRE(server.ask_as(server.server_secret(), "POST", "/api/v1/workshops", copy.body).status ==
          201);
}

TEST_CASE("HT7 a workshop is deleted for good, after its title was typed") {
  const RunningServer server;
  const auto workshop = server.make_workshop();
  const auto base = "/api/v1/workshops/" + workshop.id;
  auto socket = server.open(workshop, workshop.organiser_secret);
  socket.receive_type("welcome");
  const auto remove = [&](const char* body) {
    return server.ask_as(workshop.organiser_secret, "DELETE", base, body);
  };
  REQUIRE(remove(R"({"confirm":"prøve"})").code() == "not_confirmed");
  REQUIRE(remove("").code() == "not_confirmed");
  REQUIRE(remove(R"({"confirm":"Prøve"})").status == 204);
  REQUIRE(socket.closed_with() == 4503);
  const auto id = id_from_text<WorkshopId>(workshop.id).value();
  REQUIRE(server.log().last_seq(id) == 0);
  for (const char* table : {"grant", "code", "session", "name"}) {
    REQUIRE(server.log().rows(id, table).empty());
  }
  REQUIRE(server.ask_as(workshop.organiser_secret, "GET", base).status == 403);
  REQUIRE(server.ask("GET", "/api/v1/code/" + workshop.code).code() == "unknown_code");
}

TEST_CASE("HT8 documents come from whoever makes them, with their status") {
  ServerOptions options;
  options.export_document = [](const ExportRequest& asked) -> ExportResult {
    if (asked.format == "pdf") return ExportRefused{501, "format_not_available", "Not yet.", {}};
    if (asked.format == "zip") throw std::runtime_error("planted");
    const auto words = asked.format + (asked.names ? " names" : " nobody") + " " +
                       std::to_string(asked.sitting.value_or(0)) + " " +
                       std::to_string(asked.room.value_or(0));
    return ExportedDocument{"text/plain", "Prøve \"1\".txt", words};
  };
  const RunningServer server(std::move(options));
  const auto workshop = server.make_workshop();
  const auto get = [&](const std::string& file) {
    return server.ask_as(workshop.organiser_secret, "GET",
                         "/api/v1/workshops/" + workshop.id + "/export." + file);
  };
  const auto reply = get("md?sitting=2&room=7&names=0");
  REQUIRE(reply.body == "md nobody 2 7");
  REQUIRE(reply.headers.at("content-disposition") ==
          "attachment; filename=\"Pr__ve__1_.txt\"; filename*=UTF-8''Pr%C3%B8ve%20%221%22.txt");
  REQUIRE(get("md").body == "md names 0 0");
  REQUIRE(get("pdf").status == 501);
  REQUIRE(get("pdf").code() == "format_not_available");
  REQUIRE(get("md?room=x").json()["field"] == "room");
  REQUIRE(get("zip").status == 500);
  REQUIRE(get("md").status == 200);
}

TEST_CASE("requests past a limit are refused and the server stays") {
  const RunningServer server;
  const auto big = server.ask("POST", "/api/v1/join", std::string(2 << 20, 'x'));
  REQUIRE(big.status == 413);
  const auto long_header =
      server.ask("GET", "/api/v1/templates", {}, {{"X-Long", std::string(20'000, 'x')}});
  REQUIRE(long_header.status == 431);
  RawConnection nonsense(server.port());
  nonsense.send("HELLO\r\n\r\n");
  REQUIRE(nonsense.read_to_end().rfind("HTTP/1.1 400", 0) == 0);
  REQUIRE(server.ask("GET", "/api/v1/templates").status == 200);
}

TEST_CASE("S6 a client that dribbles its request is let go") {
  ServerOptions options;
  options.limits.handshake_max = std::chrono::milliseconds(200);
  const RunningServer server(std::move(options));
  RawConnection slow(server.port());
  slow.send("GET / HTTP/1.1\r\nHost:");
  REQUIRE(slow.read_to_end().empty());
  RawConnection silent(server.port());
  REQUIRE(silent.read_to_end().empty());
}

TEST_CASE("connections are kept between requests") {
  const RunningServer server;
  RawConnection connection(server.port());
  for (int i = 0; i < 3; ++i) {
    connection.send("GET /api/v1/templates HTTP/1.1\r\nHost: x\r\n\r\n");
    REQUIRE(connection.read_reply().status == 200);
  }
}

TEST_CASE("health, readiness and metrics have a listener of their own") {
  ServerOptions options;
  options.metrics = HostPort{"127.0.0.1", 0};
  const RunningServer server(std::move(options));
  server.make_workshop();
  REQUIRE(ask(server.metrics_port(), "GET", "/healthz").status == 200);
  REQUIRE(ask(server.metrics_port(), "GET", "/readyz").status == 200);
  const auto metrics = ask(server.metrics_port(), "GET", "/metrics").body;
  REQUIRE(metrics.find("rundbord_commits_stored_total 1") != std::string::npos);
  for (const char* target : {"/healthz", "/readyz", "/metrics"}) {
    REQUIRE(server.ask("GET", target).status == 404);
  }
  REQUIRE(ask(server.metrics_port(), "GET", "/api/v1/templates").status == 404);
}

TEST_CASE("the descriptions are served as JSON") {
  const RunningServer server;
  REQUIRE(server.ask("GET", "/api/v1/openapi.json").json()["openapi"] == "3.0.3");
  REQUIRE(server.ask("GET", "/api/v1/asyncapi.json").json().contains("asyncapi"));
}
