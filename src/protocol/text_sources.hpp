// The two places typed words are read from. Inside protocol/ only; one thread.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "protocol/field_reader.hpp"
#include "protocol/log_codec.hpp"

namespace rundbord::protocol {

// A client's message: words stand inline, are checked and counted here (SPEC CM6).
class TypedTexts : public TextSource {
 public:
  std::optional<Text> text(const nlohmann::json& json, bool one_line) override;
  std::optional<ChangeSet> change(const nlohmann::json& json) override;
  RejectionCode fault() const override { return fault_; }
  bool missing_is_default() const override { return false; }

 private:
  RejectionCode fault_ = RejectionCode::invalid_text;
};

// A stored commit: words stand beside the header by number; an erased one reads as such, empty.
class StoredTexts : public TextSource {
 public:
  explicit StoredTexts(const std::vector<std::optional<std::string>>& texts) : texts_(texts) {}
  std::optional<Text> text(const nlohmann::json& json, bool one_line) override;
  std::optional<ChangeSet> change(const nlohmann::json& json) override;
  RejectionCode fault() const override { return RejectionCode::malformed; }
  bool missing_is_default() const override { return true; }

 private:
  const std::optional<std::string>* stored(const nlohmann::json& json) const;

  const std::vector<std::optional<std::string>>& texts_;
};

// A stored header alone: no words are read, only the numbers under which they stand beside it.
class NumberedTexts : public TextSource {
 public:
  std::optional<Text> text(const nlohmann::json& json, bool one_line) override;
  std::optional<ChangeSet> change(const nlohmann::json& json) override;
  RejectionCode fault() const override { return RejectionCode::malformed; }
  bool missing_is_default() const override { return true; }

  // Those met since the last call.
  std::vector<TextNumber> take() { return std::exchange(found_, {}); }

 private:
  std::vector<TextNumber> found_;
};

}  // namespace rundbord::protocol
