#include "archive/receipts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "archive/sealed_json.hpp"

namespace rundbord::archive {
namespace {

using Json = nlohmann::ordered_json;

bool tells_of_erasure(const ChainCommit& commit) {
  const auto* open = std::get_if<OpenCommit>(&commit.content);
  const auto* header = open ? std::get_if<std::string>(&open->header) : nullptr;
  if (!header) return false;
  const auto parsed = Json::parse(*header, nullptr, false);
  if (!parsed.is_object() || !parsed.contains("events")) return false;
  return std::any_of(parsed["events"].begin(), parsed["events"].end(), [](const Json& event) {
    return event.is_object() && event.contains("event") && event["event"] == erasure_finished;
  });
}

template <class Kind>
bool any_is(const std::vector<ChainText>& texts) {
  return std::any_of(texts.begin(), texts.end(),
                     [](const ChainText& text) { return std::holds_alternative<Kind>(text); });
}

log::Hash chain_before(const ChainFile& file, std::uint64_t seq) {
  return seq == 1 ? log::chain_start(file.workshop) : file.commits[seq - 2].chain;
}

// By itself: what else is broken in the file does not matter to it.
bool fits(const ChainFile& file, std::uint64_t seq) {
  const auto& commit = file.commits[seq - 1];
  return log::chain_next(chain_before(file, seq), digest_of(commit)) == commit.chain;
}

// --- reading
// --------------------------------------------------------------------------------------

// Thrown and caught in this file alone: a file is read whole or not at all.
struct NotTheForm {};

// Fields one after the other, in the order the form has them.
class Fields {
 public:
  explicit Fields(const Json& object) : at_(object.begin()), end_(object.end()) {
    if (!object.is_object()) throw NotTheForm{};
  }

  bool next_is(std::string_view key) const { return at_ != end_ && at_.key() == key; }
  const Json& take(std::string_view key) {
    if (!next_is(key)) throw NotTheForm{};
    return *at_++;
  }
  std::string text(std::string_view key) {
    const auto& value = take(key);
    if (!value.is_string()) throw NotTheForm{};
    return value.get<std::string>();
  }
  std::uint64_t number(std::string_view key) {
    const auto& value = take(key);
    if (!value.is_number_unsigned()) throw NotTheForm{};
    return value.get<std::uint64_t>();
  }
  log::Hash hash(std::string_view key) { return known(log::hash_from_hex(text(key))); }
  WorkshopId workshop() { return known(id_from_text<WorkshopId>(text("workshop"))); }
  const Json& list(std::string_view key) {
    const auto& value = take(key);
    if (!value.is_array()) throw NotTheForm{};
    return value;
  }
  template <class Value>
  static Value known(std::optional<Value> value) {
    if (!value) throw NotTheForm{};
    return *value;
  }
  void end() const {
    if (at_ != end_) throw NotTheForm{};
  }

