// Goal: clocks, queues, rights and typed names are what people expect of them.
import { describe, expect, it } from 'vitest';
import { chunked } from '../../src/store/cards.ts';
import { leftOf, goneOf, markBetween, minutesSeconds } from '../../src/store/clock.ts';
import { handsInTurn, mayUse, placeAtTable, speaksFor } from '../../src/store/people.ts';
import { placeKey, placeOf, type Right } from '../../src/store/model.ts';
import { Frames } from '../../src/store/pace.ts';
import { readMembers } from '../../src/room/members.ts';
import { overLimit } from '../../src/room/note_length.ts';
import { columnsFor } from '../../src/room/columns.ts';
import { barFor } from '../../src/ui/link_bar.ts';
import { emptySeat, foldSeat } from '../../src/store/seat.ts';
import { readFragment } from '../../src/room/arrive.ts';
import { room, seat } from './helpers.ts';

describe('a clock', () => {
  const running = { is: 'running', ends_at: 100_000, total: 60_000 } as const;
  it('CL1: runs to its end and over, stands still when paused', () => {
    expect([leftOf(running, 70_000), leftOf(running, 130_000)]).toEqual([30_000, -30_000]);
    expect(leftOf({ is: 'paused', left: 5_000, total: 9 }, 1)).toBe(5_000);
    expect([leftOf({ is: 'none' }, 1), leftOf(undefined, 1)]).toEqual([undefined, undefined]);
  });
  it('shows how much has gone, never more than all', () => {
    expect([goneOf(running, 40_000), goneOf(running, 70_000), goneOf(running, 999_999)]).toEqual([
      0, 0.5, 1,
    ]);
    expect(goneOf({ is: 'none' }, 1)).toBe(0);
  });
  it.each([
    [402_000, '6:42'],
    [401_300, '6:42'],
    [480_200, '8:00'],
    [59_300, '1:00'],
    [300, '0:01'],
    [0, '0:00'],
    [-1_500, '0:01'],
    [-65_000, '1:05'],
  ])('%i ms is %s', (ms, text) => expect(minutesSeconds(ms)).toBe(text));
  it('is announced at five minutes, one minute and zero only', () => {
    expect(markBetween(301_000, 299_000)).toBe('five');
    expect(markBetween(61_000, 60_000)).toBe('one');
    expect(markBetween(500, -500)).toBe('zero');
    expect(markBetween(200_000, 100_000)).toBeUndefined();
    expect(markBetween(60_000, 59_000)).toBeUndefined();
    expect(markBetween(400_000, -5)).toBe('zero');
  });
});

describe('a seat', () => {
  it('FR8: that was removed and has come back is shown again, with its name', () => {
    const there = { ...emptySeat, seat: seat('a', 1) };
    const gone = foldSeat(there, { event: 'seat_removed', seat: 'a' });
    expect(gone.seat).toBeUndefined();
    const back = foldSeat(gone, { event: 'seat_joined', seat: seat('a', 1, { room: 2 }) });
    expect(back.seat).toMatchObject({ id: 'a', room: 2 });
  });
});

describe('people', () => {
  const role = (key: string, ...rights: Right[]) => ({ key, name: {}, help: {}, rights });
  const roles = [role('facilitator', 'lead_steps')];
  const led = room({ room: { roles: { facilitator: { seat: 'a' } } } });
  it('use a right they hold', () => {
    expect([mayUse(led, roles, 'a', 'lead_steps'), mayUse(led, roles, 'b', 'lead_steps')]).toEqual([
      true,
      false,
    ]);
  });
  it('all use a right that nobody present holds', () => {
    const away = room({
      room: { roles: { facilitator: { seat: 'a' } } },
      seats: [seat('a', 1, { away: true }), seat('b', 2)],
    });
    expect(mayUse(away, roles, 'b', 'lead_steps')).toBe(true);
    expect(mayUse(led, roles, 'b', 'give_turns')).toBe(true);
  });
  it('speak for members they brought, and for those whose device is gone', () => {
    const table = room({
      seats: [
        seat('a', 1),
        seat('m', 2, { host: 'a' }),
        seat('b', 3, { away: true }),
        seat('k', 4, { host: 'b' }),
      ],
    });
    expect(['a', 'm', 'b', 'k'].map((id) => speaksFor(table, 'a', id))).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(speaksFor(table, 'b', 'm')).toBe(false);
  });
  it('at a table are counted from one', () => {
    const late = room({ seats: [seat('x', 17), seat('y', 12)] });
    expect(placeAtTable(late, late.seats.get('x')!)).toBe(2);
  });
  it('heard least come first, then who asked first', () => {
    const asked = room({
      seats: [seat('a', 1, { heard: 2 }), seat('b', 2), seat('c', 3)],
      room: {
        hands: [
          { seat: 'a', raised: 1 },
          { seat: 'c', raised: 3 },
          { seat: 'b', raised: 2 },
        ],
      },
    });
    expect(handsInTurn(asked)).toEqual(['b', 'c', 'a']);
  });
});

