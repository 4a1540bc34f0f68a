// An archive with everything a chain file can hold, and the receipts of those who wrote in it.
// Always the same. Owned by the caller.
#pragma once
#include <vector>

#include "archive/receipts.hpp"

namespace rundbord::archive::test {

struct Sample {
  ChainFile file;
  std::vector<Receipt> receipts;
  std::vector<Verdict> verdicts;  // of the receipts, as they must come out
};
Sample make_sample();

}  // namespace rundbord::archive::test
