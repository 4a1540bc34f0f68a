#include "sample.hpp"

#include "archive/sealed_json.hpp"
#include "engine/bench_workshop.hpp"
#include "log/memory_log.hpp"

namespace rundbord::archive::test {
namespace {

using namespace engine;
using namespace engine::test;

log::SaltSource counted_salts() {
  return [n = 0]() mutable {
    log::Salt salt{};
    salt[0] = static_cast<std::uint8_t>(++n);
    salt[1] = static_cast<std::uint8_t>(n >> 8);
    return salt;
  };
}

// Two people in a room, silent writing and dialogue; `receipts` learns who wrote what.
class Seminar {
 public:
  Seminar() {
    bench_.create();
    kari_ = bench_.join(1, 1);
    ola_ = bench_.join(2, 1, "Ola");
    karis_ = bench_.open(1, {false, false, {kari_}});
    olas_ = bench_.open(2, {false, false, {ola_}});
    by_organiser(OpenSitting{1});
  }

  void start_step(int index) { by_organiser(StartStep{{}, {1, 0, index}, {}}); }
  std::uint64_t kari_writes(int note, const std::string& text) {
    bench_.write_note(karis_, 100 + note, kari_, note, text);
    return stored();
  }
  std::uint64_t ola_writes(int note, const std::string& text) {
    bench_.write_note(olas_, 100 + note, ola_, note, text);
    return stored();
  }
  std::uint64_t kari_does(int command, const std::string& name, json fields) {
    bench_.command(karis_, command, kari_, name, std::move(fields));
    return stored();
  }

  void write_to(log::EventLog& log) const {
    for (const auto& append : disk_.commits) {
      log::Append stored{id<WorkshopId>(1), {}, {}};
      stored.commits.push_back({append.seq, append.header, append.texts});
      for (const auto& name : append.names) stored.rows.push_back({"name", name.key, name.value});
      log.append(std::move(stored), [](const log::AppendResult& result) {
        if (!std::holds_alternative<log::Appended>(result)) throw std::runtime_error("not stored");
      });
    }
  }

 private:
  std::uint64_t stored() {
    bench_.sync();
    return disk_.commits.back().seq;
  }
  void by_organiser(Command command) {
    bench_.feed(Submit{Token{1}, ByOrganiser{}, id<CommandId>(++organisers_), std::move(command)});
    bench_.sync();
  }

  Disk disk_;
  Bench bench_{disk_};
  SeatId kari_, ola_;
  SessionId karis_{}, olas_{};
  int organisers_ = 7000;
};

// As the log is after the words of one commit were erased (the log's part is tested with the log).
void erase_words(ChainFile& file, std::uint64_t seq) {
  auto& open = std::get<OpenCommit>(file.commits[seq - 1].content);
  const auto& shown = std::get<ShownText>(open.texts.front());
  open.texts.front() = GoneText{log::text_hash(shown.salt, shown.text)};
}

void add(ChainFile& file, std::variant<ClosedCommit, OpenCommit> content) {
  ChainCommit commit{std::move(content), {}};
  commit.chain = log::chain_next(file.commits.back().chain, digest_of(commit));
  file.commits.push_back(std::move(commit));
  file.seq = file.commits.size();
}

}  // namespace

Sample make_sample() {
  Seminar seminar;
  std::vector<std::pair<std::uint64_t, std::string>> written;
  const auto keep = [&](std::uint64_t seq, std::string text) {
    written.emplace_back(seq, std::move(text));
  };
  seminar.start_step(2);
  keep(seminar.kari_writes(2, "Ungdomsklubben må få et rom"), "Ungdomsklubben må få et rom");
  keep(seminar.ola_writes(3, "Å bruke biblioteket — også søndag\n«gratis» \"kaffe\""),
       "Å bruke biblioteket — også søndag\n«gratis» \"kaffe\"");
  const auto to_erase = seminar.kari_writes(4, "Ring Per på 99 99 99 99");
  keep(to_erase, "Ring Per på 99 99 99 99");
  keep(seminar.ola_writes(5, "Først slik"), "Først slik");
  keep(seminar.kari_writes(6, "Slettes igjen"), "Slettes igjen");
  seminar.kari_does(300, "delete_note", {{"note", to_text(id<NoteId>(6))}});
  const auto edited = seminar.kari_does(
      301, "edit_note",
      {{"note", to_text(id<NoteId>(2))}, {"version", 1}, {"text", "Ungdomsklubben må få to rom"}});
  keep(edited, "Ungdomsklubben må få to rom");
  seminar.start_step(0);
  keep(seminar.kari_writes(1, "Bare for meg selv"), "Bare for meg selv");

  log::MemoryLog log(counted_salts());
  seminar.write_to(log);
  Sample sample;
  sample.file = std::get<ChainFile>(read_chain(log, id<WorkshopId>(1), Showing::result));
  erase_words(sample.file, to_erase);
  add(sample.file,
      OpenCommit{std::string(R"({"seq":0,"events":[{"event":"erasure_finished"}]})"), {}});
  add(sample.file, OpenCommit{log::sha256("a header"), {ShownText{{7}, "Skrevet etterpå 😀"}}});
  keep(sample.file.seq, "Skrevet etterpå 😀");
  add(sample.file, ClosedCommit{log::sha256("another")});
  add(sample.file, ClosedCommit{log::sha256("a third")});
  for (const auto& [seq, text] : written) {
    sample.receipts.push_back(
        {sample.file.workshop, seq, sample.file.commits[seq - 1].chain, text});
  }
  // Reworded since; shown; erased; shown; deleted; shown; private; shown.
  sample.verdicts = {Verdict::not_shown, Verdict::unchanged, Verdict::erased,
                     Verdict::unchanged, Verdict::not_shown, Verdict::unchanged,
                     Verdict::not_shown, Verdict::unchanged};
  return sample;
}

}  // namespace rundbord::archive::test
