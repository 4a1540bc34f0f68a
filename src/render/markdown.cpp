#include <algorithm>
#include <string_view>

#include "render/document.hpp"

namespace rundbord::render {
namespace {

// Indentation would make code of what people wrote, and Markdown shows no other white space.
std::string_view trimmed(std::string_view line) {
  const auto first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(" \t") - first + 1);
}

bool starts_block(std::string_view line) {
  if (line.empty()) return false;
  if (std::string_view(">-+=|:").find(line.front()) != std::string_view::npos) return true;
  const auto after_digits = line.find_first_not_of("0123456789");
  return after_digits > 0 && after_digits != std::string_view::npos &&
         (line[after_digits] == '.' || line[after_digits] == ')');
}

// So that what people wrote reads as they wrote it: no markup in it comes alive (CommonMark 2.4).
std::string escaped(std::string_view untrimmed) {
  auto line = trimmed(untrimmed);
  std::string out;
  if (starts_block(line)) {
    const auto mark = line.find_first_not_of("0123456789");
    out.append(line, 0, mark);
    out += '\\';
    out += line[mark];
    line.remove_prefix(mark + 1);
  }
  for (const char c : line) {
    if (std::string_view("\\`*_[]<>&~!#").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// Each line escaped; a line break inside a paragraph is a hard one.
std::string escaped_lines(std::string_view text, std::string_view indent) {
  std::string out;
  bool after_words = false;
  for (bool first = true, more = true; more; first = false) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = escaped(text.substr(0, end));
    if (after_words && !line.empty()) out += '\\';
    if (!first) out += '\n';
    if (!first && !line.empty()) out += indent;
    out += line;
    after_words = !line.empty();
    more = end < text.size();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string one_line(std::string_view text) {
  std::string line(text);
  for (auto& c : line) {
    if (c == '\n') c = ' ';
  }
  return escaped(line);
}

struct BlockWriter {
  std::string& out;

  void operator()(const Heading& heading) {
    out += std::string(static_cast<std::size_t>(heading.level), '#') + ' ' +
           one_line(heading.text) + "\n\n";
  }
  void operator()(const Paragraph& paragraph) { out += escaped_lines(paragraph.text, "") + "\n\n"; }
  void operator()(const Quote& quote) {
    out += "> " + escaped_lines(quote.text, "> ");
    if (!quote.source.empty()) out += "\\\n> — " + one_line(quote.source);
    out += "\n\n";
  }
  void operator()(const List& list) {
    for (const auto& item : list.items) {
      out += "- " + escaped_lines(item.text, "  ");
      if (!item.remark.empty()) out += " *(" + one_line(item.remark) + ")*";
      out += '\n';
    }
    out += '\n';
  }
  void operator()(const Remark& remark) { out += '*' + one_line(remark.text) + "*\n\n"; }
};

}  // namespace

std::string to_markdown(const Document& document) {
  std::string out;
  for (const auto& block : document.blocks) std::visit(BlockWriter{out}, block);
  while (out.size() > 1 && out[out.size() - 2] == '\n') out.pop_back();
  return out;
}

}  // namespace rundbord::render
