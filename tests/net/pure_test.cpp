// The parts of net/ that need no socket.
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "net/client_address.hpp"
#include "net/cookies.hpp"
#include "net/descriptions.hpp"
#include "net/metrics.hpp"
#include "net/new_workshop.hpp"
#include "net/origins.hpp"
#include "net/room_list.hpp"
#include "net/router.hpp"
#include "net/security_headers.hpp"
#include "net/send_queue.hpp"
#include "net/target.hpp"

using namespace rundbord;
using namespace rundbord::net;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

const std::string secret = "AAAAAAAAAAAAAAAAAAAAAQ";

json rooms_of(const json& given) {
  return std::get<json>(rooms_from(given));
}
json room(int number, const char* name = "") {
  return {{"number", number}, {"name", name}};
}

SendQueue::Frame frame(std::size_t bytes) {
  return std::make_shared<const std::string>(bytes, 'x');
}

}  // namespace

TEST_CASE("a target is taken apart and decoded") {
  const auto target = read_target("/api/v1/x%20y?q=rom+44&names=0&q=later&flag");
  REQUIRE(target);
  REQUIRE(target->segments == std::vector<std::string>{"api", "v1", "x y"});
  REQUIRE(target->query.at("q") == "rom 44");
  REQUIRE(target->query.at("names") == "0");
  REQUIRE(target->query.at("flag").empty());
}

TEST_CASE("a target that cannot be read is refused") {
  for (const std::string text : {"", "x", "http://x/", "/%", "/%4", "/%zz", "/?q=%f"}) {
    CAPTURE(text);
    REQUIRE_FALSE(read_target(text));
  }
  REQUIRE_FALSE(read_target('/' + std::string(target_bytes_max, 'a')));
  REQUIRE(read_target("/%41")->path == "/A");
}

TEST_CASE("the router tells a missing address from a method it does not take") {
  Router router;
  std::string format;
  router.add("GET", "/w/{id}/export.{format}", [&](Call call, Respond respond) {
    format = call.parameter("id") + ":" + call.parameter("format");
    respond({200, {}, {}, {}});
  });
  const auto status = [&](const char* method, const char* target) {
    int answered = 0;
    Request request;
    request.method = method;
    request.target = target;
    router.handle(request, [&](Response response) { answered = response.status; });
    return answered;
  };
  REQUIRE(status("GET", "/w/7/export.csv") == 200);
  REQUIRE(format == "7:csv");
  REQUIRE(status("HEAD", "/w/7/export.csv") == 200);
  REQUIRE(status("POST", "/w/7/export.csv") == 405);
  for (const char* target : {"/w/7/export.", "/w/7/export", "/w/7", "/w/7/export.csv/x", "/"}) {
    CAPTURE(target);
    REQUIRE(status("GET", target) == 404);
  }
}

TEST_CASE("S3 only exact origins are allowed") {
  const Origins origins(origin_of("https://Rundbord.Example:443/x"), {"127.0.0.1", 8080});
  for (const char* good : {"https://rundbord.example", "http://127.0.0.1:8080",
                           "http://localhost:8080", "http://[::1]:8080"}) {
    CAPTURE(good);
    REQUIRE(origins.allows(good, "127.0.0.1:8080"));
  }
  for (const char* bad :
       {"", "null", "https://rundbord.example.evil.test", "http://localhost",
        "http://rundbord.example", "https://rundbord.example:8443", "https://xrundbord.example",
        "http://localhost:8081", "https://rundbord.example/"}) {
    CAPTURE(bad);
    REQUIRE_FALSE(origins.allows(bad, "127.0.0.1:8080"));
  }
  REQUIRE(origins.secure());
}

TEST_CASE("S3 what is no host and port has no origin and is no address") {
  for (const char* bad : {"https://", "http://a:80:80", "http://a b", "https://me@host",
                          "http://a:", "http://[a]", "http://::1", "ftp://a"}) {
    CAPTURE(bad);
    REQUIRE_FALSE(origin_of(bad));
  }
  for (const char* bad : {":80", "[[::1]]:80", "[a]:80", "::1:80", "a b:80", "a:", "a"}) {
    CAPTURE(bad);
    REQUIRE_FALSE(read_host_port(bad));
  }
  REQUIRE(origin_of("http://[FE80::1%2]:80/x") == "http://[fe80::1%2]");
  REQUIRE(read_host_port("[fe80::1%2]:8080")->host == "fe80::1%2");
}

