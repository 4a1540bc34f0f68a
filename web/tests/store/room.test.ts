// Goal: folding what the server sends gives what the room is, whatever came before.
import { describe, expect, it } from 'vitest';
import type { Lap } from '../../src/store/model.ts';
import { column, fold, note, room, seat } from './helpers.ts';

const at = { task: 1, cycle: 0, step: 1 };
const lap = (...states: string[]): Lap => ({
  round: 1,
  order: ['a', 'b', 'c'].map((id, i) => ({ seat: id, state: states[i] as 'waiting' })),
  turn_clock: { is: 'none' },
});
const step = {
  at,
  kind: 'lap',
  started: 0,
  clock: { is: 'none' },
  lap: lap('speaking', 'waiting', 'waiting'),
};

describe('notes', () => {
  it('stand in the order they came', () => {
    const after = fold(room(), { event: 'note_written', note: note('n3') });
    expect(column(after.notes)).toEqual(['n1', 'n2', 'n3']);
  });

  it('FR6: a private note of somebody else is counted and not shown', () => {
    const after = fold(room(), {
      event: 'note_written',
      note: { id: 'p', place: { task: 1, question: 1 }, private: true },
      private_notes: 1,
      private_writers: 1,
    });
    expect(column(after.notes)).toEqual(['n1', 'n2']);
    expect(after.privateWriters).toBe(1);
  });

  it('FR6: revealed notes come whole, and are remembered as revealed', () => {
    const after = fold(room(), {
      event: 'notes_revealed',
      notes: [note('p', { text: 'shown' })],
      private_writers: 0,
    });
    expect(after.notes.byId.get('p')?.text).toBe('shown');
    expect(after.revealed.has('p')).toBe(true);
  });

  it('are edited, deleted and restored to their place', () => {
    const edited = fold(room(), {
      event: 'note_edited',
      note: 'n1',
      version: 2,
      text: 'new',
      by_other: true,
    });
    expect(edited.notes.byId.get('n1')).toMatchObject({
      text: 'new',
      version: 2,
      edited_by_other: true,
    });
    const gone = fold(edited, { event: 'note_deleted', note: 'n1' });
    expect(column(gone.notes)).toEqual(['n2']);
    const back = fold(gone, {
      event: 'note_restored',
      note: 'n1',
      whole: note('n1'),
      before: 'n2',
    });
    expect(column(back.notes)).toEqual(['n1', 'n2']);
  });

  it('move within and between columns', () => {
    const up = fold(room(), {
      event: 'note_moved',
      note: 'n2',
      to: { task: 1, question: 1 },
      before: 'n1',
    });
    expect(column(up.notes)).toEqual(['n2', 'n1']);
    const away = fold(up, { event: 'note_moved', note: 'n2', to: { task: 1 } });
    expect([column(away.notes), column(away.notes, '1')]).toEqual([['n1'], ['n2']]);
    expect(away.notes.byId.get('n2')?.place).toEqual({ task: 1 });
  });

  it('are marked', () => {
    const after = fold(room(), { event: 'note_marked', note: 'n1', kind: 'action', from: 'b' });
    expect(after.notes.byId.get('n1')).toMatchObject({ kind: 'action', from: 'b' });
  });

  it('leave the value they were folded from alone', () => {
    const before = room();
    fold(before, { event: 'note_deleted', note: 'n1' }, { event: 'seat_removed', seat: 'a' });
    expect(column(before.notes)).toEqual(['n1', 'n2']);
    expect(before.seats.size).toBe(3);
  });
});

describe('people', () => {
  it('come, are named, go', () => {
    const after = fold(
      room(),
      { event: 'seat_joined', seat: seat('d', 4) },
      { event: 'seat_named', seat: 'd', person: 'Dag', organisation: 'Nes' },
      { event: 'seat_presence_changed', seat: 'a', absent: true, away: false },
      { event: 'seat_removed', seat: 'b' },
    );
    expect(after.seats.get('d')).toMatchObject({ person: 'Dag', organisation: 'Nes' });
    expect(after.seats.get('a')?.absent).toBe(true);
    expect(after.seats.has('b')).toBe(false);
  });

  it('FR8: whoever moves here comes whole, whoever moves away is gone with role and hand', () => {
    const start = room({
      room: { roles: { facilitator: { seat: 'a' } }, hands: [{ seat: 'a', raised: 1 }] },
    });
    const after = fold(
      start,
      { event: 'seat_moved', seat: 'e', to: 3, who: seat('e', 9) },
      { event: 'seat_moved', seat: 'a', from: 3, to: 4 },
    );
    expect(after.seats.has('e')).toBe(true);
    expect([after.seats.has('a'), after.roles.size, after.hands.length]).toEqual([false, 0, 0]);
  });

  it('take and lay down roles', () => {
    const taken = fold(room(), {
      event: 'role_assigned',
      role: 'note_taker',
      seat: 'b',
      stand_in: true,
    });
    expect(taken.roles.get('note_taker')).toEqual({ seat: 'b', stand_in: true });
    expect(fold(taken, { event: 'role_assigned', role: 'note_taker' }).roles.size).toBe(0);
  });
});

