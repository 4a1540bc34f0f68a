// When a lost connection is worth a word: nothing for two seconds, amber until it is back, a button
// after a minute, green for four seconds. Pure.

export const quiet_ms = 2_000;
export const button_after_ms = 60_000;
export const green_ms = 4_000;

export type Bar = 'none' | 'off' | 'off_long' | 'back';

export function barFor(now: number, offlineSince?: number, backAt?: number): Bar {
  if (offlineSince === undefined) {
    return backAt !== undefined && now - backAt < green_ms ? 'back' : 'none';
  }
  const gone = now - offlineSince;
  if (gone < quiet_ms) return 'none';
  return gone < button_after_ms ? 'off' : 'off_long';
}
