// Goal: the organiser sees who waits, longest first, and each room's people and counts.
import { describe, expect, it } from 'vitest';
import { Office } from '../../src/console/office.svelte.ts';
import { readConsole } from '../../src/store/console.ts';
import { readPlenary } from '../../src/store/plenary.ts';
import type { Session } from '../../src/store/session.svelte.ts';
import { seat } from '../store/helpers.ts';

const minute = 60_000;
const now = 100 * minute;
const step = (more = {}) => ({
  at: { task: 1, cycle: 0, step: 0 },
  kind: 'lap',
  started: now - 10 * minute,
  clock: { is: 'none' },
  ...more,
});
const task = {
  number: 1,
  sitting: 1,
  title: { nb: 'Oppgave' },
  instructions: [],
  questions: [{ number: 1, form: 'open', text: { nb: 'Hva?' }, earlier: [] }],
  cycles: [{ questions: [1], steps: [{ step: 'lap' }, { step: 'summary' }] }],
};
const role = (key: string, rights: string[]) => ({ key, name: { nb: key }, help: {}, rights });

function office(rooms: object[], seats: object[], sittings = [{ sitting: 1, state: 'open' }]) {
  const views: Record<string, unknown> = {
    plenary: readPlenary({
      workshop: {
        id: 'w',
        settings: { title: { nb: 'Møte' }, language: 'nb', label: 'group' },
        programme: { sittings: [], material: [], tasks: [task] },
        roles: [role('facilitator', ['lead_steps']), role('topic_keeper', [])],
      },
      rooms: [3, 1, 2].map((number) => ({ number, label: '', closed: number === 2 })),
      sittings,
    }),
    console: readConsole({ rooms, seats }),
  };
  return new Office({ view: (channel: string) => views[channel] } as unknown as Session);
}

describe('rooms as cards', () => {
  it('stand in the order of their numbers, with who is there', () => {
    const { cards } = office(
      [],
      [seat('a', 1), seat('b', 2, { away: true }), seat('c', 3, { absent: true })],
    );
    expect(cards.map((card) => card.number)).toEqual([1, 2, 3]);
    expect([cards[2].seats.length, cards[2].here]).toEqual([3, 1]);
  });
  it('miss only roles that carry rights', () => {
    const held = { facilitator: { seat: 'a', stand_in: false } };
    expect(office([{ number: 3 }], []).card(3)?.emptyRoles).toEqual(['facilitator']);
    expect(office([{ number: 3, roles: held }], []).card(3)?.emptyRoles).toEqual([]);
  });
  it('count people without a room, and those away', () => {
    const all = office([], [seat('a', 1, { room: undefined }), seat('b', 2, { away: true })]);
    expect([all.people, all.roomless.length, all.away]).toEqual([2, 1, 1]);
  });
});

describe('who needs the organiser', () => {
  it('help comes first and longest waiting before shorter, then time, then unanswered', () => {
    const unanswered = [{ place: {}, notes: 2, unanswered: 2 }];
    const { needs } = office(
      [
        { number: 1, help_asked: 50, columns: unanswered },
        { number: 3, help_asked: 20, time_asked: 180_000 },
      ],
      [],
    );
    expect(needs.map(({ kind, card }) => [kind, card.number])).toEqual([
      ['help', 3],
      ['help', 1],
      ['time', 3],
      ['unanswered', 1],
    ]);
  });
  it('never a closed room', () => {
    expect(office([{ number: 2, help_asked: 20 }], []).needs).toEqual([]);
  });
  it('an empty role counts only with several people in a step', () => {
    const people = [seat('a', 1), seat('b', 2)];
    expect(office([{ number: 3, step: step() }], people).needs.map(({ kind }) => kind)).toEqual([
      'roles',
    ]);
    expect(office([{ number: 3, step: step() }], people.slice(0, 1)).needs).toEqual([]);
    expect(office([{ number: 3 }], people).needs).toEqual([]);
  });
});

describe('a room seen from afar', () => {
  const people = [seat('a', 1)];
  it('is silent when nothing came for five minutes', () => {
    const view = office([{ number: 3, step: step() }], people);
    const card = view.card(3)!;
    expect(view.isSilent(card, now)).toBe(true);
    expect(
      view.isSilent({ ...card, measured: { ...card.measured!, active: now - minute } }, now),
    ).toBe(false);
    expect(view.isSilent({ ...card, here: 0 }, now)).toBe(false);
  });
  it('is over its time when the clock has run out', () => {
    const clock = { is: 'running', ends_at: now - 1, total: minute };
    const view = office([{ number: 3, step: step({ clock }) }], people);
    expect(view.isOver(view.card(3)!, now)).toBe(true);
    expect(view.isOver(view.card(1)!, now)).toBe(false);
  });
  it('works in the first sitting that is not closed', () => {
    const sittings = [
      { sitting: 2, state: 'planned' },
      { sitting: 1, state: 'closed' },
    ];
    expect(office([], [], sittings).sitting?.sitting).toBe(2);
    expect(office([], [], [{ sitting: 1, state: 'closed' }]).closed).toBe(true);
  });
});

describe('a text is corrected where it was archived', () => {
  const states = (...all: string[]) => all.map((state, i) => ({ sitting: i + 1, state }));
  it('in the sitting of its task, once that is closed', () => {
    const first = office([], [], states('closed', 'open'));
    expect(first.closedOf({ task: 1, question: 1 })).toEqual([1]);
    expect(office([], [], states('writing')).closedOf({ task: 1 })).toEqual([]);
  });
  it('in all sittings when it is of the whole room, once none is open any more', () => {
    expect(office([], [], states('closed', 'closed')).closedOf({})).toEqual([1, 2]);
    expect(office([], [], states('closed', 'open')).closedOf({})).toEqual([]);
  });
});
