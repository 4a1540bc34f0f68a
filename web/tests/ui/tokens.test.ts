// Goal: every pair of colours the pages use can be read by everybody, in light and in dark.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../src/styles/tokens.css', import.meta.url), 'utf8');
type Tokens = Record<string, string>;

// The colours within the first block that follows `start`.
function block(start: string): Tokens {
  const from = css.indexOf('{', css.indexOf(start));
  const body = css.slice(from, css.indexOf('}', from));
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1], match[2]]),
  );
}

const light = block(':root {');
const dark = block(":root[data-theme='dark']");
const darkBySystem = block(":root:not([data-theme='light'])");

function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  const [r, g, b] = parts.map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (hi + 0.05) / (lo + 0.05);
}

const words: [string, string][] = [
  ...['ink', 'ink-2', 'fjord', 'ling', 'cloud', 'moss', 'heather'].flatMap((ink) =>
    ['bg', 'surface', 'sunken'].map((ground): [string, string] => [ink, ground]),
  ),
  ['fjord-ink', 'fjord'],
  ['fjord-ink', 'fjord-strong'],
  ['fjord-soft-ink', 'fjord-soft'],
  ...['ink', 'ink-2'].flatMap((ink) =>
    ['fjord-soft', 'ling-soft', 'cloud-soft', 'moss-soft'].map((g): [string, string] => [ink, g]),
  ),
];
// Edges of fields, the focus ring, the bar: not text, but they must be seen (WCAG 1.4.11).
const edges: [string, string][] = ['line', 'focus', 'fjord', 'cloud'].flatMap((edge) =>
  ['bg', 'surface'].map((ground): [string, string] => [edge, ground]),
);

describe.each([
  ['light', light],
  ['dark', dark],
])('%s tokens', (_name, tokens) => {
  it.each(words)('%s on %s is read at 4.5:1', (ink, ground) => {
    expect(contrast(tokens[ink], tokens[ground])).toBeGreaterThanOrEqual(4.5);
  });
  it.each(edges)('%s against %s is seen at 3:1', (edge, ground) => {
    expect(contrast(tokens[edge], tokens[ground])).toBeGreaterThanOrEqual(3);
  });
});

it('is as dark by switch as by system', () => {
  expect(darkBySystem).toEqual(dark);
  expect(Object.keys(dark).length).toBeGreaterThan(15);
});

it('measures as WCAG does', () => {
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeLessThan(4.5);
});