describe('names typed for others', () => {
  it('are one a line, the organisation after a comma', () => {
    expect(readMembers('Kari, Nes kommune\r\n\n  Amir \nLiv;Sør, avd. 2\nÁnne\tDeatnu')).toEqual([
      { person: 'Kari', organisation: 'Nes kommune' },
      { person: 'Amir', organisation: '' },
      { person: 'Liv', organisation: 'Sør, avd. 2' },
      { person: 'Ánne', organisation: 'Deatnu' },
    ]);
    expect(readMembers(' \n')).toEqual([]);
  });
});

describe('a note', () => {
  it('CM7: is counted as a person counts', () => {
    expect(overLimit('a'.repeat(4_000))).toBe(0);
    expect(overLimit('a'.repeat(4_003))).toBe(3);
    expect(overLimit('👩‍👩‍👧'.repeat(500))).toBe(0);
    expect(overLimit('e\u0301'.repeat(4_000))).toBe(0);
  });
  it('CM7: also fits in 16 KiB', () => {
    expect(overLimit('👩‍👩‍👧‍👦'.repeat(700))).toBeGreaterThan(0);
  });
});

describe('columns', () => {
  const question = (number: number, own?: number) => ({
    number,
    form: 'open',
    text: {},
    earlier: [],
    room: own,
  });
  const task = {
    number: 2,
    sitting: 1,
    title: {},
    instructions: [],
    questions: [question(1), question(2), question(3, 9)],
    cycles: [],
  };
  const sight = { task, questions: [question(2)], tasks: [task], room: 3 };
  const keys = (scope: 'now' | 'room' | number) =>
    columnsFor(scope, sight).map((column) => column.key);
  it('are those of the step, of a task, or of the room', () => {
    expect(keys('now')).toEqual(['2.2', '2']);
    expect(keys(2)).toEqual(['2.1', '2.2', '2']);
    expect(keys('room')).toEqual(['']);
  });
  it('have keys that lead back to places', () => {
    for (const place of [{}, { task: 1 }, { task: 1, question: 2 }])
      expect(placeOf(placeKey(place))).toEqual(place);
    expect(placeKey({ task: null, question: null })).toBe('');
  });
  it('are drawn in chunks', () => {
    const before = chunked([1, 2, 3, 4, 5], 2);
    expect(before).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunked([], 2)).toEqual([]);
    const after = chunked([1, 2, 3, 9, 5, 6], 2, before);
    expect(after).toEqual([[1, 2], [3, 9], [5, 6]]);
    expect([after[0] === before[0], after[1] === before[1]]).toEqual([true, false]);
  });
});

it('a lost line is worth a word after 2 s, a button after 60, and green for 4', () => {
  const at = (now: number, since?: number, back?: number) => barFor(now, since, back);
  expect([at(1_999, 0), at(2_000, 0), at(60_000, 0)]).toEqual(['none', 'off', 'off_long']);
  expect([at(3_999, undefined, 0), at(4_000, undefined, 0), at(5)]).toEqual([
    'back',
    'none',
    'none',
  ]);
});

it('a slow device is one whose slowest frames are slow', () => {
  const frames = new Frames();
  for (let i = 0; i < 50; i++) frames.add(16);
  expect(frames.slow).toBe(false);
  for (let i = 0; i < 10; i++) frames.add(90);
  expect(frames.slow).toBe(true);
});

it('a link’s fragment names workshop and secret, nothing else does', () => {
  const [workshop, secret] = ['w'.repeat(22), 's'.repeat(22)];
  expect(readFragment(`#${workshop}.${secret}`)).toEqual({ workshop, secret });
  expect(['', '#', '#board', `#${workshop}`].map(readFragment)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
