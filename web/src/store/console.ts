// Folding what the organiser's console shows of every room: steps, people, counts, requests; never
// the words themselves. Pure; each answer is a new value.
import type { WireEvent } from '../link/wire.ts';
import {
  placeKey,
  type Clock,
  type Id,
  type Message,
  type OwnQuestion,
  type Place,
  type RoleHolder,
  type RoomStep,
  type Seat,
  type SignOff,
} from './model.ts';
import { namesIn, readSeat } from './people.ts';

export type Column = { notes: number; unanswered: number };
// One room as measured: how much stands where, not what.
export type MeasuredRoom = {
  number: number;
  roles: Map<string, RoleHolder>;
  step?: RoomStep;
  begun?: boolean; // a step was started while this page was open
  help_asked?: number;
  time_asked?: number;
  // When the room last did something; nothing: not since this page came.
  active?: number;
  columns: Map<string, Column>;
  texts: Map<string, number>; // UTF-16 units
  signOffs: SignOff[];
};
export type SentMessage = Message & { rooms: number[]; confirmed: number };

export type ConsoleView = {
  rooms: Map<number, MeasuredRoom>;
  seats: Map<Id, Seat>;
  questions: OwnQuestion[];
  messages: SentMessage[];
};

export const emptyConsole: ConsoleView = {
  rooms: new Map(),
  seats: new Map(),
  questions: [],
  messages: [],
};

type RawRoom = Omit<Partial<MeasuredRoom>, 'roles' | 'columns' | 'texts'> & {
  number: number;
  roles?: Record<string, RoleHolder>;
  columns?: (Column & { place: Place })[];
  texts?: { place: Place; units: number }[];
  sign_offs?: SignOff[];
};

const emptyRoom = (number: number): MeasuredRoom => ({
  number,
  roles: new Map(),
  columns: new Map(),
  texts: new Map(),
  signOffs: [],
});

function readRoom({ roles = {}, columns = [], texts = [], sign_offs = [], ...room }: RawRoom) {
  return {
    ...room,
    roles: new Map(Object.entries(roles)),
    columns: new Map(
      columns.map(({ place, notes, unanswered }) => [placeKey(place), { notes, unanswered }]),
    ),
    texts: new Map(texts.map(({ place, units }) => [placeKey(place), units])),
    signOffs: sign_offs,
  };
}

type Raw = {
  rooms?: RawRoom[];
  seats?: Seat[];
  questions?: OwnQuestion[];
  messages?: SentMessage[];
};

export function readConsole(state: Record<string, unknown>): ConsoleView {
  const { rooms = [], seats = [], questions = [], messages = [] } = state as Raw;
  return {
    rooms: new Map(rooms.map((room) => [room.number, readRoom(room)])),
    seats: new Map(seats.map((seat) => [seat.id, readSeat(seat)])),
    questions,
    messages,
  };
}

type FoldRoom = (room: MeasuredRoom, event: WireEvent, at: number) => MeasuredRoom;
type FoldAll = (view: ConsoleView, event: WireEvent, at: number) => ConsoleView;

function assigned(room: MeasuredRoom, event: WireEvent): MeasuredRoom {
  const roles = new Map(room.roles);
  const key = event.role as string;
  if (event.seat) roles.set(key, { seat: event.seat as Id, stand_in: Boolean(event.stand_in) });
  else roles.delete(key);
  return { ...room, roles };
}

const without = (signOffs: SignOff[], gone: { seat: Id; task?: number }) =>
  signOffs.filter((one) => one.seat !== gone.seat || one.task !== gone.task);

// What people in the room do; the rest is the organiser's or the server's doing.
const activities = new Set(['column_counted', 'text_measured', 'role_assigned', 'signed_off']);

