// The words on screen: one reactive table per page, filled from one lazy chunk per language.
import {
  chooseLanguage,
  localesFor,
  phrase,
  type Language,
  type Message,
  type Params,
} from './language.ts';
import { recall, remember } from '../store/storage.ts';
import type shared from './nb.json';

export type SharedKey = keyof typeof shared;
type Table = Record<string, Message>;
type Load = () => Promise<{ default: Table }>;
export type Chunks = Record<Language, Load>;

const sharedChunks: Chunks = {
  nb: () => import('./nb.json'),
  nn: () => import('./nn.json'),
  da: () => import('./da.json'),
  en: () => import('./en.json'),
};

const storageKey = 'rundbord.language';
const extraChunks: Chunks[] = [];

class Words {
  language = $state.raw<Language>('nb');
  table = $state.raw<Table>({});
  #rules = $derived(new Intl.PluralRules(localesFor(this.language)));

  say(key: string, params: Params): string {
    const message = this.table[key];
    return message === undefined ? key : phrase(message, params, this.#rules);
  }
}

export const words = new Words();

export const t = (key: SharedKey, params: Params = {}): string => words.say(key, params);

// Organiser pages bring their own tables: `const o = area<keyof typeof nb>({nb: () => …})`.
export function area<Key extends string>(chunks: Chunks) {
  extraChunks.push(chunks);
  return (key: Key, params: Params = {}): string => words.say(key, params);
}

export async function useLanguage(language: Language): Promise<void> {
  const loads = [sharedChunks, ...extraChunks].map((chunks) => chunks[language]());
  const tables = await Promise.all(loads);
  words.table = Object.assign({}, ...tables.map((table) => table.default));
  words.language = language;
  document.documentElement.lang = language;
}

export function keepLanguage(language: Language): Promise<void> {
  remember(storageKey, language);
  return useLanguage(language);
}

export const startLanguage = (workshop?: string): Promise<void> =>
  useLanguage(chooseLanguage(recall(storageKey), navigator.languages, workshop));

export { recall, remember };
