// A change as it travels: `n` keeps n UTF-16 units, `[n]` drops them, `[n,"line",…]` replaces them
// by the lines joined with \n. Pure functions.
import { changeOf, type Change, type Splice } from './changeSet.ts';

export type Section = number | [number, ...string[]];

export function toSections(change: Change): Section[] {
  const sections: Section[] = [];
  let at = 0;
  for (const splice of change.splices) {
    if (splice.at > at) sections.push(splice.at - at);
    const lines = splice.text === '' ? [] : splice.text.split('\n');
    sections.push([splice.cut, ...lines]);
    at = splice.at + splice.cut;
  }
  if (change.length > at) sections.push(change.length - at);
  return sections;
}

const isLength = (value: unknown): value is number => Number.isSafeInteger(value) && +value! >= 0;
const isLine = (value: unknown): value is string =>
  typeof value === 'string' && !value.includes('\n');

/** Nothing for what is not in the form; neighbours and empty parts come to the normal form. */
export function fromSections(json: unknown): Change | null {
  if (!Array.isArray(json)) return null;
  const splices: Splice[] = [];
  let at = 0;
  for (const section of json as unknown[]) {
    if (isLength(section)) {
      at += section;
      continue;
    }
    if (!Array.isArray(section)) return null;
    const [cut, ...lines] = section as unknown[];
    if (!isLength(cut) || !lines.every(isLine)) return null;
    splices.push({ at, cut, text: lines.join('\n') });
    at += cut;
  }
  return changeOf(at, splices);
}
