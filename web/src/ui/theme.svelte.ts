// Light or dark: the system's wish until the person switches; kept in this browser.
import { recall, remember } from '../messages/words.svelte.ts';

export type Theme = 'system' | 'light' | 'dark';
const storageKey = 'rundbord.theme';

class ThemeChoice {
  theme = $state.raw<Theme>('system');

  start(): void {
    const kept = recall(storageKey);
    this.use(kept === 'light' || kept === 'dark' ? kept : 'system');
  }

  use(theme: Theme): void {
    this.theme = theme;
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    remember(storageKey, theme);
  }

  get dark(): boolean {
    if (this.theme !== 'system') return this.theme === 'dark';
    return matchMedia('(prefers-color-scheme: dark)').matches;
  }

  flip(): void {
    this.use(this.dark ? 'light' : 'dark');
  }
}

export const themeChoice = new ThemeChoice();
