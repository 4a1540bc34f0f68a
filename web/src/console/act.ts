// The commands an organiser gives, by the names of src/domain/commands_organiser.hpp.
import { freshId } from '../link/ids.ts';
import type {
  Id,
  LocalText,
  Place,
  Programme,
  Settings,
  SharedText,
  StepPosition,
} from '../store/model.ts';
import type { Outcome } from '../store/outgoing.ts';
import type { Session } from '../store/session.svelte.ts';
import { toSections } from '../text/changeJson.ts';
import { diff } from '../text/changeSet.ts';
import { cleanText } from '../text/textRules.ts';

// No rooms named: all open ones.
export class Act {
  constructor(readonly session: Session) {}

  #do = (name: string, fields: object): Promise<Outcome> => this.session.do(name, fields);

  startStep = (step: StepPosition, rooms: number[] = []) => this.#do('start_step', { rooms, step });
  undoStep = (rooms: number[] = []) => this.#do('undo_step', { rooms });
  endSteps = (rooms: number[] = []) => this.#do('end_steps', { rooms });
  startClock = (rooms: number[] = []) => this.#do('start_clock', { rooms });
  pauseClock = (rooms: number[] = []) => this.#do('pause_clock', { rooms });
  addTime = (by: number, rooms: number[] = []) => this.#do('add_time', { rooms, by });
  answerTime = (room: number, granted: boolean) => this.#do('answer_time', { room, granted });
  answerHelp = (room: number) => this.#do('answer_help', { room });
  sendMessage = (text: string, rooms: number[] = []) =>
    this.#do('send_message', { message: freshId(), text, rooms });

  openRooms = (rooms: { number: number; name: string }[]) => this.#do('open_rooms', { rooms });
  renameRoom = (room: number, to: string) => this.#do('rename_room', { room, to });
  closeRoom = (room: number) => this.#do('close_room', { room });
  lockRooms = (locked: boolean) => this.#do('lock_rooms', { locked });
  moveSeat = (seat: Id, room?: number) => this.#do('move_seat', { seat, room });
  removeSeat = (seat: Id) => this.#do('remove_seat', { seat });

  eraseNote = (note: Id) => this.#do('erase_note', { note });
  eraseText = (room: number, place: Place) => this.#do('erase_text', { room, place });
  eraseMessage = (message: Id) => this.#do('erase_message', { message });
  eraseRoomName = (room: number) => this.#do('erase_room_name', { room });
  eraseQuestion = (task: number, question: number) =>
    this.#do('erase_question', { task, question });
  eraseSeat = (seat: Id, words: boolean) => this.#do('erase_seat', { seat, words });

  openSitting = (sitting: number) => this.#do('open_sitting', { sitting });
  callBack = (sitting: number, countdown: number, texts_open?: number) =>
    this.#do('call_back', { sitting, countdown, texts_open });
  cancelCallBack = (sitting: number) => this.#do('cancel_call_back', { sitting });
  closeSitting = (sitting: number) => this.#do('close_sitting', { sitting });
  reviseSitting = (sitting: number, reason: string) =>
    this.#do('revise_sitting', { sitting, reason });

  // Against the text as it stood when the correcting began; what came meanwhile is kept.
  correctText = (room: number, { place, version, text }: SharedText, words: string) => {
    const change = toSections(diff(text, cleanText(words)));
    return this.#do('edit_text', { room, place, version, writer: freshId(), counter: 1, change });
  };
  correctQuestion = (task: number, question: number, text: LocalText) =>
    this.#do('correct_question', { task, question, text });
  addQuestion = (task: number, text: LocalText) => this.#do('add_question', { task, text });
  changeProgramme = (programme: Programme) => this.#do('change_programme', { programme });
  changeSettings = (settings: Settings) => this.#do('change_settings', { settings });
}
