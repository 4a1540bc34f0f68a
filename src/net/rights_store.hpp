// The rights behind links and cookies: read from the log's rows, and what is on its way there but
// not stored yet. Owned by the server; io thread.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/rights.hpp"
#include "net/loop.hpp"

namespace rundbord::net {

class RightsStore {
 public:
  RightsStore(Loop& loop, log::EventLog& log) : loop_(loop), log_(log) {}

  // What a link's secret and a browser's cookie give in this workshop together; either may be
  // empty.
  access::Rights of(const WorkshopId& workshop, const std::string& secret,
                    const std::string& cookie);
  // The workshop and rights behind a link's secret.
  std::optional<access::Granted> granted(const std::string& secret);

  // Stores rows of the workshop, and gives `rights` to the cookie too unless it is empty. `done`
  // says whether all of it is durable.
  void store(const WorkshopId& workshop, std::vector<log::RowWrite> rows, const std::string& cookie,
             const access::Rights& rights, std::function<void(bool)> done);

 private:
  struct Unsaved {
    access::Rights rights;
    int writes = 0;
  };
  access::Rights of_cookie(const WorkshopId& workshop, const std::string& cookie);

  Loop& loop_;
  log::EventLog& log_;
  // By session row's key: two joins at once from one browser must not overwrite each other.
  std::map<std::string, Unsaved> unsaved_;
};

}  // namespace rundbord::net
