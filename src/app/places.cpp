#include "app/places.hpp"

#include <fstream>
#include <iterator>

namespace rundbord::app {
namespace {

namespace fs = std::filesystem;

// From build/release/rundbord two folders up to the sources.
fs::path found(const fs::path& beside_sources, const fs::path& installed) {
  std::error_code ec;
  const auto binary = fs::read_symlink("/proc/self/exe", ec);
  if (!ec) {
    const auto built = (binary.parent_path() / "../.." / beside_sources).lexically_normal();
    if (fs::is_directory(built, ec)) return built;
  }
  return fs::is_directory(installed, ec) ? installed : fs::path();
}

fs::path url_file(const fs::path& folder) {
  return folder / "url";
}

}  // namespace

fs::path find_web_folder() {
  return found("web/dist", "/usr/share/rundbord/web");
}
fs::path find_templates_folder() {
  return found("templates", "/usr/share/rundbord/templates");
}

std::optional<std::string> read_text_file(const fs::path& path) {
  std::error_code ec;
  if (fs::is_directory(path, ec)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (file.bad()) return std::nullopt;
  return text;
}

// Only a convenience: a folder that cannot be written has said so by now.
void remember_url(const fs::path& folder, const std::string& url) {
  std::ofstream(url_file(folder)) << url << '\n';
}

std::optional<std::string> remembered_url(const fs::path& folder) {
  auto url = read_text_file(url_file(folder));
  if (!url || url->empty()) return std::nullopt;
  while (!url->empty() && url->back() == '\n') url->pop_back();
  return url;
}

}  // namespace rundbord::app
