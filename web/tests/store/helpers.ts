// Values for the store's tests: a room with three seats and a few notes.
import type { WireEvent } from '../../src/link/wire.ts';
import type { Note, Room } from '../../src/store/model.ts';
import { foldRoom, readRoom } from '../../src/store/room.ts';

export const seat = (id: string, number: number, more = {}) => ({
  id,
  number,
  room: 3,
  absent: false,
  away: false,
  heard: 0,
  person: id.toUpperCase(),
  ...more,
});

export const note = (id: string, more: Partial<Note> = {}): Note => ({
  id,
  room: 3,
  place: { task: 1, question: 1 },
  written_in: { task: 1, question: 1 },
  kind: 'idea',
  text: `words of ${id}`,
  author: 'a',
  written: 0,
  version: 1,
  edited_by_other: false,
  author_shown: true,
  private: false,
  ...more,
});

export const room = (more: Record<string, unknown> = {}): Room =>
  readRoom(3, {
    room: { number: 3, roles: {}, hands: [] },
    seats: [seat('a', 1), seat('b', 2), seat('c', 3)],
    columns: [{ place: { task: 1, question: 1 }, notes: [note('n1'), note('n2')] }],
    texts: [],
    sign_offs: [],
    ...more,
  });

export const fold = (start: Room, ...events: WireEvent[]): Room =>
  events.reduce((all, event) => foldRoom(all, event, 1_000), start);

export const column = (view: { columns: Map<string, string[]> }, key = '1.1') =>
  view.columns.get(key) ?? [];
