#include <algorithm>
#include <string_view>

#include "render/document.hpp"

namespace rundbord::render {
namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light dark;--ink:#14242e;--soft:#4a5a64;--paper:#f6f5f1;
--line:#717d79;--fjord:#0f5c6e}
@media (prefers-color-scheme:dark){
:root{--ink:#e9eff1;--soft:#a9b8bf;--paper:#0e171c;--line:#748790;--fjord:#7cc7d8}}
body{margin:0;background:var(--paper);color:var(--ink);
font:17px/1.5 "Source Sans 3",system-ui,sans-serif}
main{max-width:65ch;margin:0 auto;padding:24px 16px 48px}
h1,h2,h3,h4{line-height:1.2;margin:1.6em 0 .5em}h1{font-size:2.1rem;margin-top:0}
h2{font-size:1.65rem;border-bottom:2px solid var(--fjord);padding-bottom:.2em}
h3{font-size:1.3rem}h4{font-size:1.05rem;color:var(--fjord)}
p,li{overflow-wrap:anywhere;white-space:pre-wrap}ul{padding-left:1.2em}li{margin:.3em 0}
nav ul{list-style:none;padding:0}a{color:var(--fjord)}
.remark,.by{color:var(--soft);font-size:.9em}
blockquote{margin:1em 0;padding:.2em 0 .2em 1em;border-left:3px solid var(--line);
white-space:pre-wrap}
@media print{body{background:#fff;color:#000;font-size:11pt}main{max-width:none;padding:0}
nav{display:none}h2{break-before:page}h2:first-of-type{break-before:auto}
h3,h4{break-after:avoid}li{break-inside:avoid}}
)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

struct BlockWriter {
  std::string& out;

  void operator()(const Heading& heading) {
    const auto tag = 'h' + std::to_string(heading.level);
    out += '<' + tag;
    if (!heading.anchor.empty()) out += " id=\"" + escaped(heading.anchor) + '"';
    out += '>' + escaped(heading.text) + "</" + tag + ">\n";
  }
  void operator()(const Paragraph& paragraph) { out += "<p>" + escaped(paragraph.text) + "</p>\n"; }
  void operator()(const Quote& quote) {
    out += "<blockquote>" + escaped(quote.text);
    if (!quote.source.empty()) out += " <span class=\"by\">— " + escaped(quote.source) + "</span>";
    out += "</blockquote>\n";
  }
  void operator()(const List& list) {
    out += "<ul>\n";
    for (const auto& item : list.items) {
      out += "<li>" + escaped(item.text);
      if (!item.remark.empty()) out += " <span class=\"by\">(" + escaped(item.remark) + ")</span>";
      out += "</li>\n";
    }
    out += "</ul>\n";
  }
  void operator()(const Remark& remark) {
    out += "<p class=\"remark\">" + escaped(remark.text) + "</p>\n";
  }
};

// Links to everything that has an anchor, two levels deep.
std::string contents(const Document& document) {
  std::string out;
  bool inside = false;
  for (const auto& block : document.blocks) {
    const auto* heading = std::get_if<Heading>(&block);
    if (!heading || heading->anchor.empty()) continue;
    const auto link =
        "<a href=\"#" + escaped(heading->anchor) + "\">" + escaped(heading->text) + "</a>";
    if (heading->level > 2) {
      out += (inside ? "" : "<ul>");
      out += "<li>" + link + "</li>";
      inside = true;
    } else {
      if (inside) out += "</ul>";
      inside = false;
      out += (out.empty() ? "<li>" : "</li><li>") + link;
    }
  }
  if (inside) out += "</ul>";
  if (out.empty()) return out;
  return "<nav aria-label=\"" + escaped(document.contents) + "\"><ul>" + out + "</li></ul></nav>\n";
}

}  // namespace

std::string_view html_style() {
  return style;
}

std::string to_html(const Document& document) {
  std::string out = "<!doctype html>\n<html lang=\"" + escaped(document.language) +
                    "\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<title>" +
                    escaped(document.title) + "</title>\n<style>" + std::string(style) +
                    "</style>\n</head>\n<body>\n<main>\n";
  // The list of contents comes after the title and the state below it.
  const auto head = std::min<std::size_t>(2, document.blocks.size());
  for (std::size_t i = 0; i < document.blocks.size(); ++i) {
    std::visit(BlockWriter{out}, document.blocks[i]);
    if (i + 1 == head) out += contents(document);
  }
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace rundbord::render