TEST_CASE("S3 on all addresses, the page's own address is the one the connection came in at") {
  const Origins origins(std::nullopt, {"127.0.0.1", 8080});
  REQUIRE(origins.allows("http://192.168.1.5:8080", "192.168.1.5:8080"));
  REQUIRE_FALSE(origins.allows("http://192.168.1.6:8080", "192.168.1.5:8080"));
  Request request;
  request.local = "192.168.1.5:8080";
  request.headers = {{"Host", "192.168.1.5:8080"}};
  REQUIRE(origins.base_url(request) == "http://192.168.1.5:8080");
  request.headers = {{"Host", "evil.test"}};
  REQUIRE(origins.base_url(request) == "http://127.0.0.1:8080");
}

TEST_CASE("S3 the cookie is closed to scripts, and bound to the host over https") {
  const auto plain = set_cookie(CookieFor::workshops, secret, false).value;
  REQUIRE(plain.rfind("rundbord=" + secret + ";", 0) == 0);
  const auto safe = set_cookie(CookieFor::workshops, secret, true).value;
  REQUIRE(safe.rfind("__Host-rundbord=" + secret + ";", 0) == 0);
  REQUIRE(safe.find("; Secure") != std::string::npos);
  for (const auto& cookie : {plain, safe}) {
    for (const char* part : {"; HttpOnly", "; SameSite=Lax", "; Path=/"}) {
      REQUIRE(cookie.find(part) != std::string::npos);
    }
    REQUIRE(cookie.find("Domain") == std::string::npos);
  }
  Request request;
  request.headers = {{"cookie", "a=b; rundbord=" + secret + "; c"}};
  REQUIRE(cookie_of(request, CookieFor::workshops, false) == secret);
  REQUIRE(cookie_of(request, CookieFor::workshops, true).empty());
  REQUIRE(cookie_of(request, CookieFor::server, false).empty());
}

TEST_CASE("S4 the client's address comes only from a trusted proxy") {
  TrustedProxies none;
  REQUIRE(none.client("10.0.0.1", "6.6.6.6") == "10.0.0.1");
  TrustedProxies some;
  REQUIRE(some.add("10.0.0.0/8"));
  REQUIRE(some.add("::1"));
  REQUIRE_FALSE(some.add("ten"));
  REQUIRE_FALSE(some.add("10.0.0.0/99"));
  REQUIRE(some.client("10.0.0.1", "6.6.6.6, 5.5.5.5") == "5.5.5.5");
  REQUIRE(some.client("10.0.0.1", "5.5.5.5, 10.0.0.2") == "5.5.5.5");
  REQUIRE(some.client("5.5.5.5", "6.6.6.6") == "5.5.5.5");
  REQUIRE(some.client("10.0.0.1", "") == "10.0.0.1");
  REQUIRE(some.client("10.0.0.1", "5.5.5.5, nonsense") == "10.0.0.1");
  REQUIRE(some.client("::ffff:10.0.0.1", "2001:db8:1:2:3::4") ==
          some.client("::1", "2001:db8:1:2:ffff::1"));
  TrustedProxies mapped;
  REQUIRE(mapped.add("::ffff:10.0.0.0/104"));
  REQUIRE(mapped.add("::ffff:192.0.2.1"));
  REQUIRE(mapped.trusts("10.9.9.9"));
  REQUIRE(mapped.trusts("::ffff:192.0.2.1"));
  REQUIRE_FALSE(mapped.trusts("11.0.0.1"));
}

TEST_CASE("S5 the policy lets nothing in but the server's own") {
  const auto policy = content_security_policy({"sha256-abc="}, {"svelte-trusted-html"});
  REQUIRE(policy ==
          "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; "
          "font-src 'self'; worker-src 'self'; manifest-src 'self'; style-src "
          "'sha256-abc='; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; "
          "require-trusted-types-for 'script'; trusted-types rundbord svelte-trusted-html");
  REQUIRE(content_security_policy({}, {}).find("style-src 'none'") != std::string::npos);
}

