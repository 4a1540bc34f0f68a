// The words of the page that checks receipts; it brings those of all languages along.
import { area } from '../messages/words.svelte.ts';
import type nb from './messages/nb.json';

export const v = area<keyof typeof nb>({
  nb: () => import('./messages/nb.json'),
  nn: () => import('./messages/nn.json'),
  da: () => import('./messages/da.json'),
  en: () => import('./messages/en.json'),
});
