#include "render/outline.hpp"

#include <algorithm>

#include "render/words.hpp"

namespace rundbord::render {
namespace {

class Outline {
 public:
  explicit Outline(const Result& result) : result_(result), words_(render::words(result.language)) {
    document_.language = result.language;
    document_.title = result.title;
    document_.contents = words_.contents;
  }

  Document make(const std::string& checksum) {
    add(Heading{1, result_.title, {}});
    add(Remark{state_words()});
    for (const auto& task : result_.tasks) add_task(task);
    add_whole_rooms();
    add_participants();
    if (!checksum.empty()) add(Remark{words_.checksum + " (SHA-256): " + checksum});
    return std::move(document_);
  }

 private:
  template <class Kind>
  void add(Kind block) {
    document_.blocks.emplace_back(std::move(block));
  }

  std::string state_words() const {
    if (result_.state == "closed") return words_.state_closed;
    return result_.state == "live" ? words_.state_live : words_.state_draft;
  }

  std::string room_name(const ResultRoom& room) const {
    auto name = room_word(words_, result_.label) + ' ' + std::to_string(to_int(room.number));
    if (!room.label.empty()) name += " · " + room.label;
    return name;
  }

  void add_task(const Task& task) {
    const auto number = std::to_string(task.number);
    add(Heading{2, words_in(task.title, result_.language), "t" + number});
    for (const auto& question : task.questions) {
      add(Heading{
          3, std::to_string(question.number) + ". " + words_in(question.text, result_.language),
          "t" + number + "-q" + std::to_string(question.number)});
      if (question.room) add(Remark{words_.own_question});
      for (const auto& earlier : question.earlier) {
        add(Remark{words_.earlier_wording + ": " + words_in(earlier, result_.language)});
      }
      add_rooms({task.number, question.number}, true);
    }
    if (anything_at({task.number, std::nullopt})) {
      add(Heading{3, words_.not_assigned, "t" + number + "-rest"});
      add_rooms({task.number, std::nullopt}, false);
    }
  }

  void add_whole_rooms() {
    if (!anything_at({})) return;
    add(Heading{2, words_.whole_room, "rooms"});
    add_rooms({}, false, 3);
  }

  bool anything_at(const Place& place) const {
    return std::any_of(result_.rooms.begin(), result_.rooms.end(),
                       [&](const ResultRoom& room) { return wrote_at(room, place); });
  }

  static bool wrote_at(const ResultRoom& room, const Place& place) {
    const auto here = [&](const auto& entry) { return entry.place == place; };
    return std::any_of(room.notes.begin(), room.notes.end(), here) ||
           std::any_of(room.summaries.begin(), room.summaries.end(), here);
  }

  void add_rooms(const Place& place, bool say_nothing_written, int level = 4) {
    bool any = false;
    for (const auto& room : result_.rooms) {
      if (!wrote_at(room, place)) continue;
      any = true;
      add(Heading{level, room_name(room), {}});
      add_summary(room, place);
      add_notes(room, place);
    }
    if (!any && say_nothing_written) add(Remark{words_.nothing_written});
  }

  void add_summary(const ResultRoom& room, const Place& place) {
    for (const auto& summary : room.summaries) {
      if (summary.place != place) continue;
      add(Remark{words_.summary});
      add(Paragraph{summary.text});
      if (!summary.signed_off) add(Remark{words_.unsigned_text});
      for (const auto& sign_off : room.sign_offs) {
        if (sign_off.dissent.empty() || (sign_off.task && sign_off.task != place.task)) continue;
        add(Quote{words_.dissent + ": " + sign_off.dissent, sign_off.name.value_or("")});
      }
    }
  }

  void add_notes(const ResultRoom& room, const Place& place) {
    List list;
    for (const auto& note : room.notes) {
      if (note.place != place) continue;
      std::string remark = note.kind == NoteKind::action ? words_.action : "";
      if (note.from) remark += (remark.empty() ? "" : ", ") + *note.from;
      list.items.push_back({note.text, std::move(remark)});
    }
    if (list.items.empty()) return;
    add(Remark{words_.notes});
    add(std::move(list));
  }

  void add_participants() {
    const bool anybody = std::any_of(result_.rooms.begin(), result_.rooms.end(),
                                     [](const ResultRoom& room) { return !room.seats.empty(); });
    if (!anybody) return;
    add(Heading{2, words_.participants, "people"});
    for (const auto& room : result_.rooms) {
      if (room.seats.empty()) continue;
      add(Heading{3, room_name(room), {}});
      List list;
      for (const auto& seat : room.seats) {
        auto name = seat.name.value_or("");
        if (name.empty()) name = words_.seat + ' ' + std::to_string(seat.number);
        list.items.push_back({std::move(name), seat.organisation});
      }
      add(std::move(list));
    }
  }

  const Result& result_;
  const Words& words_;
  Document document_;
};

}  // namespace

Document outline(const Result& result, const std::string& checksum) {
  return Outline(result).make(checksum);
}

}  // namespace rundbord::render
