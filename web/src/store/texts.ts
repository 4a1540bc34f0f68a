// Folding summaries: the confirmed text of each place. Pure. The co-writer of an open text gets the
// same events and keeps the person's own edits; this is what everyone else's view shows.
import type { WireEvent } from '../link/wire.ts';
import { placeKey, type Place, type SharedText } from './model.ts';

export const readTexts = (raw: SharedText[]): Map<string, SharedText> =>
  new Map(raw.map((text) => [placeKey(text.place), { ...text, writers: text.writers ?? {} }]));

type Section = number | [number, ...string[]];

// Applying a change is all a view needs; composing and mapping come with the text's editor, later.
export function applySections(sections: Section[], text: string): string {
  let at = 0;
  let result = '';
  for (const section of sections) {
    if (typeof section === 'number') {
      result += text.slice(at, at + section);
      at += section;
    } else {
      const [cut, ...lines] = section;
      at += cut;
      result += lines.join('\n');
    }
  }
  if (at !== text.length) throw new Error('text_changed does not fit its text');
  return result;
}

export function foldText(
  texts: Map<string, SharedText>,
  event: WireEvent,
): Map<string, SharedText> {
  const place = event.place as Place;
  const key = placeKey(place);
  const old = texts.get(key) ?? { place, version: 0, text: '', writers: {} };
  const version = event.version as number;
  if (version <= old.version) return texts;
  if (!Array.isArray(event.change)) throw new Error('text_changed without a change');
  const text = applySections(event.change as Section[], old.text);
  const writers = { ...old.writers, [event.writer as string]: event.counter as number };
  const hash = event.hash as string | undefined;
  return new Map(texts).set(key, { place, version, text, writers, hash });
}
