// Single changes to a chain file or to receipts, drawn at random: accidents, forgeries whose
// checksum was made anew, and whole chains rewritten. Each must be found. Owned by the caller; one
// thread.
#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "sample.hpp"

namespace rundbord::archive::test {

struct Changed {
  std::string what;  // with the place, so that it can be found again
  std::string archive;
  std::string receipts;
  // The receipt of this commit must not be called kept; 0: enough that anything is found.
  std::uint64_t broken_seq = 0;
};

class Changes {
 public:
  Changes(const Sample& sample, std::uint32_t seed);
  // Never the same as the original.
  Changed next();

 private:
  using Json = nlohmann::ordered_json;
  enum class Checksum { as_it_was, made_anew };

  void change_archive_bytes(Changed& changed);
  void change_receipts_bytes(Changed& changed);
  void redact(Changed& changed);  // allowed to whoever makes the file, to nobody after
  void change_field(Changed& changed, Checksum checksum);
  void claim_erasure(Changed& changed);
  void change_form(Changed& changed);
  void rewrite(Changed& changed);
  void forge_receipt(Changed& changed);

  std::string change_bytes(std::string& bytes);
  void change_digits(Json& commits, Changed& changed);
  void change_words(Json& commits, Changed& changed);
  void change_order(Json& commits, Changed& changed);
  void change_texts(Json& commits, Changed& changed);

  std::size_t below(std::size_t n) { return random_() % n; }
  std::size_t shown_commit();
  void other_digit(std::string& digits);

  const Sample& sample_;
  std::mt19937 random_;
  const std::string archive_;
  const std::string receipts_;
  const Json tree_;
  std::vector<std::size_t> shown_;  // commits with words, as indices
  std::uint64_t last_receipt_ = 0;  // its commit's seq
};

}  // namespace rundbord::archive::test
