// How long to wait before trying again: full jitter (any time up to a doubling ceiling), never less
// than the server asked for, never more often than the budget allows. Pure: time and chance come as
// arguments.

export const backoff_min_ms = 500;
export const backoff_max_ms = 30_000;
// A link that lived this long was a good one: the next wait is short again. One that is cut right
// after each greeting is no better than one that never opens.
export const settled_after_ms = 5_000;
// However often something wakes us (screen, network, a person's finger).
export const attempts_per_minute_max = 12;
// A proxy that says "come back tomorrow" is not to keep a room silent.
export const retry_after_max_ms = 120_000;

export function waitBefore(attempt: number, random: number): number {
  const ceiling = Math.min(backoff_max_ms, backoff_min_ms * 2 ** Math.min(attempt, 10));
  return Math.round(random * ceiling);
}

// The reconnect budget of one client; owned by its link.
export class Attempts {
  failures = 0;
  #made: number[] = [];
  #notBefore = 0;

  began(now: number): void {
    this.#made = [...this.#made, now].slice(-attempts_per_minute_max);
  }

  // The link lived for so long (0: it never opened); the server asked for so much. When to try.
  failed(now: number, lived_ms: number, random: number, retryAfterMs = 0): number {
    if (lived_ms >= settled_after_ms) this.failures = 0;
    this.#notBefore = now + Math.min(retryAfterMs, retry_after_max_ms);
    // With a server's wish, the jitter comes on top: everybody was told the same time.
    const wished = this.#notBefore + waitBefore(this.failures++, random);
    return Math.max(wished, this.soonest(now));
  }

  // Whoever asks: not before this.
  soonest(now: number): number {
    const full = this.#made.length === attempts_per_minute_max;
    return Math.max(now, this.#notBefore, full ? this.#made[0] + 60_000 : 0);
  }
}
