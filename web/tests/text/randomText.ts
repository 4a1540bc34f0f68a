// Seeded random texts and changes: with characters outside the BMP and line breaks, cut only
// between whole characters.
import { changeOf, type Change, type Splice } from '../../src/text/changeSet.ts';

/** A small seeded generator (mulberry32 by Tommy Ettinger, public domain). */
export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * limit);
  }
  chance(oneIn: number): boolean {
    return this.below(oneIn) === 0;
  }
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

const characters = [...'abcdeæøåŋž «»–※', '\n', '\t', '😀', '😁', '𝄞', '"', '\\', '\u2028'];

export function randomText(random: Random, charactersMax: number): string {
  let text = '';
  for (let left = random.below(charactersMax + 1); left > 0; left -= 1) {
    text += random.pick(characters);
  }
  return text;
}

/** `at`, or the place before it when `at` would cut a character in two. */
export function wholeCharacter(text: string, at: number): number {
  const inside = at > 0 && at < text.length && text.codePointAt(at - 1)! > 0xffff;
  return inside ? at - 1 : at;
}

export function randomChange(random: Random, text: string, placesMax = 4): Change {
  const edges: number[] = [];
  for (let left = 2 * (1 + random.below(placesMax)); left > 0; left -= 1) {
    edges.push(wholeCharacter(text, random.below(text.length + 1)));
  }
  edges.sort((a, b) => a - b);
  const splices: Splice[] = [];
  for (let i = 0; i < edges.length; i += 2) {
    const at = edges[i]!;
    const cut = random.chance(2) ? edges[i + 1]! - at : 0;
    splices.push({ at, cut, text: random.chance(4) ? '' : randomText(random, 4) });
  }
  return changeOf(text.length, splices);
}