describe('steps and turns', () => {
  it('start, are undone, end', () => {
    const started = fold(room(), { event: 'step_started', step });
    expect([started.step?.kind, started.step_changed]).toEqual(['lap', 1_000]);
    const undone = fold(started, { event: 'step_undone' });
    expect([undone.step, undone.step_changed]).toEqual([undefined, undefined]);
    expect(fold(started, { event: 'steps_ended' }).step).toBeUndefined();
  });

  it('count being heard once per turn and per word given', () => {
    const started = fold(room(), { event: 'step_started', step });
    const spoke = fold(started, {
      event: 'lap_changed',
      cause: 'turn_ended',
      lap: lap('spoke', 'speaking', 'waiting'),
    });
    expect(spoke.seats.get('a')?.heard).toBe(1);
    const moved = fold(spoke, {
      event: 'lap_changed',
      cause: 'reordered',
      lap: lap('spoke', 'waiting', 'speaking'),
    });
    expect(moved.seats.get('a')?.heard).toBe(1);
    const asked = fold(moved, { event: 'hand_raised', hand: { seat: 'b', raised: 5 } });
    const given = fold(asked, { event: 'word_given', seat: 'b' });
    expect([given.seats.get('b')?.heard, given.hands]).toEqual([1, []]);
  });

  it('CL1: take over clocks as they are sent', () => {
    const clock = { is: 'paused', left: 5, total: 10 };
    const after = fold(room(), { event: 'step_started', step }, { event: 'clock_changed', clock });
    expect(after.step?.clock).toEqual(clock);
  });

  it('know of help and time asked for', () => {
    const asked = fold(room(), { event: 'help_asked' }, { event: 'time_asked', by: 180_000 });
    expect([asked.help_asked, asked.time_asked]).toEqual([1_000, 180_000]);
    const answered = fold(
      asked,
      { event: 'help_answered' },
      { event: 'time_answered', granted: true },
    );
    expect([answered.help_asked, answered.time_asked]).toEqual([undefined, undefined]);
  });
});

describe('texts and sign-off', () => {
  it('TX1: change one by one, each version once', () => {
    const text = { place: { task: 1 }, version: 1, text: 'æ😀b', writers: {}, hash: '' };
    const change = {
      event: 'text_changed',
      place: { task: 1 },
      version: 2,
      writer: 'w',
      counter: 1,
      change: [3, [1, 'x', 'y']],
    };
    const after = fold(room({ texts: [text] }), change, change);
    expect(after.texts.get('1')).toMatchObject({ version: 2, text: 'æ😀x\ny', writers: { w: 1 } });
  });

  it('replace and withdraw a sign-off', () => {
    const sign = (dissent: string) => ({
      event: 'signed_off',
      sign_off: { seat: 'a', task: 1, dissent, at: 1 },
    });
    const signed = fold(room(), sign(''), sign('but'));
    expect(signed.signOffs.map((one) => one.dissent)).toEqual(['but']);
    expect(fold(signed, { event: 'sign_off_withdrawn', seat: 'a' }).signOffs).toHaveLength(1);
    expect(fold(signed, { event: 'sign_off_withdrawn', seat: 'a', task: 1 }).signOffs).toEqual([]);
  });
});

it('keeps its own questions apart from the programme', () => {
  const question = { number: 4, form: 'open', text: { nb: 'Vårt' }, earlier: [], room: 3 };
  const added = fold(room(), { event: 'question_added', task: 1, question });
  const corrected = fold(added, {
    event: 'question_corrected',
    task: 1,
    question: 4,
    text: { nb: 'Rettet' },
    room: 3,
  });
  expect(corrected.questions[0].question).toMatchObject({
    text: { nb: 'Rettet' },
    earlier: [{ nb: 'Vårt' }],
  });
  const erased = fold(corrected, {
    event: 'question_corrected',
    task: 1,
    question: 4,
    text: { nb: '—' },
    room: 3,
    earlier_erased: true,
  });
  expect(erased.questions[0].question).toMatchObject({ text: { nb: '—' }, earlier: [] });
});

it('ignores what it does not know', () => {
  const before = room();
  expect(fold(before, { event: 'something_new' })).toBe(before);
});
