#include "changes.hpp"

#include <algorithm>

#include "archive/sealed_json.hpp"

namespace rundbord::archive::test {
namespace {

using Json = nlohmann::ordered_json;

std::string sealed(Json tree) {
  tree.erase("checksum");
  return with_own_checksum(tree.dump());
}

std::string at_commit(std::size_t index) {
  return " at commit " + std::to_string(index + 1);
}

bool shows_words(const Json& commit) {
  return commit.contains("texts") && !commit["texts"].empty() &&
         commit["texts"][0].contains("text");
}

std::vector<std::size_t> commits_with_words(const Json& tree) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < tree["commits"].size(); ++i) {
    if (shows_words(tree["commits"][i])) found.push_back(i);
  }
  return found;
}

// Every string of hex digits in a commit.
std::vector<Json*> digits_in(Json& commit) {
  std::vector<Json*> found;
  for (auto& [key, value] : commit.items()) {
    if (value.is_string() && key != "header") found.push_back(&value);
  }
  if (!commit.contains("texts")) return found;
  for (auto& text : commit["texts"]) {
    for (auto& [key, value] : text.items()) {
      if (key != "text") found.push_back(&value);
    }
  }
  return found;
}

}  // namespace

Changes::Changes(const Sample& sample, std::uint32_t seed)
    : sample_(sample),
      random_(seed),
      archive_(encode_chain_file(sample.file)),
      receipts_(encode_receipts(sample.receipts)),
      tree_(Json::parse(archive_)),
      shown_(commits_with_words(tree_)) {
  for (const auto& receipt : sample.receipts) last_receipt_ = std::max(last_receipt_, receipt.seq);
}

Changed Changes::next() {
  for (;;) {
    Changed changed{{}, archive_, receipts_, 0};
    switch (below(10)) {
      case 0:
      case 1:
        change_archive_bytes(changed);
        break;
      case 2:
        change_receipts_bytes(changed);
        break;
      case 3:
        redact(changed);
        break;
      case 4:
        change_field(changed, Checksum::as_it_was);
        break;
      case 5:
      case 6:
        change_field(changed, Checksum::made_anew);
        break;
      case 7:
        below(2) == 0 ? claim_erasure(changed) : change_form(changed);
        break;
      case 8:
        rewrite(changed);
        break;
      case 9:
        forge_receipt(changed);
        break;
    }
    if (changed.archive != archive_ || changed.receipts != receipts_) return changed;
  }
}

// --- bytes
// ----------------------------------------------------------------------------------------

void Changes::change_archive_bytes(Changed& changed) {
  changed.what = "archive, " + change_bytes(changed.archive);
}

void Changes::change_receipts_bytes(Changed& changed) {
  changed.what = "receipts, " + change_bytes(changed.receipts);
}

std::string Changes::change_bytes(std::string& bytes) {
  const auto place = below(bytes.size());
  const auto at = " byte " + std::to_string(place);
  const auto other = static_cast<char>(below(256));
  switch (below(6)) {
    case 0:
      bytes[place] = other;
      return "replaced" + at;
    case 1:
      bytes[place] = static_cast<char>(bytes[place] ^ (1 << below(8)));
      return "a bit flipped in" + at;
    case 2:
      bytes.insert(place, 1, other);
      return "inserted before" + at;
    case 3:
      bytes.erase(place, 1 + below(64));
      return "dropped from" + at;
    case 4:
      bytes.insert(place, bytes.substr(place, 1 + below(64)));
      return "doubled from" + at;
    default:
      if (place > 0) std::swap(bytes[place], bytes[place - 1]);
      return "exchanged with the one before," + at;
  }
}

// --- fields
// ---------------------------------------------------------------------------------------

void Changes::other_digit(std::string& digits) {
  constexpr std::string_view all = "0123456789abcdef";
  auto& digit = digits[below(digits.size())];
  digit = all[(all.find(digit) + 1 + below(15)) % 16];
}

std::size_t Changes::shown_commit() {
  return shown_[below(shown_.size())];
}

void Changes::redact(Changed& changed) {
  auto tree = tree_;
  const auto index = shown_commit();
  auto& commit = tree["commits"][index];
  auto& text = commit["texts"][0];
  const auto hash = to_hex(
      log::text_hash(*salt_from(text["salt"].get<std::string>()), text["text"].get<std::string>()));
  const auto kind = below(3);
  if (kind == 0) text = Json{{"hash", hash}};
  if (kind == 1) text = Json{{"erased", hash}};
  if (kind == 2) {
    const auto digest = to_hex(digest_of(sample_.file.commits[index]));
    commit = Json{{"digest", digest}, {"chain", commit["chain"]}};
  }
  changed.what = "words taken out by somebody else" + at_commit(index);
  changed.archive = tree.dump();
}

void Changes::change_field(Changed& changed, Checksum checksum) {
  auto tree = tree_;
  switch (below(6)) {
    case 0:
      change_digits(tree["commits"], changed);
      break;
    case 1:
      change_words(tree["commits"], changed);
      break;
    case 2:
      change_order(tree["commits"], changed);
      tree["seq"] = tree["commits"].size();
      break;
    case 3:
      change_texts(tree["commits"], changed);
      break;
    case 4:
      changed.what = "another workshop's id";
      tree["workshop"] =
          "AAAAAAAAAAAAAAAAAAAA" + std::string(1, static_cast<char>('A' + below(26))) + "A";
      break;
    default:
      changed.what = "another number of commits";
      tree["seq"] = below(2 * tree["commits"].size());
      break;
  }
  changed.what += checksum == Checksum::made_anew ? ", checksum made anew" : "";
  changed.archive = checksum == Checksum::made_anew ? sealed(tree) : tree.dump();
}