const roomFolds: Record<string, FoldRoom> = {
  role_assigned: assigned,
  step_started: (room, event) => ({ ...room, step: event.step as RoomStep, begun: true }),
  step_undone: (room, event) => ({ ...room, step: event.step as RoomStep | undefined }),
  steps_ended: (room) => ({ ...room, step: undefined }),
  clock_changed: (room, event) =>
    room.step ? { ...room, step: { ...room.step, clock: event.clock as Clock } } : room,
  time_asked: (room, event) => ({ ...room, time_asked: event.by as number }),
  time_answered: (room) => ({ ...room, time_asked: undefined }),
  help_asked: (room, _event, at) => ({ ...room, help_asked: at }),
  help_answered: (room) => ({ ...room, help_asked: undefined }),
  room_closed: (room) => ({ ...room, help_asked: undefined, time_asked: undefined }),
  column_counted: (room, event) => ({
    ...room,
    columns: new Map(room.columns).set(placeKey(event.place as Place), {
      notes: event.notes as number,
      unanswered: event.unanswered as number,
    }),
  }),
  text_measured: (room, event) => ({
    ...room,
    texts: new Map(room.texts).set(placeKey(event.place as Place), event.units as number),
  }),
  signed_off: (room, event) => {
    const signOff = event.sign_off as SignOff;
    return { ...room, signOffs: [...without(room.signOffs, signOff), signOff] };
  },
  sign_off_withdrawn: (room, event) => ({
    ...room,
    signOffs: without(room.signOffs, event as unknown as { seat: Id; task?: number }),
  }),
};

const putSeat = (view: ConsoleView, seat: Seat): ConsoleView => ({
  ...view,
  seats: new Map(view.seats).set(seat.id, seat),
});

function changeSeat(view: ConsoleView, id: Id, change: Partial<Seat>): ConsoleView {
  const seat = view.seats.get(id);
  return seat ? putSeat(view, { ...seat, ...change }) : view;
}

function dropSeat(view: ConsoleView, id: Id): ConsoleView {
  const seats = new Map(view.seats);
  seats.delete(id);
  return { ...view, seats };
}

const folds: Record<string, FoldAll> = {
  seat_joined: (view, event) => putSeat(view, readSeat(event.seat as Seat)),
  seat_named: (view, event) => changeSeat(view, event.seat as Id, namesIn(event)),
  seat_anonymised: (view, event) =>
    changeSeat(view, event.seat as Id, { person: undefined, organisation: undefined }),
  seat_removed: (view, event) => dropSeat(view, event.seat as Id),
  seat_moved: (view, event) =>
    event.who
      ? putSeat(view, readSeat(event.who as Seat))
      : changeSeat(view, event.seat as Id, { room: event.to as number | undefined }),
  seat_presence_changed: (view, event) =>
    changeSeat(view, event.seat as Id, {
      absent: Boolean(event.absent),
      away: Boolean(event.away),
    }),
  question_added: (view, event) => ({
    ...view,
    questions: [...view.questions, event as unknown as OwnQuestion],
  }),
  message_sent: (view, event, at) => addMessage(view, event, at),
  message_erased: (view, event) => ({
    ...view,
    messages: view.messages.filter((message) => message.id !== event.message),
  }),
  message_confirmed: (view, event) => ({
    ...view,
    messages: view.messages.map((message) =>
      message.id === event.message ? { ...message, confirmed: message.confirmed + 1 } : message,
    ),
  }),
};

function addMessage(view: ConsoleView, event: WireEvent, at: number): ConsoleView {
  const id = event.message as Id;
  if (view.messages.some((known) => known.id === id)) return view;
  const rooms = (event.rooms as number[] | undefined) ?? [];
  const message = { id, text: event.text as string, sent: at, rooms, confirmed: 0 };
  return { ...view, messages: [...view.messages, message] };
}

export function foldConsole(view: ConsoleView, event: WireEvent, at: number): ConsoleView {
  const all = folds[event.event];
  if (all) return all(view, event, at);
  const fold = roomFolds[event.event];
  if (!fold) return view;
  const number = event.room as number;
  const room = fold(view.rooms.get(number) ?? emptyRoom(number), event, at);
  const active = activities.has(event.event) ? at : room.active;
  return { ...view, rooms: new Map(view.rooms).set(number, { ...room, active }) };
}

// Sums over a room's columns.
export function countsOf(room: MeasuredRoom): Column & { units: number } {
  let notes = 0;
  let unanswered = 0;
  for (const column of room.columns.values()) {
    notes += column.notes;
    unanswered += column.unanswered;
  }
  return { notes, unanswered, units: [...room.texts.values()].reduce((sum, n) => sum + n, 0) };
}
