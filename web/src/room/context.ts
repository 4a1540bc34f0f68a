// What every part of the room page needs at hand: the desk it reads, and the doer it asks.
import { getContext, setContext } from 'svelte';
import type { Desk } from '../store/desk.svelte.ts';
import type { Doer } from '../store/do.ts';
import type { BoardView } from './board_view.svelte.ts';
import type { RoomTexts } from './room_texts.svelte.ts';

export type AtHand = { desk: Desk; doer: Doer; texts: RoomTexts; view: BoardView };

const key = Symbol('room');
export const give = (atHand: AtHand): AtHand => setContext(key, atHand);
export const atHand = (): AtHand => getContext(key);
