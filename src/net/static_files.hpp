// The browser client as built by web/: read into memory once, served brotli-compressed where the
// browser takes it. Read at start, then only read; io thread.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "net/http_message.hpp"
#include "net/target.hpp"

namespace rundbord::net {

inline constexpr std::size_t static_file_bytes_max = 8 << 20;
inline constexpr std::size_t static_bytes_max = 64 << 20;

class StaticFiles {
 public:
  // Serves nothing from a folder that is not there. A sentence when a file is too large or csp.json
  // cannot be read.
  static std::optional<std::string> read(const std::filesystem::path& folder, StaticFiles& into);

  bool empty() const { return files_.empty(); }
  // Pages have addresses of their own: "/" and "/XXXX-XXXX/23" are the join page, "/new" the
  // editor.
  Response serve(const Request& request, const Target& target) const;

 private:
  struct File {
    std::string content_type;
    std::string bytes;
    std::string brotli;  // empty: there is none
    std::string tag;
    std::string cache;
    std::string policy;  // of a page
  };
  Response answer(const Request& request, const File& file, int status) const;
  std::optional<std::string> add(const std::filesystem::path& folder,
                                 const std::filesystem::path& path);

  std::map<std::string, File, std::less<>> files_;  // by path below the folder
};

// The page at an address, "room.html" for "/room"; empty when the address is no page's.
std::string page_at(const Target& target);

}  // namespace rundbord::net
