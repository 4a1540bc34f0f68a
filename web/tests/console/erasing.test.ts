// Goal: what the organiser erases for good is gone from every view that is open.
import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../../src/link/wire.ts';
import { foldConsole, readConsole } from '../../src/store/console.ts';
import { emptyPlenary, foldPlenary } from '../../src/store/plenary.ts';
import type { Room } from '../../src/store/model.ts';
import { fold, room, seat } from '../store/helpers.ts';

const named = { ...seat('a', 1), person: 'Kari', organisation: 'Fjordvik' };
const sent = { id: 'm', text: 'Hei', sent: 5 };
const anonymised = { event: 'seat_anonymised', seat: 'a', room: 3, version: 2 } as WireEvent;
const erased = { event: 'message_erased', message: 'm', rooms: [] } as unknown as WireEvent;

describe('CM10: erasing', () => {
  it('takes a name and an organisation from the room and from the overview', () => {
    const seats = new Map([['a', named]]);
    const inRoom = fold({ ...room(), seats }, anonymised).seats.get('a');
    expect([inRoom?.number, inRoom?.person, inRoom?.organisation]).toEqual([
      1,
      undefined,
      undefined,
    ]);
    const overview = foldConsole(readConsole({ seats: [named] }), anonymised, 9);
    expect(overview.seats.get('a')?.person).toBeUndefined();
  });
  it('takes all wordings of a room’s own question from the room', () => {
    const own = { number: 3, text: { nb: 'Bor Odd her?' }, earlier: [{ nb: 'Hvor bor Odd?' }] };
    const before = { ...room(), questions: [{ task: 1, question: own }] } as unknown as Room;
    const corrected = { event: 'question_corrected', task: 1, question: 3, room: 3 };
    const wordings = (words: string, more = {}) => {
      const event = { ...corrected, text: { nb: words }, ...more } as unknown as WireEvent;
      return JSON.stringify(fold(before, event).questions);
    };
    expect(wordings('Hvem bor her?')).toContain('Bor Odd her?');
    expect(wordings('—', { earlier_erased: true })).not.toContain('Odd');
  });
  it('takes a message from those who got it and from the list of those sent', () => {
    expect(foldPlenary({ ...emptyPlenary, messages: [sent] }, erased, 9).messages).toEqual([]);
    expect(fold({ ...room(), messages: [sent] }, erased).messages).toEqual([]);
    const overview = readConsole({ messages: [{ ...sent, rooms: [], confirmed: 0 }] });
    expect(foldConsole(overview, erased, 9).messages).toEqual([]);
  });
});
