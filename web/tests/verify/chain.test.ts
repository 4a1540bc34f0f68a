// Goal: the page says of the golden archive and receipts what the server's own verification says
// (tests/receipts), and no change to either goes unfound.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  checkReceipt,
  digestOf,
  isKept,
  readChainFile,
  readReceipts,
  type ChainCommit,
} from '../../src/verify/chain.ts';
import { bytesOfHex, withChecksum } from '../../src/verify/sealed_json.ts';
import { joined, sha256, toHex, utf8 } from '../../src/verify/sha256.ts';

const golden = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../tests/receipts/golden/${name}`, import.meta.url)));
const archive_bytes = golden('chain.json');
const receipts_bytes = golden('receipts.json');
const archive = readChainFile(archive_bytes);
const receipts = readReceipts(receipts_bytes)!;

// As in tests/receipts/sample.cpp.
const verdicts =
  'not_shown unchanged erased unchanged not_shown unchanged not_shown unchanged'.split(' ');

const verdictsOf = (bytes: Uint8Array, held = receipts) => {
  const { file } = readChainFile(bytes);
  return held.map((receipt) => (file ? checkReceipt(file, receipt) : 'not_found'));
};
const isFound = (bytes: Uint8Array, held: Uint8Array) => {
  const read = readReceipts(held);
  if (!read || readChainFile(bytes).findings.length > 0) return true;
  return verdictsOf(bytes, read).some((verdict) => !isKept(verdict));
};

test('RC4: each receipt is answered with what the archive says of its note', () => {
  expect(archive.findings).toEqual([]);
  expect(verdictsOf(archive_bytes)).toEqual(verdicts);
});

test('RC4: receipts are written by the browser as the server writes them', () => {
  expect(utf8(withChecksum({ receipts_file: 1, receipts }))).toEqual(receipts_bytes);
});

type Tree = { seq: number; workshop: string; commits: Record<string, unknown>[] };
// With a checksum that fits, as a forger would.
function forged(change: (tree: Tree) => void): Uint8Array {
  const tree = JSON.parse(new TextDecoder().decode(archive_bytes));
  delete tree.checksum;
  change(tree);
  return utf8(withChecksum(tree));
}

describe('RC5: a forgery is found, and named at its place', () => {
  const shown = receipts[1]!.seq;
  const at = (bytes: Uint8Array) =>
    readChainFile(bytes).findings.map(({ fault, seq }) => [fault, seq]);
  test('nothing changed', () => {
    expect(at(forged(() => {}))).toEqual([]);
  });
  test('other words', () => {
    const bytes = forged(({ commits }) => {
      (commits[shown - 1]!.texts as { text: string }[])[0]!.text = 'Noe helt annet';
    });
    expect(at(bytes)).toEqual([['commit', shown]]);
    expect(verdictsOf(bytes)[1]).toBe('does_not_match');
    expect(verdictsOf(bytes)[3]).toBe('unchanged');
  });
  test('a commit dropped', () => {
    const bytes = forged((tree) => void tree.commits.splice(3, 1));
    expect(at(bytes)).toEqual([
      ['length', 0],
      ['commit', 4],
    ]);
  });
  test('another workshop', () => {
    const bytes = forged((tree) => (tree.workshop = 'A'.repeat(22)));
    expect(at(bytes)).toEqual([['commit', 1]]);
    expect(new Set(verdictsOf(bytes))).toEqual(new Set(['not_found']));
  });
  test('cut off at its end: only the receipt tells', () => {
    const last = receipts.at(-1)!.seq;
    const bytes = forged((tree) => {
      tree.commits.length = last - 1;
      tree.seq = last - 1;
    });
    expect(at(bytes)).toEqual([]);
    expect(verdictsOf(bytes).at(-1)).toBe('not_found');
  });
  test('said to be erased where no erasure is told of', () => {
    const last = receipts.at(-1)!.seq;
    const erased = [{ erased: '0'.repeat(64) }];
    const bytes = forged(({ commits }) => (commits[last - 1]!.texts = erased));
    expect(at(bytes)).toContainEqual(['erasure', last]);
  });
  test('a server that lies and works out everything anew: only receipts tell', () => {
    const from = receipts[3]!.seq;
    const bytes = forged(({ commits }) => {
      commits[from - 1] = { digest: '0'.repeat(64) };
      let previous = bytesOfHex(commits[from - 2]!.chain as string);
      for (const commit of commits.slice(from - 1)) {
        previous = sha256(joined(previous, digestOf(commit as ChainCommit)));
        commit.chain = toHex(previous);
      }
    });
    expect(at(bytes)).toEqual([]);
    const lost = receipts.map(({ seq }) => seq >= from);
    expect(verdictsOf(bytes).map((verdict) => verdict === 'does_not_match')).toEqual(lost);
  });
  test('the same meaning in other bytes', () => {
    const text = new TextDecoder().decode(archive_bytes);
    for (const other of [text.replace(',', ', '), text + '\n', '\ufeff' + text]) {
      expect(at(utf8(other))).toEqual([['unreadable', 0]]);
    }
  });
});

test('RC5: no change of a byte in either file goes unfound', () => {
  let seed = 7;
  const below = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
  const missed: string[] = [];
  for (let i = 0; i < 1_500; i++) {
    const of_archive = i % 3 > 0;
    const bytes = (of_archive ? archive_bytes : receipts_bytes).slice();
    const place = below(bytes.length);
    bytes[place] = bytes[place]! ^ (1 << below(8));
    const found = of_archive ? isFound(bytes, receipts_bytes) : isFound(archive_bytes, bytes);
    if (!found) missed.push(`${of_archive ? 'archive' : 'receipts'} ${place}`);
  }
  expect(missed).toEqual([]);
});
