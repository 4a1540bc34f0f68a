#include "net/rights_store.hpp"

namespace rundbord::net {

access::Rights RightsStore::of(const WorkshopId& workshop, const std::string& secret,
                               const std::string& cookie) {
  access::Rights rights = of_cookie(workshop, cookie);
  if (const auto link = granted(secret); link && link->workshop == workshop) {
    rights = joined(std::move(rights), link->rights);
  }
  return rights;
}

std::optional<access::Granted> RightsStore::granted(const std::string& secret) {
  if (secret.empty()) return std::nullopt;
  return access::find_grant(log_, secret);
}

access::Rights RightsStore::of_cookie(const WorkshopId& workshop, const std::string& cookie) {
  if (cookie.empty()) return {};
  const auto row = access::session_row(cookie, workshop, {});
  if (const auto unsaved = unsaved_.find(row.key); unsaved != unsaved_.end()) {
    return unsaved->second.rights;
  }
  return access::find_session(log_, cookie, workshop);
}

void RightsStore::store(const WorkshopId& workshop, std::vector<log::RowWrite> rows,
                        const std::string& cookie, const access::Rights& rights,
                        std::function<void(bool)> done) {
  std::string key;
  if (!cookie.empty()) {
    const auto all = joined(of_cookie(workshop, cookie), rights);
    auto row = access::session_row(cookie, workshop, all);
    key = row.key;
    auto& unsaved = unsaved_[key];
    unsaved.rights = all;
    ++unsaved.writes;
    rows.push_back(std::move(row));
  }
  log::Append append{workshop, {}, std::move(rows)};
  log_.append(std::move(append), [this, key, done](const log::AppendResult& result) {
    const bool stored = std::holds_alternative<log::Appended>(result);
    loop_.post([this, key, done, stored] {
      const auto unsaved = unsaved_.find(key);
      if (unsaved != unsaved_.end() && --unsaved->second.writes == 0) unsaved_.erase(unsaved);
      done(stored);
    });
  });
}

}  // namespace rundbord::net
