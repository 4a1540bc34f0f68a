// Which of the four languages a person reads, and the rules of each. Pure: no DOM, no storage.

export const languages = ['nb', 'nn', 'da', 'en'] as const;
export type Language = (typeof languages)[number];

// Each language under its own name, as people look for it.
export const ownNames: Record<Language, string> = {
  nb: 'Bokmål',
  nn: 'Nynorsk',
  da: 'Dansk',
  en: 'English',
};

// A tag as a browser or a workshop gives it ("no", "nn-NO", "da-DK") → a language we have words in.
export function languageOf(tag: string): Language | undefined {
  const primary = tag.toLowerCase().split(/[-_]/)[0];
  if (primary === 'no') return 'nb';
  return languages.find((language) => language === primary);
}

// The person's choice, else the first browser language we have, else the workshop's, else bokmål.
export function chooseLanguage(
  stored: string | null,
  browser: readonly string[],
  workshop?: string,
): Language {
  const wishes = [stored ?? '', ...browser, workshop ?? ''];
  return wishes.map(languageOf).find((language) => language !== undefined) ?? 'nb';
}

// Chromium has no data for nn and would answer in English: bokmål's rules are the same.
export const localesFor = (language: Language): string[] =>
  language === 'nn' ? ['nn', 'nb'] : [language];

export type Forms = { one?: string; two?: string; few?: string; many?: string; other: string };
export type Message = string | Forms;
export type Params = Record<string, string | number>;

export function phrase(message: Message, params: Params, rules: Intl.PluralRules): string {
  const form = typeof message === 'string' ? message : pluralForm(message, params, rules);
  return form.replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole));
}

function pluralForm(forms: Forms, params: Params, rules: Intl.PluralRules): string {
  const kind = rules.select(Number(params.n ?? 0));
  return forms[kind === 'zero' ? 'other' : kind] ?? forms.other;
}

// Words of a workshop in the reader's language, else its main one, else whatever is there.
export function localText(text: Record<string, string> | undefined, wishes: string[]): string {
  if (!text) return '';
  for (const wish of wishes) if (text[wish]) return text[wish];
  return Object.values(text)[0] ?? '';
}

export function localTag(text: Record<string, string>, wishes: string[]): string {
  return wishes.find((wish) => text[wish]) ?? Object.keys(text)[0] ?? '';
}
