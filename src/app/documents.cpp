#include "app/documents.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

#include "archive/chain_file.hpp"
#include "archive/erasure.hpp"
#include "archive/result.hpp"
#include "archive/revision.hpp"
#include "archive/search.hpp"
#include "protocol/result_codec.hpp"
#include "render/csv.hpp"
#include "render/outline.hpp"

namespace rundbord::app {
namespace {

using net::ExportedDocument;
using net::ExportRefused;

struct Form {
  std::string_view format;
  std::string_view content_type;
  std::string (*write)(const Result& result);
};

std::string json_of(const Result& result) {
  auto json = protocol::encode_result(result);
  const auto checksum = archive::checksum_of(json);
  return protocol::with_checksum(std::move(json), checksum);
}

// What people can hold against the JSON export of the same moment.
std::string checksum_of(const Result& result) {
  return archive::checksum_of(protocol::encode_result(result));
}

std::string markdown_of(const Result& result) {
  return render::to_markdown(render::outline(result, checksum_of(result)));
}

std::string html_of(const Result& result) {
  return render::to_html(render::outline(result, checksum_of(result)));
}

constexpr Form forms[] = {
    {"json", "application/json", json_of},
    {"md", "text/markdown; charset=utf-8", markdown_of},
    {"html", "text/html; charset=utf-8", html_of},
    {"csv", "text/csv; charset=utf-8", render::to_csv},
};
// What receipts are held against: of the whole workshop, whatever part was asked for.
constexpr std::string_view chain_format = "chain";
constexpr std::string_view promised[] = {"pdf", "docx", "xlsx", "zip"};

ExportRefused unknown_format(const std::string& format) {
  const bool comes = std::count(std::begin(promised), std::end(promised), format) > 0;
  if (comes) {
    return {501, "format_not_available", "The format " + format + " is not available yet.",
            "format"};
  }
  return {404, "unknown_format", "There is no such format; json, md, html, csv and chain are.",
          "format"};
}

std::optional<ExportRefused> not_there(const Workshop& workshop, const net::ExportRequest& asked) {
  if (asked.sitting && !workshop.sittings.contains(*asked.sitting)) {
    return ExportRefused{404, "unknown_sitting",
                         "There is no sitting " + std::to_string(*asked.sitting) + ".", "sitting"};
  }
  if (asked.room && !find_room(workshop, RoomNumber{*asked.room})) {
    return ExportRefused{404, "unknown_room",
                         "There is no room " + std::to_string(*asked.room) + ".", "room"};
  }
  return std::nullopt;
}

bool goes_on(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// Of the title its letters and digits: "Fremtidens møteplass!" becomes "fremtidens-møteplass".
std::string file_name_of(const std::string& title, const net::ExportRequest& asked) {
  constexpr std::size_t bytes_max = 60;
  std::string name;
  for (const char c : title) {
    if (name.size() >= bytes_max && !goes_on(c)) break;
    const bool beyond_ascii = (static_cast<unsigned char>(c) & 0x80) != 0;
    if (beyond_ascii || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) name += c;
    if (c >= 'A' && c <= 'Z') name += static_cast<char>(c - 'A' + 'a');
    if (c == ' ' && !name.empty() && name.back() != '-') name += '-';
  }
  if (name.empty()) name = "rundbord";
  if (asked.room) name += "-" + std::to_string(*asked.room);
  if (asked.revision) {
    name += "-" + std::to_string(asked.sitting.value_or(0)) + "." + std::to_string(*asked.revision);
  }
  return name + '.' + (asked.format == chain_format ? "chain.json" : asked.format);
}

std::optional<RoomNumber> room_of(const net::ExportRequest& asked) {
  if (!asked.room) return std::nullopt;
  return RoomNumber{*asked.room};
}

// The stored bytes themselves, with their checksum at the end: what the console shows it of.
net::ExportResult export_revision(log::EventLog& log, const net::ExportRequest& asked,
                                  const std::string& title) {
  std::optional<std::string> body;
  const bool whole = asked.format == "json" && !asked.room && asked.names;
  if (whole && asked.sitting) {
    body = archive::read_revision(log, {asked.workshop, *asked.sitting, *asked.revision});
  }
  if (!body) {
    return ExportRefused{404, "unknown_revision",
                         "There is no such revision; they are kept whole and as json.", "revision"};
  }
  const auto checksum = archive::checksum_of(*body);
  return ExportedDocument{"application/json", file_name_of(title, asked),
                          protocol::with_checksum(std::move(*body), checksum)};
}

net::ExportResult export_chain(log::EventLog& log, const net::ExportRequest& asked) {
  const auto folded = archive::fold(log, asked.workshop);
  const auto chain = archive::read_chain(log, asked.workshop, archive::Showing::result);
  const auto* head = std::get_if<archive::Folded>(&folded);
  if (const auto* unreadable = std::get_if<archive::Unreadable>(&chain); unreadable || !head) {
    return ExportRefused{404, "unknown_workshop", unreadable ? unreadable->sentence : "", ""};
  }
  return ExportedDocument{"application/json",
                          file_name_of(archive::make_result(*head, {}).title, asked),
                          archive::encode_chain_file(std::get<archive::ChainFile>(chain))};
}

}  // namespace

net::ExportResult export_document(log::EventLog& log, const net::ExportRequest& asked) {
  if (asked.format == chain_format) return export_chain(log, asked);
  const auto form = std::find_if(std::begin(forms), std::end(forms),
                                 [&](const Form& each) { return each.format == asked.format; });
  if (form == std::end(forms)) return unknown_format(asked.format);
  const auto folded = archive::fold(log, asked.workshop);
  if (const auto* unreadable = std::get_if<archive::Unreadable>(&folded)) {
    return ExportRefused{404, "unknown_workshop", unreadable->sentence, ""};
  }
  const auto& head = std::get<archive::Folded>(folded);
  if (auto refused = not_there(head.workshop, asked)) return std::move(*refused);
  const auto result = archive::make_result(head, {asked.sitting, room_of(asked), asked.names});
  if (asked.revision) return export_revision(log, asked, result.title);
  return ExportedDocument{std::string(form->content_type), file_name_of(result.title, asked),
                          form->write(result)};
}

std::string search_workshop(log::EventLog& log, const net::SearchRequest& request) {
  const auto folded = archive::fold(log, request.workshop);
  if (!std::holds_alternative<archive::Folded>(folded)) return archive::encode_found({});
  const auto result = archive::make_result(std::get<archive::Folded>(folded), {});
  return archive::encode_found(archive::search(result, request.text));
}

net::ErasureResult erase_words(log::EventLog& log, const WorkshopId& workshop,
                               archive::ErasureList& list) {
  try {
    auto erased = archive::erase_words(log, workshop, &list);
    if (const auto* unreadable = std::get_if<archive::Unreadable>(&erased)) {
      return net::RevisionFailed{unreadable->sentence};
    }
    return std::get<std::vector<RedactedRevision>>(std::move(erased));
  } catch (const log::LogError& error) {
    return net::RevisionFailed{error.sentence};
  }
}

net::RevisionResult write_revision(log::EventLog& log, const net::RevisionRequest& request) {
  const auto written = archive::write_revision(
      log, {request.workshop, request.sitting, request.revision}, request.seq);
  if (const auto* unreadable = std::get_if<archive::Unreadable>(&written)) {
    return net::RevisionFailed{unreadable->sentence};
  }
  return net::RevisionSealed{std::get<std::string>(written)};
}

}  // namespace rundbord::app
