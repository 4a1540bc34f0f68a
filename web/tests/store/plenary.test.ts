// Goal: what everybody sees follows what the organiser does.
import { describe, expect, it } from 'vitest';
import { foldPlenary, readPlenary } from '../../src/store/plenary.ts';
import { emptySeat, foldSeat, readSeatView } from '../../src/store/seat.ts';
import { around, kindAt, questionsOf, sittingOf } from '../../src/store/steps.ts';
import { column, note, seat } from './helpers.ts';

const question = (number: number, more = {}) => ({
  number,
  form: 'open',
  text: { nb: `Spm ${number}` },
  earlier: [],
  ...more,
});
const task = (number: number, sitting: number) => ({
  number,
  sitting,
  title: { nb: `Oppgave ${number}` },
  instructions: [],
  questions: [question(1), question(2), question(3)],
  cycles: [
    {
      questions: [1],
      steps: [{ step: 'lap' as const, minutes: 10 }, { step: 'summary' as const }],
    },
    { questions: [2, 3], steps: [{ step: 'dialogue' as const }] },
  ],
});
const programme = { sittings: [], material: [], tasks: [task(1, 1), task(2, 1), task(3, 2)] };
const start = readPlenary({
  workshop: { id: 'w', settings: { title: { nb: 'Møte' }, language: 'nn' }, programme, roles: [] },
  rooms: [{ number: 3, label: '', closed: false }],
  sittings: [{ sitting: 1, state: 'planned', revision: 0, checksum: '' }],
});
const fold = (...events: { event: string }[]) =>
  events.reduce((all, event) => foldPlenary(all, event, 77), start);

describe('the plenary', () => {
  it('is read with defaults for what was left out', () => {
    expect(start.settings).toMatchObject({ language: 'nn', label: 'group', authorship: 'shown' });
    expect(start.rooms.get(3)).toEqual({ number: 3, label: '', closed: false });
  });
  it('opens, renames, locks and closes rooms', () => {
    const after = fold(
      { event: 'room_opened', room: 4, label: 'Nord' } as never,
      { event: 'room_renamed', room: 3, label: 'Sør' } as never,
      { event: 'room_closed', room: 3 } as never,
      { event: 'rooms_locked', locked: true } as never,
    );
    expect([...after.rooms.values()]).toEqual([
      { number: 3, label: 'Sør', closed: true },
      { number: 4, label: 'Nord', closed: false },
    ]);
    expect(after.rooms_locked).toBe(true);
    expect(
      fold(
        { event: 'room_closed', room: 3 } as never,
        { event: 'room_opened', room: 3, label: '' } as never,
      ).rooms.get(3)?.closed,
    ).toBe(false);
  });
  it('keeps the earlier wording of a corrected question', () => {
    const after = fold({
      event: 'question_corrected',
      task: 1,
      question: 2,
      text: { nb: 'Ny' },
    } as never);
    expect(after.programme.tasks[0].questions[1]).toMatchObject({
      text: { nb: 'Ny' },
      earlier: [{ nb: 'Spm 2' }],
    });
    expect(start.programme.tasks[0].questions[1].earlier).toEqual([]);
  });
  it('adds a question once, and messages once', () => {
    const add = { event: 'question_added', task: 1, question: question(4) } as never;
    expect(fold(add, add).programme.tasks[0].questions).toHaveLength(4);
    const message = { event: 'message_sent', message: 'm', text: 'Hei' } as never;
    expect(fold(message, message).messages).toEqual([{ id: 'm', text: 'Hei', sent: 77 }]);
  });
  it('follows the sitting', () => {
    const progress = {
      sitting: 1,
      state: 'called_back',
      steps_end_at: 9,
      revision: 0,
      checksum: '',
    };
    expect(fold({ event: 'sitting_changed', progress } as never).sittings.get(1)).toEqual(progress);
  });
});

describe('where a room is', () => {
  const at = { task: 1, cycle: 0, step: 1 };
  it('knows its neighbours across cycles and tasks, but not across sittings', () => {
    expect(around(programme, 1, at)).toEqual({
      previous: { task: 1, cycle: 0, step: 0 },
      next: { task: 1, cycle: 1, step: 0 },
      n: 2,
      m: 2,
    });
    expect(around(programme, 1, { task: 1, cycle: 1, step: 0 }).next).toEqual({
      task: 2,
      cycle: 0,
      step: 0,
    });
    expect(around(programme, 1, { task: 2, cycle: 1, step: 0 }).next).toBeUndefined();
    expect(around(programme, 1, { task: 1, cycle: 0, step: 0 }).previous).toBeUndefined();
  });
  it('knows the kind of a step and the questions of a cycle', () => {
    expect(kindAt(programme, at)).toBe('summary');
    const own = {
      ...programme.tasks[0],
      questions: [
        ...programme.tasks[0].questions,
        question(4, { room: 3 }),
        question(5, { room: 9 }),
      ],
    };
    expect(questionsOf(own, own.cycles[1], 3).map((one) => one.number)).toEqual([2, 3, 4]);
  });
  it('is in the sitting of its step, else in the first open one', () => {
    const step = {
      at: { task: 3, cycle: 0, step: 0 },
      kind: 'lap' as const,
      started: 0,
      clock: { is: 'none' as const },
    };
    expect(sittingOf(programme, step, () => false)).toBe(2);
    expect(sittingOf(programme, undefined, () => false)).toBe(1);
    expect(sittingOf(programme, undefined, (n) => n === 1)).toBe(2);
    expect(sittingOf(programme, undefined, () => true)).toBe(2);
  });
});

describe('one seat', () => {
  const view = readSeatView({ seat: seat('a', 1), notes: [note('p', { private: true })] });
  it('follows where it is moved, named and removed', () => {
    expect(foldSeat(view, { event: 'seat_moved', seat: 'a', from: 3, to: 7 }).seat?.room).toBe(7);
    expect(foldSeat(view, { event: 'seat_moved', seat: 'a', from: 3 }).seat?.room).toBeUndefined();
    expect(foldSeat(view, { event: 'seat_named', seat: 'a', person: 'Anne' }).seat?.person).toBe(
      'Anne',
    );
    expect(foldSeat(view, { event: 'seat_removed', seat: 'a' }).seat).toBeUndefined();
    expect(foldSeat(emptySeat, { event: 'seat_moved', seat: 'a', to: 7 })).toEqual(emptySeat);
  });
  it('has its private notes whole', () => {
    const edited = foldSeat(view, { event: 'note_edited', note: 'p', version: 2, text: 'mine' });
    expect(edited.notes.byId.get('p')?.text).toBe('mine');
    expect(column(foldSeat(view, { event: 'note_deleted', note: 'p' }).notes)).toEqual([]);
  });
});
