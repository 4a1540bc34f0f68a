// Goal: the organiser's pages too have all their words in all four languages, and no others.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { languages, localesFor, phrase, type Message } from '../../src/messages/language.ts';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
type Table = Record<string, Message>;
// Each area's words are said by a function of its own, named in its words.ts.
const areas = readdirSync(src).filter((name) => existsSync(join(src, name, 'messages/nb.json')));
const tableOf = (area: string, language: string): Table =>
  JSON.parse(readFileSync(join(src, area, `messages/${language}.json`), 'utf8'));
const sayerOf = (area: string) =>
  /export const (\w+) = area</.exec(readFileSync(join(src, area, 'words.ts'), 'utf8'))?.[1];

const forms = (message: Message) =>
  typeof message === 'string' ? [message] : Object.values(message);
const holes = (message: Message) =>
  [...new Set(forms(message).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

function* sources(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (/\.(ts|svelte)$/.test(name)) yield readFileSync(path, 'utf8');
  }
}
const code = [...sources(src)].join('\n');

it('finds the areas', () => {
  expect(areas).toEqual(expect.arrayContaining(['console', 'editor', 'projector']));
});

describe.each(areas)('%s', (area) => {
  const nb = tableOf(area, 'nb');
  it.each(languages)('says the same things in %s', (language) => {
    const table = tableOf(area, language);
    const rules = new Intl.PluralRules(localesFor(language));
    expect(Object.keys(table).sort()).toEqual(Object.keys(nb).sort());
    for (const [key, message] of Object.entries(table)) {
      expect([key, holes(message)]).toEqual([key, holes(nb[key])]);
      expect([key, forms(message).every((form) => form.trim() !== '')]).toEqual([key, true]);
      for (const n of [0, 1, 2, 21]) expect(phrase(message, { n }, rules)).not.toContain('{n}');
    }
  });
  it('has every word that is said, and none that is not', () => {
    const sayer = sayerOf(area);
    const said = [...code.matchAll(new RegExp(`\\b${sayer}\\(\\s*'([\\w.]+)'`, 'g'))].map(
      (m) => m[1],
    );
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter((key) => !(key in nb))).toEqual([]);
    const made = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1]);
    const silent = Object.keys(nb).filter(
      (key) => !code.includes(`'${key}'`) && !made.some((start) => key.startsWith(start)),
    );
    expect(silent).toEqual([]);
  });
});
