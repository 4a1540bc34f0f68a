// What is being edited, in which language, and what is wrong with it; owned by the page or the
// dialog that edits, handed to its parts by context.
import { getContext, setContext } from 'svelte';
import type { LocalText } from '../store/model.ts';
import { toasts } from '../ui/toasts.svelte.ts';
import { wordingsOf, type Draft } from './draft.ts';
import type { Faults } from './faults.ts';
import { isMissing, reworded } from './wording.ts';
import { e } from './words.ts';

export class Editing {
  draft = $state<Draft>() as Draft;
  language = $state.raw('');
  // Faults are shown once somebody has tried to be done, not while they type for the first time.
  shown = $state.raw(false);
  readonly #check: (draft: Draft) => Faults;

  constructor(draft: Draft, check: (draft: Draft) => Faults) {
    this.#check = check;
    this.draft = draft;
    this.language = draft.languages[0];
  }

  faults = $derived.by(() => this.#check(this.draft));

  faultAt(key: string): string {
    const fault = this.shown ? this.faults.get(key) : undefined;
    return fault ? e(`edit.fault.${fault.name}`, { n: fault.n ?? 0 }) : '';
  }

  reword(text: LocalText, words: string): LocalText {
    return reworded(text, this.language, words, this.draft.languages);
  }

  missing(language: string): number {
    const { languages } = this.draft;
    return wordingsOf(this.draft).filter((text) => isMissing(text, language, languages)).length;
  }

  useMainLanguage(language: string): void {
    const { draft } = this;
    draft.languages = [language, ...draft.languages.slice(1).filter((one) => one !== language)];
    draft.settings.language = language;
    this.language = language;
  }

  useLanguage(language: string, used: boolean): void {
    const others = this.draft.languages.filter((one) => one !== language);
    this.draft.languages = used ? [...others, language] : others;
    if (this.language === language && !used) this.language = this.draft.languages[0];
  }

  // Whatever is taken away or replaced can be had back for ten seconds.
  replace(said: string, act: () => void): void {
    const before = $state.snapshot(this.draft) as Draft;
    act();
    toasts.show(said, () => (this.draft = before));
  }

  remove(name: string, act: () => void): void {
    this.replace(e('edit.removed', { name }), act);
  }
}

const key = Symbol('editing');
export const giveEditing = (editing: Editing): Editing => setContext(key, editing);
export const theEditing = (): Editing => getContext(key);
