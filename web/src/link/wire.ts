// The messages of SPEC.md as types: what goes over the socket, nothing about how it is shown.
// An absent field means its default, so nearly everything read from the wire is optional here.

export type Id = string;
export type Millis = number;
export type LocalText = Record<string, string>;
export type Place = { task?: number | null; question?: number | null };

export type WireEvent = { event: string } & Record<string, unknown>;
export type Commit = { seq: number; at: Millis; events: WireEvent[] };
export type Position = { history: string; seq: number };

export type Welcome = {
  type: 'welcome';
  history: string;
  now: Millis;
  seats: Id[];
  organiser?: boolean;
  projector?: boolean;
  limits?: Record<string, number>;
};
export type Frame = {
  type: 'frame';
  channel: string;
  after: number;
  to: number;
  commits: Commit[];
};
export type Snapshot = {
  type: 'snapshot';
  channel: string;
  history: string;
  seq: number;
  state: Record<string, unknown>;
};
// RC1: `chain` is missing where nothing was written.
export type Ok = { type: 'ok'; id: Id; seq: number; chain?: string };
export type Rejected = {
  type: 'rejected';
  id?: Id;
  code: string;
  detail?: string;
  field?: string;
  facts?: Record<string, number>;
  seq?: number;
};
export type Presence = {
  type: 'presence';
  room: number;
  online?: Id[];
  writing?: { seat: Id; task?: number | null; question?: number | null; paragraph?: number }[];
};
export type FromServer =
  | Welcome
  | Frame
  | Snapshot
  | Ok
  | Rejected
  | Presence
  | { type: 'pong'; now: Millis }
  | { type: 'refused'; channel: string; code: string }
  | { type: 'unsubscribed'; channel: string };

export type Command = {
  type: 'command';
  id: Id;
  seat?: Id;
  name: string;
  fields: Record<string, unknown>;
  author_key?: string;
};
export type ToServer =
  | Command
  | { type: 'ping' }
  | { type: 'subscribe'; channels: ({ channel: string } & Partial<Position>)[] }
  | { type: 'unsubscribe'; channels: string[] }
  | { type: 'writing'; seat: Id; room: number; place: Place | null; paragraph?: number };

// CN6: come back after 1012 and 4001-4003, stay away after these.
export const stayAway: Record<number, 'protocol' | 'forbidden' | 'closed' | 'version'> = {
  4501: 'protocol',
  4502: 'forbidden',
  4503: 'closed',
  4504: 'version',
};
