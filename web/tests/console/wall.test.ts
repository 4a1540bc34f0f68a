// Goal: a wall shows what stands on its question now, from every room, and nothing that left it.
import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../../src/link/wire.ts';
import { foldWall, notesOn, placeOfWall, readWall, type Wall } from '../../src/store/wall.ts';
import { note } from '../store/helpers.ts';

const start = readWall(
  {
    rooms: [
      { room: 3, notes: [note('n1'), note('n2')] },
      {
        room: 5,
        notes: [],
        text: { place: { task: 1, question: 1 }, version: 2, text: 'Enige', writers: {} },
      },
    ],
  },
  'wall/1.1',
);
const fold = (...events: object[]): Wall =>
  events.reduce((wall: Wall, event) => foldWall(wall, event as WireEvent), start);
const textsIn = (wall: Wall, room: number) =>
  notesOn(wall.rooms.get(room) ?? { notes: { byId: new Map(), columns: new Map() } }).map(
    (one) => one.text,
  );

describe('a wall', () => {
  it('is named after its place', () => {
    expect(['wall/1.2', 'wall/1', 'wall'].map(placeOfWall)).toEqual(['1.2', '1', '']);
  });
  it('shows notes of every room and the summary', () => {
    expect(textsIn(start, 3)).toEqual(['words of n1', 'words of n2']);
    expect(start.rooms.get(5)?.text?.text).toBe('Enige');
  });
  it('takes a new note, also from a room it has not seen', () => {
    const wall = fold({ event: 'note_written', note: note('n9', { room: 7 }) });
    expect(textsIn(wall, 7)).toEqual(['words of n9']);
  });
  it('loses a note that is deleted or moves to another question', () => {
    expect(textsIn(fold({ event: 'note_deleted', room: 3, note: 'n1' }), 3)).toEqual([
      'words of n2',
    ]);
    const away = { event: 'note_moved', room: 3, note: 'n1', to: { task: 1, question: 2 } };
    expect(textsIn(fold(away), 3)).toEqual(['words of n2']);
  });
  it('takes a note that moves to it (FR6: it comes whole)', () => {
    const whole = note('n8');
    const here = { event: 'note_moved', room: 3, note: 'n8', to: { task: 1, question: 1 }, whole };
    expect(textsIn(fold(here), 3)).toContain('words of n8');
  });
  it('follows the summary as it is written', () => {
    const change = {
      event: 'text_changed',
      room: 5,
      place: { task: 1, question: 1 },
      version: 3,
      writer: 'w',
      counter: 1,
      change: [5, [0, '.']],
    };
    expect(fold(change).rooms.get(5)?.text?.text).toBe('Enige.');
  });
});
