// One document tree for all formats that are read by people: headings, paragraphs, lists. Made from
// a result, then written as Markdown, HTML, …. Plain values.
#pragma once
#include <string>
#include <variant>
#include <vector>

namespace rundbord::render {

struct Heading {
  int level = 1;  // 1 to 6, never skipping one
  std::string text;
  std::string anchor;  // [a-z0-9-]+, for links inside the document; may be empty
};
struct Paragraph {
  std::string text;  // line breaks are kept
};
struct Quote {
  std::string text;
  std::string source;  // may be empty
};
struct Item {
  std::string text;
  std::string remark;  // who, which kind; may be empty
};
struct List {
  std::vector<Item> items;
};
// Small print: "not signed off", "nothing was written".
struct Remark {
  std::string text;
};
using Block = std::variant<Heading, Paragraph, Quote, List, Remark>;

struct Document {
  std::string language;  // BCP 47
  std::string title;
  std::string contents;  // what the list of contents is called
  std::vector<Block> blocks;
};

std::string to_markdown(const Document& document);
// A page that needs no scripts, prints well and carries its own styles.
std::string to_html(const Document& document);
// The one style element of to_html's pages, for a Content-Security-Policy hash.
std::string_view html_style();

}  // namespace rundbord::render
