// Goal: the --config file says what options say, the command line wins, and mistakes have a line.
#include "app/serve_options.hpp"

#include "app/client_connection.hpp"
#include "app/qr.hpp"
#include "catch.hpp"

using namespace rundbord::app;

TEST_CASE("serve --config: keys are the options' names, and the command line wins") {
  ServeOptions options;
  options.listen = "127.0.0.1:1";
  const auto fault = add_config(options,
                                "data = \"/srv/rundbord\"\nlisten = \"0.0.0.0:80\"\n"
                                "metrics = \"off\"\ntrusted-proxy = [\"10.0.0.0/8\"]\n"
                                "reconnects-per-minute = \"30\"\n",
                                "rundbord.toml");
  REQUIRE_FALSE(fault);
  CHECK(options.listen == "127.0.0.1:1");
  CHECK(options.folder == "/srv/rundbord");
  CHECK(options.metrics == "off");
  CHECK(options.reconnects_per_minute == "30");
  CHECK(options.trusted_proxies == std::vector<std::string>{"10.0.0.0/8"});
}

TEST_CASE("serve --config: an unknown key, a wrong type and broken TOML are named by line") {
  const auto fault_in = [](const std::string& toml) {
    ServeOptions options;
    return add_config(options, toml, "c.toml").value_or("");
  };
  CHECK(fault_in("data = \"d\"\nport = 80\n") == "c.toml:2:1: unknown key \"port\"");
  CHECK(fault_in("listen = 80\n") == "c.toml:1:10: \"listen\" is not a text");
  CHECK(fault_in("listen = \n").rfind("c.toml:1:", 0) == 0);
}

TEST_CASE("replay --server: http addresses only, with port 80 when none is named") {
  const auto address = [](const char* url) {
    const auto read = address_from_url(url);
    return read ? read->host + '|' + read->port : "none";
  };
  CHECK(address("http://127.0.0.1:8080") == "127.0.0.1|8080");
  CHECK(address("http://localhost/") == "localhost|80");
  CHECK(address("http://[::1]:99") == "::1|99");
  CHECK(address("http://[::1]") == "::1|80");
  CHECK(address("https://rundbord.example") == "none");
  CHECK(address("http://a:b") == "none");
  CHECK(address("http://") == "none");
  CHECK(address("http://a/b") == "none");
}

TEST_CASE("link: the terminal's QR code is a square with a quiet edge, two rows in one") {
  const auto code = terminal_qr("http://127.0.0.1:8080/7KQ4-M2XB");
  REQUIRE_FALSE(code.empty());
  std::size_t lines = 0, dark = 0;
  for (const char c : code) lines += c == '\n' ? 1 : 0;
  for (auto at = code.find("█"); at != std::string::npos; at = code.find("█", at + 3)) ++dark;
  CHECK(lines >= 13);  // 21 modules and two of quiet on each side, the smallest code there is
  CHECK(dark > 50);
  CHECK(terminal_qr(std::string(5000, 'a')).empty());
}
