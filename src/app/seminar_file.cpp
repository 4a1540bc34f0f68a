#include "app/seminar_file.hpp"

#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

namespace rundbord::app {
namespace {

using nlohmann::json;

// Leaves read_seminar() as its sentence.
struct Unfit {
  std::string sentence;
};

// A value and where it stands, so that every complaint can say so.
class At {
 public:
  At(const json& value, std::string path) : value_(value), path_(std::move(path)) {}

  At member(const char* key) const {
    if (!value_.is_object()) unfit("is no object");
    const auto found = value_.find(key);
    if (found == value_.end()) unfit(std::string("has no \"") + key + '"');
    return {*found, path_ + '.' + key};
  }
  bool has(const char* key) const { return value_.is_object() && value_.contains(key); }

  std::string text() const {
    if (!value_.is_string()) unfit("is no text");
    return value_.get<std::string>();
  }
  int number() const {
    if (!value_.is_number_integer()) unfit("is no whole number");
    const auto number = value_.get<std::int64_t>();
    if (number < 1 || number > 9'999) unfit("is not from 1 to 9999");
    return static_cast<int>(number);
  }
  std::optional<int> number_or_null() const {
    if (value_.is_null()) return std::nullopt;
    return number();
  }

  template <class Read>
  auto list(Read read) const {
    if (!value_.is_array()) unfit("is no list");
    std::vector<decltype(read(*this))> items;
    for (std::size_t i = 0; i < value_.size(); ++i) {
      items.push_back(read(At(value_[i], path_ + '[' + std::to_string(i) + ']')));
    }
    return items;
  }

  [[noreturn]] void unfit(const std::string& what) const {
    throw Unfit{(path_.empty() ? "the seminar file" : path_.substr(1)) + ' ' + what};
  }

 private:
  const json& value_;
  std::string path_;
};

std::string text_of(const At& at) {
  return at.text();
}

SeminarNote note_of(const At& at) {
  SeminarNote note;
  note.place = {at.member("task").number_or_null(), at.member("question").number_or_null()};
  if (note.place.question && !note.place.task) at.unfit("names a question but no task");
  note.text = at.member("text").text();
  if (note.text.empty()) at.member("text").unfit("is empty");
  return note;
}

SeminarPost post_of(const At& at) {
  return {at.member("text").text(), at.member("notes").list(note_of)};
}

SeminarRoom room_of(const At& at) {
  SeminarRoom room;
  room.number = at.member("number").number();
  if (at.has("participants")) room.participants = at.member("participants").list(text_of);
  room.posts = at.member("posts").list(post_of);
  return room;
}

SeminarTask task_of(const At& at) {
  return {at.member("task").number(), at.member("title").text(),
          at.member("questions").list(text_of)};
}

void require_rooms_once(const Seminar& seminar, const At& at) {
  std::set<int> numbers;
  for (const auto& room : seminar.rooms) {
    if (!numbers.insert(room.number).second) {
      at.unfit("has room " + std::to_string(room.number) + " twice");
    }
  }
}

void require_tasks_in_order(const Seminar& seminar, const At& at) {
  for (std::size_t i = 0; i < seminar.tasks.size(); ++i) {
    if (seminar.tasks[i].number != static_cast<int>(i) + 1) {
      at.unfit("are not numbered 1, 2, 3 and so on");
    }
  }
}

Seminar seminar_of(const At& at) {
  Seminar seminar;
  const auto workshop = at.member("workshop");
  seminar.title = workshop.member("title").text();
  seminar.language = workshop.member("language").text();
  seminar.tasks = workshop.member("tasks").list(task_of);
  require_tasks_in_order(seminar, workshop.member("tasks"));
  if (workshop.has("instructions")) {
    seminar.instructions = workshop.member("instructions").list(text_of);
  }
  seminar.rooms = at.member("rooms").list(room_of);
  require_rooms_once(seminar, at);
  return seminar;
}

}  // namespace

std::variant<Seminar, std::string> read_seminar(std::string_view text) {
  if (text.size() > seminar_bytes_max) return "the seminar file is larger than 64 MiB";
  // nlohmann takes a zero byte for the end, whatever stands behind it.
  if (const auto zero = text.find('\0'); zero != std::string_view::npos) {
    return "the seminar file is no JSON at byte " + std::to_string(zero + 1);
  }
  try {
    return seminar_of(At(json::parse(text), ""));
  } catch (const json::parse_error& error) {
    return "the seminar file is no JSON at byte " + std::to_string(error.byte);
  } catch (const json::out_of_range&) {
    return "the seminar file has a number that is too large";
  } catch (const Unfit& unfit) {
    return unfit.sentence;
  }
}

}  // namespace rundbord::app
