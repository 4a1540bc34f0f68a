// Deliberate mistakes, each in one place of the server's own source: the fuzzer must find every one
// of them with the target named. Read by the generator of tests/sim/mutants, which copies the
// sources with a switch at each place.
#pragma once
#include "sim/mutants/list.hpp"

namespace rundbord::fuzz {

using sim::Place;

struct Mutant {
  std::string_view name;
  std::string_view file;  // in src/
  Place place;
  std::string_view original;
  std::string_view mistake;
  std::string_view target;
};

inline constexpr std::array mutants = {
    // --- messages
    Mutant{"one_level_too_deep", "protocol/json_text.cpp", Place::expression,
           "open_.size() == depth_max_", "open_.size() == depth_max_ + 1", "json_text"},
    Mutant{"repeated_key_taken", "protocol/json_text.cpp", Place::expression,
           "parent.emplace(std::move(key_), std::move(value))",
           "std::pair(parent.emplace(std::move(key_), std::move(value)).first, true)", "json_text"},
    Mutant{"more_behind_the_end", "protocol/json_text.cpp", Place::expression,
           "!ec && taken == text.size()", "!ec", "json_text"},
    Mutant{"control_as_it_is", "protocol/json_text.cpp", Place::expression,
           "byte >= 0x20 && c != '\"' && c != '\\\\'", "byte >= 0x1F && c != '\"' && c != '\\\\'",
           "json_string"},
    Mutant{"channel_asked_for_twice", "protocol/client_message.cpp", Place::expression,
           "!named.insert(*channel).second", "(named.insert(*channel), false)", "client_message"},
    Mutant{"field_not_escaped", "protocol/server_message.cpp", Place::statement,
           "if (!rejection.field.empty()) writer(\"field\", rejection.field);",
           "writer.member(\"field\"); out += '\"' + rejection.field + '\"';", "server_message"},
    Mutant{"c1_controls_taken", "protocol/typed_text.cpp", Place::expression,
           "(c >= 0x7F && c <= 0x9F)", "c == 0x7F", "typed_text"},
    Mutant{"overlong_taken", "domain/utf16.cpp", Place::expression, "point < lead->least", "false",
           "utf16"},

    // --- what is stored
    Mutant{"text_past_the_last", "protocol/text_sources.cpp", Place::expression,
           "*number < texts_.size()", "*number <= texts_.size()", "log_codec"},
    Mutant{"torn_state_taken", "protocol/state_codec.cpp", Place::statement,
           "if (!reader.finished()) return std::nullopt;", "", "stored_state"},
    Mutant{"chain_cut_off", "log/packed_snapshot.cpp", Place::statement,
           "if (chain.empty()) return std::nullopt;", "", "packed_snapshot"},
    Mutant{"header_not_put_together", "log/chain.cpp", Place::expression,
           "seal_header(parts.header, parts.text_hashes) == stored_header", "true",
           "sealed_header"},
    Mutant{"name_before_it_is_read", "protocol/names_table.cpp", Place::before,
           "if (!reader.read_all(fields)) return false;", "names[*seat];", "names_table"},

    // --- texts
    Mutant{"order_forgotten", "domain/change_set.cpp", Place::statement,
           "if (order == Order::before) mapped.replace(0, inserted);",
           "mapped.replace(0, inserted); order = Order::before;", "change_set"},
    Mutant{"half_a_character_common", "domain/change_set.cpp", Place::statement,
           "if (units > 0 && is_high_surrogate(a[units - 1])) --units;", "", "text_diff"},

    // --- documents
    Mutant{"at_sign_alive", "render/csv.cpp", Place::expression,
           "std::string_view(\"=+-@\\t\\n\\r\")", "std::string_view(\"=+-\\t\\n\\r\")", "csv"},
    Mutant{"quote_not_doubled", "render/csv.cpp", Place::statement, "if (c == '\"') out += '\"';",
           "", "csv"},
    Mutant{"ampersand_as_it_is", "render/html.cpp", Place::statement, "out += \"&amp;\";",
           "out += '&';", "html"},
    Mutant{"backquote_alive", "render/markdown.cpp", Place::expression,
           "std::string_view(\"\\\\`*_[]<>&~!#\")", "std::string_view(\"\\\\*_[]<>&~!#\")",
           "markdown"},

    // --- files people bring
    Mutant{"more_than_the_form", "archive/receipts.cpp", Place::statement,
           "if (at_ != end_) throw NotTheForm{};", "", "receipts_file"},
    Mutant{"commit_unchecked", "archive/receipts.cpp", Place::expression,
           "!left_out.contains(Check::chain) && !fits(file, seq)", "false", "chain_file"},
    Mutant{"room_twice", "app/seminar_file.cpp", Place::expression,
           "!numbers.insert(room.number).second", "false", "seminar_file"},
    Mutant{"no_language", "protocol/template.cpp", Place::statement,
           "if (languages.empty()) return {\"nb\", \"nn\", \"da\", \"en\"};", "", "template_file"},
    Mutant{"name_not_trimmed", "net/room_list.cpp", Place::statement,
           "cell = std::string(trimmed(cell));", "", "room_list"},
    Mutant{"template_not_a_text", "net/new_workshop.cpp", Place::statement,
           "if (!body[\"template\"].is_string()) return refused(RejectionCode::wrong_type, "
           "\"template\");",
           "", "new_workshop"},

    // --- requests
    Mutant{"digit_past_the_end", "net/target.cpp", Place::expression, "i + 2 < text.size()",
           "i + 1 < text.size()", "request_target"},
    Mutant{"two_hosts", "net/request_shape.cpp", Place::expression,
           "count_of(request, \"Host\") > 1", "false", "http_request"},
    Mutant{"brackets_forgotten", "net/origins.cpp", Place::expression,
           "(is_v6 ? '[' + address.host + ']' : address.host)", "address.host", "origin"},
    Mutant{"stranger_believed", "net/client_address.cpp", Place::expression,
           "networks_->hold(*address) && !forwarded_for.empty()", "!forwarded_for.empty()",
           "client_address"},
    Mutant{"mapped_network_as_ipv6", "net/client_address.cpp", Place::expression,
           "!network.address().is_v4_mapped() || network.prefix_length() < 96", "true",
           "client_address"},
    Mutant{"any_cookie", "net/cookies.cpp", Place::expression, "access::is_secret(value)",
           "!value.empty()", "cookie"},
    Mutant{"l_is_no_one", "access/join_code.cpp", Place::expression, "upper == 'I' || upper == 'L'",
           "upper == 'I'", "join_code"},
    Mutant{"mask_too_short", "net/frame_scanner.cpp", Place::expression,
           "(header_[1] & mask_bit) != 0 ? 4 : 0", "(header_[1] & mask_bit) != 0 ? 3 : 0",
           "frame_scanner"},

    // --- a whole workshop
    Mutant{"task_below_one", "domain/board.cpp", Place::expression,
           "*place.task < 1 || *place.task > tasks", "*place.task > tasks", "live_workshop"},
};

}  // namespace rundbord::fuzz
