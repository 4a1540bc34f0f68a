// The editor's own words, beside the shared ones.
import { area } from '../messages/words.svelte.ts';
import type nb from './messages/nb.json';

export const e = area<keyof typeof nb>({
  nb: () => import('./messages/nb.json'),
  nn: () => import('./messages/nn.json'),
  da: () => import('./messages/da.json'),
  en: () => import('./messages/en.json'),
});
