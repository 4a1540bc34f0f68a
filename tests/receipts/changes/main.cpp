// receipt_changes SEED AMOUNT: makes that many single changes to an archive and its receipts and
// ends with 1 at the first that verification does not find. For `tests/long archive`.
// receipt_changes sample FOLDER: writes the two files the changes are made to
// (tests/receipts/golden).
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

#include "sample.hpp"
#include "trial.hpp"

namespace {

using namespace rundbord::archive;
using namespace rundbord::archive::test;

int write_sample(const std::string& folder) {
  const auto sample = make_sample();
  std::ofstream(folder + "/chain.json", std::ios::binary) << encode_chain_file(sample.file);
  std::ofstream(folder + "/receipts.json", std::ios::binary) << encode_receipts(sample.receipts);
  return 0;
}

int make_changes(std::uint32_t seed, std::uint64_t amount) {
  const auto trial = run_trial(seed, amount, {}, [&](std::uint64_t done) {
    std::cout << done << " of " << amount << " changes, all found" << std::endl;
  });
  if (trial.missed > 0) {
    std::cout << "not found with seed " << seed << ": " << trial.first_missed << '\n';
    return 1;
  }
  std::cout << "{\"changes\":" << trial.changes << ",\"missed\":0}\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: receipt_changes SEED AMOUNT | receipt_changes sample FOLDER\n";
    return 2;
  }
  if (std::string(argv[1]) == "sample") return write_sample(argv[2]);
  return make_changes(static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10)),
                      std::strtoull(argv[2], nullptr, 10));
}
