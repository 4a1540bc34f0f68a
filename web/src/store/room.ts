// Folding one room's events into its view. Pure; each answer is a new value.
import type { WireEvent } from '../link/wire.ts';
import type {
  Clock,
  Hand,
  Id,
  Lap,
  Message,
  OwnQuestion,
  RoleHolder,
  Room,
  RoomStep,
  Seat,
  SharedText,
  SignOff,
} from './model.ts';
import { foldNotes, noNotes, readNotes } from './notes.ts';
import { namesIn, readSeat } from './people.ts';
import { addMessage, correct, dropMessage } from './plenary.ts';
import { foldText, readTexts } from './texts.ts';

export const emptyRoom = (number: number): Room => ({
  number,
  seats: new Map(),
  roles: new Map(),
  hands: [],
  notes: noNotes,
  privateWriters: 0,
  revealed: new Set(),
  questions: [],
  texts: new Map(),
  signOffs: [],
  messages: [],
});

type RawRoom = {
  room?: Partial<Omit<Room, 'roles'>> & { roles?: Record<string, RoleHolder> };
  seats?: Seat[];
  questions?: OwnQuestion[];
  columns?: { notes: Parameters<typeof readNotes>[0] }[];
  texts?: SharedText[];
  sign_offs?: SignOff[];
  messages?: Message[];
  private_writers?: number;
};

export function readRoom(number: number, state: Record<string, unknown>, old?: Room): Room {
  const raw = state as RawRoom;
  const { roles = {}, ...room } = raw.room ?? {};
  return {
    ...emptyRoom(number),
    ...room,
    seats: new Map((raw.seats ?? []).map((seat) => [seat.id, readSeat(seat)])),
    roles: new Map(Object.entries(roles)),
    notes: readNotes((raw.columns ?? []).flatMap((column) => column.notes)),
    privateWriters: raw.private_writers ?? 0,
    revealed: old?.revealed ?? new Set(),
    questions: raw.questions ?? [],
    texts: readTexts(raw.texts ?? []),
    signOffs: raw.sign_offs ?? [],
    messages: raw.messages ?? [],
  };
}

export function foldRoom(room: Room, event: WireEvent, at: number): Room {
  if (event.event.startsWith('note')) {
    const notes = foldNotes(room.notes, event);
    const privateWriters = (event.private_writers as number | undefined) ?? room.privateWriters;
    return { ...room, notes, privateWriters, revealed: nowRevealed(room, event) };
  }
  const fold = folds[event.event];
  return fold ? fold(room, event, at) : room;
}

function nowRevealed(room: Room, event: WireEvent): Set<Id> {
  if (event.event !== 'notes_revealed') return room.revealed;
  return new Set([...room.revealed, ...(event.notes as { id: Id }[]).map((note) => note.id)]);
}

type Fold = (room: Room, event: WireEvent, at: number) => Room;

const putSeat = (room: Room, seat: Seat): Room => ({
  ...room,
  seats: new Map(room.seats).set(seat.id, seat),
});

function changeSeat(room: Room, id: Id, change: Partial<Seat>): Room {
  const seat = room.seats.get(id);
  return seat ? putSeat(room, { ...seat, ...change }) : room;
}

function dropSeat(room: Room, id: Id): Room {
  const seats = new Map(room.seats);
  seats.delete(id);
  const roles = new Map([...room.roles].filter(([, holder]) => holder.seat !== id));
  return { ...room, seats, roles, hands: room.hands.filter((hand) => hand.seat !== id) };
}

function moved(room: Room, event: WireEvent): Room {
  if (event.to !== room.number) return dropSeat(room, event.seat as Id);
  // FR8: the new room gets the whole seat.
  return event.who ? putSeat(room, readSeat(event.who as Seat)) : room;
}

function assigned(room: Room, event: WireEvent): Room {
  const roles = new Map(room.roles);
  const key = event.role as string;
  if (event.seat) roles.set(key, { seat: event.seat as Id, stand_in: Boolean(event.stand_in) });
  else roles.delete(key);
  return { ...room, roles };
}

const withStep = (room: Room, step: RoomStep | undefined, step_changed?: number): Room => ({
  ...room,
  step,
  step_changed,
});

