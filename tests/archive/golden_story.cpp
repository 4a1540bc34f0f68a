#include "golden_story.hpp"

#include "domain/utf16.hpp"

namespace rundbord::archive::test {
namespace {

constexpr RoomNumber owls{1};
constexpr RoomNumber hares{2};
const auto kari = id<SeatId>(1);
const auto ola = id<SeatId>(2);
const auto eva = id<SeatId>(3);
const Place question_1{1, 1};

Programme programme() {
  Programme made;
  made.sittings = {{1, nb("Formiddag")}};
  Task task{1, 1, nb("Møteplasser"), {nb("Skriv kort.")}, {}, {}};
  task.questions = {{1, "open", nb("Hva virker?"), {}, {}},
                    {2, "open", nb("Hva mangler?"), {}, {}}};
  task.cycles = {{{1, 2},
                  {{StepKind::silent, 2},
                   {StepKind::lap, 6},
                   {StepKind::dialogue, 10},
                   {StepKind::summary, {}}}}};
  made.tasks = {task};
  return made;
}

std::vector<Role> roles() {
  return {{"facilitator",
           nb("Ordstyrer"),
           nb("Leder gruppa"),
           {Right::lead_steps, Right::run_clock, Right::give_turns}}};
}

StartStep step(int number) {
  return {{owls}, {1, 0, number}, {}};
}

WriteNote note(int n, std::string text) {
  WriteNote write;
  write.note = id<NoteId>(n);
  write.room = owls;
  write.place = question_1;
  write.text = words(std::move(text));
  return write;
}

ChangeSet typed(std::size_t keep, const std::string& utf8) {
  ChangeSet change;
  if (keep > 0) change.keep(keep);
  change.insert(*to_utf16(utf8));
  return change;
}

void prepare(House& house) {
  CreateWorkshop create;
  create.settings.title = nb("Prøve");
  create.programme = programme();
  create.programme.tasks[0].title = nb("Steder");
  create.rooms = {{owls, {}}};
  house.by_organiser(create);
  Settings settings = create.settings;
  settings.title = nb("Møteplasser i bygda");
  house.by_organiser(ChangeSettings{settings});
  house.by_organiser(ChangeProgramme{programme()});
  house.by_organiser(DefineRoles{roles()});
  house.by_organiser(OpenRooms{{{hares, words("Harene")}}});
  house.by_organiser(RenameRoom{owls, words("Uglene")});
}

void arrive(House& house) {
  house.submit(ByNewcomer{}, Join{kari, words("Kari"), words("Fjordvik"), owls});
  house.submit(ByNewcomer{}, Join{ola, words("Ola"), {}, owls});
  house.submit(ByNewcomer{}, Join{eva, words("Eva"), {}, hares});
  house.by_organiser(RenameSeat{eva, words("Eva Li"), words("Nordstrand")});
  house.by(eva, MoveSeat{eva, owls});
  house.by_organiser(LockRooms{true});
  house.by(kari, ClaimRole{"facilitator", kari, false});
  house.by_organiser(OpenSitting{1});
}

void talk(House& house) {
  house.by(kari, step(0));
  house.by(ola, note(1, "Tenkt alene"));
  house.by(kari, step(1));
  house.by(kari, EndTurn{ola, TurnEnd::spoke});
  house.by(ola, MarkAbsent{ola, true});
  house.by(ola, MarkAbsent{ola, false});
  house.by(kari, step(2));
  house.by(kari, UndoStep{{owls}});
  house.by(kari, step(2));
  house.by(kari, AddTime{{owls}, std::chrono::minutes(1)});
  house.by(ola, RaiseHand{ola});
  house.by(eva, RaiseHand{eva});
  house.by(kari, GiveWord{eva});
  house.by(ola, LowerHand{ola});
  house.by(ola, AskForTime{owls, std::chrono::minutes(3)});
  house.by_organiser(AnswerTime{owls, true});
  house.by(ola, AskForHelp{owls});
  house.by_organiser(AnswerHelp{owls});
  house.by(ola, AddQuestion{1, nb("Hvem rydder?"), owls});
  house.by(ola, CorrectQuestion{1, 3, nb("Hvem rydder etterpå?")});
  house.by_organiser(SendMessage{id<MessageId>(1), words("Fem minutter igjen"), {}});
  house.by_organiser(SendMessage{id<MessageId>(2), words("Feil melding"), {owls}});
  house.by(ola, ConfirmMessage{id<MessageId>(1), ola});
}

void write(House& house) {
  auto from = note(2, "Benker ved elva");
  from.from = eva;
  house.by(ola, from);
  house.by(ola, note(3, "Lys i parken"));
  house.by(ola, EditNote{id<NoteId>(3), 1, words("Lys i parken, også om vinteren")});
  house.by(ola, MarkNote{id<NoteId>(3), NoteKind::action, {}, words("Velforeningen")});
  house.by(ola, MoveNote{id<NoteId>(3), {1, 2}, {}});
  house.by(ola, DeleteNote{id<NoteId>(2)});
  house.by(ola, RestoreNote{id<NoteId>(2)});
  house.by(eva, note(4, "Skal slettes for godt"));
  const std::string first = "Vi møtes ute.\n";
  house.by(kari, EditText{owls, question_1, 0, id<WriterId>(1), 1, typed(0, first)});
  house.by(ola, EditText{owls, question_1, 1, id<WriterId>(2), 1,
                         typed(to_utf16(first)->size(), "Også om vinteren. 😀")});
  house.by(ola, EditText{owls, {1, 2}, 0, id<WriterId>(2), 1, typed(0, "Slettes")});
  house.by(ola, SignOffTexts{owls, ola, 1, words("Ikke enig om benkene")});
  house.by(eva, SignOffTexts{owls, eva, 1, {}});
  house.by(eva, WithdrawSignOff{owls, eva, 1});
}

void end(House& house) {
  house.by(kari, EndSteps{{owls}});
  house.by_organiser(RemoveSeat{ola});
  house.by_organiser(CloseRoom{hares});
  house.by_organiser(CloseSitting{1});
  house.by_organiser(EraseNote{id<NoteId>(4)});
  house.by_organiser(EraseText{owls, {1, 2}});
  house.by_organiser(EraseMessage{id<MessageId>(2)});
  house.by_organiser(EraseSeat{eva, false});
}

}  // namespace

void play_golden_story(House& house) {
  prepare(house);
  arrive(house);
  talk(house);
  write(house);
  end(house);
}

}  // namespace rundbord::archive::test
