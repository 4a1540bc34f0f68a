#include "net/static_files.hpp"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "access/join_code.hpp"
#include "log/chain.hpp"
#include "net/problem.hpp"
#include "net/security_headers.hpp"

namespace rundbord::net {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view policy_file = "csp.json";
constexpr std::string_view for_ever = "public, max-age=31536000, immutable";

std::string content_type_of(const std::string& extension) {
  static const std::map<std::string, std::string> known = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".woff2", "font/woff2"},
      {".json", "application/json"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".txt", "text/plain; charset=utf-8"},
      {".webmanifest", "application/manifest+json"},
  };
  const auto found = known.find(extension);
  return found == known.end() ? "application/octet-stream" : found->second;
}

std::string cache_for(const std::string& path) {
  if (path.rfind("assets/", 0) == 0) return std::string(for_ever);  // the name holds a hash
  if (path.size() > 5 && path.compare(path.size() - 5, 5, ".html") == 0) return "no-cache";
  return "public, max-age=3600";
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Accept-Encoding with "br", unless at weight 0.
bool takes_brotli(const Request& request) {
  std::string_view rest = header_of(request, "Accept-Encoding");
  while (!rest.empty()) {
    const auto end = std::min(rest.find(','), rest.size());
    const auto entry = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto weight_at = std::min(entry.find(';'), entry.size());
    if (trimmed(entry.substr(0, weight_at)) != "br") continue;
    return entry.find("q=0", weight_at) == std::string_view::npos ||
           entry.find("q=0.", weight_at) != std::string_view::npos;
  }
  return false;
}

std::vector<std::string> strings_in(const json& object, const std::string& key) {
  std::vector<std::string> strings;
  if (!object.is_object() || !object.contains(key)) return strings;
  for (const auto& entry : object[key]) {
    if (entry.is_string()) strings.push_back(entry.get<std::string>());
  }
  return strings;
}

bool accepts_pages(const Request& request) {
  return header_of(request, "Accept").find("text/html") != std::string_view::npos;
}

}  // namespace

std::string page_at(const Target& target) {
  static const std::map<std::string, std::string, std::less<>> pages = {
      {"room", "room.html"},
      {"console", "console.html"},
      {"projector", "projector.html"},
      {"new", "editor.html"},
      {"archive", "archive.html"},
      {"verify", "verify.html"},
      // Asked for by browsers on pages that name no icon, such as a downloaded document.
      {"favicon.ico", "favicon.svg"},
  };
  if (target.path == "/") return "index.html";
  if (target.segments.empty() || target.segments.size() > 2) return {};
  const auto& first = target.segments.front();
  if (target.segments.size() == 1) {
    if (const auto page = pages.find(first); page != pages.end()) return page->second;
  }
  return access::code_from(first) ? "index.html" : std::string();
}

std::optional<std::string> StaticFiles::read(const fs::path& folder, StaticFiles& into) {
  std::error_code ec;
  if (folder.empty() || !fs::is_directory(folder, ec)) return std::nullopt;
  std::size_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    bytes += entry.file_size();
    if (entry.file_size() > static_file_bytes_max || bytes > static_bytes_max) {
      return "The folder " + folder.string() +
             " holds more than a browser client can be: " + entry.path().filename().string() +
             " is past the limit.";
    }
    if (auto fault = into.add(folder, entry.path())) return fault;
  }
  const json policy = json::parse(bytes_of(folder / policy_file), nullptr, false);
  if (policy.is_discarded() && fs::exists(folder / policy_file)) {
    return (folder / policy_file).string() + " is not JSON; build the client again.";
  }
  const auto hashes = policy.is_object() ? policy.value("styleHashes", json::object()) : json();
  const auto scripts = policy.is_object() ? policy.value("scriptHashes", json::object()) : json();
  for (auto& [path, file] : into.files_) {
    file.policy = content_security_policy(
        strings_in(hashes, path), strings_in(policy, "trustedTypes"), strings_in(scripts, path));
  }
  return std::nullopt;
}

std::optional<std::string> StaticFiles::add(const fs::path& folder, const fs::path& path) {
  if (path.extension() == ".br" || path.filename() == policy_file) return std::nullopt;
  const auto name = fs::relative(path, folder).generic_string();
  File file;
  file.content_type = content_type_of(path.extension().string());
  file.bytes = bytes_of(path);
  const auto compressed = fs::path(path.string() + ".br");
  if (fs::exists(compressed)) file.brotli = bytes_of(compressed);
  file.tag = '"' + log::to_hex(log::sha256(file.bytes)).substr(0, 20) + '"';
  file.cache = cache_for(name);
  files_.emplace(name, std::move(file));
  return std::nullopt;
}

Response StaticFiles::serve(const Request& request, const Target& target) const {
  if (request.method != "GET" && request.method != "HEAD") {
    return problem(404, "not_found", "There is nothing at this address.");
  }
  auto name = page_at(target);
  if (name.empty() && target.path.size() > 1) name = target.path.substr(1);
  if (const auto found = files_.find(name); found != files_.end()) {
    return answer(request, found->second, 200);
  }
  // A person with a mistyped link lands where the code can be typed.
  const auto join_page = files_.find("index.html");
  if (join_page != files_.end() && accepts_pages(request)) {
    return answer(request, join_page->second, 404);
  }
  return problem(404, "not_found", "There is nothing at this address.");
}

Response StaticFiles::answer(const Request& request, const File& file, int status) const {
  Response response{status, file.content_type, {}, {}};
  response.headers = {{"Content-Security-Policy", file.policy},
                      {"Cache-Control", file.cache},
                      {"ETag", file.tag},
                      {"Vary", "Accept-Encoding"}};
  if (status == 200 && header_of(request, "If-None-Match") == file.tag) {
    response.status = 304;
    response.content_type.clear();
    return response;
  }
  const bool compressed = !file.brotli.empty() && takes_brotli(request);
  if (compressed) response.headers.push_back({"Content-Encoding", "br"});
  response.body = compressed ? file.brotli : file.bytes;
  return response;
}

}  // namespace rundbord::net