TEST_CASE("S6 a reader that takes nothing is cut at its byte cap, a busy one is not") {
  const Time start{1s};
  SendQueue stalled({1000, 1s, 10'000});
  REQUIRE(stalled.push(frame(900), start));
  REQUIRE(stalled.push(frame(900), start));           // all in one go
  REQUIRE_FALSE(stalled.push(frame(1), start + 1s));  // nothing went out for a second
  SendQueue busy({1000, 1s, 10'000});
  for (int second = 0; second < 5; ++second) {
    const Time now = start + second * 1s;
    if (second > 0) busy.sent(now);
    REQUIRE(busy.push(frame(900), now));
    REQUIRE(busy.push(frame(900), now));
  }
  REQUIRE_FALSE(busy.push(frame(9000), start + 5s));  // past the hard limit
  busy.clear();
  REQUIRE(busy.empty());
  REQUIRE(busy.bytes() == 0);
}

TEST_CASE("rooms as a number, a list, and a table") {
  REQUIRE(rooms_of(2) == json::array({room(1), room(2)}));
  REQUIRE(rooms_of(json::array({3, "Fjord", {{"number", 1}, {"name", "Fjell"}}})) ==
          json::array({room(3), room(2, "Fjord"), room(1, "Fjell")}));
  REQUIRE(rooms_of("\xEF\xBB\xBFnummer;navn\r\n7;\"Å \"\"B\"\"\"\r\n\r\n9\n") ==
          json::array({room(7, "Å \"B\""), room(9)}));
  REQUIRE(
      rooms_of(
          "Pre-assign Room Name,Email Address\nFjord,a@b.test\nFjord,c@d.test\nFjell,e@f.test\n") ==
      json::array({room(1, "Fjord"), room(2, "Fjell")}));
}

TEST_CASE("rooms in a form nobody gives are refused with their field") {
  for (const json& given : {json(0), json(3001), json(-1), json(true), json::array({1.5}),
                            json::array({{{"number", "1"}}}), json(nullptr)}) {
    CAPTURE(given.dump());
    const auto refused = rooms_from(given);
    REQUIRE(std::holds_alternative<Rejection>(refused));
    REQUIRE(std::get<Rejection>(refused).field == "rooms");
  }
}

TEST_CASE("a copy has no rooms' own questions, and no cycle without a question") {
  const json plenary = json::parse(R"({"workshop":{"settings":{"title":{"nb":"T"}},"roles":[],
    "programme":{"sittings":[],"tasks":[{"number":1,"questions":[
      {"number":1,"earlier":[{"nb":"før"}]},{"number":2,"room":4}],
      "cycles":[{"questions":[1,2]},{"questions":[2]}]}]}},
    "rooms":[{"number":4,"label":"Fjord","closed":false}]})");
  const auto copy = without_answers(plenary);
  const auto& task = copy["programme"]["tasks"][0];
  REQUIRE(task["questions"].size() == 1);
  REQUIRE(task["questions"][0]["earlier"].empty());
  REQUIRE(task["cycles"] == json::parse(R"([{"questions":[1]}])"));
  REQUIRE(copy["rooms"] == json::array({room(4, "Fjord")}));
}

TEST_CASE("YAML becomes the JSON it means") {
  REQUIRE(json::parse(json_of_yaml("a: 1\nb: \"1\"\nc: true\nd: [x, {e: 3.5}]\nf: null\n")) ==
          json::parse(R"({"a":1,"b":"1","c":true,"d":["x",{"e":3.5}],"f":null})"));
}

TEST_CASE("metrics are in the text format") {
  Metrics metrics;
  metrics.count(Count::joins);
  metrics.change(Level::sockets, 3);
  metrics.commit_took(0.003);
  const auto text = metrics.text();
  for (const char* line : {"\nrundbord_joins_total 1", "\nrundbord_sockets 3",
                           "rundbord_commit_seconds_bucket{le=\"0.005\"} 1"}) {
    CAPTURE(line);
    REQUIRE(text.find(line) != std::string::npos);
  }
}
