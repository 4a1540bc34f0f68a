// Which of the console's dialogs is open: at most one.
import type { Id, Place, Seat, SharedText } from '../store/model.ts';

export type DialogName =
  | 'links'
  | 'results'
  | 'rooms'
  | 'roomless'
  | 'programme'
  | 'questions'
  | 'settings'
  | 'messages'
  | 'message'
  | 'closing'
  | 'copy'
  | 'correct'
  | 'delete'
  | 'erase';

// What the organiser is about to erase for good, as the dialog shows it.
export type Erasing =
  | { is: 'note'; id: Id; text: string }
  | { is: 'text'; room: number; place: Place; text: string }
  | { is: 'message'; id: Id; text: string }
  | { is: 'name'; room: number; text: string }
  | { is: 'question'; task: number; question: number; text: string }
  | { is: 'person'; seat: Seat; name: string };

class Dialogs {
  name = $state.raw<DialogName | undefined>();
  // The rooms a message is for; none: all.
  rooms = $state.raw<number[]>([]);
  draft = $state.raw('');
  erasing = $state.raw<Erasing | undefined>();
  // A text as it stood when its correcting began.
  correcting = $state.raw<{ room: number; text: SharedText } | undefined>();
  // The workshop was deleted from here: what is left to say once its connection has gone.
  deleted = $state.raw(false);

  open(name: DialogName): void {
    this.name = name;
  }
  writeTo(rooms: number[], draft = ''): void {
    this.rooms = rooms;
    this.draft = draft;
    this.name = 'message';
  }
  erase(what: Erasing): void {
    this.erasing = what;
    this.name = 'erase';
  }
  correct(room: number, text: SharedText): void {
    this.correcting = { room, text };
    this.name = 'correct';
  }
  shut(): void {
    this.name = undefined;
    this.erasing = undefined;
    this.correcting = undefined;
  }
}

export const dialogs = new Dialogs();
