// One's own actions shown at once, before the server has answered: laid over the folded notes,
// never folded into them. What is refused or lost simply is not laid over any more. Pure.
import type { Entry } from '../link/outbox.ts';
import type { Id, Note, NoteKind, Notes, Place } from './model.ts';
import { addNote, changeNote, moveNote, removeNote } from './notes.ts';

// `seq` once the server said ok: shown until the room's own frame has caught up with it.
export type Pending = { entry: Entry; seq?: number };

export type Unsaved = { state: 'waiting' | 'refused'; entry: Entry };
export type Overlaid = { notes: Notes; unsaved: Map<Id, Unsaved> };

type WriteFields = {
  note: Id;
  room: number;
  place: Place;
  kind: NoteKind;
  text: string;
  from?: Id;
  from_organisation?: string;
};

const ghost = (fields: WriteFields, entry: Entry): Note => ({
  id: fields.note,
  room: fields.room,
  place: fields.place,
  written_in: fields.place,
  kind: fields.kind,
  text: fields.text,
  author: entry.command.seat,
  from: fields.from,
  from_organisation: fields.from_organisation,
  written: entry.made,
  version: 0,
  edited_by_other: false,
  author_shown: true,
  private: false,
});

type Fields = Record<string, never> & { note: Id; to: Place; before?: Id; text: string };

function lay(notes: Notes, entry: Entry): Notes {
  const fields = entry.command.fields as unknown as Fields;
  switch (entry.command.name) {
    case 'write_note': {
      const written = entry.command.fields as unknown as WriteFields;
      return notes.byId.has(written.note) ? notes : addNote(notes, ghost(written, entry));
    }
    case 'edit_note':
      return changeNote(notes, fields.note, { text: fields.text });
    case 'delete_note':
      return removeNote(notes, fields.note);
    case 'move_note':
      return moveNote(notes, fields.note, fields.to, fields.before);
    case 'mark_note':
      return changeNote(notes, fields.note, marks(entry));
    default:
      return notes;
  }
}

function marks(entry: Entry): Partial<Note> {
  const { kind, from, from_organisation } = entry.command.fields as unknown as Partial<Note>;
  return { kind, from, from_organisation };
}

const isOnNote = (entry: Entry) => typeof entry.command.fields.note === 'string';
const writes = new Set(['write_note', 'edit_note']);

export function overlay(notes: Notes, pending: Pending[]): Overlaid {
  const unsaved = new Map<Id, Unsaved>();
  let shown = notes;
  for (const { entry, seq } of pending) {
    if (!isOnNote(entry)) continue;
    // A refused move or deletion did not happen; a refused text is kept in sight.
    if (entry.refused && !writes.has(entry.command.name)) continue;
    shown = lay(shown, entry);
    if (seq !== undefined) continue;
    const state = entry.refused ? 'refused' : 'waiting';
    unsaved.set(entry.command.fields.note as Id, { state, entry });
  }
  return { notes: shown, unsaved };
}

// What is still to be laid over once the room's view has come to `seen`.
export const stillPending = (pending: Pending[], seen: number): Pending[] =>
  pending.filter(({ seq }) => seq === undefined || seq > seen);
