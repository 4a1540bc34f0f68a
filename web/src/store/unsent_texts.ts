// Words typed into a summary and not yet on the server, as this browser keeps them: one entry per
// room, text and writing tab.
import type { Id } from '../link/wire.ts';
import { recall, recallKeys, remember } from './storage.ts';

export type UnsentText = { key: string; writer: Id };

const start = (workshop: Id, room: number | undefined) =>
  `rundbord.text.${workshop}.${room ?? ''}.`;

export const unsentKey = (workshop: Id, room: number | undefined, { key, writer }: UnsentText) =>
  `${start(workshop, room)}${key}.${writer}`;

export function unsentTexts(workshop: Id, room: number | undefined): UnsentText[] {
  const from = start(workshop, room);
  return recallKeys(from).map((name) => {
    const rest = name.slice(from.length);
    const dot = rest.lastIndexOf('.');
    return { key: rest.slice(0, dot), writer: rest.slice(dot + 1) };
  });
}

export { recall as readUnsent, remember as keepUnsent };
