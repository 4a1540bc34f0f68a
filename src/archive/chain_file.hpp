// A workshop's chain as a file that anyone may keep and check without the server (SPEC RC2, RC3):
// every commit is proved, and only the words that the result shows are in it. Made from the log;
// any thread, slow for long histories.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "archive/fold.hpp"
#include "log/chain.hpp"

namespace rundbord::archive {

// A text beside a commit's header, and how much of it is shown.
struct ShownText {
  log::Salt salt{};
  std::string text;
};
struct HiddenText {
  log::Hash hash{};
};
struct GoneText {  // erased: nobody has its words any more
  log::Hash hash{};
};
using ChainText = std::variant<ShownText, HiddenText, GoneText>;

// Nothing of the commit is shown but that it is one.
struct ClosedCommit {
  log::Hash digest{};
};
struct OpenCommit {
  std::variant<log::Hash, std::string> header;  // its hash, or the header without its text hashes
  std::vector<ChainText> texts;
};
struct ChainCommit {
  std::variant<ClosedCommit, OpenCommit> content;
  log::Hash chain{};
};

// As it stands in the file: what it says need not be true.
struct ChainFile {
  WorkshopId workshop;
  std::uint64_t seq = 0;  // of the last commit
  std::vector<ChainCommit> commits;
};

// D(n) of LG2, worked out from what is shown.
log::Hash digest_of(const ChainCommit& commit);

enum class Showing {
  result,      // for anyone: the words that stand in the result, and what the server wrote itself
  everything,  // for who has the data folder anyway
};
std::variant<ChainFile, Unreadable> read_chain(log::EventLog& log, const WorkshopId& workshop,
                                               Showing showing);

// The file's bytes, the same for the same chain.
std::string encode_chain_file(const ChainFile& file);

}  // namespace rundbord::archive
