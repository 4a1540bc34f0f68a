// What must hold when nothing goes wrong any more and everything has arrived: the other half of the
// world.
#include "archive/fold.hpp"
#include "domain/evolve.hpp"
#include "domain/state_text.hpp"
#include "protocol/wire_codec.hpp"
#include "world.hpp"

namespace rundbord::sim {

using std::chrono::seconds;

void World::come_to_rest() {
  plan_.misfortunes = 0;
  disk_.heal();
  weather_ = {Duration(20), Duration(500)};
  // Somebody may have closed the page for minutes just now, and waits half a minute to return.
  if (!pass(seconds(240), [this] { return settled(); })) {
    if (judge_.holds()) judge_.broken("it does not come to rest: " + unsettled());
    return;
  }
  judge_.tell([] { return std::string("at rest"); });
  compare_views();
  compare_ledger();
  compare_states();
  compare_snapshots();
}

bool World::settled() const {
  return unsettled().empty();
}

std::string World::unsettled() const {
  // Clients may not know yet that it has just gone.
  if (!server_.up()) return "the server is down";
  if (!disk_.quiet()) return "the disk is busy";
  for (const auto& client : clients_) {
    if (!client->at_rest()) return client->state();
    for (const auto& [name, followed] : client->followed()) {
      const auto& commits = truth_.commits_on(followed.channel);
      if (!commits.empty() && *followed.position < commits.back()) {
        return client->state() + " is behind on " + name;
      }
    }
  }
  return {};
}

// A snapshot has the newest messages alone: where one of them was erased meanwhile, an older one
// that it left out is not missed.
void World::forget_older_messages(json& truth, const json& view) const {
  if (!truth.contains("messages")) return;
  auto& messages = truth["messages"];
  for (auto left = truth_.erased().messages(); left > 0; --left) {
    if (messages.size() > view["messages"].size()) messages.erase(0);
  }
}

void World::compare_views() {
  const auto names = truth_.names(disk_.log());
  for (const auto& client : clients_) {
    for (const auto& [name, followed] : client->followed()) {
      const auto& channel = followed.channel;
      auto seen = followed.view;
      if (std::holds_alternative<SeatChannel>(channel)) {
        for (auto& note : seen["notes"]) {
          const auto* known =
              find_note(truth_.fold(), *id_from_text<NoteId>(note["id"].get<std::string>()));
          // Shown while its author was elsewhere: the room knows.
          if (known && !known->is_private) note["private"] = false;
        }
      }
      const auto view = comparable(channel, std::move(seen));
      const auto& erased = truth_.erased();
      if (erased.finished() > 0 && !erased.gone_in(view.dump()).empty()) {
        return judge_.broken("erased words are still seen on " + name + ": " + view.dump());
      }
      auto truth =
          comparable(channel, json::parse(protocol::encode_state({truth_.fold(), names}, channel)));
      forget_older_messages(truth, view);
      if (view != truth) {
        return judge_.broken("client " + std::to_string(client->number()) + " sees on " + name +
                             " what the log does not say: " + json::diff(truth, view).dump() +
                             "\nlog:  " + truth.dump() + "\nview: " + view.dump());
      }
    }
  }
}

// Every command has met one fate, and the log agrees with it.
void World::compare_ledger() {
  for (const auto& [id, asked] : ledger_.all()) {
    const auto stored = truth_.seq_of(id);
    if (asked.fate == Fate::open) return judge_.broken(asked.name + " was never answered");
    if (asked.fate == Fate::refused && stored != 0) {
      return judge_.broken(asked.name + " was refused and stored");
    }
    if (asked.told_seq != 0 && stored != 0 && asked.told_seq != stored) {
      return judge_.broken(asked.name + " was acknowledged at another place of the log");
    }
    // A new note is never nothing to do.
    if (asked.fate == Fate::saved && asked.name == "write_note" && stored == 0) {
      return judge_.broken("an acknowledged note is not in the log");
    }
  }
}

void World::compare_states() {
  const auto folded = testing::text_of(truth_.fold());
  for (const auto& sentence : broken_invariants(truth_.fold())) judge_.broken(sentence);
  for (const auto& broken : disk_.log().verify())
    judge_.broken("the log is damaged: " + broken.place);
  truth_.check_erased(disk_.stored());
  const auto archived = archive::fold(disk_.log(), workshop_);
  const auto* archive = std::get_if<archive::Folded>(&archived);
  if (!archive || testing::text_of(archive->workshop) != folded) {
    judge_.broken("the archive folds the log to another state");
  }
  std::optional<std::string> live;
  server_.host().read(
      workshop_,
      [](const Workshop& workshop, const protocol::Names&) { return testing::text_of(workshop); },
      [&](const net::Outcome& outcome) {
        if (const auto* text = std::get_if<std::string>(&outcome)) live = *text;
      });
  pass(seconds(2), [&] { return live.has_value(); });
  // A deadline may have come in between.
  if (judge_.holds() && disk_.quiet() && live != testing::text_of(truth_.fold())) {
    judge_.broken("the live workshop is not what the log folds to");
  }
  const auto deadline = next_deadline(truth_.fold());
  if (deadline && *deadline + seconds(2) < wall_.now()) {
    judge_.broken("a deadline has passed and nothing came of it");
  }
}

// Everybody asks for everything anew.
void World::compare_snapshots() {
  const auto names = truth_.names(disk_.log());
  const auto seq = truth_.seq();
  watch_.expect_snapshots([this, names, seq](const Channel& channel) -> std::optional<std::string> {
    if (truth_.seq() != seq) return std::nullopt;
    return protocol::encode_state({truth_.fold(), names}, channel);
  });
  for (const auto& client : clients_) client->refetch_all();
  pass(seconds(30), [this] { return settled(); });
  if (judge_.holds() && truth_.seq() == seq && watch_.snapshots_compared() == 0) {
    judge_.broken("no snapshot could be compared");
  }
}

}  // namespace rundbord::sim
