// Files that people bring back: chain files and receipts, in their one allowed form.
#include <nlohmann/json.hpp>

#include "archive/receipts.hpp"
#include "archive/sealed_json.hpp"
#include "oracle.hpp"
#include "target.hpp"

namespace rundbord::fuzz {
namespace {

using namespace archive;

// The checksum is what a liar can make, so it is made here; what is no object stays as it is.
std::string sealed(std::string_view bytes) {
  std::string json(bytes);
  return json.size() >= 2 && json.back() == '}' ? with_own_checksum(std::move(json)) : json;
}

}  // namespace

RUNDBORD_FUZZ(sealed_json, 512) {
  const auto strict = parse_strictly(bytes);
  if (strict) {
    require(json_form(bytes).ok, "RC2: the one form is JSON");
    require(!json_form(bytes).repeats_key, "RC2: without repeated keys");
    require(strict->dump() == bytes, "RC2: and every value has one form");
    require(parse_leniently(bytes) == strict, "what is strict is lenient");
  }
  if (fits_own_checksum(bytes) || bytes.size() < 2 || bytes.back() != '}') return;
  auto file = with_own_checksum(std::string(bytes));
  require(fits_own_checksum(file), "RC2: a file fits its own checksum");
  file[bytes.size() % file.size()] ^= 1;
  require(!fits_own_checksum(file), "RC2: and no longer when a bit is changed");
}

RUNDBORD_FUZZ(receipts_file, 2048) {
  const auto file = sealed(bytes);
  const auto receipts = read_receipts(file);
  if (!receipts) return;
  require(encode_receipts(*receipts) == file, "RC5: receipts have one form");
  ChainFile chain;
  for (const auto& receipt : *receipts) {
    require(check_receipt(chain, receipt) == Verdict::not_found, "an empty archive keeps nothing");
    chain.workshop = receipt.workshop;
  }
}

RUNDBORD_FUZZ(chain_file, 4096) {
  const auto file = sealed(bytes);
  const auto read = read_chain_file(file);
  for (const auto& finding : read.findings) {
    require(!sentence(finding).empty(), "a finding is a sentence");
    if (finding.fault == Fault::unreadable) return;
  }
  require(encode_chain_file(read.file) == file, "RC3: a chain has one form");
  if (!read.findings.empty() || read.file.commits.empty()) return;
  auto broken = read.file;
  broken.commits[bytes.size() % broken.commits.size()].chain[7] ^= 1;
  require(!check_chain(broken).empty(), "RC4: a changed chain value is found");
}

}  // namespace rundbord::fuzz
