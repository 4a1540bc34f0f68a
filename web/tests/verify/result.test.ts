// Goal: a result says what the chain says, or the page tells which words it does not find there.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readChainFile } from '../../src/verify/chain.ts';
import { checkResult, readResult } from '../../src/verify/result.ts';
import { withChecksum } from '../../src/verify/sealed_json.ts';
import { utf8 } from '../../src/verify/sha256.ts';

const golden = new URL('../../../tests/receipts/golden/chain.json', import.meta.url);
const archive_bytes = new Uint8Array(readFileSync(golden));
const archive = readChainFile(archive_bytes);
const { workshop, commits, seq: last } = archive.file!;
const resultOf = (more: object) =>
  readResult(utf8(withChecksum({ workshop: { id: workshop }, rooms: [], ...more })))!;

describe('RC6: a result is held against the chain it names', () => {
  const as_of = { seq: 5, chain: commits[4]!.chain };

  test('of this chain, of another, before the chain is there, and without its place', () => {
    const result = resultOf({ as_of });
    expect(checkResult(archive, result)).toEqual({ is: 'fits', seq: 5, found: 0, n: 0 });
    expect(checkResult(undefined, result)).toEqual({ is: 'waiting', seq: 5 });
    const moved = resultOf({ as_of: { ...as_of, seq: 6 } });
    expect(checkResult(archive, moved)).toEqual({ is: 'other', seq: 6 });
    const later = resultOf({ as_of: { ...as_of, seq: 500 } });
    expect(checkResult(archive, later)).toEqual({ is: 'other', seq: 500 });
    const foreign = resultOf({ workshop: { id: `${'B'.repeat(21)}A` }, as_of });
    expect(checkResult(archive, foreign)).toEqual({ is: 'other', seq: 5 });
    expect(checkResult(archive, resultOf({}))).toEqual({ is: 'unnamed' });
  });
  test('a chain that is broken before that place proves nothing', () => {
    const result = resultOf({ as_of });
    const brokenAt = (seq: number) => ({
      file: archive.file,
      findings: [{ fault: 'commit' as const, seq }],
    });
    expect(checkResult(brokenAt(3), result)).toEqual({ is: 'other', seq: 5 });
    expect(checkResult(brokenAt(6), result)).toMatchObject({ is: 'fits', seq: 5 });
  });
  test('a revision is known by the checksum that was sealed, if the chain holds so far', () => {
    const old = resultOf({});
    const event = { event: 'revision_sealed', sitting: 1, revision: 2, checksum: old.checksum };
    const sealing = { header: JSON.stringify({ events: [event] }), texts: [], chain: '' };
    const file = { ...archive.file!, commits: [...commits, sealing] };
    const said = { is: 'sealed', sitting: 1, revision: 2 };
    expect(checkResult({ file, findings: [] }, old)).toEqual(said);
    const changed = resultOf({ more: 1 });
    expect(checkResult({ file, findings: [] }, changed)).toEqual({ is: 'unnamed' });
    const findings = [{ fault: 'commit' as const, seq: file.commits.length }];
    expect(checkResult({ file, findings }, old)).toEqual({ is: 'unnamed' });
  });
  test('one changed byte and it is no result', () => {
    const bytes = utf8(withChecksum({ workshop: { id: workshop }, rooms: [], as_of }));
    for (let i = 0; i < bytes.length; i++) {
      const changed = bytes.slice();
      changed[i] = changed[i]! ^ 1;
      expect(readResult(changed)).toBeUndefined();
    }
  });
});

describe('RC6: its notes say what the chain says', () => {
  const shown = commits.flatMap((commit) =>
    'texts' in commit ? commit.texts.flatMap((text) => ('text' in text ? [text.text] : [])) : [],
  );
  const whole = { seq: last, chain: commits.at(-1)!.chain };
  const gone = { text: '', erased: true };
  const saying = (notes: object[], as_of = whole) =>
    checkResult(archive, resultOf({ rooms: [{ notes }], as_of }));
  const noted = shown.map((text) => ({ text }));

  test('all of them, those of some rooms, and those that were erased', () => {
    const n = shown.length;
    expect(n).toBeGreaterThan(2);
    expect(saying(noted)).toEqual({ is: 'fits', seq: last, found: n, n });
    expect(saying(noted.slice(1))).toEqual({ is: 'fits', seq: last, found: n - 1, n: n - 1 });
    expect(saying([...noted, gone])).toEqual({ is: 'fits', seq: last, found: n, n });
  });
  test('other words are told, also where only a letter or a space differs', () => {
    const first = shown[0]!;
    for (const other of ['Noe helt annet', `${first} `, first.toUpperCase(), '', undefined]) {
      const said = saying([{ text: other }, ...noted.slice(1)]);
      expect(said).toEqual({ is: 'changed', seq: last, found: shown.length - 1, n: shown.length });
    }
  });
  test('words that were written once do not answer for two notes', () => {
    const twice = saying([noted[0]!, ...noted]);
    expect(twice).toMatchObject({ is: 'changed', found: shown.length, n: shown.length + 1 });
  });
  test('a note that is only called erased still has to be found', () => {
    expect(saying([{ text: 'Noe helt annet', erased: true }])).toMatchObject({ is: 'changed' });
  });
  test('a chain that goes on may have other words by now: they are counted, not accused', () => {
    const withText = commits.map((one) => 'texts' in one && one.texts.length > 0);
    const written = withText.lastIndexOf(true);
    const before = { seq: written, chain: commits[written - 1]!.chain };
    const notes = [{ text: 'Ordlyden før' }, noted[0]!, noted.at(-1)!];
    expect(saying(notes, before)).toEqual({ is: 'partly', seq: written, found: 1, n: 3 });
  });
});
