// Goal: the overview's figures follow what happens in the rooms, and never show a room's words.
import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../../src/link/wire.ts';
import { countsOf, foldConsole, readConsole, type ConsoleView } from '../../src/store/console.ts';
import { seat } from '../store/helpers.ts';

const start = readConsole({
  rooms: [
    {
      number: 3,
      roles: { facilitator: { seat: 'a', stand_in: false } },
      columns: [{ place: { task: 1, question: 1 }, notes: 2, unanswered: 1 }],
      texts: [{ place: { task: 1 }, version: 4, units: 120 }],
      sign_offs: [],
    },
  ],
  seats: [seat('a', 1), seat('b', 2)],
  messages: [{ id: 'm', text: 'Hei', sent: 5, rooms: [], confirmed: 1 }],
});
const fold = (...events: object[]): ConsoleView =>
  events.reduce((view: ConsoleView, event) => foldConsole(view, event as WireEvent, 900), start);
const roomAfter = (...events: object[]) => fold(...events).rooms.get(3);

describe('one room as measured', () => {
  it('sums notes, unanswered ones and text over its columns (FR7)', () => {
    const room = roomAfter(
      {
        event: 'column_counted',
        room: 3,
        place: { task: 1, question: 2 },
        notes: 5,
        unanswered: 2,
      },
      { event: 'text_measured', room: 3, place: { task: 1 }, version: 5, units: 140 },
    );
    expect(room && countsOf(room)).toEqual({ notes: 7, unanswered: 3, units: 140 });
  });
  it('is active when its people do something, not when the organiser does', () => {
    expect(roomAfter({ event: 'help_answered', room: 3 })?.active).toBeUndefined();
    const counted = { event: 'column_counted', room: 3, place: {}, notes: 1, unanswered: 0 };
    expect(roomAfter(counted)?.active).toBe(900);
  });
  it('asks for help and time until it is answered', () => {
    const asked = [
      { event: 'help_asked', room: 3 },
      { event: 'time_asked', room: 3, by: 180_000 },
    ];
    expect(roomAfter(...asked)).toMatchObject({ help_asked: 900, time_asked: 180_000 });
    const answered = roomAfter(
      ...asked,
      { event: 'help_answered', room: 3 },
      { event: 'time_answered', room: 3 },
    );
    expect([answered?.help_asked, answered?.time_asked]).toEqual([undefined, undefined]);
  });
  it('follows steps and clocks', () => {
    const step = {
      at: { task: 1, cycle: 0, step: 0 },
      kind: 'lap',
      started: 1,
      clock: { is: 'none' },
    };
    const clock = { is: 'paused', left: 5, total: 9 };
    const events = [
      { event: 'step_started', room: 3, step },
      { event: 'clock_changed', room: 3, clock },
    ];
    expect(roomAfter(...events)?.step).toMatchObject({ kind: 'lap', clock });
    expect(roomAfter(...events, { event: 'steps_ended', room: 3 })?.step).toBeUndefined();
  });
  it('gains and loses roles and signatures', () => {
    const roles = roomAfter(
      { event: 'role_assigned', room: 3, role: 'facilitator' },
      { event: 'role_assigned', room: 3, role: 'note_taker', seat: 'b', stand_in: true },
    )?.roles;
    expect([...(roles ?? [])]).toEqual([['note_taker', { seat: 'b', stand_in: true }]]);
    const signed = {
      event: 'signed_off',
      room: 3,
      sign_off: { seat: 'a', task: 1, dissent: '', at: 3 },
    };
    expect(roomAfter(signed, signed)?.signOffs).toHaveLength(1);
    const withdrawn = { event: 'sign_off_withdrawn', room: 3, seat: 'a', task: 1 };
    expect(roomAfter(signed, withdrawn)?.signOffs).toEqual([]);
  });
  it('leaves the earlier view as it was', () => {
    roomAfter({ event: 'help_asked', room: 3 });
    expect(start.rooms.get(3)?.help_asked).toBeUndefined();
  });
});

describe('people and messages', () => {
  it('takes newcomers, moves, names and leaving', () => {
    const view = fold(
      { event: 'seat_joined', seat: seat('c', 3, { room: undefined }) },
      { event: 'seat_moved', seat: 'c', to: 3, who: seat('c', 3, { room: 3 }) },
      { event: 'seat_moved', seat: 'a', to: 4 },
      { event: 'seat_named', seat: 'b', person: 'Berit', organisation: 'Nes' },
      { event: 'seat_presence_changed', seat: 'b', absent: false, away: true },
    );
    expect(view.seats.get('c')?.room).toBe(3);
    expect(view.seats.get('a')?.room).toBe(4);
    expect(view.seats.get('b')).toMatchObject({ person: 'Berit', away: true });
    expect(fold({ event: 'seat_removed', seat: 'a' }).seats.has('a')).toBe(false);
  });
  it('counts who confirmed a message, and shows it once', () => {
    const sent = { event: 'message_sent', message: 'n', text: 'Nå', rooms: [3] };
    const view = fold(sent, sent, { event: 'message_confirmed', message: 'm', seat: 'b' });
    expect(view.messages.map(({ id, confirmed }) => [id, confirmed])).toEqual([
      ['m', 2],
      ['n', 0],
    ]);
  });
});
