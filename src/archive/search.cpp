#include "archive/search.hpp"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

namespace rundbord::archive {
namespace {

// Words as compared: NFC, case folded, without punctuation around them.
std::vector<icu::UnicodeString> words_of(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(status);
  auto normal = nfc->normalize(icu::UnicodeString::fromUTF8(text), status).foldCase();
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  std::vector<icu::UnicodeString> words;
  if (U_FAILURE(status)) return words;
  breaks->setText(normal);
  auto start = breaks->first();
  for (auto end = breaks->next(); end != icu::BreakIterator::DONE;
       start = end, end = breaks->next()) {
    if (breaks->getRuleStatus() != UBRK_WORD_NONE) {
      words.emplace_back(normal, start, end - start);
    }
  }
  return words;
}

bool holds_all(const std::vector<icu::UnicodeString>& text_words,
               const std::vector<icu::UnicodeString>& asked) {
  return std::all_of(asked.begin(), asked.end(), [&](const auto& beginning) {
    return std::any_of(text_words.begin(), text_words.end(),
                       [&](const auto& word) { return word.startsWith(beginning); });
  });
}

// What rooms are called in the four languages.
bool names_a_room(const icu::UnicodeString& word) {
  static const std::vector<icu::UnicodeString> names{
      u"gruppe", u"gruppa", u"gruppen", u"rom", u"rum", u"bord", u"group", u"room", u"table"};
  return std::find(names.begin(), names.end(), word) != names.end();
}

std::optional<int> number_of(const icu::UnicodeString& word) {
  std::string digits;
  word.toUTF8String(digits);
  if (digits.empty() || digits.size() > 4 ||
      digits.find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  return std::stoi(digits);
}

std::optional<int> room_asked_for(const std::vector<icu::UnicodeString>& asked) {
  if (asked.size() == 1) return number_of(asked[0]);
  if (asked.size() == 2 && names_a_room(asked[0])) return number_of(asked[1]);
  return std::nullopt;
}

class Search {
 public:
  explicit Search(const std::string& asked) : asked_(words_of(asked)) {}

  Found in(const Result& result) {
    if (asked_.empty()) return found_;
    const auto number = room_asked_for(asked_);
    for (const auto& room : result.rooms) {
      const bool named = !room.label.empty() && holds_all(words_of(room.label), asked_);
      if (named || number == to_int(room.number)) found_.rooms.push_back(room.number);
      for (const auto& note : room.notes) consider({room.number, note.place, note.id, note.text});
      for (const auto& summary : room.summaries) {
        consider({room.number, summary.place, std::nullopt, summary.text});
      }
    }
    return std::move(found_);
  }

 private:
  void consider(Hit hit) {
    if (!holds_all(words_of(hit.text), asked_)) return;
    if (found_.hits.size() == search_hits_max) {
      found_.more = true;
    } else {
      found_.hits.push_back(std::move(hit));
    }
  }

  std::vector<icu::UnicodeString> asked_;
  Found found_;
};

nlohmann::json place_json(const Place& place) {
  nlohmann::json json{{"task", nullptr}, {"question", nullptr}};
  if (place.task) json["task"] = *place.task;
  if (place.question) json["question"] = *place.question;
  return json;
}

}  // namespace

Found search(const Result& result, const std::string& asked) {
  return Search(asked).in(result);
}

std::string encode_found(const Found& found) {
  auto json = nlohmann::json{
      {"rooms", nlohmann::json::array()}, {"hits", nlohmann::json::array()}, {"more", found.more}};
  for (const auto room : found.rooms) json["rooms"].push_back(to_int(room));
  for (const auto& hit : found.hits) {
    json["hits"].push_back({{"room", to_int(hit.room)},
                            {"place", place_json(hit.place)},
                            {"note", hit.note ? nlohmann::json(to_text(*hit.note)) : nullptr},
                            {"text", hit.text}});
  }
  return json.dump();
}

}  // namespace rundbord::archive
