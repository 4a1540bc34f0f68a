// Checking a chain file and receipts against it (SPEC RC4, RC5), without the server and without
// trusting who gave the file: what `rundbord verify` and the page for it (web/src/verify) both do.
// Pure, any thread.
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "archive/chain_file.hpp"

namespace rundbord::archive {

// What a client keeps of an `ok`: its note stands in the workshop's log, in this place.
struct Receipt {
  WorkshopId workshop;
  std::uint64_t seq = 0;
  log::Hash chain{};
  std::string text;  // as the server took it
};

// The checks there are. A program in tests/receipts leaves each out and shows that something then
// goes unfound; nobody else leaves out any.
enum class Check {
  form,      // the bytes are the one allowed form
  checksum,  // and fit their own checksum
  length,    // as many commits as the file says
  chain,     // each commit follows the one before it
  erasure,   // words are erased only where the chain tells of an erasure later
  workshop,  // the receipt is of this workshop
  place,     // the commit has the chain value of the receipt
  commit,    // and fits it by itself, whatever else is broken
  words,     // the words are those of the receipt
};
using LeftOut = std::set<Check>;

enum class Fault {
  unreadable,  // not the allowed form
  checksum,
  length,
  commit,   // does not follow the one before it, or was changed
  erasure,  // says erased, but no erasure is told of
};
struct Finding {
  Fault fault{};
  std::uint64_t seq = 0;  // 0: the whole file
};
std::string sentence(const Finding& finding);

enum class Verdict {
  unchanged,       // in the archive, word for word
  erased,          // its commit is in the archive, its words were erased
  not_shown,       // its commit is in the archive, its words are not shown in this file
  not_found,       // of another workshop, or the archive ends before it
  does_not_match,  // something else stands in its place
};
// Whether the archive keeps what the receipt promised.
bool is_kept(Verdict verdict);
std::string sentence(Verdict verdict);

// What could be read of a file, and what is wrong with it.
struct ReadChainFile {
  ChainFile file;
  std::vector<Finding> findings;
};
ReadChainFile read_chain_file(std::string_view bytes, const LeftOut& left_out = {});
// Nothing when the bytes are no receipts file in its one form, or do not fit their checksum.
std::optional<std::vector<Receipt>> read_receipts(std::string_view bytes,
                                                  const LeftOut& left_out = {});
std::string encode_receipts(const std::vector<Receipt>& receipts);

std::vector<Finding> check_chain(const ChainFile& file, const LeftOut& left_out = {});
Verdict check_receipt(const ChainFile& file, const Receipt& receipt, const LeftOut& left_out = {});

}  // namespace rundbord::archive
