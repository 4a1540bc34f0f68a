#include "trial.hpp"

#include <algorithm>

#include "changes.hpp"

namespace rundbord::archive::test {
namespace {

constexpr std::uint64_t told_every = 10'000;

// As `rundbord verify ARCHIVE --receipts FILE` and the page do it.
bool is_found(const Changed& changed, const LeftOut& left_out) {
  const auto archive = read_chain_file(changed.archive, left_out);
  const auto receipts = read_receipts(changed.receipts, left_out);
  if (!receipts) return true;
  const auto is_lost = [&](const Receipt& receipt) {
    return !is_kept(check_receipt(archive.file, receipt, left_out));
  };
  if (changed.broken_seq != 0) {
    const auto of_it = std::find_if(receipts->begin(), receipts->end(), [&](const auto& receipt) {
      return receipt.seq == changed.broken_seq;
    });
    if (of_it != receipts->end() && !is_lost(*of_it)) return false;
  }
  return !archive.findings.empty() || std::any_of(receipts->begin(), receipts->end(), is_lost);
}

}  // namespace

Trial run_trial(std::uint32_t seed, std::uint64_t amount, const LeftOut& left_out,
                const Progress& progress) {
  const auto sample = make_sample();
  Changes changes(sample, seed);
  Trial trial;
  while (trial.changes < amount) {
    const auto changed = changes.next();
    ++trial.changes;
    if (progress && trial.changes % told_every == 0) progress(trial.changes);
    if (is_found(changed, left_out)) continue;
    ++trial.missed;
    trial.first_missed = "change " + std::to_string(trial.changes) + ": " + changed.what;
    return trial;
  }
  return trial;
}

}  // namespace rundbord::archive::test
