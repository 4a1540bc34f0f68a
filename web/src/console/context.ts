// What every part of the console needs at hand.
import { getContext, setContext } from 'svelte';
import type { Act } from './act.ts';
import type { Office } from './office.svelte.ts';

export type AtHand = { office: Office; act: Act };

const key = Symbol('console');
export const give = (atHand: AtHand): AtHand => setContext(key, atHand);
export const atHand = (): AtHand => getContext(key);