 private:
  Json::const_iterator at_;
  Json::const_iterator end_;
};

ChainText text_from(const Json& json) {
  Fields fields(json);
  ChainText text;
  if (fields.next_is("hash")) {
    text = HiddenText{fields.hash("hash")};
  } else if (fields.next_is("erased")) {
    text = GoneText{fields.hash("erased")};
  } else {
    const auto salt = Fields::known(salt_from(fields.text("salt")));
    text = ShownText{salt, fields.text("text")};
  }
  fields.end();
  return text;
}

ChainCommit commit_from(const Json& json) {
  Fields fields(json);
  ChainCommit commit;
  if (fields.next_is("digest")) {
    commit.content = ClosedCommit{fields.hash("digest")};
  } else {
    OpenCommit open;
    if (fields.next_is("header")) {
      open.header = fields.text("header");
    } else {
      open.header = fields.hash("header_hash");
    }
    for (const auto& text : fields.list("texts")) open.texts.push_back(text_from(text));
    commit.content = std::move(open);
  }
  commit.chain = fields.hash("chain");
  fields.end();
  return commit;
}

ChainFile file_from(const Json& json) {
  Fields fields(json);
  if (fields.number("chain_file") != chain_file_version) throw NotTheForm{};
  ChainFile file;
  file.workshop = fields.workshop();
  file.seq = fields.number("seq");
  for (const auto& commit : fields.list("commits")) file.commits.push_back(commit_from(commit));
  fields.hash("checksum");
  fields.end();
  return file;
}

Receipt receipt_from(const Json& json) {
  Fields fields(json);
  Receipt receipt;
  receipt.workshop = fields.workshop();
  receipt.seq = fields.number("seq");
  receipt.chain = fields.hash("chain");
  receipt.text = fields.text("text");
  fields.end();
  return receipt;
}

std::optional<Json> parsed(std::string_view bytes, const LeftOut& left_out) {
  return left_out.contains(Check::form) ? parse_leniently(bytes) : parse_strictly(bytes);
}

}  // namespace

ReadChainFile read_chain_file(std::string_view bytes, const LeftOut& left_out) {
  ReadChainFile read;
  try {
    read.file = file_from(Fields::known(parsed(bytes, left_out)));
  } catch (const NotTheForm&) {
    read.findings.push_back({Fault::unreadable});
    return read;
  }
  if (!left_out.contains(Check::checksum) && !fits_own_checksum(bytes)) {
    read.findings.push_back({Fault::checksum});
  }
  const auto found = check_chain(read.file, left_out);
  read.findings.insert(read.findings.end(), found.begin(), found.end());
  return read;
}

std::optional<std::vector<Receipt>> read_receipts(std::string_view bytes, const LeftOut& left_out) {
  if (!left_out.contains(Check::checksum) && !fits_own_checksum(bytes)) return std::nullopt;
  try {
    const auto json = Fields::known(parsed(bytes, left_out));
    Fields fields(json);
    if (fields.number("receipts_file") != receipts_file_version) return std::nullopt;
    std::vector<Receipt> receipts;
    for (const auto& receipt : fields.list("receipts")) receipts.push_back(receipt_from(receipt));
    fields.hash("checksum");
    fields.end();
    return receipts;
  } catch (const NotTheForm&) {
    return std::nullopt;
  }
}

std::string encode_receipts(const std::vector<Receipt>& receipts) {
  Json json = {{"receipts_file", receipts_file_version}, {"receipts", Json::array()}};
  for (const auto& receipt : receipts) {
    json["receipts"].push_back({{"workshop", to_text(receipt.workshop)},
                                {"seq", receipt.seq},
                                {"chain", to_hex(receipt.chain)},
                                {"text", receipt.text}});
  }
  return with_own_checksum(json.dump());
}

std::vector<Finding> check_chain(const ChainFile& file, const LeftOut& left_out) {
  std::vector<Finding> findings;
  if (!left_out.contains(Check::length) && file.seq != file.commits.size()) {
    findings.push_back({Fault::length});
  }
  std::uint64_t last_erasure = 0;
  for (std::uint64_t seq = 1; seq <= file.commits.size(); ++seq) {
    if (!left_out.contains(Check::chain) && !fits(file, seq)) {
      findings.push_back({Fault::commit, seq});
    }
    if (tells_of_erasure(file.commits[seq - 1])) last_erasure = seq;
  }
  for (std::uint64_t seq = last_erasure + 1; seq <= file.commits.size(); ++seq) {
    const auto* open = std::get_if<OpenCommit>(&file.commits[seq - 1].content);
    if (!left_out.contains(Check::erasure) && open && any_is<GoneText>(open->texts)) {
      findings.push_back({Fault::erasure, seq});
    }
  }
  return findings;
}

Verdict check_receipt(const ChainFile& file, const Receipt& receipt, const LeftOut& left_out) {
  const bool of_another = receipt.workshop != file.workshop;
  if (of_another && !left_out.contains(Check::workshop)) return Verdict::not_found;
  if (receipt.seq < 1 || receipt.seq > file.commits.size()) return Verdict::not_found;
  const auto& commit = file.commits[receipt.seq - 1];
  const bool in_place = left_out.contains(Check::place) || commit.chain == receipt.chain;
  const bool whole = left_out.contains(Check::commit) || fits(file, receipt.seq);
  if (!in_place || !whole) return Verdict::does_not_match;
  const auto* open = std::get_if<OpenCommit>(&commit.content);
  if (!open) return Verdict::not_shown;
  const bool same = std::any_of(open->texts.begin(), open->texts.end(), [&](const auto& text) {
    const auto* shown = std::get_if<ShownText>(&text);
    return shown && (shown->text == receipt.text || left_out.contains(Check::words));
  });
  if (same) return Verdict::unchanged;
  if (any_is<ShownText>(open->texts)) return Verdict::does_not_match;
  return any_is<GoneText>(open->texts) ? Verdict::erased : Verdict::not_shown;
}

// --- in words
// -------------------------------------------------------------------------------------

std::string sentence(const Finding& finding) {
  const auto commit = "commit " + std::to_string(finding.seq);
  switch (finding.fault) {
    case Fault::unreadable:
      return "the file is no chain file in its one allowed form: it is damaged or was changed";
    case Fault::checksum:
      return "the file does not fit its own checksum: something in it was changed";
    case Fault::length:
      return "the file does not hold as many commits as it says";
    case Fault::commit:
      return commit + " does not follow the one before it: it was changed, or one is missing";
    case Fault::erasure:
      return commit + " is said to be erased, but the chain tells of no erasure after it";
  }
  return {};
}

bool is_kept(Verdict verdict) {
  return verdict != Verdict::not_found && verdict != Verdict::does_not_match;
}

std::string sentence(Verdict verdict) {
  switch (verdict) {
    case Verdict::unchanged:
      return "in the archive, unchanged";
    case Verdict::erased:
      return "in the archive; its words were erased";
    case Verdict::not_shown:
      return "in the archive; its words are not shown in this file";
    case Verdict::not_found:
      return "not found: the archive is of another workshop or ends before it";
    case Verdict::does_not_match:
      return "does not match: something else stands in its place";
  }
  return {};
}

}  // namespace rundbord::archive
