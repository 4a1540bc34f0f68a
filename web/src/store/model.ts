// What the views show, in the domain's own words (src/domain/{programme,room,workshop}.hpp): plain
// values, never changed in place, so that "is it the same object?" answers "has it changed?".
import type { Id, LocalText, Millis, Place } from '../link/wire.ts';

export type { Id, LocalText, Millis, Place };

export type StepKind = 'silent' | 'lap' | 'dialogue' | 'summary';
export type PlannedStep = { step: StepKind; minutes?: number };
export type Cycle = { questions: number[]; steps: PlannedStep[] };
export type Question = {
  number: number;
  form: string;
  text: LocalText;
  earlier: LocalText[];
  room?: number;
};
export type Task = {
  number: number;
  sitting: number;
  title: LocalText;
  instructions: LocalText[];
  questions: Question[];
  cycles: Cycle[];
};
export type Material = { title: string; url: string };
export type Programme = {
  sittings: { number: number; title: LocalText }[];
  tasks: Task[];
  material: Material[];
};
export type Right = 'lead_steps' | 'run_clock' | 'give_turns' | 'edit_any_note' | 'manage_members';
export type Role = { key: string; name: LocalText; help: LocalText; rights: Right[] };
export type Settings = {
  title: LocalText;
  language: string;
  label: 'group' | 'room' | 'table';
  authorship: 'shown' | 'hidden' | 'never';
  facilitator_turn: 'first' | 'middle' | 'last';
  assignment: 'choose' | 'next_free' | 'organiser';
};

export type SittingState = 'planned' | 'open' | 'called_back' | 'writing' | 'closed';
export type Sitting = {
  sitting: number;
  state: SittingState;
  steps_end_at?: Millis;
  texts_close_at?: Millis;
  revision: number;
  checksum: string;
};
export type RoomHead = { number: number; label: string; closed: boolean };
export type Message = { id: Id; text: string; sent: Millis };

export type Plenary = {
  id: Id;
  settings: Settings;
  programme: Programme;
  roles: Role[];
  rooms: Map<number, RoomHead>;
  rooms_locked: boolean;
  started: boolean;
  sittings: Map<number, Sitting>;
  messages: Message[];
};

export type Seat = {
  id: Id;
  room?: number;
  host?: Id;
  number: number;
  absent: boolean;
  away: boolean;
  heard: number;
  person?: string;
  organisation?: string;
};
export type Clock =
  | { is: 'none' }
  | { is: 'running'; ends_at: Millis; total: Millis }
  | { is: 'paused'; left: Millis; total: Millis };
export type TurnState = 'waiting' | 'speaking' | 'spoke' | 'passed' | 'absent';
export type Lap = { round: number; order: { seat: Id; state: TurnState }[]; turn_clock: Clock };
export type StepPosition = { task: number; cycle: number; step: number };
export type RoomStep = {
  at: StepPosition;
  kind: StepKind;
  started: Millis;
  clock: Clock;
  lap?: Lap;
};
export type Hand = { seat: Id; raised: Millis };
export type NoteKind = 'idea' | 'action';
export type Note = {
  id: Id;
  room: number;
  place: Place;
  written_in: Place;
  kind: NoteKind;
  text?: string; // absent: somebody else's private note
  author?: Id;
  from?: Id;
  from_organisation?: string;
  written: Millis;
  version: number;
  edited_by_other: boolean;
  author_shown: boolean;
  private: boolean;
};
export type SignOff = { seat: Id; task?: number; dissent: string; at: Millis };
export type RoleHolder = { seat: Id; stand_in: boolean };

// A text as the room shows it beside the co-writer: enough to list, count and date.
export type SharedText = {
  place: Place;
  version: number;
  text: string;
  writers: Record<string, number>;
  hash?: string;
};

export type Room = {
  number: number;
  seats: Map<Id, Seat>;
  roles: Map<string, RoleHolder>;
  step?: RoomStep;
  step_changed?: Millis;
  hands: Hand[];
  help_asked?: Millis;
  help_answered?: Millis;
  time_asked?: Millis;
  notes: Notes;
  privateWriters: number;
  // Once private, now the room's: their author's own copies are out of date.
  revealed: Set<Id>;
  questions: OwnQuestion[];
  texts: Map<string, SharedText>;
  signOffs: SignOff[];
  messages: Message[];
};

// A question of this room alone.
export type OwnQuestion = { task: number; question: Question };

// Notes by id, and the order of each column (by placeKey).
export type Notes = { byId: Map<Id, Note>; columns: Map<string, Id[]> };

export type SeatView = { seat?: Seat; notes: Notes };

// "1.2" question 2 of task 1, "1" not assigned in task 1, "" the room.
export function placeKey(place: Place | undefined | null): string {
  if (!place || place.task === undefined || place.task === null) return '';
  const { task, question } = place;
  return question === undefined || question === null ? String(task) : `${task}.${question}`;
}

export function placeOf(key: string): Place {
  const [task, question] = key.split('.').filter(Boolean).map(Number);
  if (task === undefined) return {};
  return question === undefined ? { task } : { task, question };
}
