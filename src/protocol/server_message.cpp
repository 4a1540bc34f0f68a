#include "protocol/server_message.hpp"

#include "domain/limits.hpp"
#include "protocol/field_writer.hpp"

namespace rundbord::protocol {
namespace {

// A message under construction: `{"type":"…"` and what follows.
class MessageWriter {
 public:
  explicit MessageWriter(std::string_view type) : writer_(out_) {
    writer_.open();
    writer_("type", type);
  }

  template <class T>
  MessageWriter& with(std::string_view key, const T& value) {
    writer_(key, value);
    return *this;
  }
  MessageWriter& with_channel(const Channel& channel) {
    return with("channel", rundbord::to_text(channel));
  }
  MessageWriter& with_json(std::string_view key, const std::string& json) {
    writer_.member(key);
    out_ += json;
    return *this;
  }
  MessageWriter& with_members(const std::string& members) {
    out_ += ',';
    out_ += members;
    return *this;
  }
  std::string done() {
    writer_.close();
    return std::move(out_);
  }

 private:
  std::string out_;
  FieldWriter writer_;
};

struct WireLimits {
  RUNDBORD_FIELDS {
    v("note_graphemes", note_graphemes_max);
    v("note_bytes", note_bytes_max);
    v("name_graphemes", name_graphemes_max);
    v("message_graphemes", message_graphemes_max);
    v("dissent_graphemes", dissent_graphemes_max);
    v("question_graphemes", question_graphemes_max);
    v("text_units", summary_units_max);
    v("undo_step_ms", undo_step_within);
  }
};

struct WritingEntry {
  WhoWrites who;
  RUNDBORD_FIELDS {
    v("seat", self.who.seat);
    v("place", self.who.place);
  }
};

}  // namespace

std::string encode_commit_for_channel(std::uint64_t seq, Time at, const std::string& events) {
  std::string out;
  FieldWriter writer(out);
  writer.open();
  writer("seq", seq);
  writer("at", at);
  writer.member("events");
  out += '[' + events + ']';
  writer.close();
  return out;
}

std::string welcome_message(const Welcome& welcome) {
  return MessageWriter("welcome")
      .with("history", welcome.history)
      .with("now", welcome.now)
      .with("seats", welcome.seats)
      .with("organiser", welcome.organiser)
      .with("projector", welcome.projector)
      .with("limits", WireLimits{})
      .done();
}

std::string pong_message(Time now) {
  return MessageWriter("pong").with("now", now).done();
}

std::string frame_message(const Channel& channel, std::uint64_t after, std::uint64_t to,
                          const std::string& commits) {
  return MessageWriter("frame")
      .with_channel(channel)
      .with("after", after)
      .with("to", to)
      .with_json("commits", '[' + commits + ']')
      .done();
}

std::string snapshot_message(const Channel& channel, const std::string& history, std::uint64_t seq,
                             const std::string& state) {
  return MessageWriter("snapshot")
      .with_channel(channel)
      .with("history", history)
      .with("seq", seq)
      .with_json("state", state)
      .done();
}

std::string refused_message(const Channel& channel, RejectionCode code) {
  return MessageWriter("refused").with_channel(channel).with("code", code_name(code)).done();
}

std::string unsubscribed_message(const Channel& channel) {
  return MessageWriter("unsubscribed").with_channel(channel).done();
}

std::string presence_message(RoomNumber room, const std::vector<SeatId>& online,
                             const std::vector<WhoWrites>& writing) {
  std::vector<WritingEntry> entries;
  for (const auto& who : writing) entries.push_back({who});
  return MessageWriter("presence")
      .with("room", room)
      .with("online", online)
      .with("writing", entries)
      .done();
}

std::string ok_message(const CommandId& id, std::uint64_t seq,
                       const std::optional<ChainHash>& chain) {
  MessageWriter ok("ok");
  ok.with("id", id).with("seq", seq);
  if (chain) ok.with("chain", to_hex(*chain));
  return ok.done();
}

std::string rejected_message(const std::optional<CommandId>& id, const Rejection& rejection,
                             std::uint64_t seq) {
  return MessageWriter("rejected")
      .with("id", id)
      .with_members(rejection_members(rejection))
      .with("seq", seq)
      .done();
}

std::string rejection_members(const Rejection& rejection) {
  std::string out = "{";
  FieldWriter writer(out);
  writer("code", code_name(rejection.code));
  writer("detail", sentence(rejection));
  if (!rejection.field.empty()) writer("field", rejection.field);
  writer.member("facts");
  writer.open();
  for (const auto& [name, figure] : rejection.facts) writer(name, figure);
  writer.close();
  return out.substr(1);
}

}  // namespace rundbord::protocol
