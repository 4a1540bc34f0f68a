// A wording in several languages while it is edited. Pure.
import type { LocalText, Programme } from '../store/model.ts';

// Writing a text anew leaves what stood there in languages nobody looks at (a template's) untrue.
export function reworded(
  text: LocalText,
  language: string,
  words: string,
  languages: string[],
): LocalText {
  const kept = Object.entries(text).filter(([one]) => languages.includes(one));
  return { ...Object.fromEntries(kept), [language]: words };
}

// As it is sent: only the languages chosen, none without words.
export function sent(text: LocalText, languages: string[]): LocalText {
  const filled = languages
    .map((language): [string, string] => [language, (text[language] ?? '').trim()])
    .filter(([, words]) => words !== '');
  return Object.fromEntries(filled);
}

export const isBlank = (text: LocalText, languages: string[]): boolean =>
  languages.every((language) => !text[language]?.trim());

// Said in some language but not in this one.
export const isMissing = (text: LocalText, language: string, languages: string[]): boolean =>
  !text[language]?.trim() && !isBlank(text, languages);

// The languages a programme is written in, the main one first.
export function languagesIn(programme: Programme, main: string): string[] {
  const texts = programme.tasks.flatMap((task) => [
    task.title,
    ...task.questions.map((q) => q.text),
  ]);
  const found = new Set(texts.flatMap((text) => Object.keys(text)));
  found.delete(main);
  return [main, ...found];
}