// Speaking in a lap counts as being heard, like the word in a dialogue.
function lapChanged(room: Room, event: WireEvent): Room {
  const lap = event.lap as Lap;
  const before = new Map(room.step?.lap?.order.map((turn) => [turn.seat, turn.state]));
  const next = changeStep(room, { lap });
  if (event.cause !== 'turn_ended') return next;
  return lap.order
    .filter((turn) => turn.state === 'spoke' && before.get(turn.seat) !== 'spoke')
    .reduce((all, { seat }) => heardOnceMore(all, seat), next);
}

const changeStep = (room: Room, change: Partial<RoomStep>): Room =>
  room.step ? { ...room, step: { ...room.step, ...change } } : room;

const withoutHand = (room: Room, seat: Id): Hand[] =>
  room.hands.filter((hand) => hand.seat !== seat);

const heardOnceMore = (room: Room, seat: Id): Room =>
  changeSeat(room, seat, { heard: (room.seats.get(seat)?.heard ?? 0) + 1 });

const givenWord: Fold = (room, event) => {
  const seat = event.seat as Id;
  return heardOnceMore({ ...room, hands: withoutHand(room, seat) }, seat);
};

const sameSignOff = (a: { seat: Id; task?: number }, b: { seat: Id; task?: number }) =>
  a.seat === b.seat && (a.task ?? 0) === (b.task ?? 0);

const withoutSignOff = (room: Room, gone: { seat: Id; task?: number }) =>
  room.signOffs.filter((one) => !sameSignOff(one, gone));

const folds: Record<string, Fold> = {
  seat_joined: (room, event) => putSeat(room, readSeat(event.seat as Seat)),
  seat_named: (room, event) => changeSeat(room, event.seat as Id, namesIn(event)),
  seat_anonymised: (room, event) =>
    changeSeat(room, event.seat as Id, { person: undefined, organisation: undefined }),
  seat_removed: (room, event) => dropSeat(room, event.seat as Id),
  seat_moved: moved,
  seat_presence_changed: (room, event) =>
    changeSeat(room, event.seat as Id, {
      absent: Boolean(event.absent),
      away: Boolean(event.away),
    }),
  role_assigned: assigned,
  step_started: (room, event, at) => withStep(room, event.step as RoomStep, at),
  step_undone: (room, event) => withStep(room, event.step as RoomStep | undefined),
  steps_ended: (room, _event, at) => withStep(room, undefined, at),
  clock_changed: (room, event) => changeStep(room, { clock: event.clock as Clock }),
  lap_changed: lapChanged,
  hand_raised: (room, event) => {
    const hand = event.hand as Hand;
    return { ...room, hands: [...withoutHand(room, hand.seat), hand] };
  },
  hand_lowered: (room, event) => ({ ...room, hands: withoutHand(room, event.seat as Id) }),
  word_given: givenWord,
  time_asked: (room, event) => ({ ...room, time_asked: event.by as number }),
  time_answered: (room) => ({ ...room, time_asked: undefined }),
  help_asked: (room, _event, at) => ({ ...room, help_asked: at, help_answered: undefined }),
  help_answered: (room, _event, at) => ({ ...room, help_asked: undefined, help_answered: at }),
  // Whoever waited for the word, for help or for time no longer does; who was heard is forgotten.
  room_closed: (room) => ({
    ...room,
    hands: [],
    help_asked: undefined,
    time_asked: undefined,
    seats: new Map([...room.seats].map(([id, seat]) => [id, { ...seat, heard: 0 }])),
  }),
  question_added: (room, event) => ({
    ...room,
    questions: [...room.questions, event as unknown as OwnQuestion],
  }),
  question_corrected: (room, event) => ({
    ...room,
    questions: room.questions.map((own) =>
      own.task === event.task && own.question.number === event.question
        ? { ...own, question: correct(own.question, event) }
        : own,
    ),
  }),
  message_sent: (room, event, at) => ({
    ...room,
    messages: addMessage(room.messages, event, at),
  }),
  message_erased: (room, event) => ({
    ...room,
    messages: dropMessage(room.messages, event),
  }),
  text_changed: (room, event) => ({ ...room, texts: foldText(room.texts, event) }),
  signed_off: (room, event) => {
    const signOff = event.sign_off as SignOff;
    return { ...room, signOffs: [...withoutSignOff(room, signOff), signOff] };
  },
  sign_off_withdrawn: (room, event) => ({
    ...room,
    signOffs: withoutSignOff(room, event as unknown as { seat: Id; task?: number }),
  }),
};
