// Folding what everyone in a workshop sees: settings, programme, rooms, sittings, messages. Pure.
import type { WireEvent } from '../link/wire.ts';
import type {
  Message,
  Plenary,
  Programme,
  Question,
  Role,
  RoomHead,
  Settings,
  Sitting,
  Task,
} from './model.ts';

const noSettings: Settings = {
  title: {},
  language: 'nb',
  label: 'group',
  authorship: 'shown',
  facilitator_turn: 'last',
  assignment: 'choose',
};

export const emptyPlenary: Plenary = {
  id: '',
  settings: noSettings,
  programme: { sittings: [], tasks: [], material: [] },
  roles: [],
  rooms: new Map(),
  rooms_locked: false,
  started: false,
  sittings: new Map(),
  messages: [],
};

const readHead = (raw: Partial<RoomHead> & { number: number }): RoomHead => ({
  ...raw,
  label: raw.label ?? '',
  closed: raw.closed ?? false,
});

type Raw = {
  workshop?: Partial<Plenary>;
  rooms?: RoomHead[];
  sittings?: Sitting[];
  messages?: Message[];
};

export function readPlenary(state: Record<string, unknown>): Plenary {
  const { workshop = {}, rooms = [], sittings = [], messages = [] } = state as Raw;
  return {
    ...emptyPlenary,
    ...workshop,
    settings: { ...noSettings, ...workshop.settings },
    rooms: new Map(rooms.map((room) => [room.number, readHead(room)])),
    sittings: new Map(sittings.map((sitting) => [sitting.sitting, sitting])),
    messages,
  };
}

type Fold = (plenary: Plenary, event: WireEvent, at: number) => Plenary;

function changeRoom(plenary: Plenary, number: number, change: Partial<RoomHead>): Plenary {
  const room = plenary.rooms.get(number) ?? { number, label: '', closed: false };
  return { ...plenary, rooms: new Map(plenary.rooms).set(number, { ...room, ...change }) };
}

function changeSitting(plenary: Plenary, event: WireEvent, change: Partial<Sitting>): Plenary {
  const sitting = plenary.sittings.get(event.sitting as number);
  if (!sitting) return plenary;
  const sittings = new Map(plenary.sittings).set(sitting.sitting, { ...sitting, ...change });
  return { ...plenary, sittings };
}

export const changeTask = (programme: Programme, number: number, change: (task: Task) => Task) => ({
  ...programme,
  tasks: programme.tasks.map((task) => (task.number === number ? change(task) : task)),
});

// What the server puts in the place of an erased question's words (CM10).
const erasedWords = '—';
export const isErased = ({ text }: Pick<Question, 'text'>): boolean =>
  Object.values(text).every((words) => words === erasedWords);

// The earlier wording is kept (product.md 4), but where all of them were erased (SPEC CM10).
export const correct = (question: Question, event: WireEvent): Question => ({
  ...question,
  text: event.text as Question['text'],
  earlier: event.earlier_erased ? [] : [...(question.earlier ?? []), question.text],
});

function corrected(task: Task, event: WireEvent): Task {
  const questions = task.questions.map((question) =>
    question.number === event.question ? correct(question, event) : question,
  );
  return { ...task, questions };
}

function added(task: Task, question: Question): Task {
  if (task.questions.some((known) => known.number === question.number)) return task;
  return { ...task, questions: [...task.questions, question] };
}

const folds: Record<string, Fold> = {
  workshop_created: (plenary, event) => ({
    ...plenary,
    settings: event.settings as Settings,
    programme: event.programme as Programme,
    roles: event.roles as Role[],
  }),
  settings_changed: (plenary, event) => ({ ...plenary, settings: event.settings as Settings }),
  programme_changed: (plenary, event) => ({ ...plenary, programme: event.programme as Programme }),
  roles_defined: (plenary, event) => ({ ...plenary, roles: event.roles as Role[] }),
  room_opened: (plenary, event) =>
    changeRoom(plenary, event.room as number, { label: event.label as string, closed: false }),
  room_renamed: (plenary, event) =>
    changeRoom(plenary, event.room as number, { label: event.label as string }),
  room_closed: (plenary, event) => changeRoom(plenary, event.room as number, { closed: true }),
  rooms_locked: (plenary, event) => ({ ...plenary, rooms_locked: event.locked as boolean }),
  question_corrected: (plenary, event) => ({
    ...plenary,
    programme: changeTask(plenary.programme, event.task as number, (task) =>
      corrected(task, event),
    ),
  }),
  question_added: (plenary, event) => ({
    ...plenary,
    programme: changeTask(plenary.programme, event.task as number, (task) =>
      added(task, event.question as Question),
    ),
  }),
  sitting_changed: (plenary, event) => {
    const progress = event.progress as Sitting;
    const sittings = new Map(plenary.sittings).set(progress.sitting, progress);
    return { ...plenary, sittings };
  },
  sitting_revised: (plenary, event) =>
    changeSitting(plenary, event, { revision: event.revision as number, checksum: '' }),
  revision_sealed: (plenary, event) =>
    changeSitting(plenary, event, { checksum: event.checksum as string }),
  message_sent: (plenary, event, at) => ({
    ...plenary,
    messages: addMessage(plenary.messages, event, at),
  }),
  message_erased: (plenary, event) => ({
    ...plenary,
    messages: dropMessage(plenary.messages, event),
  }),
};

export function addMessage(messages: Message[], event: WireEvent, at: number): Message[] {
  const id = event.message as string;
  if (messages.some((known) => known.id === id)) return messages;
  return [...messages, { id, text: event.text as string, sent: at }];
}

export const dropMessage = (messages: Message[], event: WireEvent): Message[] =>
  messages.filter((message) => message.id !== event.message);

export function foldPlenary(plenary: Plenary, event: WireEvent, at: number): Plenary {
  const fold = folds[event.event];
  return fold ? fold(plenary, event, at) : plenary;
}
