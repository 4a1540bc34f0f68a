// Deliberate mistakes, each in one place of the server's own source: the simulation must find every
// one of them within its seeds. Read by the generator, which copies the sources with a switch at
// each place and fails when an original is not found exactly once; and by the tests.
#pragma once
#include <array>
#include <string_view>

namespace rundbord::sim {

enum class Place {
  statement,   // `mistake` instead of the statements in `original`
  expression,  // `mistake` instead of the expression in `original`
  before,      // `mistake`, and then `original` all the same
};

struct Mutant {
  std::string_view name;
  std::string_view file;  // in src/
  Place place;
  std::string_view original;
  std::string_view mistake;
  int seeds_max;  // it must be found within so many seeds, from 0 on
};

inline constexpr std::array mutants = {
    // --- ok means on disk, and once
    Mutant{"ack_before_commit", "engine/live_commands.cpp", Place::before,
           "if (erases(message.command) && head.erasures_finished < head.erasures) {",
           "outbox.put(0, Acknowledgement{session, message.id, done_now.seq, false});\n"
           "return release();",
           100},
    Mutant{"rejection_before_durable", "engine/live_commands.cpp", Place::statement,
           "return send_durable(session, "
           "protocol::rejected_message(message.id, *rejection, head.seq));",
           "return send(session, protocol::rejected_message(message.id, "
           "*rejection, head.seq));",
           200},
    Mutant{"broadcast_early", "engine/fan_out.cpp", Place::statement,
           "outbox_.put(state.position, Send{session, frame, false});",
           "outbox_.put(0, Send{session, frame, false});", 200},
    Mutant{"released_one_commit_early", "engine/outbox.cpp", Place::expression,
           "waiting_.front().first <= durable", "waiting_.front().first <= durable + 1", 100},
    Mutant{"snapshot_before_durable", "engine/live_sessions.cpp", Place::expression,
           "!fan_out.subscribe(session, channel, seq, now)",
           "!fan_out.subscribe(session, channel, seq, now) && (send(session, "
           "protocol::snapshot_message(channel, options.history, fan_out.position(channel), "
           "protocol::encode_state({head, names}, channel))), false)",
           500},
    Mutant{"held_back_by_later_commits", "engine/live_workshop.cpp", Place::statement,
           "outbox.release(durable, chains, actions);",
           "if (durable == head.seq) outbox.release(durable, chains, actions);", 500},
    Mutant{"ok_with_another_chain", "engine/outbox.cpp", Place::expression, "chains.find(done.seq)",
           "chains.find(done.seq - 1)", 100},
    Mutant{"ok_with_wrong_seq", "engine/live_commands.cpp", Place::statement, "return commit.seq;",
           "return commit.seq - 1;", 100},
    Mutant{"no_dedup", "engine/live_commands.cpp", Place::statement,
           "if (const auto repeated = done.find(id); repeated != "
           "done.end()) return Done{repeated->second};",
           "", 500},
    Mutant{"dedup_forgotten_at_restart", "engine/live_state.cpp", Place::statement,
           "impl.done.emplace(commit.command, seq);", "", 1000},
    Mutant{"failure_taken_for_success", "engine/live_workshop.cpp", Place::before,
           "const Rejection rejection{RejectionCode::not_stored, \"\", {}};",
           "durable = head.seq; return release();", 500},
    Mutant{"lost_tail_ignored", "engine/live_workshop.cpp", Place::statement,
           "close_all(CloseCode::failed, failed.code);\n"
           "  actions.push_back(Die{});\n"
           "  dead = true;",
           "head.seq = durable;", 500},
    Mutant{"names_row_not_written", "engine/live_commands.cpp", Place::statement,
           "append.names.push_back({protocol::name_row_key(head.id, "
           "name.seat), std::move(value)});",
           "", 100},

    // --- one order, no gaps
    Mutant{"resume_one_too_many", "engine/fan_out.cpp", Place::expression,
           "std::prev(first)->seq > seq", "std::prev(first)->seq >= seq", 100},
    Mutant{"resume_past_the_ring", "engine/fan_out.cpp", Place::expression,
           "!seq || *seq < state.ring_after || *seq > state.position",
           "!seq || *seq > state.position", 1000},
    Mutant{"newcomer_before_the_frame", "engine/fan_out.cpp", Place::statement,
           "cut(channel, state, now);\n  state.ever_heard = true;", "state.ever_heard = true;",
           500},
    Mutant{"frame_sent_again", "engine/fan_out.cpp", Place::statement,
           "state.framed_to = state.position;\n  state.last_cut = now;", "state.last_cut = now;",
           100},

    Mutant{"resume_one_too_few", "engine/fan_out.cpp", Place::expression,
           "commits_after(state, *seq)", "commits_after(state, *seq + 1)", 200},
    Mutant{"ring_trimmed_silently", "engine/fan_out.cpp", Place::statement,
           "state.ring_after = state.ring.front().seq;", "", 500},
    Mutant{"stale_snapshot", "engine/live_sessions.cpp", Place::expression, "could_change(channel)",
           "std::min(could_change(channel), durable)", 1000},

    // --- one state, wherever it is folded
    Mutant{"live_state_differs", "engine/live_commands.cpp", Place::statement,
           "for (const auto& event : commit.events) evolve(head, event, commit.at);",
           "for (const auto& event : commit.events) {"
           "evolve(head, event, commit.at + std::chrono::milliseconds(1)); }",
           200},
    Mutant{"archive_misses_an_event", "archive/fold.cpp", Place::statement,
           "for (const auto& event : commit.events) evolve(folded.workshop, event, commit.at);",
           "for (const auto& event : commit.events) {"
           "if (!std::holds_alternative<HandLowered>(event)) {"
           "evolve(folded.workshop, event, commit.at); } }",
           500},
    Mutant{"kept_state_forgets_commands", "engine/live_state.cpp", Place::statement,
           "for (const auto& done : trail.done) impl.done.emplace(done.command, done.seq);", "",
           1000},
    Mutant{"kept_state_forgets_positions", "engine/live_state.cpp", Place::statement,
           "impl.fan_out.passed(position.channel, position.seq);", "", 500},

    // --- erased is gone
    Mutant{"words_not_erased", "archive/erasure.cpp", Place::statement,
           "erasing.erased.push_back(text);", "", 200},
    Mutant{"ok_before_words_are_gone", "engine/live_commands.cpp", Place::statement,
           "return waiting_erasures.push_back(ok);", "outbox.put(head.seq, ok);\nreturn release();",
           500},
    Mutant{"erased_words_kept_for_resume", "engine/live_commands.cpp", Place::statement,
           "fan_out.forget_commits(now);", "", 1000},
    Mutant{"erased_name_still_told", "engine/live_commands.cpp", Place::statement,
           "names.erase(name.seat);", "", 500},

    Mutant{"erased_wordings_stay_in_views", "protocol/wire_events.cpp", Place::expression,
           "question && question->earlier.empty()", "false", 1000},

    // --- private stays private
    Mutant{"private_note_leaked_by_resume", "engine/live_sessions.cpp", Place::expression,
           "!may_hear(sessions.at(session), channel)",
           "!subscription.position && !may_hear(sessions.at(session), channel)", 500},
    Mutant{"private_note_in_snapshot", "protocol/wire_snapshots.cpp", Place::statement,
           "if (!note || note->deleted || note->is_private) return false;",
           "if (!note || note->deleted) return false;", 200},
    Mutant{"private_note_in_frame", "protocol/wire_events.cpp", Place::expression,
           "event.note.is_private && on_room(channel_)", "false", 200},
    Mutant{"private_edit_to_everybody", "domain/audience.cpp", Place::statement,
           "if (event.private_to) return {SeatChannel{*event.private_to}};", "", 500},
    Mutant{"seat_heard_by_anybody", "engine/live_sessions.cpp", Place::expression,
           "std::find(grant.seats.begin(), grant.seats.end(), channel.seat) != grant.seats.end()",
           "true", 500},
    Mutant{"hidden_author_told", "protocol/entity_writer.cpp", Place::expression,
           "note.author_shown && view.workshop.settings.authorship == Authorship::shown", "true",
           300},
    Mutant{"left_room_still_heard", "engine/live_sessions.cpp", Place::statement,
           "if (may_hear(grant, channel)) continue;\n    fan_out.unsubscribe(session, channel);",
           "if (may_hear(grant, channel)) continue;", 500},

    // --- timers
    Mutant{"deadline_early", "domain/decide_sittings.cpp", Place::expression,
           "is_due(progress, context.now)",
           "is_due(progress, context.now "
           "+ std::chrono::seconds(10))",
           500},
    Mutant{"deadline_missed", "engine/live_workshop.cpp", Place::statement,
           "submit_by_server(PassTime{});", "", 200},
    Mutant{"away_early", "engine/live_workshop.cpp", Place::expression,
           "presence.disconnected(id, now + away_after)",
           "presence.disconnected(id, now + away_after / 2)", 500},
    Mutant{"away_at_once_after_restart", "engine/live_workshop.cpp", Place::expression,
           "impl.presence.expect(id, impl.now + away_after)", "impl.presence.expect(id, impl.now)",
           500},
    Mutant{"clock_runs_backwards", "engine/live_workshop.cpp", Place::statement,
           "impl.now = std::max(impl.now, now + impl.ahead);", "impl.now = now;", 3000},
};

}  // namespace rundbord::sim
