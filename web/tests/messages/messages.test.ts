// Goal: nobody meets a missing word, a foreign placeholder or a key in place of a sentence.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  chooseLanguage,
  languageOf,
  languages,
  localText,
  localesFor,
  phrase,
  type Message,
} from '../../src/messages/language.ts';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
type Table = Record<string, Message>;
const tables = Object.fromEntries(
  languages.map((language) => [
    language,
    JSON.parse(readFileSync(join(src, `messages/${language}.json`), 'utf8')) as Table,
  ]),
);

const forms = (message: Message) =>
  typeof message === 'string' ? [message] : Object.values(message);
const holes = (message: Message) =>
  [...new Set(forms(message).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

describe.each(languages)('%s', (language) => {
  it('has the keys of bokmål', () => {
    expect(Object.keys(tables[language])).toEqual(Object.keys(tables.nb));
  });
  it('has the same placeholders', () => {
    for (const [key, message] of Object.entries(tables[language])) {
      expect([key, holes(message)]).toEqual([key, holes(tables.nb[key])]);
    }
  });
  it('has words everywhere', () => {
    for (const [key, message] of Object.entries(tables[language])) {
      for (const form of forms(message)) expect([key, form.trim()]).not.toEqual([key, '']);
    }
  });
  it('has every form its plural rules ask for', () => {
    const rules = new Intl.PluralRules(localesFor(language));
    for (const message of Object.values(tables[language])) {
      for (const n of [0, 1, 2, 5, 21]) {
        expect(phrase(message, { n }, rules)).not.toContain('{n}');
      }
    }
  });
});

function* sources(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (/\.(ts|svelte)$/.test(name)) yield readFileSync(path, 'utf8');
  }
}

it('has no words that nobody says', () => {
  const code = [...sources(src)].join('\n');
  // A key may be put together: t(`step.${kind}`).
  const made = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1]);
  const unused = Object.keys(tables.nb).filter(
    (key) => !code.includes(`'${key}'`) && !made.some((start) => key.startsWith(start)),
  );
  expect(unused).toEqual([]);
});

describe('choosing a language', () => {
  it('takes the choice, then the browser, then the workshop, then bokmål', () => {
    expect(chooseLanguage('da', ['en'], 'nn')).toBe('da');
    expect(chooseLanguage(null, ['fi', 'nn-NO', 'en'], 'da')).toBe('nn');
    expect(chooseLanguage(null, ['fi'], 'da')).toBe('da');
    expect(chooseLanguage(null, [], undefined)).toBe('nb');
    expect(chooseLanguage('xx', ['no'])).toBe('nb');
  });
  it('knows the tags of browsers', () => {
    expect(languageOf('NO')).toBe('nb');
    expect(languageOf('en_GB')).toBe('en');
    expect(languageOf('nonsense')).toBeUndefined();
  });
  it('counts in nynorsk although browsers have no nynorsk', () => {
    expect(localesFor('nn')).toEqual(['nn', 'nb']);
  });
  it('shows the reader’s wording, else the workshop’s, else what there is', () => {
    const text = { nb: 'hei', en: 'hello' };
    expect(localText(text, ['en', 'nb'])).toBe('hello');
    expect(localText(text, ['da', 'nb'])).toBe('hei');
    expect(localText({ en: 'hello' }, ['da', 'nb'])).toBe('hello');
    expect(localText(undefined, ['nb'])).toBe('');
  });
});
