#include "render/words.hpp"

#include <map>

namespace rundbord::render {
namespace {

Words bokmal() {
  return {"Gruppe",
          "Rom",
          "Bord",
          "Innspill",
          "Oppsummering",
          "Deltakere",
          "Innhold",
          "Ikke plassert",
          "Hele gruppa",
          "Avvikende syn",
          "tiltak",
          "Ikke godkjent av gruppa",
          "Ingenting ble skrevet her.",
          "Avsluttet",
          "Pågår",
          "Utkast",
          "Plass",
          "Kontrollsum",
          "Gruppas eget spørsmål",
          "Tidligere ordlyd",
          "Gruppe",
          "Navn på gruppe",
          "Oppgave",
          "Spørsmål",
          "Spørsmålstekst",
          "Type",
          "Tekst",
          "Skrevet av",
          "Fra",
          "Tidspunkt (UTC)",
          "innspill",
          "tiltak"};
}

Words nynorsk() {
  return {"Gruppe",
          "Rom",
          "Bord",
          "Innspel",
          "Oppsummering",
          "Deltakarar",
          "Innhald",
          "Ikkje plassert",
          "Heile gruppa",
          "Avvikande syn",
          "tiltak",
          "Ikkje godkjend av gruppa",
          "Ingenting vart skrive her.",
          "Avslutta",
          "Pågår",
          "Utkast",
          "Plass",
          "Kontrollsum",
          "Gruppa sitt eige spørsmål",
          "Tidlegare ordlyd",
          "Gruppe",
          "Namn på gruppe",
          "Oppgåve",
          "Spørsmål",
          "Spørsmålstekst",
          "Type",
          "Tekst",
          "Skrive av",
          "Frå",
          "Tidspunkt (UTC)",
          "innspel",
          "tiltak"};
}

Words danish() {
  return {"Gruppe",
          "Rum",
          "Bord",
          "Bidrag",
          "Opsummering",
          "Deltagere",
          "Indhold",
          "Ikke placeret",
          "Hele gruppen",
          "Afvigende synspunkt",
          "tiltag",
          "Ikke godkendt af gruppen",
          "Der blev ikke skrevet noget her.",
          "Afsluttet",
          "I gang",
          "Kladde",
          "Plads",
          "Kontrolsum",
          "Gruppens eget spørgsmål",
          "Tidligere ordlyd",
          "Gruppe",
          "Gruppens navn",
          "Opgave",
          "Spørgsmål",
          "Spørgsmålets tekst",
          "Type",
          "Tekst",
          "Skrevet af",
          "Fra",
          "Tidspunkt (UTC)",
          "bidrag",
          "tiltag"};
}

Words english() {
  return {"Group",
          "Room",
          "Table",
          "Notes",
          "Summary",
          "Participants",
          "Contents",
          "Not assigned",
          "The whole group",
          "Dissenting view",
          "action",
          "Not signed off by the group",
          "Nothing was written here.",
          "Closed",
          "Live",
          "Draft",
          "Seat",
          "Checksum",
          "The group’s own question",
          "Earlier wording",
          "Group",
          "Group name",
          "Task",
          "Question",
          "Question text",
          "Kind",
          "Text",
          "Written by",
          "From",
          "Time (UTC)",
          "note",
          "action"};
}

}  // namespace

const Words& words(const std::string& language) {
  static const std::map<std::string, Words> all{
      {"nb", bokmal()}, {"nn", nynorsk()}, {"da", danish()}, {"en", english()}};
  const auto found = all.find(language);
  return found == all.end() ? all.at("en") : found->second;
}

const std::string& room_word(const Words& words, RoomLabel label) {
  switch (label) {
    case RoomLabel::group:
      return words.group;
    case RoomLabel::room:
      return words.room;
    case RoomLabel::table:
      return words.table;
  }
  return words.group;
}

}  // namespace rundbord::render
