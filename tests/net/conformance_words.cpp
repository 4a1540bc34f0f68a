// UTF-8 and its early failure, the closing and the opening handshake: RFC 6455, 4, 7 and 8.
#include "conformance_cases.hpp"
#include "raw_websocket.hpp"

namespace rundbord::net {
namespace {

using Cases = std::vector<ConformanceCase>;
using Codes = std::vector<std::uint16_t>;
constexpr std::uint16_t bad_payload = 1007;
constexpr std::uint16_t protocol_error = 1002;

struct Bytes {
  const char* what;
  std::string bytes;
};

const std::vector<Bytes> valid_utf8 = {
    {"the last of one byte", "\x7f"},
    {"the first of two", "\xc2\x80"},
    {"the last of two", "\xdf\xbf"},
    {"the first of three", "\xe0\xa0\x80"},
    {"before the surrogates", "\xed\x9f\xbf"},
    {"after the surrogates", "\xee\x80\x80"},
    {"the replacement character", "\xef\xbf\xbd"},
    {"a noncharacter, U+FFFE", "\xef\xbf\xbe"},
    {"a noncharacter, U+FFFF", "\xef\xbf\xbf"},
    {"the first of four", "\xf0\x90\x80\x80"},
    {"a noncharacter, U+1FFFE", "\xf0\x9f\xbf\xbe"},
    {"the last of all, U+10FFFF", "\xf4\x8f\xbf\xbf"},
    {"Danish letters", "Æblegrød på bålet"},
    {"Greek", "κόσμε"},
    {"emoji of several code points", "👩‍👧‍👦🇳🇴"},
};

// Each is wrong at its last byte at the latest.
const std::vector<Bytes> invalid_utf8 = {
    {"a continuation alone, first", "\x80"},
    {"a continuation alone, last", "\xbf"},
    {"two continuations", "\x80\xbf"},
    {"a continuation after a whole one", "\xc3\xa6\x80"},
    {"C0", "\xc0\x80"},
    {"C1", "\xc1\xbf"},
    {"overlong slash of two", "\xc0\xaf"},
    {"overlong slash of three", "\xe0\x80\xaf"},
    {"overlong slash of four", "\xf0\x80\x80\xaf"},
    {"overlong, the largest of three", "\xe0\x9f\xbf"},
    {"overlong, the largest of four", "\xf0\x8f\xbf\xbf"},
    {"overlong nothing of two", std::string("\xc0\x80", 2)},
    {"overlong nothing of three", "\xe0\x80\x80"},
    {"the first surrogate", "\xed\xa0\x80"},
    {"the last of the first surrogates", "\xed\xaf\xbf"},
    {"the first of the second surrogates", "\xed\xb0\x80"},
    {"the last surrogate", "\xed\xbf\xbf"},
    {"a pair of surrogates", "\xed\xa0\x80\xed\xb0\x80"},
    {"above U+10FFFF", "\xf4\x90\x80\x80"},
    {"F5", "\xf5\x80\x80\x80"},
    {"F7", "\xf7\xbf\xbf\xbf"},
    {"five bytes", "\xf8\x88\x80\x80\x80"},
    {"six bytes", "\xfc\x84\x80\x80\x80\x80"},
    {"FE", "\xfe"},
    {"FF", "\xff"},
    {"two cut short by a letter", "\xc3\x28"},
    {"three cut short by a letter", "\xe2\x82\x28"},
    {"four cut short by a letter", "\xf0\x9f\x98\x28"},
    {"two cut short by another", "\xc3\xc3\xa6"},
    {"Latin-1", "bl\xe5 b\xe6r"},
};

const std::vector<Bytes> unfinished_utf8 = {
    {"two", "\xc3"},
    {"three after one", "\xe2"},
    {"three after two", "\xe2\x82"},
    {"four after one", "\xf0"},
    {"four after two", "\xf0\x9f"},
    {"four after three", "\xf0\x9f\x98"},
};

std::string message_with(const std::string& words) {
  return R"({"type":"ping","x":")" + words + "\"}";
}

std::string text_part(std::uint8_t opcode, const std::string& payload, bool fin) {
  RawFrame frame{opcode, payload};
  frame.fin = fin;
  return bytes_of(frame);
}

void add_invalid(Cases& cases, const Bytes& words) {
  const std::string name = std::string("utf-8: ") + words.what;
  const auto text = message_with("Grøt" + words.bytes);
  cases.push_back({name, text_frame(text), 0, {}, {}, {bad_payload}});
  cases.push_back({name + ", each byte alone", text_frame(text), 1, {}, {}, {bad_payload}});
  cases.push_back({name + ", a fragment for each byte",
                   in_fragments(text, text.size()),
                   0,
                   {},
                   {},
                   {bad_payload}});
  // Nothing can make it right any more, so it must fail before the rest is there.
  const std::string begun = R"({"type":"ping","x":"Grøt)" + words.bytes;
  cases.push_back({name + ", early, between fragments",
                   text_part(1, begun, false),
                   0,
                   {},
                   {},
                   {bad_payload},
                   text_part(0, "\"}", true)});
  const auto whole = text_frame(begun + "\"}");
  const auto cut = whole.size() - 2;
  cases.push_back({name + ", early, within a frame",
                   whole.substr(0, cut),
                   0,
                   {},
                   {},
                   {bad_payload},
                   whole.substr(cut)});
}

}  // namespace

