#include <string_view>

#include "render/document.hpp"

namespace rundbord::render {
namespace {

bool starts_block(std::string_view line) {
  const auto first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos) return false;
  if (std::string_view("#>-+*=|~:").find(line[first]) != std::string_view::npos) return true;
  const auto after_digits = line.find_first_not_of("0123456789", first);
  return after_digits != first && after_digits != std::string_view::npos &&
         (line[after_digits] == '.' || line[after_digits] == ')');
}

// So that what people wrote reads as they wrote it: no markup in it comes alive (CommonMark 2.4).
std::string escaped(std::string_view line) {
  std::string out;
  if (starts_block(line)) {
    const auto first = line.find_first_not_of(" \t");
    line.remove_prefix(first);
    const auto mark = line.find_first_not_of("0123456789");
    if (mark > 0) {
      out.append(line, 0, mark);
      line.remove_prefix(mark);
    }
    out += '\\';
    out += line[0];
    line.remove_prefix(1);
  }
  for (const char c : line) {
    if (std::string_view("\\`*_[]<>&~!").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// Each line escaped; a line break inside a paragraph is a hard one.
std::string escaped_lines(std::string_view text, std::string_view indent) {
  std::string out;
  std::size_t start = 0;
  while (true) {
    const auto end = text.find('\n', start);
    const auto line = escaped(text.substr(start, end - start));
    if (start > 0) out += line.empty() ? "" : indent;
    out += line;
    if (end == std::string_view::npos) return out;
    const bool blank_next = end + 1 < text.size() && text[end + 1] == '\n';
    out += line.empty() || blank_next ? "\n" : "\\\n";
    start = end + 1;
  }
}

std::string one_line(std::string_view text) {
  std::string line(text);
  for (auto& c : line) {
    if (c == '\n') c = ' ';
  }
  return line;
}

struct BlockWriter {
  std::string& out;

  void operator()(const Heading& heading) {
    out += std::string(static_cast<std::size_t>(heading.level), '#') + ' ' +
           escaped(one_line(heading.text)) + "\n\n";
  }
  void operator()(const Paragraph& paragraph) { out += escaped_lines(paragraph.text, "") + "\n\n"; }
  void operator()(const Quote& quote) {
    out += "> " + escaped_lines(quote.text, "> ");
    if (!quote.source.empty()) out += "\\\n> — " + escaped(quote.source);
    out += "\n\n";
  }
  void operator()(const List& list) {
    for (const auto& item : list.items) {
      out += "- " + escaped_lines(item.text, "  ");
      if (!item.remark.empty()) out += " *(" + escaped(item.remark) + ")*";
      out += '\n';
    }
    out += '\n';
  }
  void operator()(const Remark& remark) { out += '*' + escaped(remark.text) + "*\n\n"; }
};

}  // namespace

std::string to_markdown(const Document& document) {
  std::string out;
  for (const auto& block : document.blocks) std::visit(BlockWriter{out}, block);
  while (out.size() > 1 && out[out.size() - 2] == '\n') out.pop_back();
  return out;
}

}  // namespace rundbord::render
