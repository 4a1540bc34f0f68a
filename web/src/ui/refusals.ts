// Asking the server for something and telling the person how it went.
import type { Outcome } from '../store/outgoing.ts';
import { toasts } from './toasts.svelte.ts';

// The words for refusals come apart from the page: most people never meet one.
export const refusalWords = () => import('./refusal_words.ts');

// Tells what was refused, and offers undo when it was done and can be undone. Of one `kind` only
// the newest stays in sight: a step taken back twice would go too far.
export async function tried(
  asked: Promise<Outcome>,
  done?: string,
  undo?: () => void,
  kind?: string,
): Promise<Outcome> {
  if (done) toasts.show(done, undo, kind);
  const outcome = await asked;
  if (!outcome.ok) {
    const words = await refusalWords();
    toasts.show(words.refusalWords(outcome.rejected));
  }
  return outcome;
}
