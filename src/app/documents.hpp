// What archive/ and render/ do for the server and for `export`: documents, search, revisions,
// erasing. Free functions on a log that the caller owns; any thread, slow.
#pragma once
#include <optional>
#include <string>

#include "archive/erasure_list.hpp"
#include "log/event_log.hpp"
#include "net/server_options.hpp"

namespace rundbord::app {

net::ExportResult export_document(log::EventLog& log, const net::ExportRequest& request);
std::string search_workshop(log::EventLog& log, const net::SearchRequest& request);
net::RevisionResult write_revision(log::EventLog& log, const net::RevisionRequest& request);
net::ErasureResult erase_words(log::EventLog& log, const WorkshopId& workshop,
                               archive::ErasureList& list);

}  // namespace rundbord::app
