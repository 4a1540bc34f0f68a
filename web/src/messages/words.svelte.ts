// The words on screen: one reactive table for all pages and one per area, each filled from one lazy
// chunk per language.
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
// The shared words first, then each area's own: the same key may mean different things in two
// areas.
const areas: Chunks[] = [sharedChunks];
const shared_area = 0;

class Words {
  language = $state.raw<Language>('nb');
  tables = $state.raw<Table[]>([]);
  #rules = $derived(new Intl.PluralRules(localesFor(this.language)));

  say(area: number, key: string, params: Params): string {
    const message = this.tables[area]?.[key];
    return message === undefined ? key : phrase(message, params, this.#rules);
  }
}

export const words = new Words();

export const t = (key: SharedKey, params: Params = {}): string =>
  words.say(shared_area, key, params);

// "1, 2 og 3".
export const listed = (items: (string | number)[]): string =>
  new Intl.ListFormat(localesFor(words.language)).format(items.map(String));

// Organiser pages bring their own tables: `const o = area<keyof typeof nb>({nb: () => …})`.
export function area<Key extends string>(chunks: Chunks) {
  const own = areas.push(chunks) - 1;
  return (key: Key, params: Params = {}): string => words.say(own, key, params);
}

export async function useLanguage(language: Language): Promise<void> {
  const tables = await Promise.all(areas.map((chunks) => chunks[language]()));
  words.tables = tables.map((table) => table.default);
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