Cases utf8_cases() {
  Cases cases;
  for (const auto& words : valid_utf8) {
    const std::string name = std::string("utf-8: ") + words.what;
    const auto text = message_with(words.bytes);
    cases.push_back({name, text_frame(text), 0, {}, {"pong"}});
    cases.push_back({name + ", each byte alone", text_frame(text), 1, {}, {"pong"}});
    cases.push_back(
        {name + ", a fragment for each byte", in_fragments(text, text.size()), 0, {}, {"pong"}});
    cases.push_back({name + ", alone", text_frame(words.bytes), 0, {}, {"rejected"}});
  }
  for (const auto& words : invalid_utf8) add_invalid(cases, words);
  for (const auto& words : unfinished_utf8) {
    const std::string name = std::string("utf-8: unfinished, ") + words.what;
    cases.push_back({name, text_frame("Grøt" + words.bytes), 0, {}, {}, {bad_payload}});
    cases.push_back({name + ", in the last fragment",
                     text_part(1, "Grøt", false) + text_part(0, words.bytes, true),
                     0,
                     {},
                     {},
                     {bad_payload}});
    cases.push_back(
        {name + ", in a frame of its own", text_frame(words.bytes), 1, {}, {}, {bad_payload}});
  }
  return cases;
}

Cases close_cases() {
  Cases cases;
  const auto ping = text_frame(R"({"type":"ping"})");
  for (const std::uint16_t code :
       {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4501, 4999}) {
    const auto name = "close: " + std::to_string(code);
    const Codes same = {code};
    cases.push_back({name, close_frame(code), 0, {}, {}, same});
    cases.push_back({name + ", each byte alone, after a message",
                     ping + close_frame(code, "ha det"),
                     1,
                     {},
                     {"pong"},
                     same});
    cases.push_back(
        {name + ", the longest reason", close_frame(code, std::string(123, 'x')), 0, {}, {}, same});
    cases.push_back({name + ", then a ping and a message",
                     close_frame(code) + ping_frame("late") + ping,
                     0,
                     {},
                     {},
                     same});
  }
  for (const std::uint16_t code : {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999}) {
    const auto name = "close: no such code, " + std::to_string(code);
    cases.push_back({name, close_frame(code), 0, {}, {}, {protocol_error}});
    cases.push_back(
        {name + ", with a reason", close_frame(code, "ha det"), 1, {}, {}, {protocol_error}});
  }
  // Of codes from 5000 on RFC 6455 only says that nobody may use them: echoed or refused.
  for (const std::uint16_t code : {5000, 65535}) {
    cases.push_back({"close: a code nobody may use, " + std::to_string(code),
                     close_frame(code),
                     0,
                     {},
                     {},
                     {code, protocol_error}});
  }
  const Codes plain = {0, 1000};
  cases.push_back({"close: empty", bytes_of({8, ""}), 0, {}, {}, plain});
  cases.push_back({"close: empty, twice", bytes_of({8, ""}) + bytes_of({8, ""}), 0, {}, {}, plain});
  cases.push_back({"close: one byte", bytes_of({8, "\x03"}), 0, {}, {}, {protocol_error}});
  cases.push_back(
      {"close: twice with codes", close_frame(1000) + close_frame(1001), 0, {}, {}, {1000}});
  cases.push_back({"close: in the middle of a message",
                   text_part(1, "{", false) + close_frame(1000),
                   0,
                   {},
                   {},
                   {1000}});
  for (const auto& words : invalid_utf8) {
    cases.push_back({std::string("close: reason no UTF-8, ") + words.what,
                     close_frame(1000, words.bytes),
                     0,
                     {},
                     {},
                     {protocol_error, bad_payload}});
  }
  for (const auto& words : valid_utf8) {
    cases.push_back({std::string("close: reason with ") + words.what,
                     close_frame(1000, words.bytes),
                     0,
                     {},
                     {},
                     {1000}});
  }
  return cases;
}

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  return text.replace(at, what.size(), with);
}

}  // namespace

