// Anyone can check that a note is in the archive, and no change to archive or receipts goes
// unfound.
#include "archive/receipts.hpp"

#include <fstream>
#include <iterator>

#include "archive/sealed_json.hpp"
#include "catch.hpp"
#include "receipts/changes/sample.hpp"
#include "receipts/changes/trial.hpp"
#include "source_dir.hpp"

namespace rundbord::archive::test {
namespace {

std::vector<Verdict> verdicts(const ChainFile& file, const std::vector<Receipt>& receipts) {
  std::vector<Verdict> found;
  for (const auto& receipt : receipts) found.push_back(check_receipt(file, receipt));
  return found;
}

bool holds(const std::string& bytes, const std::string& words) {
  return bytes.find(words) != std::string::npos;
}

TEST_CASE("RC4: each receipt is answered with what the archive says of its note") {
  const auto sample = make_sample();
  CHECK(check_chain(sample.file).empty());
  CHECK(verdicts(sample.file, sample.receipts) == sample.verdicts);
}

TEST_CASE("RC2: a chain file is read back as it was written, and finds nothing broken in itself") {
  const auto sample = make_sample();
  const auto bytes = encode_chain_file(sample.file);
  const auto read = read_chain_file(bytes);
  CHECK(read.findings.empty());
  CHECK(encode_chain_file(read.file) == bytes);
  CHECK(verdicts(read.file, sample.receipts) == sample.verdicts);
  const auto receipts = encode_receipts(sample.receipts);
  REQUIRE(read_receipts(receipts));
  CHECK(encode_receipts(*read_receipts(receipts)) == receipts);
}

std::string golden(const std::string& name) {
  std::ifstream in(source_dir() / "tests/receipts/golden" / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The browser's verification is tested on these files (web/tests/verify). After a change of form:
// build/release/receipt_changes sample tests/receipts/golden
TEST_CASE("RC2 RC4: the golden files are what is written today") {
  const auto sample = make_sample();
  CHECK(golden("chain.json") == encode_chain_file(sample.file));
  CHECK(golden("receipts.json") == encode_receipts(sample.receipts));
}

TEST_CASE("RC3: a chain file shows no header, no seat and no words but those of the result") {
  const auto bytes = encode_chain_file(make_sample().file);
  CHECK(holds(bytes, "Ungdomsklubben må få to rom"));
  for (const auto* words : {"Bare for meg selv", "Ungdomsklubben må få et rom", "Slettes igjen",
                            "Ring Per", "Kari", "note_written", "seat", "Møteplasser"}) {
    CAPTURE(words);
    CHECK_FALSE(holds(bytes, words));
  }
}

TEST_CASE("RC4: of another workshop, or beyond the end, is not found") {
  const auto sample = make_sample();
  auto receipt = sample.receipts.back();
  receipt.seq = sample.file.seq + 1;
  CHECK(check_receipt(sample.file, receipt) == Verdict::not_found);
  receipt.seq = 0;
  CHECK(check_receipt(sample.file, receipt) == Verdict::not_found);
  receipt = sample.receipts.back();
  receipt.workshop.bytes[3] ^= 1;
  CHECK(check_receipt(sample.file, receipt) == Verdict::not_found);
}

TEST_CASE("RC5: a chain cut off at its end is sound by itself; the receipt of what is gone tells") {
  auto sample = make_sample();
  sample.file.commits.resize(sample.receipts.back().seq - 1);
  sample.file.seq = sample.file.commits.size();
  CHECK(check_chain(sample.file).empty());
  CHECK(check_receipt(sample.file, sample.receipts.back()) == Verdict::not_found);
}

TEST_CASE("RC5: what is broken is named at its commit, and others' receipts still hold") {
  auto sample = make_sample();
  const auto seq = sample.receipts[1].seq;
  auto& open = std::get<OpenCommit>(sample.file.commits[seq - 1].content);
  std::get<ShownText>(open.texts.front()).text = "Noe helt annet";
  const auto findings = check_chain(sample.file);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].fault == Fault::commit);
  CHECK(findings[0].seq == seq);
  auto expected = sample.verdicts;
  expected[1] = Verdict::does_not_match;
  CHECK(verdicts(sample.file, sample.receipts) == expected);
}

TEST_CASE("RC5: no single change goes unfound") {
  const auto trial = run_trial(1, 20'000);
  CAPTURE(trial.first_missed);
  CHECK(trial.changes == 20'000);
  CHECK(trial.missed == 0);
}

TEST_CASE("each check is needed: without it a change goes unfound") {
  for (const auto check :
       {Check::form, Check::checksum, Check::length, Check::chain, Check::erasure, Check::workshop,
        Check::place, Check::commit, Check::words}) {
    CAPTURE(static_cast<int>(check));
    const auto trial = run_trial(2, 20'000, {check});
    CHECK(trial.missed == 1);
  }
}

}  // namespace
}  // namespace rundbord::archive::test
