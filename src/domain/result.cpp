#include "domain/result.hpp"

namespace rundbord {

const std::string& words_in(const LocalText& text, const std::string& language) {
  static const std::string none;
  const auto found = text.find(language);
  if (found != text.end()) return found->second.utf8;
  return text.empty() ? none : text.begin()->second.utf8;
}

}  // namespace rundbord
