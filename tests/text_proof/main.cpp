// The C++ half of the proof that server and browser change texts alike: reads one JSON object a
// line from standard input, does it, prints one line of JSON each. The browser half is
// web/tests/text/crossProof.test.ts, which makes the random cases and compares byte for byte.
//   {"op":"changes","text":…,"a":…,"b":…,"c":…,"at":…}  a and b on the text, c after a
//   {"op":"fault","text":…,"change":…}
//   {"op":"document","text":…,"edits":[{"version":…,"writer":…,"counter":…,"change":…}]}
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "domain/document.hpp"
#include "domain/utf16.hpp"
#include "protocol/change_set_codec.hpp"

namespace {

using nlohmann::json;
using namespace rundbord;

std::u16string text_in(const json& request, const char* field) {
  auto text = to_utf16(request.at(field).get_ref<const std::string&>());
  if (!text) throw std::invalid_argument("not UTF-8");
  return *std::move(text);
}

ChangeSet change_in(const json& request, const char* field) {
  auto change = protocol::change_from_json(request.at(field));
  if (!change) throw std::invalid_argument("not a change");
  return *std::move(change);
}

json out(std::u16string_view text) {
  return to_utf8(text).value();
}
json out(const ChangeSet& change) {
  return protocol::change_to_json(change);
}

json changes(const json& request) {
  const auto text = text_in(request, "text");
  const auto a = change_in(request, "a");
  const auto b = change_in(request, "b");
  const auto c = change_in(request, "c");
  const auto at = request.at("at").get<std::size_t>();
  const auto after_a = apply_change(a, text);
  const auto after_c = apply_change(c, after_a);
  return {out(after_a),
          out(after_c),
          out(compose(a, c)),
          out(map(a, b, Order::before)),
          out(map(a, b, Order::after)),
          out(map(map(b, a, Order::after), c, Order::after)),
          map_position(a, at, Order::before),
          map_position(a, at, Order::after),
          out(diff(text, after_c)),
          text_hash_digits(text_hash(after_c))};
}

std::string name(TextFault fault) {
  switch (fault) {
    case TextFault::wrong_length:
      return "wrong_length";
    case TextFault::splits_character:
      return "splits_character";
    case TextFault::lone_surrogate:
      return "lone_surrogate";
    case TextFault::control_character:
      return "control_character";
    case TextFault::text_too_long:
      return "text_too_long";
    case TextFault::too_many_sections:
      return "too_many_sections";
    case TextFault::unknown_version:
      return "unknown_version";
    case TextFault::bad_counter:
      return "bad_counter";
  }
  throw std::logic_error("a fault without a name");
}

json fault(const json& request) {
  const auto found = fault_in(change_in(request, "change"), text_in(request, "text"));
  return found ? json(name(*found)) : json(nullptr);
}

WriterId writer_in(const json& edit) {
  const auto name = edit.at("writer").get<std::string>();
  WriterId writer;
  std::copy_n(name.begin(), std::min(name.size(), writer.bytes.size()), writer.bytes.begin());
  return writer;
}

json receive(Document& document, const json& request) {
  const TextEdit edit{request.at("version").get<int>(), writer_in(request),
                      request.at("counter").get<int>(), change_in(request, "change")};
  const auto answer = document.receive(edit);
  if (const auto* accepted = std::get_if<EditAccepted>(&answer)) {
    document.apply(accepted->version, edit.writer, edit.counter, accepted->change);
    return {"accepted", accepted->version, out(accepted->change)};
  }
  if (const auto* repeated = std::get_if<EditRepeated>(&answer)) {
    return {"repeated", repeated->version};
  }
  if (const auto* rejected = std::get_if<EditRejected>(&answer)) {
    return {"rejected", name(rejected->fault)};
  }
  return json::array({"too_old"});
}

json document(const json& request) {
  Document text(text_in(request, "text"), 0);
  json answers = json::array();
  for (const auto& edit : request.at("edits")) answers.push_back(receive(text, edit));
  return {answers, text.version(), out(text.text()), text_hash_digits(text.text_hash())};
}

json answer(const json& request) {
  const auto op = request.at("op").get<std::string>();
  if (op == "changes") return changes(request);
  if (op == "fault") return fault(request);
  if (op == "document") return document(request);
  throw std::invalid_argument("no such op: " + op);
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  std::string line;
  for (int number = 1; std::getline(std::cin, line); ++number) {
    try {
      std::cout << answer(json::parse(line)).dump() << '\n';
    } catch (const std::exception& error) {
      std::cerr << "line " << number << ": " << error.what() << '\n';
      return 1;
    }
  }
}
