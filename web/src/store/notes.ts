// Folding notes: one board's cards and the order of its columns. Pure; each answer is a new value.
import type { WireEvent } from '../link/wire.ts';
import { placeKey, type Id, type Note, type Notes, type Place } from './model.ts';

export const noNotes: Notes = { byId: new Map(), columns: new Map() };

export function readNote(raw: Partial<Note> & { id: Id }): Note {
  return {
    ...raw,
    room: raw.room ?? 0,
    place: raw.place ?? {},
    written_in: raw.written_in ?? raw.place ?? {},
    kind: raw.kind ?? 'idea',
    written: raw.written ?? 0,
    version: raw.version ?? 1,
    edited_by_other: raw.edited_by_other ?? false,
    author_shown: raw.author_shown ?? true,
    private: raw.private ?? false,
  };
}

// Notes in the board's order, as a snapshot gives them.
export function readNotes(raw: (Partial<Note> & { id: Id })[]): Notes {
  const byId = new Map<Id, Note>();
  const columns = new Map<string, Id[]>();
  for (const note of raw.map(readNote)) {
    byId.set(note.id, note);
    const key = placeKey(note.place);
    const column = columns.get(key);
    if (column) column.push(note.id);
    else columns.set(key, [note.id]);
  }
  return { byId, columns };
}

export function addNote(notes: Notes, note: Note, before?: Id): Notes {
  const base = notes.byId.has(note.id) ? removeNote(notes, note.id) : notes;
  const byId = new Map(base.byId).set(note.id, note);
  const key = placeKey(note.place);
  const column = insertBefore(base.columns.get(key) ?? [], note.id, before);
  return { byId, columns: new Map(base.columns).set(key, column) };
}

export function removeNote(notes: Notes, id: Id): Notes {
  const note = notes.byId.get(id);
  if (!note) return notes;
  const byId = new Map(notes.byId);
  byId.delete(id);
  const key = placeKey(note.place);
  const column = (notes.columns.get(key) ?? []).filter((other) => other !== id);
  return { byId, columns: new Map(notes.columns).set(key, column) };
}

export function changeNote(notes: Notes, id: Id, change: Partial<Note>): Notes {
  const note = notes.byId.get(id);
  if (!note) return notes;
  return { ...notes, byId: new Map(notes.byId).set(id, { ...note, ...change }) };
}

export function moveNote(notes: Notes, id: Id, to: Place, before?: Id): Notes {
  const note = notes.byId.get(id);
  return note ? addNote(removeNote(notes, id), { ...note, place: to }, before) : notes;
}

function insertBefore(column: Id[], id: Id, before?: Id): Id[] {
  const at = before === undefined ? -1 : column.indexOf(before);
  return at < 0 ? [...column, id] : [...column.slice(0, at), id, ...column.slice(at)];
}

// FR6: a reveal carries whole notes; each stands last in its column, in the order given.
const reveal = (notes: Notes, raw: (Partial<Note> & { id: Id })[]): Notes =>
  raw.reduce((all, note) => addNote(all, readNote(note)), notes);

// A note that others may not see comes without words (its author gets it elsewhere): no card.
function write(notes: Notes, raw: Partial<Note> & { id: Id }): Notes {
  return raw.text === undefined ? notes : addNote(notes, readNote(raw));
}

function move(notes: Notes, event: WireEvent, before?: Id): Notes {
  const whole = event.whole as Note | undefined;
  if (whole) return addNote(notes, readNote(whole), before);
  return moveNote(notes, event.note as Id, event.to as Place, before);
}

export function foldNotes(notes: Notes, event: WireEvent): Notes {
  const id = event.note as Id;
  const before = event.before as Id | undefined;
  switch (event.event) {
    case 'note_written':
      return write(notes, event.note as Note);
    case 'note_edited':
      return changeNote(notes, id, edited(event));
    case 'note_deleted':
      return removeNote(notes, id);
    case 'note_restored':
      return event.whole ? addNote(notes, readNote(event.whole as Note), before) : notes;
    case 'note_moved':
      return move(notes, event, before);
    case 'note_marked':
      return changeNote(notes, id, marked(event));
    case 'notes_revealed':
      return reveal(notes, (event.notes as Note[] | undefined) ?? []);
    default:
      return notes;
  }
}

function edited(event: WireEvent): Partial<Note> {
  const change: Partial<Note> = { version: event.version as number };
  if (event.text !== undefined) change.text = event.text as string;
  if (event.by_other) change.edited_by_other = true;
  return change;
}

const marked = (event: WireEvent): Partial<Note> => ({
  kind: event.kind as Note['kind'],
  from: event.from as Id | undefined,
  from_organisation: event.from_organisation as string | undefined,
});
