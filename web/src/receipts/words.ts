// The words about receipts, fetched when somebody asks for theirs.
import { area } from '../messages/words.svelte.ts';
import type nb from './messages/nb.json';

export const r = area<keyof typeof nb>({
  nb: () => import('./messages/nb.json'),
  nn: () => import('./messages/nn.json'),
  da: () => import('./messages/da.json'),
  en: () => import('./messages/en.json'),
});
