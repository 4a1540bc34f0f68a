// What an organiser takes away: exports, search, a copy without answers, deletion for good
// (SPEC HT7, HT8).
#include <spdlog/spdlog.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "net/api.hpp"
#include "net/caller.hpp"
#include "net/new_workshop.hpp"
#include "net/problem.hpp"
#include "net/reason.hpp"
#include "net/target.hpp"
#include "protocol/wire_codec.hpp"

namespace rundbord::net {
namespace {

using nlohmann::json;

constexpr std::size_t search_bytes_max = 200;

// True when the parameter is absent or a number; the number goes to `value`.
bool read_number(const Call& call, const std::string& name, std::optional<int>& value) {
  const auto text = call.query(name);
  if (text.empty()) return true;
  int number = 0;
  const auto end = text.data() + text.size();
  const auto [stopped, ec] = std::from_chars(text.data(), end, number);
  value = number;
  return ec == std::errc{} && stopped == end;
}

// RFC 6266: the name in plain letters, and as it is for browsers that read the second form.
std::string attachment(const std::string& file_name) {
  std::string plain;
  for (const char c : file_name) plain += c > ' ' && c < 0x7f && c != '"' && c != '\\' ? c : '_';
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encoded(file_name);
}

Response download(ExportedDocument document) {
  Response response{200, std::move(document.content_type), std::move(document.bytes), {}};
  response.headers = {{"Content-Disposition", attachment(document.file_name)},
                      // Should a browser open it all the same, nothing in it runs or loads.
                      {"Content-Security-Policy",
                       "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
                       "frame-ancestors 'none'; form-action 'none'; sandbox"}};
  return response;
}

void export_workshop(const ApiParts& parts, Call call, Respond respond) {
  auto admitted = admit_organiser(parts, call);
  if (auto* refusal = std::get_if<Response>(&admitted)) return respond(std::move(*refusal));
  ExportRequest wanted{std::get<Admitted>(admitted).workshop,
                       call.parameter("format"),
                       {},
                       {},
                       call.query("names") != "0"};
  for (const auto& [name, value] : {std::pair{"sitting", &wanted.sitting},
                                    {"room", &wanted.room},
                                    {"revision", &wanted.revision}}) {
    if (!read_number(call, name, *value)) {
      return respond(problem({RejectionCode::wrong_type, name, {}}));
    }
  }
  if (!parts.options.export_document) {
    return respond(problem(501, "format_not_available", "This server makes no documents."));
  }
  auto result = std::make_shared<ExportResult>(ExportRefused{});
  parts.loop.in_pool(
      [&parts, wanted, result] {
        try {
          *result = parts.options.export_document(wanted);
        } catch (...) {
          spdlog::error("an export of workshop {} failed: {}", to_text(wanted.workshop),
                        reason_of(std::current_exception()));
          *result = ExportRefused{
              500, "export_failed", "The document could not be made; nothing was changed.", {}};
        }
      },
      [respond, result] {
        if (auto* refused = std::get_if<ExportRefused>(result.get())) {
          return respond(problem(refused->status, refused->code, refused->detail, refused->field));
        }
        respond(download(std::get<ExportedDocument>(std::move(*result))));
      });
}

void search(const ApiParts& parts, Call call, Respond respond) {
  auto admitted = admit_organiser(parts, call);
  if (auto* refusal = std::get_if<Response>(&admitted)) return respond(std::move(*refusal));
  const SearchRequest wanted{std::get<Admitted>(admitted).workshop, call.query("q")};
  if (wanted.text.empty() || wanted.text.size() > search_bytes_max) {
    return respond(problem(422, "out_of_range", "Search for 1 to 200 bytes of text.", "q"));
  }
  if (!parts.options.search) {
    return respond(problem(501, "search_not_available", "This server does not search."));
  }
  auto found = std::make_shared<std::string>();
  parts.loop.in_pool(
      [&parts, wanted, found] {
        try {
          *found = parts.options.search(wanted);
        } catch (...) {
          spdlog::error("a search failed: {}", reason_of(std::current_exception()));
        }
      },
      [respond, found] {
        if (found->empty()) {
          return respond(problem(500, "search_failed", "The search could not be carried out."));
        }
        respond(json_response(200, std::move(*found)));
      });
}

void copy_workshop(const ApiParts& parts, Call call, Respond respond) {
  auto admitted = admit_organiser(parts, call);
  if (auto* refusal = std::get_if<Response>(&admitted)) return respond(std::move(*refusal));
  const auto plenary = [](const Workshop& workshop, const protocol::Names& names) {
    return protocol::encode_state({workshop, names}, Plenary{});
  };
  parts.host.read(std::get<Admitted>(admitted).workshop, plenary, [respond](Outcome outcome) {
    if (const auto* refused = std::get_if<Rejection>(&outcome)) return respond(problem(*refused));
    const auto state = json::parse(std::get<std::string>(outcome));
    respond(json_response(200, without_answers(state).dump()));
  });
}

// --- deleting
// ---------------------------------------------------------------------------------------

void delete_confirmed(const ApiParts& parts, const WorkshopId& id, Respond respond) {
  parts.host.remove(id, [respond](bool removed) {
    if (!removed) return respond(problem({RejectionCode::not_stored, "", {}}));
    respond({204, {}, {}, {}});
  });
}

void delete_workshop(const ApiParts& parts, Call call, Respond respond) {
  auto admitted = admit_organiser(parts, call);
  if (auto* refusal = std::get_if<Response>(&admitted)) return respond(std::move(*refusal));
  auto read = body_of(call);
  if (auto* refusal = std::get_if<Response>(&read)) return respond(std::move(*refusal));
  const auto confirm = text_at(std::get<json>(read), "confirm");
  const auto id = std::get<Admitted>(admitted).workshop;
  const auto confirmed = [confirm](const Workshop& workshop,
                                   const protocol::Names&) -> std::string {
    for (const auto& [language, title] : workshop.settings.title) {
      if (!confirm.empty() && title.utf8 == confirm) return "yes";
    }
    return "no";
  };
  parts.host.read(id, confirmed, [&parts, id, respond](Outcome outcome) {
    if (const auto* refused = std::get_if<Rejection>(&outcome)) return respond(problem(*refused));
    if (std::get<std::string>(outcome) != "yes") {
      return respond(problem(422, "not_confirmed",
                             "Nothing was deleted: `confirm` must be the workshop's title.",
                             "confirm"));
    }
    delete_confirmed(parts, id, respond);
  });
}

}  // namespace

void add_result_routes(Router& router, const ApiParts& parts) {
  const auto add = [&](const char* method, const char* path, auto handler) {
    router.add(method, path, [&parts, handler](Call call, Respond respond) {
      handler(parts, std::move(call), std::move(respond));
    });
  };
  add("GET", "/api/v1/workshops/{id}/export.{format}", export_workshop);
  add("GET", "/api/v1/workshops/{id}/search", search);
  add("POST", "/api/v1/workshops/{id}/copy", copy_workshop);
  add("DELETE", "/api/v1/workshops/{id}", delete_workshop);
}

}  // namespace rundbord::net
