// How a value lists its fields, once: RUNDBORD_FIELDS { v("name", self.name); }. Codecs, documents,
// hashes and tests visit them; the visitor decides what to do with each. Any thread.
#pragma once

#define RUNDBORD_FIELDS          \
  template <class Self, class V> \
  static void fields([[maybe_unused]] Self& self, [[maybe_unused]] V&& v)
