#include "crash/ledger.hpp"

#include <algorithm>
#include <utility>

namespace rundbord::crash {
namespace {

// Rows of the ledger's appends are of this one table.
constexpr const char* table = "name";

bool is_what_was_asked(const log::StoredCommit& found, const std::string& header,
                       const std::vector<std::string>& texts) {
  const auto open = std::string_view(header).substr(0, header.size() - 1);  // without its brace
  if (std::string_view(found.header).substr(0, open.size()) != open) return false;
  return std::equal(texts.begin(), texts.end(), found.texts.begin(), found.texts.end(),
                    [](const std::string& asked, const std::optional<std::string>& stored) {
                      return stored == asked;
                    });
}

// Whether the commits of `append` stand in `found` from its first seq on.
bool stands_whole(const log::Append& append, const std::vector<log::StoredCommit>& found) {
  const auto first = append.commits.front().seq;
  if (first - 1 + append.commits.size() > found.size()) return false;
  for (std::size_t i = 0; i < append.commits.size(); ++i) {
    const auto& draft = append.commits[i];
    if (!is_what_was_asked(found[first - 1 + i], draft.header, draft.texts)) return false;
  }
  return true;
}

std::string place(std::uint64_t seq) {
  return "commit " + std::to_string(seq);
}

std::vector<log::StoredCommit> read_all(log::EventLog& log, const WorkshopId& workshop) {
  std::vector<log::StoredCommit> found;
  log.read(workshop, 1, [&](const log::StoredCommit& commit) {
    found.push_back(commit);
    return true;
  });
  return found;
}

std::map<std::string, std::string> read_rows(log::EventLog& log, const WorkshopId& workshop) {
  std::map<std::string, std::string> found;
  for (const auto& row : log.rows(workshop, table)) found[row.key] = row.value;
  return found;
}

}  // namespace

Ledger::Number Ledger::asked(const log::Append& append) {
  streams_[append.workshop].open.emplace(++last_, append);
  workshop_of_[last_] = append.workshop;
  return last_;
}

void Ledger::answered(Number number, const log::AppendResult& result) {
  auto& stream = streams_[workshop_of_.at(number)];
  const auto* appended = std::get_if<log::Appended>(&result);
  if (!appended) return;  // stays open: a failed sync leaves it open whether it is on the disk
  ++acknowledged_;
  const auto& commits = stream.open.at(number).commits;
  if (commits.front().seq != stream.commits.size() + 1 || appended->seq != commits.back().seq) {
    misanswered_.push_back(place(appended->seq) + " was acknowledged out of order");
  }
  store(stream, stream.open.at(number), appended->chains.back());
  stream.open.erase(number);
}

void Ledger::store(Stream& stream, const log::Append& append, std::optional<log::Hash> chain) {
  for (const auto& draft : append.commits) {
    stream.commits.push_back({draft.header, draft.texts, std::nullopt});
  }
  stream.commits.back().chain = chain;
  for (const auto& row : append.rows) {
    if (row.value) {
      stream.rows[row.key] = *row.value;
    } else {
      stream.rows.erase(row.key);
    }
  }
}

void Ledger::asked_to_remove(const WorkshopId& workshop) {
  streams_[workshop].removing = true;
}

void Ledger::removed(const WorkshopId& workshop) {
  streams_[workshop] = {};
}

std::uint64_t Ledger::next_seq(const WorkshopId& workshop) const {
  const auto stream = streams_.find(workshop);
  return stream == streams_.end() ? 1 : stream->second.commits.size() + 1;
}

std::vector<std::string> Ledger::audit(log::EventLog& log) {
  auto wrong = std::exchange(misanswered_, {});
  for (const auto& broken : log.verify()) wrong.push_back("verify: " + broken.place);
  for (auto& [id, stream] : streams_) audit(log, id, stream, wrong);
  for (const auto& id : log.workshops()) {
    if (streams_.count(id) == 0) wrong.push_back("a workshop that nobody made");
  }
  return wrong;
}

void Ledger::audit(log::EventLog& log, const WorkshopId& id, Stream& stream,
                   std::vector<std::string>& wrong) {
  const auto found = read_all(log, id);
  const auto rows = read_rows(log, id);
  if (std::exchange(stream.removing, false) && found.empty() && rows.empty()) {
    stream = {};
    return;
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].seq != i + 1) wrong.push_back(place(i + 1) + " is missing: a gap");
  }
  for (std::size_t i = 0; i < stream.commits.size(); ++i) {
    const auto& known = stream.commits[i];
    if (i >= found.size()) {
      wrong.push_back(place(i + 1) + " was acknowledged and is lost");
    } else if (!is_what_was_asked(found[i], known.header, known.texts) ||
               (known.chain && *known.chain != found[i].chain)) {
      wrong.push_back(place(i + 1) + " is not what was acknowledged");
    }
  }
  if (wrong.empty()) take_whole_appends(stream, found, rows, wrong);
}

// What follows the last acknowledged commit must be appends that were asked for, each of them
// whole, with its rows.
void Ledger::take_whole_appends(Stream& stream, const std::vector<log::StoredCommit>& found,
                                const std::map<std::string, std::string>& rows,
                                std::vector<std::string>& wrong) {
  while (stream.commits.size() < found.size()) {
    const auto seq = stream.commits.size() + 1;
    const auto fits = std::find_if(stream.open.begin(), stream.open.end(), [&](const auto& each) {
      return each.second.commits.front().seq == seq && stands_whole(each.second, found);
    });
    if (fits == stream.open.end()) {
      wrong.push_back(place(seq) + " is half of an append, or of none");
      return;
    }
    store(stream, fits->second, std::nullopt);
    stream.commits.back().chain = found[stream.commits.size() - 1].chain;
    unanswered_found_ += fits->second.commits.size();
    stream.open.erase(fits);
  }
  if (rows != stream.rows) wrong.push_back("the rows are not those of the commits beside them");
  // After the audit its owner goes on from here: what was not found will not be asked again, but
  // may still lie in the write-ahead log; see answered().
}

}  // namespace rundbord::crash
