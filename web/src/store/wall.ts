// Folding a wall: one question's notes and summary text from every room, side by side. Pure.
import type { WireEvent } from '../link/wire.ts';
import { placeKey, type Note, type Notes, type Place, type SharedText } from './model.ts';
import { foldNotes, noNotes, readNotes } from './notes.ts';
import { foldText, readTexts } from './texts.ts';

export type WallRoom = { notes: Notes; text?: SharedText };
export type Wall = { place: string; rooms: Map<number, WallRoom> };

type Raw = { rooms?: { room: number; notes?: Note[]; text?: SharedText }[] };

// "wall/1.2" shows the place "1.2".
export const placeOfWall = (channel: string): string => channel.replace(/^wall\/?/, '');

export function readWall(state: Record<string, unknown>, channel: string): Wall {
  const rooms = ((state as Raw).rooms ?? []).map(
    ({ room, notes = [], text }): [number, WallRoom] => [
      room,
      { notes: readNotes(notes), text: text && [...readTexts([text]).values()][0] },
    ],
  );
  return { place: placeOfWall(channel), rooms: new Map(rooms) };
}

const emptyRoom: WallRoom = { notes: noNotes };

// A note that leaves for another place leaves this wall.
function foldWallNotes(wall: Wall, notes: Notes, event: WireEvent): Notes {
  if (event.event !== 'note_moved' || placeKey(event.to as Place) === wall.place) {
    return foldNotes(notes, event);
  }
  return foldNotes(notes, { ...event, event: 'note_deleted' });
}

export function foldWall(wall: Wall, event: WireEvent): Wall {
  const number = (event.room ?? (event.note as Note | undefined)?.room) as number | undefined;
  if (number === undefined) return wall;
  const old = wall.rooms.get(number) ?? emptyRoom;
  const room = event.event === 'text_changed' ? withText(old, event) : withNotes(wall, old, event);
  return { ...wall, rooms: new Map(wall.rooms).set(number, room) };
}

const withNotes = (wall: Wall, room: WallRoom, event: WireEvent): WallRoom => ({
  ...room,
  notes: foldWallNotes(wall, room.notes, event),
});

function withText(room: WallRoom, event: WireEvent): WallRoom {
  const key = placeKey(event.place as Place);
  const texts = new Map(room.text ? [[key, room.text]] : []);
  return { ...room, text: foldText(texts, event).get(key) };
}

export const notesOn = (room: WallRoom): Note[] =>
  [...room.notes.columns.values()].flat().flatMap((id) => room.notes.byId.get(id) ?? []);
