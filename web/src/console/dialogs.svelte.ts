// Which of the console's dialogs is open: at most one.
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
  | 'delete';

class Dialogs {
  name = $state.raw<DialogName | undefined>();
  // The rooms a message is for; none: all.
  rooms = $state.raw<number[]>([]);
  draft = $state.raw('');
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
  shut(): void {
    this.name = undefined;
  }
}

export const dialogs = new Dialogs();
