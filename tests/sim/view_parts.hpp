// What the folds of all channels share: lists of things with a key, the notes of a board, texts,
// and sign-off, as JSON. Pure.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

namespace rundbord::sim {

using nlohmann::json;

// --- lists of things with a key
json* find_by(json& list, const char* key, const json& value);
void remove_by(json& list, const char* key, const json& value);
void put_by(json& list, const char* key, json value);
// A field that is absent means that there is no value.
void set_or_drop(json& object, const char* key, const json& event, const char* from);

// --- notes in the order of the board: a list of columns, each with its place and notes
json& column_at(json& columns, const json& place);
// `here`: the place of a wall; null on a room's or a seat's channel.
void fold_note(json& columns, const json& event, const json& here = nullptr);

// --- texts and sign-off
void fold_text(json& texts, const json& event);
void withdraw(json& sign_offs, const json& gone);

}  // namespace rundbord::sim
