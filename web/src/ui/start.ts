// How every page begins: theme and words first, then the page's root takes the place of its shell.
import { mount, type Component } from 'svelte';
import { startLanguage } from '../messages/words.svelte.ts';
import { themeChoice } from './theme.svelte.ts';
import '../styles/base.css';

export async function startPage(root: Component): Promise<void> {
  themeChoice.start();
  await startLanguage();
  const target = document.getElementById('app');
  if (!target) throw new Error('the page has no #app');
  target.replaceChildren();
  mount(root, { target });
}
