#include "app/serve_options.hpp"

#include "protocol/toml_tree.hpp"

namespace rundbord::app {
namespace {

using protocol::TomlList;
using protocol::TomlMember;

template <class Value>
bool take(std::optional<Value>& value, const TomlMember& member) {
  const auto* text = std::get_if<std::string>(&member.node.value);
  if (text && !value) value = *text;
  return text != nullptr;
}

// One text, or a list of them.
bool take(std::vector<std::string>& values, const TomlMember& member, bool wanted) {
  if (const auto* text = std::get_if<std::string>(&member.node.value)) {
    if (wanted) values.push_back(*text);
    return true;
  }
  const auto* list = std::get_if<TomlList>(&member.node.value);
  if (!list) return false;
  for (const auto& item : *list) {
    const auto* text = std::get_if<std::string>(&item.value);
    if (!text) return false;
    if (wanted) values.push_back(*text);
  }
  return true;
}

// Nothing: there is no such key.
std::optional<bool> take_member(ServeOptions& options, const TomlMember& member,
                                bool wants_proxies) {
  if (member.key == "data") return take(options.folder, member);
  if (member.key == "listen") return take(options.listen, member);
  if (member.key == "public-url") return take(options.public_url, member);
  if (member.key == "metrics") return take(options.metrics, member);
  if (member.key == "reconnects-per-minute") return take(options.reconnects_per_minute, member);
  if (member.key == "web") return take(options.web, member);
  if (member.key == "templates") return take(options.templates, member);
  if (member.key == "trusted-proxy") {
    return take(options.trusted_proxies, member, wants_proxies);
  }
  return std::nullopt;
}

std::string sentence_at(const std::string& file, const protocol::TomlPlace& at,
                        const std::string& reason) {
  return file + ':' + std::to_string(at.line) + ':' + std::to_string(at.column) + ": " + reason;
}

}  // namespace

std::optional<std::string> add_config(ServeOptions& options, std::string_view toml,
                                      const std::string& file_name) {
  const auto tree = protocol::read_toml(toml);
  if (const auto* fault = std::get_if<protocol::TomlFault>(&tree)) {
    return sentence_at(file_name, fault->at, fault->reason);
  }
  const bool wants_proxies = options.trusted_proxies.empty();
  const auto& root = std::get<protocol::TomlNode>(tree);
  for (const auto& member : std::get<protocol::TomlTable>(root.value)) {
    const auto taken = take_member(options, member, wants_proxies);
    if (!taken) return sentence_at(file_name, member.at, "unknown key \"" + member.key + '"');
    if (!*taken) {
      return sentence_at(file_name, member.node.at, '"' + member.key + "\" is not a text");
    }
  }
  return std::nullopt;
}

}  // namespace rundbord::app
