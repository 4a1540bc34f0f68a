// Folding what one seat alone sees: itself, its room, its private notes. Pure.
import type { WireEvent } from '../link/wire.ts';
import type { Seat, SeatView } from './model.ts';
import { foldNotes, noNotes, readNotes } from './notes.ts';
import { namesIn, readSeat } from './people.ts';

export const emptySeat: SeatView = { notes: noNotes };

export function readSeatView(state: Record<string, unknown>): SeatView {
  const raw = state as { seat?: Seat; notes?: Parameters<typeof readNotes>[0] };
  return { seat: raw.seat ? readSeat(raw.seat) : undefined, notes: readNotes(raw.notes ?? []) };
}

function foldSelf(view: SeatView, event: WireEvent): SeatView {
  // It was removed, and came back by another device of the same person.
  if (event.event === 'seat_joined') return { ...view, seat: readSeat(event.seat as Seat) };
  const self = view.seat;
  if (!self) return view;
  switch (event.event) {
    case 'seat_moved':
      return { ...view, seat: { ...self, room: event.to as number | undefined } };
    case 'seat_named':
      return { ...view, seat: { ...self, ...namesIn(event) } };
    case 'seat_removed':
      return { ...view, seat: undefined };
    default:
      return view;
  }
}

export function foldSeat(view: SeatView, event: WireEvent): SeatView {
  if (!event.event.startsWith('note')) return foldSelf(view, event);
  const notes = foldNotes(view.notes, event);
  return notes === view.notes ? view : { ...view, notes };
}
