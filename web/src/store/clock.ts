// Clocks as numbers and words. The server's time is ours plus an offset measured at welcome and
// pong.
import type { Clock } from './model.ts';

export function leftOf(clock: Clock | undefined, now: number): number | undefined {
  if (!clock || clock.is === 'none') return undefined;
  return clock.is === 'running' ? clock.ends_at - now : clock.left;
}

// How much of the time has gone, 0 to 1.
export function goneOf(clock: Clock | undefined, now: number): number {
  const left = leftOf(clock, now);
  if (!clock || clock.is === 'none' || left === undefined || clock.total <= 0) return 0;
  return Math.min(1, Math.max(0, 1 - left / clock.total));
}

// The server's clock is known to about this; a clock just started must not show a second too many.
const unsure_ms = 250;

// "6:42"; overtime counts up. A second that has begun is still shown.
export function minutesSeconds(ms: number): string {
  const seconds = ms >= 0 ? Math.ceil(Math.max(0, ms - unsure_ms) / 1000) : Math.floor(-ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

// "14:05" on this device's own wall clock, 24 hours in every language.
export function timeOfDay(ms: number): string {
  const date = new Date(ms);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

export type Mark = 'five' | 'one' | 'zero';
const marks: [Mark, number][] = [
  ['five', 300_000],
  ['one', 60_000],
  ['zero', 0],
];

// The mark crossed between two looks at the clock, the last one when several were.
export function markBetween(before: number, after: number): Mark | undefined {
  const crossed = marks.filter(([, at]) => before > at && after <= at);
  return crossed.at(-1)?.[0];
}
