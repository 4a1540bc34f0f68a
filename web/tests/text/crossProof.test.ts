// The proof that server and browser change texts alike: 100,000 seeded random cases are done here
// and by the C++ program text_proof (tests/text_proof/main.cpp), and compared byte for byte.
// RUNDBORD_TEXT_PROOF names the program; without it the usual build folders are looked at, and
// when none has it the proof is skipped (tests/run always sets the variable).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { toSections } from '../../src/text/changeJson.ts';
import {
  applyChange, changeOf, compose, diff, mapChange, mapPosition, type Change,
} from '../../src/text/changeSet.ts';
import { textHash } from '../../src/text/textHash.ts';
import { Random, randomChange, randomText, wholeCharacter } from './randomText.ts';
import { faultIn, ServerDocument, type Edit } from './serverDocument.ts';
import { Simulation } from './simulation.ts';

const cases = 100_000;
const casesPerRun = 10_000;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const named = process.env['RUNDBORD_TEXT_PROOF'];
const presets = ['release', 'dev', 'asan'];
const usual = presets.map((preset) => resolve(root, `build/${preset}/text_proof`));
const program = named ?? usual.find((path) => existsSync(path));

interface Case {
  request: unknown;
  expected: string;
}

function prove(all: readonly Case[]): void {
  const input = all.map(({ request }) => JSON.stringify(request)).join('\n') + '\n';
  const run = spawnSync(program!, { input, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (run.error) throw run.error;
  expect(run.stderr).toBe('');
  expect(run.status).toBe(0);
  const lines = run.stdout.split('\n');
  expect(lines.pop()).toBe('');
  expect(lines).toHaveLength(all.length);
  const wrong = all.findIndex(({ expected }, i) => lines[i] !== expected);
  if (wrong < 0) return;
  const request = JSON.stringify(all[wrong]!.request).slice(0, 1_000);
  expect(lines[wrong], `case ${wrong}: ${request}`).toBe(all[wrong]!.expected);
}

function changesCase(seed: number): Case {
  const random = new Random(seed);
  const text = randomText(random, random.chance(10) ? 0 : 40);
  const a = randomChange(random, text);
  // Half of the time at the same places, for the tie-break.
  const b = random.chance(2) ? randomChange(random, text) : samePlaces(random, a);
  const afterA = applyChange(a, text);
  const c = randomChange(random, afterA);
  const at = wholeCharacter(text, random.below(text.length + 1));
  const afterC = applyChange(c, afterA);
  const expected = [
    afterA,
    afterC,
    toSections(compose(a, c)),
    toSections(mapChange(a, b, 'before')),
    toSections(mapChange(a, b, 'after')),
    toSections(mapChange(mapChange(b, a, 'after'), c, 'after')),
    mapPosition(a, at, 'before'),
    mapPosition(a, at, 'after'),
    toSections(diff(text, afterC)),
    textHash(afterC),
  ];
  const [sentA, sentB, sentC] = [a, b, c].map(toSections);
  const request = { op: 'changes', text, a: sentA, b: sentB, c: sentC, at };
  return { request, expected: JSON.stringify(expected) };
}

function samePlaces(random: Random, change: Change): Change {
  const splices = change.splices.map(({ at, cut }) => ({
    at,
    cut: random.chance(2) ? cut : 0,
    text: randomText(random, 3),
  }));
  return changeOf(change.length, splices);
}

/** Edges anywhere, forbidden characters, wrong lengths. */
function faultCase(seed: number): Case {
  const random = new Random(seed);
  const text = randomText(random, 12);
  const length = text.length + (random.chance(5) ? 1 : 0);
  const at = random.below(length + 1);
  const cut = random.below(length - at + 1);
  const control = random.pick(['', '', '\u0000', '\r', '\u007f', '\u0085', '\t', '\u00a0']);
  const change = changeOf(length, [{ at, cut, text: randomText(random, 2) + control }]);
  const request = { op: 'fault', text, change: toSections(change) };
  return { request, expected: JSON.stringify(faultIn(change, text)) };
}

function answerOf(server: ServerDocument, edit: Edit): unknown[] {
  const answer = server.receive(edit);
  if ('repeated' in answer) return ['repeated', answer.repeated];
  if ('tooOld' in answer) return ['too_old'];
  if ('rejected' in answer) return ['rejected', answer.rejected];
  server.apply(edit, answer.change);
  return ['accepted', answer.accepted, toSections(answer.change)];
}

function documentCase(start: string, edits: readonly Edit[]): Case {
  const server = new ServerDocument(start);
  const answers = edits.map((edit) => answerOf(server, edit));
  const expected = [answers, server.version, server.text, textHash(server.text)];
  const sent = edits.map((edit) => ({ ...edit, change: toSections(edit.change) }));
  const request = { op: 'document', text: start, edits: sent };
  return { request, expected: JSON.stringify(expected) };
}

/** Edits on old, present and unknown versions, with used-up, next and impossible counters. */
function strayEdits(seed: number): Case {
  const random = new Random(seed);
  const start = randomText(random, 20);
  const server = new ServerDocument(start);
  const texts = [start];
  const edits: Edit[] = [];
  for (let i = 0; i < 60; i += 1) {
    const made = Math.max(0, texts.length - 1 - random.below(10));
    const edit: Edit = {
      version: random.chance(20) ? made + random.below(9) - 4 : made,
      writer: random.pick(['kari', 'ola', 'åse']),
      counter: random.chance(6) ? random.below(4) - 1 : i + 1,
      change: randomChange(random, texts[made]!),
    };
    edits.push(edit);
    if (answerOf(server, edit)[0] === 'accepted') texts.push(server.text);
  }
  return documentCase(start, edits);
}

function simulated(seed: number): Case {
  const start = 'Vi møttes 😀\n';
  const clients = seed % 2 === 0 ? 4 : 8;
  const simulation = new Simulation({ seed, clients, steps: 2_000, start });
  simulation.run();
  return documentCase(start, simulation.asked);
}

const count = <T>(n: number, make: (i: number) => T): T[] =>
  Array.from({ length: n }, (_, i) => make(i));

describe.skipIf(program === undefined)('C++ and TypeScript', { timeout: 300_000 }, () => {
  it('the program is there', () => expect(existsSync(program!), program).toBe(true));

  it(`do ${cases} random changes alike`, () => {
    for (let first = 0; first < cases; first += casesPerRun) {
      prove(count(casesPerRun, (i) => changesCase(first + i + 1)));
    }
  });

  it('find the same faults', () => {
    const all = count(20_000, (i) => faultCase(i + 1));
    const kinds = new Set(all.map(({ expected }) => expected));
    expect(kinds.size).toBe(4); // none, length, split, control
    prove(all);
  });

  it('answer stray edits alike', () => prove(count(300, (i) => strayEdits(i + 1))));

  it('arrive at one text after what a bad network brought', () =>
    prove(count(40, (i) => simulated(i + 1))));
});
