// Change sets in the browser: single operations and the laws that make texts converge.
import { describe, expect, it } from 'vitest';
import {
  applyChange, changeOf, changesNothing, compose, diff, invert, lengthAfter, mapChange,
  mapPosition, replacing,
} from '../../src/text/changeSet.ts';
import { fromSections, toSections } from '../../src/text/changeJson.ts';
import { textHash } from '../../src/text/textHash.ts';
import { cleanText } from '../../src/text/textRules.ts';
import { Random, randomChange, randomText, wholeCharacter } from './randomText.ts';
import { faultIn } from './serverDocument.ts';

const rounds = 2_000;

function always(law: (random: Random) => void): void {
  for (let seed = 1; seed <= rounds; seed += 1) {
    try {
      law(new Random(seed));
    } catch (error) {
      throw new Error(`seed ${seed}: ${String(error)}`, { cause: error });
    }
  }
}

describe('laws', () => {
  it('composing is doing one after the other', () =>
    always((random) => {
      const text = randomText(random, 30);
      const first = randomChange(random, text);
      const between = applyChange(first, text);
      const second = randomChange(random, between);
      expect(applyChange(compose(first, second), text)).toBe(applyChange(second, between));
    }));

  it('two changes made on one text end in one text', () =>
    always((random) => {
      const text = randomText(random, 30);
      const onServer = randomChange(random, text);
      const late = randomChange(random, text);
      const atServer = mapChange(late, onServer, 'after');
      const atClient = mapChange(onServer, late, 'before');
      expect(applyChange(atServer, applyChange(onServer, text))).toBe(
        applyChange(atClient, applyChange(late, text)),
      );
    }));

  it('an inverse takes its change back', () =>
    always((random) => {
      const text = randomText(random, 30);
      const change = randomChange(random, text);
      expect(applyChange(invert(change, text), applyChange(change, text))).toBe(text);
      expect(compose(change, invert(change, text)).length).toBe(text.length);
    }));

  it('a position goes where a mark inserted there would stand', () =>
    always((random) => {
      const text = randomText(random, 30);
      const change = randomChange(random, text);
      const position = wholeCharacter(text, random.below(text.length + 1));
      const order = random.pick(['before', 'after'] as const);
      const mark = mapChange(replacing(text.length, position, 0, '|'), change, order);
      const marked = applyChange(mark, applyChange(change, text));
      expect(mapPosition(change, position, order)).toBe(marked.indexOf('|'));
    }));

  it('a difference leads to the new text, on whole characters, wherever the caret stands', () =>
    always((random) => {
      const old = randomText(random, 12);
      const change = randomChange(random, old);
      const now = random.chance(2) ? randomText(random, 12) : applyChange(change, old);
      const caret = wholeCharacter(now, random.below(now.length + 1));
      const found = diff(old, now, random.chance(2) ? undefined : caret);
      expect(faultIn(found, old)).toBeNull();
      expect(applyChange(found, old)).toBe(now);
    }));

  it('what is sent comes back', () =>
    always((random) => {
      const change = randomChange(random, randomText(random, 30));
      const sent: unknown = JSON.parse(JSON.stringify(toSections(change)));
      expect(fromSections(sent)).toEqual(change);
    }));
});

describe('examples', () => {
  it('of two insertions at one place the one on the server stands first', () => {
    const onServer = replacing(2, 1, 0, 'S');
    const late = replacing(2, 1, 0, 'L');
    expect(applyChange(mapChange(late, onServer, 'after'), 'aSb')).toBe('aSLb');
    expect(applyChange(mapChange(onServer, late, 'before'), 'aLb')).toBe('aSLb');
  });

  it('an insertion in a range that was replaced stands after the replacement', () => {
    const replaced = replacing(4, 0, 4, 'new');
    const inserted = replacing(4, 2, 0, 'X');
    expect(applyChange(mapChange(inserted, replaced, 'after'), 'new')).toBe('newX');
    expect(applyChange(mapChange(replaced, inserted, 'before'), 'abXcd')).toBe('newX');
  });

  it('a letter typed among equal ones lands where it was typed', () => {
    expect(diff('aaa', 'aaaa', 2)).toEqual(replacing(3, 1, 0, 'a'));
    expect(diff('aaa', 'aa', 1)).toEqual(replacing(3, 1, 1, ''));
  });

  it('characters that share a half are not cut', () => {
    expect(diff('😀', '😁')).toEqual(replacing(2, 0, 2, '😁'));
    expect(diff('\u{1f600}', '\u{1fa00}')).toEqual(replacing(2, 0, 2, '\u{1fa00}'));
  });

  it('sections have the public form', () => {
    const change = changeOf(9, [
      { at: 1, cut: 2, text: '' },
      { at: 4, cut: 0, text: 'x\ny' },
      { at: 8, cut: 1, text: '\n' },
    ]);
    expect(toSections(change)).toEqual([1, [2], 1, [0, 'x', 'y'], 4, [1, '', '']]);
    expect(lengthAfter(change)).toBe(10);
  });

  it('what is not in the form is refused', () => {
    for (const bad of [null, 1, {}, [-1], [1.5], ['a'], [[]], [[-1]], [[1, 2]], [[1, 'a\nb']]]) {
      expect(fromSections(bad), JSON.stringify(bad)).toBeNull();
    }
  });

  it('neighbouring and empty sections melt', () => {
    expect(fromSections([0, 1, 1, [1], [0, 'x'], [2, ''], [0]])).toEqual(replacing(5, 2, 3, 'x'));
    expect(changesNothing(fromSections([3, [0]])!)).toBe(true);
  });

  it('lengths that do not meet are a mistake in the program', () => {
    expect(() => applyChange(replacing(3, 0, 1, ''), 'ab')).toThrow(RangeError);
    expect(() => compose(replacing(3, 0, 1, ''), replacing(3, 0, 1, ''))).toThrow(RangeError);
    expect(() => mapChange(replacing(3, 0, 1, ''), replacing(2, 0, 1, ''), 'after')).toThrow(
      RangeError,
    );
  });

  it('what the server would refuse is left out of pasted text', () => {
    expect(cleanText('a\r\nb\rc\u0000\u000b\u0085\t\ud800😀\udc00')).toBe('a\nb\nc\t\ufffd😀\ufffd');
  });

  it('the hash is FNV-1a over UTF-16 units, low byte first', () => {
    expect(textHash('')).toBe('cbf29ce484222325');
    expect(textHash('\u6f66\u626f\u7261')).toBe('85944171f73967e8'); // the bytes of "foobar"
  });
});