std::vector<HandshakeCase> handshake_cases() {
  const auto good = upgrade_request("TARGET");
  const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  std::vector<HandshakeCase> cases = {
      {"as a browser does it", good, 101},
      {"names in lower case", replaced(good, "Connection: Upgrade", "connection: upgrade"), 101},
      {"websocket in other case", replaced(good, "websocket", "WebSocket"), 101},
      {"several connection tokens",
       replaced(good, "Connection: Upgrade", "Connection: keep-alive, Upgrade"), 101},
      {"several subprotocols", replaced(good, "rundbord.v1", "chat, rundbord.v1, other"), 101},
      {"unknown headers", upgrade_request("TARGET", "X-Any: thing\r\n"), 101},
      {"POST", replaced(good, "GET", "POST"), 405},
      {"PUT", replaced(good, "GET", "PUT"), 405},
      {"a method nobody knows", replaced(good, "GET", "DANCE"), 405},
      {"HTTP/1.0", replaced(good, "HTTP/1.1", "HTTP/1.0"), 400},
      {"version missing", replaced(good, "Sec-WebSocket-Version: 13\r\n", ""), 426},
      {"key missing", replaced(good, key, ""), 400},
      {"key twice", replaced(good, key, key + key), 400},
      {"host missing", replaced(good, "Host: 127.0.0.1\r\n", ""), 400},
      {"host twice", replaced(good, "Host: 127.0.0.1\r\n", "Host: a\r\nHost: b\r\n"), 400},
      {"connection missing", replaced(good, "Connection: Upgrade\r\n", ""), 400},
      {"connection names only keep-alive",
       replaced(good, "Connection: Upgrade", "Connection: keep-alive"), 400},
      {"subprotocol missing", replaced(good, "Sec-WebSocket-Protocol: rundbord.v1\r\n", ""), 400},
      {"another site's page", upgrade_request("TARGET", "Origin: https://evil.test\r\n"), 403},
      {"origin null", upgrade_request("TARGET", "Origin: null\r\n"), 403},
      {"a body promised", upgrade_request("TARGET", "Content-Length: 5\r\n") + "hello", 400},
  };
  for (const char* version : {"0", "8", "12", "14", "013", "13, 8", "x"}) {
    cases.push_back({std::string("version ") + version,
                     replaced(good, "Version: 13", std::string("Version: ") + version), 426});
  }
  for (const char* wrong : {"", "dGhl", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQ===",
                            "dGhlIHNhbXBsZSBub25jZSE=", "!Ghl!HNhbXBsZSBub25jZ!=="}) {
    cases.push_back(
        {std::string("key ") + wrong, replaced(good, "dGhlIHNhbXBsZSBub25jZQ==", wrong), 400});
  }
  for (const char* other : {"rundbord.v2", "rundbord", "RUNDBORD.V1", "chat"}) {
    cases.push_back(
        {std::string("subprotocol ") + other, replaced(good, "rundbord.v1", other), 400});
  }
  for (const char* offer :
       {"permessage-deflate", "permessage-deflate; client_max_window_bits",
        "permessage-deflate; server_max_window_bits=8", "permessage-deflate; x=1",
        "permessage-deflate; client_max_window_bits=8; server_no_context_takeover",
        "permessage-deflate, permessage-deflate; client_no_context_takeover",
        "x-webkit-deflate-frame", "permessage-bzip2", "bbf-usp-protocol", "mux; max-channels=4"}) {
    cases.push_back(
        {std::string("offers ") + offer + ", declined",
         upgrade_request("TARGET", std::string("Sec-WebSocket-Extensions: ") + offer + "\r\n"),
         101});
  }
  return cases;
}

}  // namespace rundbord::net
