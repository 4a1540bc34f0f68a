// Frames, control frames, reserved bits and opcodes, masks, fragments: RFC 6455, 5.
#include <algorithm>

#include "conformance_cases.hpp"
#include "raw_websocket.hpp"

namespace rundbord::net {
namespace {

using Cases = std::vector<ConformanceCase>;
const std::string ping_text = R"({"type":"ping"})";
constexpr std::uint16_t protocol_error = 1002;
constexpr std::uint16_t too_big = 1009;

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

// A ping message of exactly so many bytes; below the shortest one, text that is no message.
std::string message_of(std::size_t bytes) {
  const std::string head = R"({"type":"ping","x":")", tail = "\"}";
  if (bytes < head.size() + tail.size()) return std::string(bytes, 'x');
  return head + std::string(bytes - head.size() - tail.size(), 'x') + tail;
}

std::string answer_to(const std::string& message) {
  return message.rfind(R"({"type":"ping")", 0) == 0 ? "pong" : "rejected";
}

void add_lengths(Cases& cases) {
  for (const std::size_t size :
       {0,    1,     2,     3,     31,    64,     124,    125,   126,  127,
        128,  255,   256,   1000,  1531,  1535,   1536,   1537,  4095, 4096,
        4097, 65534, 65535, 65536, 65537, 131072, 262143, 262144}) {
    const auto text = message_of(size);
    for (const std::size_t chop : {0, 1, 7, 997}) {
      if (chop == 1 && size > 300) continue;
      if (chop == 7 && size > 5000) continue;
      cases.push_back({"length: " + number(size) + " in pieces of " + number(chop),
                       text_frame(text),
                       chop,
                       {},
                       {answer_to(text)}});
    }
    RawFrame wider{1, text};
    wider.length = RawFrame::in_16_bits;
    if (size < 126) {
      cases.push_back({"length: " + number(size) + " not in the fewest bytes, 16 bits",
                       bytes_of(wider),
                       0,
                       {},
                       {},
                       {protocol_error}});
    }
    wider.length = RawFrame::in_64_bits;
    if (size <= 65535) {
      cases.push_back({"length: " + number(size) + " not in the fewest bytes, 64 bits",
                       bytes_of(wider),
                       0,
                       {},
                       {},
                       {protocol_error}});
    }
  }
  for (const std::uint64_t length : {262'145ull, 1ull << 31, 1ull << 32, 1ull << 62, ~0ull >> 1}) {
    cases.push_back(
        {"length: promises " + number(length), header_promising(1, length), 0, {}, {}, {too_big}});
  }
  for (const std::uint64_t length : {1ull << 63, ~0ull}) {
    cases.push_back({"length: the first bit set, " + number(length),
                     header_promising(1, length),
                     0,
                     {},
                     {},
                     {protocol_error, too_big}});
  }
}

void add_masks(Cases& cases) {
  for (const std::uint32_t key : {0u, 1u, 0xffffffffu, 0x80000000u, 0x01020304u, 0xdeadbeefu}) {
    for (const std::size_t chop : {0, 1, 3}) {
      RawFrame frame{1, ping_text};
      frame.key = key;
      cases.push_back({"mask: " + number(key) + " in pieces of " + number(chop),
                       bytes_of(frame),
                       chop,
                       {},
                       {"pong"}});
    }
  }
  for (const int opcode : {0, 1, 2, 8, 9, 10}) {
    for (const auto& payload : {std::string(), std::string("x"), std::string(125, 'x')}) {
      RawFrame frame{static_cast<std::uint8_t>(opcode), payload};
      frame.masked = false;
      const auto name =
          "mask: none, opcode " + number(frame.opcode) + ", " + number(payload.size()) + " bytes";
      cases.push_back({name, bytes_of(frame), 0, {}, {}, {protocol_error}});
    }
  }
  RawFrame second{1, ping_text};
  second.masked = false;
  cases.push_back({"mask: none on the second frame only",
                   text_frame(ping_text) + bytes_of(second),
                   0,
                   {},
                   {"pong"},
                   {protocol_error}});
}

void add_reserved(Cases& cases) {
  for (std::uint8_t bits = 1; bits < 8; ++bits) {
    for (const int opcode : {0, 1, 2, 8, 9, 10}) {
      for (const bool after_message : {false, true}) {
        RawFrame frame{static_cast<std::uint8_t>(opcode), after_message ? ping_text : ""};
        frame.reserved = bits;
        ConformanceCase one{"reserved: bits " + number(bits) + ", opcode " + number(frame.opcode),
                            bytes_of(frame),
                            0,
                            {},
                            {},
                            {protocol_error}};
        if (after_message) {
          one.name += ", after a message";
          one.sent = text_frame(ping_text) + one.sent + ping_frame("late");
          one.answers = {"pong"};
        }
        cases.push_back(one);
      }
    }
  }
  for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
    for (const auto& payload : {std::string(), std::string("hello")}) {
      for (const std::size_t chop : {0, 1}) {
        const auto frame = bytes_of({static_cast<std::uint8_t>(opcode), payload});
        const auto what = "reserved: opcode " + number(static_cast<std::uint64_t>(opcode)) + ", " +
                          number(payload.size()) + " bytes in pieces of " + number(chop);
        cases.push_back({what, frame, chop, {}, {}, {protocol_error}});
        cases.push_back({what + ", between messages",
                         text_frame(ping_text) + frame + text_frame(ping_text),
                         chop,
                         {},
                         {"pong"},
                         {protocol_error}});
      }
    }
  }
}

void add_pings(Cases& cases) {
  for (std::size_t size = 0; size <= 125; ++size) {
    const std::string payload(size, static_cast<char>(size));
    cases.push_back({"ping: " + number(size) + " bytes", ping_frame(payload), size % 3, {payload}});
  }
  std::string ten;
  std::vector<std::string> echoes;
  for (int i = 0; i < 10; ++i) {
    echoes.push_back("number " + number(static_cast<std::uint64_t>(i)));
    ten += ping_frame(echoes.back());
  }
  cases.push_back({"ping: ten at once", ten, 0, echoes});
  cases.push_back({"ping: ten, each byte alone", ten, 1, echoes});
  cases.push_back({"ping: no UTF-8 in it", ping_frame("\xff\xfe"), 0, {"\xff\xfe"}});
  for (const std::size_t size : {0, 1, 64, 125}) {
    const auto pong = bytes_of({10, std::string(size, 'p')});
    cases.push_back({"pong: unasked, " + number(size) + " bytes", pong, 0});
    cases.push_back({"pong: unasked, then a ping, " + number(size) + " bytes",
                     pong + ping_frame("a"),
                     0,
                     {"a"}});
    cases.push_back({"pong: unasked, each byte alone, " + number(size) + " bytes", pong, 1});
  }
}

void add_broken_control(Cases& cases) {
  for (const int opcode : {8, 9, 10}) {
    const auto code = static_cast<std::uint8_t>(opcode);
    for (const std::size_t size : {126, 127, 128, 1000, 65535, 65536}) {
      cases.push_back({"control: opcode " + number(code) + " of " + number(size) + " bytes",
                       bytes_of({code, std::string(size, 'x')}),
                       0,
                       {},
                       {},
                       {protocol_error}});
    }
    for (const auto& payload : {std::string(), std::string("\x03\xe8", 2)}) {
      RawFrame part{code, payload};
      part.fin = false;
      cases.push_back({"control: opcode " + number(code) + " in fragments, " +
                           number(payload.size()) + " bytes",
                       bytes_of(part),
                       0,
                       {},
                       {},
                       {protocol_error}});
      part.fin = true;
      part.length = RawFrame::in_16_bits;
      cases.push_back({"control: opcode " + number(code) + ", length not in the fewest bytes, " +
                           number(payload.size()) + " bytes",
                       bytes_of(part),
                       0,
                       {},
                       {},
                       {protocol_error}});
    }
  }
}

std::string part(std::uint8_t opcode, const std::string& payload, bool fin) {
  RawFrame frame{opcode, payload};
  frame.fin = fin;
  return bytes_of(frame);
}

void add_fragments(Cases& cases) {
  for (std::size_t count = 1; count <= ping_text.size() + 2; ++count) {
    for (const std::size_t chop : {0, 1, 5}) {
      cases.push_back({"fragments: " + number(count) + " in pieces of " + number(chop),
                       in_fragments(ping_text, count),
                       chop,
                       {},
                       {"pong"}});
    }
  }
  for (const std::size_t count : {16, 64, 256, 1024, 4096}) {
    cases.push_back({"fragments: 16 KiB in " + number(count),
                     in_fragments(message_of(16 * 1024), count),
                     0,
                     {},
                     {"pong"}});
  }
  for (const std::size_t size : {1, 2, 3, 5, 8, 13, 20, 22}) {
    std::string sent, left = message_of(23);
    std::vector<std::string> echoes;
    for (bool first = true; !left.empty(); first = false) {
      const auto taken = std::min(size, left.size());
      sent += part(first ? 1 : 0, left.substr(0, taken), taken == left.size());
      left.erase(0, taken);
      if (left.empty()) break;
      echoes.push_back("between " + number(left.size()));
      sent += ping_frame(echoes.back()) + bytes_of({10, "unasked"});
    }
    for (const std::size_t chop : {0, 1}) {
      cases.push_back(
          {"fragments: of " + number(size) + " with pings between, in pieces of " + number(chop),
           sent,
           chop,
           echoes,
           {"pong"}});
    }
  }
  for (const int empties : {1, 2, 10, 100}) {
    std::string sent = part(1, "", false);
    for (int i = 0; i < empties; ++i) sent += part(0, "", false);
    cases.push_back({"fragments: empty ones before and after, " + std::to_string(empties),
                     sent + part(0, ping_text, false) + part(0, "", true),
                     0,
                     {},
                     {"pong"}});
    cases.push_back({"fragments: nothing but empty ones, " + std::to_string(empties),
                     sent + part(0, "", true),
                     0,
                     {},
                     {"rejected"}});
  }
}

void add_broken_fragments(Cases& cases) {
  for (const bool fin : {true, false}) {
    for (const std::size_t chop : {0, 1}) {
      const auto how =
          std::string(fin ? ", the last" : ", not the last") + " in pieces of " + number(chop);
      cases.push_back({"fragments: continuation of nothing" + how,
                       part(0, "x", fin),
                       chop,
                       {},
                       {},
                       {protocol_error}});
      cases.push_back({"fragments: continuation after a whole message" + how,
                       text_frame(ping_text) + part(0, "x", fin),
                       chop,
                       {},
                       {"pong"},
                       {protocol_error}});
      for (const std::uint8_t opcode : {std::uint8_t{1}, std::uint8_t{2}}) {
        cases.push_back(
            {"fragments: a new message, opcode " + number(opcode) + ", in the middle of one" + how,
             part(1, "{", false) + part(opcode, ping_text, fin),
             chop,
             {},
             {},
             {protocol_error}});
      }
    }
  }
  cases.push_back({"fragments: one more than the limit",
                   in_fragments(message_of(16 * 1024), 4097),
                   0,
                   {},
                   {},
                   {4501}});
  cases.push_back({"fragments: over the message's limit in two",
                   part(1, std::string(262'144, ' '), false) + part(0, "x", true),
                   0,
                   {},
                   {},
                   {too_big}});
  cases.push_back(
      {"fragments: binary", part(2, "a", false) + part(0, "b", true), 0, {}, {}, {4501}});
  cases.push_back({"binary: one frame", bytes_of({2, ping_text}), 0, {}, {}, {4501}});
}

}  // namespace

Cases frame_cases() {
  Cases cases;
  add_lengths(cases);
  add_masks(cases);
  add_reserved(cases);
  return cases;
}

Cases control_cases() {
  Cases cases;
  add_pings(cases);
  add_broken_control(cases);
  return cases;
}

Cases fragment_cases() {
  Cases cases;
  add_fragments(cases);
  add_broken_fragments(cases);
  return cases;
}

}  // namespace rundbord::net
