// The parts of the room page that are not needed to read, write a note or speak: fetched apart.

import { refusalWords } from '../ui/refusals.ts';

// Asked for as soon as the page starts: they are there before the room's first snapshot is.
export const lead = () => import('./Lead.svelte');
export const tail = () => import('./Tail.svelte');
export const waiting = () => import('./Waiting.svelte');
export const news = () => import('./News.svelte');
export const linkBar = () => import('../ui/LinkBar.svelte');

export const elsewhere = () => import('./Elsewhere.svelte');
export const ended = () => import('./Ended.svelte');
export const roomMenu = () => import('./RoomMenu.svelte');
// What the top bar opens.
export const dialogs = {
  people: () => import('./People.svelte'),
  room: () => import('./ChangeRoom.svelte'),
  question: () => import('./OwnQuestion.svelte'),
  settings: () => import('./Settings.svelte'),
  receipts: () => import('../receipts/part.ts'),
};
export type Part = keyof typeof dialogs;
export const late = () => import('./Late.svelte');
export const summaries = () => import('./Summaries.svelte');
export const textDesk = () => import('../store/text_desk.svelte.ts');
export const noteMenu = () => import('./NoteMenu.svelte');
export const sources = () => import('./Sources.svelte');
export const refused = () => import('./Refused.svelte');
export const scopeMenu = () => import('./ScopeMenu.svelte');
export const noteEditor = () => import('./NoteEditor.svelte');

export const soon = [linkBar, lead, news, waiting, tail];
export const later = [
  elsewhere,
  ended,
  roomMenu,
  ...Object.values(dialogs),
  late,
  summaries,
  textDesk,
  noteMenu,
  noteEditor,
  refused,
  refusalWords,
  scopeMenu,
  sources,
];
