// Fetches parts of a page in a quiet moment, so that they are there when the net is not.

const quiet_after_ms = 2_500;

export function prefetch(loads: (() => Promise<unknown>)[]): () => void {
  const timer = setTimeout(() => {
    // What cannot be fetched now is fetched when it is wanted.
    for (const load of loads) load().catch(() => undefined);
  }, quiet_after_ms);
  return () => clearTimeout(timer);
}
