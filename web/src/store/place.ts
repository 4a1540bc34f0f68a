// Which seat this browser has in which workshop: remembered so that coming back needs no code. Only
// names of things, never a secret: the right to the seat is a cookie that no script can read.
import type { Id } from '../link/wire.ts';
import { recall, remember } from '../messages/words.svelte.ts';

const key = 'rundbord.places';
const kept_max = 10;

export type Kept = { workshop: Id; seat?: Id; code?: string; title: string; at: number };

export function keptPlaces(): Kept[] {
  try {
    const kept = JSON.parse(recall(key) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

export function keepPlace(place: Omit<Kept, 'at'>): void {
  const others = keptPlaces().filter((kept) => kept.workshop !== place.workshop);
  remember(key, JSON.stringify([{ ...place, at: Date.now() }, ...others].slice(0, kept_max)));
}

export function forgetPlace(workshop: Id): void {
  remember(key, JSON.stringify(keptPlaces().filter((kept) => kept.workshop !== workshop)));
}
