// Folding summaries: the confirmed text of each place. Pure. The co-writer of an open text gets the
// same events and keeps the person's own edits; this is what everyone else's view shows.
import type { WireEvent } from '../link/wire.ts';
import { fromSections } from '../text/changeJson.ts';
import { applyChange } from '../text/changeSet.ts';
import { placeKey, type Place, type SharedText } from './model.ts';

export const readTexts = (raw: SharedText[]): Map<string, SharedText> =>
  new Map(raw.map((text) => [placeKey(text.place), { ...text, writers: text.writers ?? {} }]));

export function foldText(
  texts: Map<string, SharedText>,
  event: WireEvent,
): Map<string, SharedText> {
  const place = event.place as Place;
  const key = placeKey(place);
  const old = texts.get(key) ?? { place, version: 0, text: '', writers: {} };
  const version = event.version as number;
  if (version <= old.version) return texts;
  const change = fromSections(event.change);
  if (!change) throw new Error('text_changed without a change');
  const text = applyChange(change, old.text);
  const writers = { ...old.writers, [event.writer as string]: event.counter as number };
  const hash = event.hash as string | undefined;
  return new Map(texts).set(key, { place, version, text, writers, hash });
}
