// Drafts and workshops made in this browser, kept in its storage; no secret stands there.
import { recall, remember } from '../messages/words.svelte.ts';
import type { Draft } from './draft.ts';

export type KeptDraft = { id: string; saved: number; draft: Draft };
export type Made = { id: string; title: string; made: number };

// A draft is what was typed: an old form of it that cannot be read would break the page.
const draftsKey = 'rundbord.drafts.1';
const madeKey = 'rundbord.made';
const kept_max = 20;

function read<Item>(key: string): Item[] {
  try {
    const list = JSON.parse(recall(key) ?? '[]');
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

export const keptDrafts = (): KeptDraft[] => read<KeptDraft>(draftsKey);

export function keepDraft(id: string, draft: Draft, now: number): void {
  const others = keptDrafts().filter((one) => one.id !== id);
  remember(draftsKey, JSON.stringify([{ id, saved: now, draft }, ...others].slice(0, kept_max)));
}

export function dropDraft(id: string): void {
  remember(draftsKey, JSON.stringify(keptDrafts().filter((one) => one.id !== id)));
}

export const madeHere = (): Made[] => read<Made>(madeKey);

export function keepMade(made: Made): void {
  const others = madeHere().filter((one) => one.id !== made.id);
  remember(madeKey, JSON.stringify([made, ...others].slice(0, kept_max)));
}
