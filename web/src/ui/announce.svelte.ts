// What a screen reader hears: one polite queue, at most one announcement per 5 s, the latest of
// each kind wins; assertive only "your turn" and broadcasts. Lists themselves are never live
// regions.

const gap_ms = 5_000;
export type Kind = 'clock' | 'step' | 'turn' | 'notes' | 'people' | 'state';

export class Announcer {
  polite = $state.raw('');
  assertive = $state.raw('');
  #waiting = new Map<Kind, string>();
  #last = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(kind: Kind, text: string): void {
    this.#waiting.delete(kind);
    this.#waiting.set(kind, text);
    this.#schedule();
  }

  interrupt(text: string): void {
    // A changed text is read; the same words again need a change that is not heard.
    this.assertive = this.assertive === text ? `${text}\u00a0` : text;
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#waiting.size === 0) return;
    const wait = Math.max(0, this.#last + gap_ms - performance.now());
    this.#timer = setTimeout(() => this.#speak(), wait);
  }

  #speak(): void {
    this.#timer = undefined;
    const next = this.#waiting.entries().next().value;
    if (!next) return;
    this.#waiting.delete(next[0]);
    this.polite = this.polite === next[1] ? `${next[1]}\u00a0` : next[1];
    this.#last = performance.now();
    this.#schedule();
  }
}

export const announcer = new Announcer();
