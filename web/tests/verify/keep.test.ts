// Goal: a browser keeps the newest receipt of each of its notes, and gives them as one file that
// the verification reads.
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { keep, receiptsFile, receiptsOf } from '../../src/receipts/keep.ts';
import { readReceipts } from '../../src/verify/chain.ts';
import { utf8 } from '../../src/verify/sha256.ts';
import type { Command } from '../../src/link/wire.ts';

const a = 'AAAAAAAAAAAAAAAAAAAAAA';
const b = 'BBBBBBBBBBBBBBBBBBBBBA';
const chain = (n: number) => String(n).repeat(64).slice(0, 64);
const command = (note: string, text: string): Command => ({
  type: 'command',
  id: 'x',
  name: 'write_note',
  fields: { note, text },
});

test('RC4: the newest receipt of each note, of one workshop, in order', async () => {
  await keep(a, command('n2', 'to\r\nlinjer'), 9, chain(9));
  await keep(a, command('n1', 'først'), 4, chain(4));
  await keep(b, command('n1', 'et annet seminar'), 5, chain(5));
  await keep(a, command('n1', 'omformulert'), 12, chain(1));
  await keep(a, command('n1', 'svart på igjen'), 4, chain(4));
  const kept = await receiptsOf(a);
  expect(kept).toEqual([
    { workshop: a, seq: 9, chain: chain(9), text: 'to\nlinjer' },
    { workshop: a, seq: 12, chain: chain(1), text: 'omformulert' },
  ]);
  expect(readReceipts(utf8(receiptsFile(kept)))).toEqual(kept);
});

test('what holds no words of a note is no receipt', async () => {
  await keep(a, { type: 'command', id: 'x', name: 'raise_hand', fields: {} }, 20, chain(2));
  expect((await receiptsOf(a)).length).toBe(2);
});
