// Words typed into a text and not sent before it was closed: on this device alone, and no command
// carries them any more. Read from what the browser keeps.
import type { Id } from '../link/wire.ts';
import { CoWriter } from '../text/coWriter.ts';
import { readUnsent, unsentKey, unsentTexts } from './unsent_texts.ts';

// `key` says which text (placeKey); the words stand as they were typed, each insertion for itself.
export type LateWords = { key: string; words: string[] };

export const lateWordsOf = (key: string, writer: CoWriter): LateWords => ({
  key,
  words: writer.unsentTexts,
});

export function keptLateWords(workshop: Id, room: number | undefined): LateWords[] {
  return unsentTexts(workshop, room)
    .flatMap((unsent) => {
      const saved = readUnsent(unsentKey(workshop, room, unsent));
      try {
        const writer = CoWriter.restore(unsent.writer, JSON.parse(saved ?? ''));
        return [lateWordsOf(unsent.key, writer)];
      } catch {
        return []; // another version's, or gone meanwhile
      }
    })
    .filter(({ words }) => words.length > 0);
}
