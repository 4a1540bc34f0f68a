// What `serve` was told, on the command line and in a TOML file; the command line wins. Plain
// values and a reader; one thread.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rundbord::app {

struct ServeOptions {
  std::optional<std::filesystem::path> folder;
  std::optional<std::string> listen;  // 127.0.0.1:8080
  std::optional<std::string> public_url;
  std::optional<std::string> metrics;  // 127.0.0.1:9464, or "off"
  std::vector<std::string> trusted_proxies;
  std::optional<std::string> reconnects_per_minute;  // a whole number from 1; 10
  std::optional<std::filesystem::path> web;
  std::optional<std::filesystem::path> templates;
};

// Takes what the file says and `options` does not; a sentence with its line when it cannot be used.
std::optional<std::string> add_config(ServeOptions& options, std::string_view toml,
                                      const std::string& file_name);

}  // namespace rundbord::app
