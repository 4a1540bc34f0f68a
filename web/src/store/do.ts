// The commands a participant's page gives, by the names of src/domain/commands*.hpp.
import { freshId } from '../link/ids.ts';
import { authorKey, rememberOwn } from './author.ts';
import type { Desk } from './desk.svelte.ts';
import type { Id, LocalText, Note, NoteKind, Place, StepPosition } from './model.ts';
import type { Outcome } from './outgoing.ts';

export type Words = {
  text: string;
  place: Place;
  kind?: NoteKind;
  from?: Id;
  organisation?: string;
};

export class Doer {
  constructor(readonly desk: Desk) {}

  #do(name: string, fields: object, key?: string): Promise<Outcome> {
    return this.desk.session.do(name, fields, this.desk.me, key);
  }
  get #room() {
    return this.desk.room.number;
  }
  get #key() {
    const { plenary, session } = this.desk;
    return plenary.settings.authorship === 'never' ? authorKey(session.workshop) : undefined;
  }

  // --- notes
  // -------------------------------------------------------------------------------------- The seat
  // that acts is always the device's own; whose words they are is said by `from`.
  writeNote({ text, place, kind = 'idea', from, organisation }: Words): Promise<Outcome> {
    const { session, as, me } = this.desk;
    const note = freshId();
    if (this.#key) rememberOwn(session.workshop, note);
    const whose = from ?? (as === me || organisation ? undefined : as);
    const source = { from: whose, from_organisation: organisation };
    return this.#do(
      'write_note',
      { note, room: this.#room, place, kind, text, ...source },
      this.#key,
    );
  }
  editNote(note: Note, text: string) {
    return this.#do('edit_note', { note: note.id, version: note.version, text }, this.#key);
  }
  deleteNote(note: Id) {
    return this.#do('delete_note', { note }, this.#key);
  }
  restoreNote(note: Id) {
    return this.#do('restore_note', { note }, this.#key);
  }
  moveNote(note: Id, to: Place, before?: Id) {
    return this.#do('move_note', { note, to, before }, this.#key);
  }
  markNote(note: Note, change: Partial<Pick<Note, 'kind' | 'from' | 'from_organisation'>>) {
    const { kind, from, from_organisation } = { ...note, ...change };
    return this.#do('mark_note', { note: note.id, kind, from, from_organisation }, this.#key);
  }

  // --- steps and clocks --------------------------------------------------------------------------
  startStep(step: StepPosition) {
    return this.#do('start_step', { rooms: [this.#room], step, from: this.desk.step?.at });
  }
  undoStep() {
    return this.#do('undo_step', { rooms: [this.#room] });
  }
  endSteps() {
    return this.#do('end_steps', { rooms: [this.#room] });
  }
  startClock(length?: number) {
    return this.#do('start_clock', { rooms: [this.#room], length });
  }
  pauseClock() {
    return this.#do('pause_clock', { rooms: [this.#room] });
  }
  addTime(by: number) {
    return this.#do('add_time', { rooms: [this.#room], by });
  }
  askForTime(by: number) {
    return this.#do('ask_for_time', { room: this.#room, by });
  }

  // --- turns -------------------------------------------------------------------------------------
  endTurn(seat: Id, how: 'spoke' | 'passed' | 'come_back') {
    return this.#do('end_turn', { seat, how });
  }
  giveTurn(seat: Id) {
    return this.#do('give_turn', { seat });
  }
  orderLap(order: Id[]) {
    return this.#do('order_lap', { room: this.#room, order });
  }
  lapAgain() {
    return this.#do('start_lap_again', { room: this.#room });
  }
  raiseHand(seat: Id) {
    return this.#do('raise_hand', { seat });
  }
  lowerHand(seat: Id) {
    return this.#do('lower_hand', { seat });
  }
  giveWord(seat: Id) {
    return this.#do('give_word', { seat });
  }

  // --- people ------------------------------------------------------------------------------------
  addMember(person: string, organisation: string) {
    return this.#do('add_member', { seat: freshId(), person, organisation });
  }
  rename(seat: Id, person: string, organisation: string) {
    return this.#do('rename_seat', { seat, person, organisation });
  }
  remove(seat: Id) {
    return this.#do('remove_seat', { seat });
  }
  changeRoom(room: number) {
    return this.#do('move_seat', { seat: this.desk.me, room });
  }
  markAbsent(seat: Id, absent: boolean) {
    return this.#do('mark_absent', { seat, absent });
  }
  claimRole(role: string, seat: Id, stand_in = false) {
    return this.#do('claim_role', { role, seat, stand_in });
  }
  handOver(role: string, to?: Id) {
    return this.#do('hand_over_role', { role, to, room: this.#room });
  }

  // --- the room and the organiser ----------------------------------------------------------------
  askForHelp() {
    return this.#do('ask_for_help', { room: this.#room });
  }
  noHelp() {
    return this.#do('answer_help', { room: this.#room });
  }
  confirm(message: Id) {
    return this.#do('confirm_message', { message, seat: this.desk.me });
  }
  addQuestion(task: number, text: LocalText) {
    return this.#do('add_question', { task, text, room: this.#room });
  }
  signOff(task: number | undefined, dissent: string) {
    return this.#do('sign_off', { room: this.#room, seat: this.desk.as, task, dissent });
  }
  withdrawSignOff(task: number | undefined) {
    return this.#do('withdraw_sign_off', { room: this.#room, seat: this.desk.as, task });
  }
}
