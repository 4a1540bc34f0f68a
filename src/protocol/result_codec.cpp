#include "protocol/result_codec.hpp"

#include <cstdio>

#include "protocol/entity_writer.hpp"

namespace rundbord::protocol {
namespace {

class ResultWriter {
 public:
  ResultWriter(const Result& result, std::string& out) : result_(result), out_(out), writer_(out) {}

  void write() {
    writer_.open();
    writer_.member("workshop");
    write_workshop();
    writer_.member("rooms");
    list(result_.rooms, [this](const ResultRoom& room) { write_room(room); });
    if (result_.as_of) write_as_of(*result_.as_of);
    writer_.close();
  }

 private:
  template <class Range, class Each>
  void list(const Range& range, Each each) {
    write_list(out_, range, [&](const auto& item) {
      writer_.open();
      each(item);
      writer_.close();
      return true;
    });
  }

  template <class T>
  void or_null(std::string_view key, const std::optional<T>& value) {
    if (value) return writer_(key, *value);
    writer_.member(key);
    out_ += "null";
  }

  void place(const Place& place) {
    or_null("task", place.task);
    or_null("question", place.question);
  }

  const std::string& words(const LocalText& text) const { return words_in(text, result_.language); }

  void write_workshop() {
    writer_.open();
    writer_("id", result_.id);
    writer_("title", result_.title);
    writer_("language", result_.language);
    writer_("state", result_.state);
    writer_("created", iso_time(result_.created));
    writer_.member("sittings");
    list(result_.sittings, [this](const Sitting& sitting) {
      writer_("number", sitting.number);
      writer_("title", words(sitting.title));
    });
    writer_.member("tasks");
    list(result_.tasks, [this](const Task& task) { write_task(task); });
    writer_.close();
  }

  void write_as_of(const AsOf& as_of) {
    writer_.member("as_of");
    writer_.open();
    writer_("seq", as_of.seq);
    writer_("chain", to_hex(as_of.chain));
    writer_.close();
  }

  void write_task(const Task& task) {
    writer_("task", task.number);
    writer_("sitting", task.sitting);
    writer_("title", words(task.title));
    writer_.member("questions");
    list(task.questions, [this](const Question& question) {
      writer_("question", question.number);
      writer_("text", words(question.text));
      or_null("room", question.room);
      std::vector<std::string> earlier;
      for (const auto& wording : question.earlier) earlier.push_back(words(wording));
      writer_("earlier", earlier);
    });
  }

  void write_room(const ResultRoom& room) {
    writer_("number", room.number);
    writer_("name", room.label);
    writer_.member("seats");
    list(room.seats, [this](const ResultSeat& seat) {
      writer_("id", seat.id);
      writer_("number", seat.number);
      or_null("name", seat.name);
      writer_("organisation", seat.organisation);
      writer_("roles", seat.roles);
    });
    writer_.member("notes");
    list(room.notes, [this](const ResultNote& note) { write_note(note); });
    writer_.member("summaries");
    list(room.summaries, [this](const ResultSummary& summary) {
      place(summary.place);
      writer_("text", summary.text);
      if (summary.erased) writer_("erased", true);
      writer_("revision", summary.revision);
      writer_("signed_off", summary.signed_off);
    });
    writer_.member("sign_offs");
    list(room.sign_offs, [this](const ResultSignOff& sign_off) {
      or_null("task", sign_off.task);
      or_null("name", sign_off.name);
      writer_("dissent", sign_off.dissent);
      if (sign_off.erased) writer_("erased", true);
    });
    writer_.member("actions");
    out_ += "[]";
  }

  void write_note(const ResultNote& note) {
    writer_("id", note.id);
    place(note.place);
    writer_("text", note.text);
    if (note.erased) writer_("erased", true);
    writer_("kind", note.kind);
    or_null("seat", note.seat);
    or_null("from", note.from);
    writer_("at", iso_time(note.at));
  }

  const Result& result_;
  std::string& out_;
  FieldWriter writer_;
};

}  // namespace

std::string encode_result(const Result& result) {
  std::string out;
  ResultWriter(result, out).write();
  return out;
}

std::string with_checksum(std::string result_json, const std::string& checksum) {
  result_json.back() = ',';
  return result_json + "\"checksum\":\"" + checksum + "\"}";
}

namespace {

// Where `redacted` begins. Inside a JSON string its quotes would be escaped: no parser is needed.
std::size_t redaction_at(const std::string& result_json) {
  return result_json.rfind(",\"redacted\":{\"erasure\":");
}

}  // namespace

std::string with_redaction(std::string result_json, int erasure, const std::string& replaces) {
  result_json.back() = ',';
  return result_json + "\"redacted\":{\"erasure\":" + std::to_string(erasure) + ",\"replaces\":\"" +
         replaces + "\"}}";
}

bool is_redacted(const std::string& result_json) {
  return redaction_at(result_json) != std::string::npos;
}

std::string without_redaction(const std::string& result_json) {
  const auto at = redaction_at(result_json);
  return at == std::string::npos ? result_json : result_json.substr(0, at) + '}';
}

std::string without_as_of(const std::string& result_json) {
  const auto at = result_json.rfind(",\"as_of\":{\"seq\":");
  return at == std::string::npos ? result_json : result_json.substr(0, at) + '}';
}

std::string iso_time(Time time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{days};
  const std::chrono::hh_mm_ss clock{time - days};
  char text[40];
  std::snprintf(
      text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text;
}

}  // namespace rundbord::protocol
