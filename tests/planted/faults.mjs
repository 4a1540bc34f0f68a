// Faults planted in the server, each with the test that must turn red on it. `from` must stand in
// the file exactly once; `test` is a Catch2 test's name, or its beginning with a star.
const socket = "src/net/paced_socket.cpp";
const session = "src/net/websocket_session.cpp";
const http = "src/net/http_session.cpp";
const server = "src/net/server.cpp";
const commands = "src/engine/live_commands.cpp";
const sessions = "src/engine/live_sessions.cpp";

export const faults = [
  // S6: deadlines
  {
    name: "a connection that has failed is never cut",
    file: socket,
    from: "if (ends_at_ && soon > *ends_at_) return true;",
    to: "",
    test: "S6 LM3 who does not end a connection that has failed is cut off",
  },
  {
    name: "a reader that takes nothing is never cut",
    file: socket,
    from: "if (sending_since_ && soon > *sending_since_ + limits_.progress_max) return true;",
    to: "",
    test: "S6 LM2 a reader that takes nothing is cut, also where nothing more is written",
  },
  {
    name: "silence is never noticed",
    file: socket,
    from: "if (soon > heard_at_ + limits_.idle_max) return true;",
    to: "",
    test: "S6 CN4 a peer that is gone is noticed even while it is being sent to",
  },
  {
    name: "a message may take for ever",
    file: socket,
    from: "return scanner_.unfinished() && soon > whole_by;",
    to: "(void)whole_by; return false;",
    test: "S6 LM3 who dribbles a message is let go, at whatever part of it",
  },
  {
    name: "all messages together count as one that is never whole",
    file: socket,
    from: "!= scanner_.begun()) unfinished_since_ = now;",
    to: "!= scanner_.begun()) {\n  }",
    test: "S6 LM3 whole messages, however many, do not count as one that is never whole",
  },
  {
    name: "headers may take for ever",
    file: http,
    from:
      "    stream_.expires_after(parts_.limits.handshake_max);\n" +
      "    const auto [header_ec, header_bytes] =",
    to: "    const auto [header_ec, header_bytes] =",
    test: "S6 LM3 who dribbles a request is let go, at whatever part of it",
  },
  {
    name: "a body may take for ever",
    file: http,
    from:
      "    stream_.expires_after(parts_.limits.handshake_max);\n" +
      "    const auto [body_ec, body_bytes] =",
    to: "    stream_.expires_never();\n    const auto [body_ec, body_bytes] =",
    test: "S6 LM3 who dribbles a request is let go, at whatever part of it",
  },
  {
    name: "an answer may be taken as slowly as one likes",
    file: http,
    from:
      "      stream_.expires_after(parts_.limits.handshake_max);\n" +
      "      const auto [ec, bytes] = co_await http::async_write_some",
    to: "      const auto [ec, bytes] = co_await http::async_write_some",
    test: "S6 LM2 a client that does not read a large answer is let go",
  },
  // S6: budgets
  {
    name: "control frames and fragments cost nothing",
    file: socket,
    from: "budget_.take(static_cast<double>(frames) + cost_of(bytes), now);",
    to: "(void)frames; budget_.take(cost_of(bytes), now);",
    test: "S6 LM1 control frames and fragments count as messages do",
  },
  {
    name: "bytes cost nothing",
    file: socket,
    from: "budget_.take(static_cast<double>(frames) + cost_of(bytes), now);",
    to: "(void)bytes; budget_.take(static_cast<double>(frames), now);",
    test: "S6 LM1 control frames and fragments count as messages do",
  },
  {
    name: "a snapshot costs nothing",
    file: session,
    from: "if (asked_for) socket_.next_layer().charge(frame->size());",
    to: "(void)asked_for;",
    test: "S6 LM1 a snapshot counts for the one who asked for it",
  },
  {
    name: "who does not read may ask on",
    file: session,
    from: "return queue_.bytes() > parts_.limits.unread_answers_bytes_max;",
    to: "return false;",
    test: "S6 LM2 who does not read what it asked for does not get to ask for more",
  },
  {
    name: "an ambiguous request is read as one server likes",
    file: http,
    from: "if (auto reason = ambiguous_shape(head)) {",
    to: "if (auto reason = ambiguous_shape(head); reason && false) {",
    test: "S6 requests that two servers could cut at different places are refused and end there",
  },
  {
    name: "every body may be large",
    file: http,
    from: "if (!may_be_large) parser_->body_limit(limits.small_body_bytes_max);",
    to: "",
    test: "LM6 headers and bodies, at their limit and beyond",
  },
  {
    name: "headers may be a little too large",
    file: http,
    from: "if (header_bytes > parts_.limits.request_header_bytes_max) {",
    to: "if (false) {",
    test: "LM6 headers and bodies, at their limit and beyond",
  },
  {
    name: "large bodies have no limit together",
    file: http,
    from: "if (parts_.large_body_bytes + length > limits.large_bodies_bytes_max) {",
    to: "if (false) {",
    test: "LM6 all large bodies together have a limit, which small ones do not feel",
  },
  {
    name: "a large body's room is never given back",
    file: http,
    from: "parts_.large_body_bytes -= std::exchange(large_body_bytes_, 0);",
    to: "large_body_bytes_ = 0;",
    test: "LM6 all large bodies together have a limit, which small ones do not feel",
  },
  {
    name: "one address may hold every connection",
    file: "src/net/waiting_connections.cpp",
    from: "if (of_address.size() > per_address_max_) cut(*of_address.begin());",
    to: "",
    test: "LM4 behind one address a hall gets in past a crowd that only holds connections",
  },
  {
    name: "connections have no limit",
    file: server,
    from: "if (connections.size() >= options.limits.connections_max && !waiting.cut_longest()) {",
    to: "if (false) {",
    test: "LM4 at connections_max who waited longest makes room; sockets never do",
  },
  {
    name: "a workshop's sockets have no limit",
    file: server,
    from: "if (host.sessions(let_in.workshop) >= options.limits.sessions_per_workshop_max) {",
    to: "if (false) {",
    test: "LM7 a workshop with sessions_per_workshop_max sockets*",
  },
  // The same in the engine
  {
    name: "answers may wait for the disk without limit",
    file: commands,
    from: "if (outbox.size() >= options.answers_in_flight_max)",
    to: "if (false)",
    program: "test_engine",
    test: "LM8 answers that wait for the disk are bounded*",
  },
  {
    name: "commits may wait for the disk without limit",
    file: commands,
    from: "if (head.seq - durable >= options.commits_in_flight_max) {",
    to: "if (false) {",
    program: "test_engine",
    test: "LM8 CM8 a disk that is behind*",
  },
  {
    name: "a seat's sockets have no limit",
    file: sessions,
    from: "if (of_seat.sessions.size() <= options.sessions_per_seat_max) continue;",
    to: "if (true) continue;",
    program: "test_engine",
    test: "LM7 a seat's sockets*",
  },
  {
    name: "a session's channels have no limit",
    file: sessions,
    from: "if (one_more && fan_out.channels_of(session) >= options.channels_per_session_max) {",
    to: "if (one_more && false) {",
    program: "test_engine",
    test: "LM7 a session's channels*",
  },
  // RC6: what a result says of its making
  {
    name: "a revision names the chain's place before its last commit",
    file: "src/archive/fold.cpp",
    from: "folded.chain = stored.chain;",
    to: "if (!folded.chain) folded.chain = stored.chain;",
    program: "test_archive",
    test: "RC6: a revision names the commit it is of*",
  },
  {
    name: "an erasure writes every old revision anew",
    file: "src/archive/revision.cpp",
    from: "return kept == made || kept == protocol::without_as_of(made);",
    to: "return kept == made;",
    program: "test_archive",
    test: "RC6: a revision stored before*",
  },
];
