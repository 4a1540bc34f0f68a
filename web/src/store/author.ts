// Where a workshop never stores authors, the right to edit a note is a key that stays in this
// browser.
import { freshId } from '../link/ids.ts';
import type { Id } from '../link/wire.ts';
import { recall, remember } from '../messages/words.svelte.ts';

const keyName = (workshop: Id) => `rundbord.author.${workshop}`;
const noteName = (workshop: Id) => `rundbord.mine.${workshop}`;

export function authorKey(workshop: Id): string {
  const kept = recall(keyName(workshop));
  if (kept) return kept;
  const key = freshId();
  remember(keyName(workshop), key);
  return key;
}

export const ownNotes = (workshop: Id): Set<Id> =>
  new Set((recall(noteName(workshop)) ?? '').split(' ').filter(Boolean));

export function rememberOwn(workshop: Id, note: Id): void {
  remember(noteName(workshop), [...ownNotes(workshop), note].join(' '));
}
