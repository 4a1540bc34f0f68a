// The stored and spoken names of closed sets. A name is forever from format 1.0 on; codecs read and
// write enumerations through these tables only.
#pragma once
#include <array>
#include <string_view>
#include <utility>

#include "domain/programme.hpp"

namespace rundbord {

template <class Enum>
struct EnumNames;  // specialised: static constexpr std::array<std::pair<Enum, std::string_view>, N>
                   // all

template <>
struct EnumNames<StepKind> {
  static constexpr auto all = std::to_array<std::pair<StepKind, std::string_view>>({
      {StepKind::silent, "silent"},
      {StepKind::lap, "lap"},
      {StepKind::dialogue, "dialogue"},
      {StepKind::summary, "summary"},
  });
};

template <>
struct EnumNames<Right> {
  static constexpr auto all = std::to_array<std::pair<Right, std::string_view>>({
      {Right::lead_steps, "lead_steps"},
      {Right::run_clock, "run_clock"},
      {Right::give_turns, "give_turns"},
      {Right::edit_any_note, "edit_any_note"},
      {Right::manage_members, "manage_members"},
  });
};

template <>
struct EnumNames<RoomLabel> {
  static constexpr auto all = std::to_array<std::pair<RoomLabel, std::string_view>>({
      {RoomLabel::group, "group"},
      {RoomLabel::room, "room"},
      {RoomLabel::table, "table"},
  });
};

template <>
struct EnumNames<Authorship> {
  static constexpr auto all = std::to_array<std::pair<Authorship, std::string_view>>({
      {Authorship::shown, "shown"},
      {Authorship::hidden, "hidden"},
      {Authorship::never, "never"},
  });
};

template <>
struct EnumNames<FacilitatorTurn> {
  static constexpr auto all = std::to_array<std::pair<FacilitatorTurn, std::string_view>>({
      {FacilitatorTurn::first, "first"},
      {FacilitatorTurn::middle, "middle"},
      {FacilitatorTurn::last, "last"},
  });
};

template <>
struct EnumNames<Assignment> {
  static constexpr auto all = std::to_array<std::pair<Assignment, std::string_view>>({
      {Assignment::choose, "choose"},
      {Assignment::next_free, "next_free"},
      {Assignment::organiser, "organiser"},
  });
};

template <class Enum>
constexpr std::string_view name_of(Enum value) {
  for (const auto& [known, name] : EnumNames<Enum>::all) {
    if (known == value) return name;
  }
  return {};
}

}  // namespace rundbord