void Changes::change_digits(Json& commits, Changed& changed) {
  const auto index = below(commits.size());
  const auto found = digits_in(commits[index]);
  auto& value = *found[below(found.size())];
  auto digits = value.get<std::string>();
  other_digit(digits);
  value = digits;
  changed.what = "another digit" + at_commit(index);
  changed.broken_seq = index + 1;
}

void Changes::change_words(Json& commits, Changed& changed) {
  const auto index = shown_commit();
  auto& value = commits[index]["texts"][0]["text"];
  auto words = value.get<std::string>();
  switch (below(3)) {
    case 0:
      words += static_cast<char>('a' + below(26));
      break;
    case 1:
      words.insert(0, 1, ' ');
      break;
    default:
      words = sample_.receipts[below(sample_.receipts.size())].text;
      break;
  }
  changed.what = "other words" + at_commit(index);
  if (words != value) changed.broken_seq = index + 1;
  value = words;
}

void Changes::change_order(Json& commits, Changed& changed) {
  const auto index = below(last_receipt_);
  const auto other = below(commits.size());
  switch (below(4)) {
    case 0:
      changed.what = "dropped" + at_commit(index);
      commits.erase(index);
      break;
    case 1:
      changed.what = "doubled" + at_commit(index);
      commits.insert(commits.begin() + static_cast<std::ptrdiff_t>(index), Json(commits[index]));
      break;
    case 2:
      changed.what = "exchanged with " + std::to_string(other + 1) + at_commit(index);
      std::swap(commits[index], commits[other]);
      break;
    default:
      changed.what = "cut off" + at_commit(index);
      while (commits.size() > index) commits.erase(commits.size() - 1);
      break;
  }
}

void Changes::change_texts(Json& commits, Changed& changed) {
  const auto index = shown_commit();
  auto& texts = commits[index]["texts"];
  const auto other = shown_commit();
  switch (below(3)) {
    case 0:
      changed.what = "a text dropped" + at_commit(index);
      texts.erase(0);
      changed.broken_seq = index + 1;
      break;
    case 1:
      changed.what = "a text doubled" + at_commit(index);
      texts.push_back(Json(texts[0]));
      changed.broken_seq = index + 1;
      break;
    default:
      changed.what = "texts exchanged with " + std::to_string(other + 1) + at_commit(index);
      if (texts != commits[other]["texts"]) changed.broken_seq = index + 1;
      std::swap(texts, commits[other]["texts"]);
      break;
  }
}

// --- forgeries
// ------------------------------------------------------------------------------------

// Where no erasure is told of afterwards nobody may say that words were erased.
void Changes::claim_erasure(Changed& changed) {
  auto tree = tree_;
  auto& text = tree["commits"][shown_.back()]["texts"][0];
  text = Json{{"erased", to_hex(log::text_hash(*salt_from(text["salt"].get<std::string>()),
                                               text["text"].get<std::string>()))}};
  changed.what = "said to be erased" + at_commit(shown_.back());
  changed.archive = sealed(tree);
}

// The same meaning in other bytes.
void Changes::change_form(Changed& changed) {
  auto bytes = tree_.dump();
  bytes.erase(bytes.rfind(",\"checksum\""));
  bytes += '}';
  constexpr std::string_view places = "{,:";
  auto place = below(bytes.size() - 1);
  while (places.find(bytes[place]) == std::string_view::npos) place = below(bytes.size() - 1);
  if (below(2) == 0) {
    bytes.insert(place + 1, 1, " \n\t"[below(3)]);
    changed.what = "white space at byte " + std::to_string(place);
  } else {
    bytes.insert(1, "\"seq\":" + std::to_string(below(9)) + ',');
    changed.what = "a key twice";
  }
  changed.archive = with_own_checksum(bytes);
}

// A server that lies: it changes what it stored and works out everything anew from there.
void Changes::rewrite(Changed& changed) {
  auto file = sample_.file;
  const auto from = below(last_receipt_);
  const bool drops = below(3) == 0;
  if (drops) {
    file.commits.erase(file.commits.begin() + static_cast<std::ptrdiff_t>(from));
  } else {
    file.commits[from].content = ClosedCommit{log::sha256(std::to_string(random_()))};
  }
  for (auto i = from; i < file.commits.size(); ++i) {
    const auto before = i == 0 ? log::chain_start(file.workshop) : file.commits[i - 1].chain;
    file.commits[i].chain = log::chain_next(before, digest_of(file.commits[i]));
  }
  file.seq = file.commits.size();
  changed.what = (drops ? "dropped and rewritten" : "rewritten") + at_commit(from);
  changed.archive = encode_chain_file(file);
}

void Changes::forge_receipt(Changed& changed) {
  auto receipts = sample_.receipts;
  auto index = below(receipts.size());
  // What the archive does not show cannot be compared with the words of a receipt.
  while (sample_.verdicts[index] != Verdict::unchanged) index = below(receipts.size());
  auto& receipt = receipts[index];
  switch (below(4)) {
    case 0:
      receipt.seq = below(2 * sample_.file.seq);
      break;
    case 1:
      receipt.chain[below(32)] ^= static_cast<std::uint8_t>(1 << below(8));
      break;
    case 2:
      receipt.workshop.bytes[below(16)] ^= static_cast<std::uint8_t>(1 << below(8));
      break;
    default:
      receipt.text += ' ';
      break;
  }
  changed.what = "another receipt in place of number " + std::to_string(index + 1);
  changed.receipts = encode_receipts(receipts);
}

}  // namespace rundbord::archive::test
