// How long to wait before trying again: full jitter (any time up to a doubling ceiling), never less
// than the server asked for. Pure: chance comes as an argument.

export const backoff_min_ms = 500;
export const backoff_max_ms = 30_000;

export function waitBefore(attempt: number, random: number, retryAfterMs = 0): number {
  const ceiling = Math.min(backoff_max_ms, backoff_min_ms * 2 ** Math.min(attempt, 10));
  // With a server's wish, the jitter comes on top: everybody was told the same time.
  return retryAfterMs + Math.round(random * ceiling);
}
