#include "domain/audience.hpp"

#include <algorithm>
#include <charconv>
#include <type_traits>

namespace rundbord {
namespace {

using Channels = std::vector<Channel>;

Channels room_and_console(RoomNumber room) {
  return {RoomChannel{room}, ConsoleChannel{}};
}

Channels room_and_console(const std::optional<RoomNumber>& room) {
  if (!room) return {ConsoleChannel{}};
  return room_and_console(*room);
}

Channels plus(Channels channels, Channel channel) {
  channels.push_back(std::move(channel));
  return channels;
}

// --- whole kinds
// ----------------------------------------------------------------------------------

template <class Event, class... Kinds>
constexpr bool is_one_of = (std::is_same_v<Event, Kinds> || ...);

template <class Event>
concept ForEverybody =
    is_one_of<Event, WorkshopCreated, SettingsChanged, ProgrammeChanged, RolesDefined, RoomsLocked,
              SittingChanged, SittingRevised, RevisionSealed>;

template <class Event>
concept ForRoomAndConsole = is_one_of<Event, SeatPresenceChanged, RoleAssigned, StepStarted,
                                      StepUndone, StepsEnded, ClockChanged, TimeAsked, TimeAnswered,
                                      HelpAsked, HelpAnswered, SignedOff, SignOffWithdrawn>;

// Who speaks is not watched from outside.
template <class Event>
concept ForRoomAlone = is_one_of<Event, LapChanged, HandRaised, HandLowered, WordGiven>;

Channels unordered(const ForEverybody auto&) {
  return {Plenary{}};
}
Channels unordered(const ForRoomAndConsole auto& event) {
  return room_and_console(event.room);
}
Channels unordered(const ForRoomAlone auto& event) {
  return {RoomChannel{event.room}};
}

// The rooms everybody chooses from, and what the room itself shows of it.
Channels unordered(const RoomOpened& event) {
  return {Plenary{}, RoomChannel{event.room}};
}
Channels unordered(const RoomRenamed& event) {
  return {Plenary{}, RoomChannel{event.room}};
}
// Whoever waited for the word, for help or for time no longer does.
Channels unordered(const RoomClosed& event) {
  return plus(room_and_console(event.room), Plenary{});
}

// --- questions and messages
// -----------------------------------------------------------------------

// A room's own question is nobody else's business until the room's texts are read.
Channels unordered(const QuestionCorrected& event) {
  if (!event.room) return {Plenary{}};
  return room_and_console(event.room);
}
Channels unordered(const QuestionAdded& event) {
  if (!event.question.room) return {Plenary{}};
  return room_and_console(event.question.room);
}

Channels unordered(const MessageSent& event) {
  Channels channels{ConsoleChannel{}};
  if (event.rooms.empty()) channels.push_back(Plenary{});
  for (const auto room : event.rooms) channels.push_back(RoomChannel{room});
  return channels;
}
Channels unordered(const MessageErased& event) {
  return unordered(MessageSent{event.message, {}, event.rooms});
}
Channels unordered(const MessageConfirmed&) {
  return {ConsoleChannel{}};
}

// --- people
// ---------------------------------------------------------------------------------------

Channels unordered(const SeatJoined& event) {
  return plus(room_and_console(event.seat.room), SeatChannel{event.seat.id});
}
Channels unordered(const SeatNamed& event) {
  return plus(room_and_console(event.room), SeatChannel{event.seat});
}
Channels unordered(const SeatAnonymised& event) {
  return plus(room_and_console(event.room), SeatChannel{event.seat});
}
Channels unordered(const SeatRemoved& event) {
  return plus(room_and_console(event.room), SeatChannel{event.seat});
}

Channels unordered(const SeatMoved& event) {
  Channels channels{ConsoleChannel{}, SeatChannel{event.seat}};
  if (event.from) channels.push_back(RoomChannel{*event.from});
  if (event.to) channels.push_back(RoomChannel{*event.to});
  return channels;
}

// --- notes and texts
// ------------------------------------------------------------------------------

Channels readers(RoomNumber room, const Place& place) {
  return {RoomChannel{room}, WallChannel{place}, ConsoleChannel{}};
}

// The encoders strip a private note's words for the room and the console, which only count it.
Channels unordered(const NoteWritten& event) {
  const auto& note = event.note;
  auto channels = note.is_private ? room_and_console(note.room) : readers(note.room, note.place);
  // An author who is not shown learns here that the note is their own.
  const bool tells_author = note.is_private || !note.author_shown;
  if (tells_author && note.author) channels.push_back(SeatChannel{*note.author});
  return channels;
}

// The author alone: nothing that others may know has changed.
template <class NoteEvent>
Channels author_or_readers(const NoteEvent& event) {
  if (event.private_to) return {SeatChannel{*event.private_to}};
  return readers(event.room, event.place);
}
Channels unordered(const NoteEdited& event) {
  return author_or_readers(event);
}
Channels unordered(const NoteMarked& event) {
  return author_or_readers(event);
}

// Deleting changes how many have written, which the room and the console may know.
template <class NoteEvent>
Channels counted(const NoteEvent& event) {
  if (!event.private_to) return readers(event.room, event.place);
  return plus(room_and_console(event.room), SeatChannel{*event.private_to});
}
Channels unordered(const NoteDeleted& event) {
  return counted(event);
}
Channels unordered(const NoteRestored& event) {
  return counted(event);
}

Channels unordered(const NoteMoved& event) {
  if (event.private_to) {
    return plus(room_and_console(event.room), SeatChannel{*event.private_to});
  }
  return plus(readers(event.room, event.from), WallChannel{event.to});
}

Channels unordered(const NotesRevealed& event) {
  auto channels = room_and_console(event.room);
  for (const auto& note : event.notes) channels.push_back(WallChannel{note.place});
  return channels;
}

// What that means for others stands in the other events of the commit.
Channels unordered(const ErasureOrdered&) {
  return {ConsoleChannel{}};
}
Channels unordered(const ErasureFinished&) {
  return {ConsoleChannel{}};
}

Channels unordered(const TextChanged& event) {
  return readers(event.room, event.place);
}

}  // namespace

std::vector<Channel> audience(const Event& event) {
  auto channels = std::visit([](const auto& each) { return unordered(each); }, event);
  std::sort(channels.begin(), channels.end());
  channels.erase(std::unique(channels.begin(), channels.end()), channels.end());
  return channels;
}

// --- channel names
// --------------------------------------------------------------------------------

namespace {

std::string to_text(const Place& place) {
  if (!place.task) return "wall";
  auto text = "wall/" + std::to_string(*place.task);
  if (place.question) text += "." + std::to_string(*place.question);
  return text;
}

// A number written as we write it: digits only, no leading zero.
std::optional<int> number_from(std::string_view text) {
  int number = 0;
  const auto* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end || number < 1 || text.front() == '0') return std::nullopt;
  return number;
}

std::optional<Channel> wall_from(std::string_view text) {
  const auto dot = text.find('.');
  const auto task = number_from(text.substr(0, dot));
  if (!task) return std::nullopt;
  if (dot == std::string_view::npos) return WallChannel{{task, std::nullopt}};
  const auto question = number_from(text.substr(dot + 1));
  if (!question) return std::nullopt;
  return WallChannel{{task, question}};
}

// What stands behind "room/", "seat/" and "wall/"; nothing when `text` starts otherwise.
std::optional<std::string_view> behind(std::string_view start, std::string_view text) {
  if (text.substr(0, start.size()) != start) return std::nullopt;
  return text.substr(start.size());
}

struct ChannelText {
  std::string operator()(const Plenary&) const { return "plenary"; }
  std::string operator()(const ConsoleChannel&) const { return "console"; }
  std::string operator()(const RoomChannel& channel) const {
    return "room/" + std::to_string(to_int(channel.room));
  }
  std::string operator()(const SeatChannel& channel) const {
    return "seat/" + rundbord::to_text(channel.seat);
  }
  std::string operator()(const WallChannel& channel) const { return to_text(channel.place); }
};

}  // namespace

std::string to_text(const Channel& channel) {
  return std::visit(ChannelText{}, channel);
}

std::optional<Channel> channel_from_text(std::string_view text) {
  if (text == "plenary") return Plenary{};
  if (text == "console") return ConsoleChannel{};
  if (text == "wall") return WallChannel{};
  if (const auto wall = behind("wall/", text)) return wall_from(*wall);
  if (const auto room = behind("room/", text)) {
    const auto number = number_from(*room);
    if (!number) return std::nullopt;
    return RoomChannel{RoomNumber{*number}};
  }
  if (const auto seat = behind("seat/", text)) {
    const auto id = id_from_text<SeatId>(*seat);
    if (!id) return std::nullopt;
    return SeatChannel{*id};
  }
  return std::nullopt;
}

}  // namespace rundbord
