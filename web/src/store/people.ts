// Who is in a room, what they are called, which rights they have. Pure; the server asks again.
import type { WireEvent } from '../link/wire.ts';
import type { Id, Right, Role, Room, Seat } from './model.ts';

export const readSeat = (raw: Partial<Seat> & { id: Id }): Seat => ({
  ...raw,
  number: raw.number ?? 0,
  absent: raw.absent ?? false,
  away: raw.away ?? false,
  heard: raw.heard ?? 0,
});

// Names come beside the event they belong to (FR5).
export const namesIn = (event: WireEvent): Pick<Seat, 'person' | 'organisation'> => ({
  person: event.person as string | undefined,
  organisation: event.organisation as string | undefined,
});

// What of a room says who is who.
export type Who = Pick<Room, 'seats' | 'roles'>;

export const isPresent = (seat: Seat | undefined): boolean =>
  seat !== undefined && !seat.absent && !seat.away;

export const inOrder = (room: Pick<Room, 'seats'>): Seat[] =>
  [...room.seats.values()].sort((a, b) => a.number - b.number);

// "Plass 3" counts within the room: a table of four has seats 1 to 4 whoever came before.
export const placeAtTable = (room: Pick<Room, 'seats'>, seat: Seat): number =>
  inOrder(room).findIndex((other) => other.id === seat.id) + 1;

// A device speaks for its own seat, for members it brought, and for those whose device is gone.
export function speaksFor(room: Pick<Room, 'seats'>, me: Id, seat: Id): boolean {
  if (seat === me) return true;
  const member = room.seats.get(seat);
  if (!member?.host) return false;
  const host = room.seats.get(member.host);
  return member.host === me || !host || host.away;
}

const holds = (room: Who, roles: Role[], right: Right) =>
  roles
    .filter((role) => role.rights.includes(right))
    .map((role) => room.roles.get(role.key)?.seat)
    .filter((seat): seat is Id => seat !== undefined);

// Where nobody present holds a right, anybody may use it.
export function mayUse(room: Who, roles: Role[], me: Id, right: Right): boolean {
  const holders = holds(room, roles, right);
  if (!holders.some((seat) => isPresent(room.seats.get(seat)))) return true;
  return holders.some((seat) => speaksFor(room, me, seat));
}

export const rolesOf = (room: Who, roles: Role[], seat: Id): Role[] =>
  roles.filter((role) => room.roles.get(role.key)?.seat === seat);

// Those heard least come first; among equals, who asked first.
export function handsInTurn(room: Room): Id[] {
  const heard = (id: Id) => room.seats.get(id)?.heard ?? 0;
  return [...room.hands]
    .sort((a, b) => heard(a.seat) - heard(b.seat) || a.raised - b.raised)
    .map((hand) => hand.seat);
}

export const initials = (name: string): string => [...name.trim()][0]?.toUpperCase() ?? '?';
