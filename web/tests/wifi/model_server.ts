// The server as SPEC.md promises it, small enough to run for hours of virtual time: one room, notes
// and texts, commits that become durable after a while, a ring for those who come back, and
// crashes that lose what was not durable. Time and lines are the network's. For tests only.
import { fromSections, toSections } from '../../src/text/changeJson.ts';
import type { Section } from '../../src/text/changeJson.ts';
import { placeKey, type Place } from '../../src/store/model.ts';
import { ServerDocument, type Edit } from '../text/serverDocument.ts';
import { seat } from '../store/helpers.ts';

export type Faults = {
  // Planted faults of the server: each must be found.
  resumeSkipsOne?: boolean;
  forgetsIdsAtRestart?: boolean;
};
type Fields = { [key: string]: unknown; note: string; text: string; place: Place };
type Asked = { id: string; seat: string; name: string; fields: Fields };
type Commit = { seq: number; at: number; id: string; event: Record<string, unknown> };
type Wish = { channel: string; history?: string; seq?: number };
export type Peer = {
  seat: string;
  say(message: object): void;
  close(code: number, reason: string): void;
};
type Session = { peer: Peer; channels: Set<string> };

const ring_max = 40;
const frames_every_ms = 20;
const disk_ms = 250;
const roomChannel = 'room/3';

const question = { number: 1, form: 'open', text: { nb: 'Hva?' }, earlier: [] };
const plenary = {
  workshop: {
    id: 'w',
    settings: { title: { nb: 'Møte' }, language: 'nb', label: 'group' },
    programme: {
      sittings: [{ number: 1, title: {} }],
      tasks: [
        { number: 1, sitting: 1, title: {}, instructions: [], questions: [question], cycles: [] },
      ],
      material: [],
    },
    roles: [],
  },
  rooms: [{ number: 3, label: '', closed: false }],
  sittings: [{ sitting: 1, state: 'open', revision: 0, checksum: '' }],
  messages: [],
};

export class ModelServer {
  log: Commit[] = [];
  durable = 0;
  crashes = 0;
  resumed = 0;
  snapshots = 0;
  repeated = 0;
  #ids = new Map<string, number>();
  #documents = new Map<string, ServerDocument>();
  #sessions = new Set<Session>();
  #held: { seq: number; leave: () => void }[] = [];
  #framed = 0;

  constructor(
    readonly seats: string[],
    readonly faults: Faults = {},
    // One time in so many it is busy, or a frame goes missing on its way to somebody.
    readonly oneIn: (many: number) => boolean = () => false,
  ) {}

  // --- lines -------------------------------------------------------------------------------------

  open(peer: Peer): Session {
    const session = { peer, channels: new Set<string>() };
    this.#sessions.add(session);
    peer.say({ type: 'welcome', history: 'h', now: Date.now(), seats: [peer.seat] });
    return session;
  }

  gone(session: Session): void {
    this.#sessions.delete(session);
  }

  hear(session: Session, message: { type: string } & Record<string, unknown>): void {
    if (!this.#sessions.has(session)) return;
    if (message.type === 'ping') session.peer.say({ type: 'pong', now: Date.now() });
    else if (message.type === 'subscribe') this.#subscribe(session, message.channels as Wish[]);
    else if (message.type === 'command') this.#command(session, message as unknown as Asked);
  }

  // --- commands ----------------------------------------------------------------------------------

  #command({ peer }: Session, { id, seat: by, name, fields }: Asked): void {
    const known = this.#ids.get(id);
    if (known !== undefined) {
      this.repeated += 1;
      return this.#hold(known, () => peer.say({ type: 'ok', id, seq: known }));
    }
    if (this.oneIn(50)) {
      return peer.say({ type: 'rejected', id, code: 'busy', facts: { retry_ms: 500 } });
    }
    const event = name === 'write_note' ? this.#note(by, fields) : this.#edit(fields);
    if (typeof event === 'string') {
      return this.#hold(this.head, () => peer.say({ type: 'rejected', id, code: event }));
    }
    const seq = event ? this.#commit(id, event) : this.head;
    this.#hold(seq, () => peer.say({ type: 'ok', id, seq }));
  }

  #note(by: string, { note, place, text }: Fields): Record<string, unknown> | string {
    const whole = { id: note, room: 3, place, text, author: by, written: Date.now(), version: 1 };
    return { event: 'note_written', note: whole };
  }

  #edit(fields: Fields): Record<string, unknown> | string | undefined {
    const { place, version, writer, counter, change } = fields as unknown as {
      place: Place;
      version: number;
      writer: string;
      counter: number;
      change: Section[];
    };
    const document = this.#document(place);
    const answer = document.receive({ version, writer, counter, change: fromSections(change)! });
    if ('repeated' in answer) return undefined;
    if ('tooOld' in answer) return 'text_version_too_old';
    if ('rejected' in answer) return 'invalid_change';
    const event = { event: 'text_changed', room: 3, place, writer, counter };
    return { ...event, version: answer.accepted, change: toSections(answer.change) };
  }

  #commit(id: string, event: Record<string, unknown>): number {
    const commit = { seq: this.head + 1, at: Date.now(), id, event };
    this.#take(commit);
    this.log.push(commit);
    const life = this.crashes;
    const alive = (run: () => void) => () => void (life === this.crashes && run());
    setTimeout(alive(() => this.frames()), frames_every_ms);
    setTimeout(alive(() => this.sync(commit.seq)), disk_ms);
    return commit.seq;
  }

  // Folds one commit: its id, and the text it changes.
  #take({ id, seq, event }: Commit): void {
    this.#ids.set(id, seq);
    if (event.event !== 'text_changed') return;
    const change = fromSections(event.change)!;
    const edit = event as unknown as Omit<Edit, 'change'> & { place: Place };
    const document = this.#document(edit.place);
    document.apply({ ...edit, change }, change);
    const hash = document.hash();
    if (hash) event.hash = hash;
  }

  #document(place: Place): ServerDocument {
    const key = placeKey(place);
    const known = this.#documents.get(key);
    const document = known ?? new ServerDocument('', 0, 60);
    this.#documents.set(key, document);
    return document;
  }

  get head(): number {
    return this.log.length;
  }

  // --- what leaves -------------------------------------------------------------------------------

  #hold(seq: number, leave: () => void): void {
    this.#held.push({ seq, leave });
    this.#release();
  }

  #release(): void {
    const ready = this.#held.filter(({ seq }) => seq <= this.durable);
    this.#held = this.#held.filter(({ seq }) => seq > this.durable);
    for (const { leave } of ready) leave();
  }

  // The disk confirms what it has been given.
  sync(seq = this.head): void {
    this.durable = Math.max(this.durable, seq);
    this.#release();
  }

  // The frames of the last 20 ms.
  frames(): void {
    const after = this.#framed;
    if (after === this.head) return;
    this.#framed = this.head;
    for (const session of this.#sessions) {
      if (session.channels.has(roomChannel) && !this.oneIn(60)) this.#frame(session, after);
    }
  }

  #frame({ peer }: Session, after: number, from = after): void {
    const to = this.head;
    const commits = this.log
      .slice(from)
      .map(({ seq, at, event }) => ({ seq, at, events: [event] }));
    this.#hold(to, () => peer.say({ type: 'frame', channel: roomChannel, after, to, commits }));
  }

  #subscribe(session: Session, wishes: Wish[]): void {
    this.frames();
    for (const wish of wishes) {
      session.channels.add(wish.channel);
      if (wish.channel !== roomChannel) this.#quiet(session, wish);
      else if (wish.seq !== undefined && this.#rings(wish.seq)) {
        this.resumed += 1;
        const skipped = this.faults.resumeSkipsOne && wish.seq < this.head ? 1 : 0;
        this.#frame(session, wish.seq, wish.seq + skipped);
      } else {
        this.snapshots += 1;
        const snapshot = { type: 'snapshot', channel: roomChannel, history: 'h', seq: this.head };
        const state = this.state();
        this.#hold(this.head, () => session.peer.say({ ...snapshot, state }));
      }
    }
  }

  #rings = (seq: number) => seq >= this.head - ring_max && seq <= this.head;

  // Channels on which nothing ever happens here.
  #quiet({ peer }: Session, { channel, seq }: Wish): void {
    if (seq !== undefined) {
      return peer.say({ type: 'frame', channel, after: seq, to: seq, commits: [] });
    }
    const number = this.seats.indexOf(peer.seat) + 1;
    const state = channel === 'plenary' ? plenary : { seat: seat(peer.seat, number), notes: [] };
    peer.say({ type: 'snapshot', channel, history: 'h', seq: 0, state });
  }

  // SN2.
  state(): Record<string, unknown> {
    const notes = this.log.filter(({ event }) => event.event === 'note_written');
    const place = { task: 1, question: 1 };
    const texts = [...this.#documents].map(([key, document]) => ({
      place: key === '1.' ? { task: 1 } : place,
      version: document.version,
      text: document.text,
      writers: this.#writers(key),
      hash: '',
    }));
    return {
      room: { number: 3, roles: {}, hands: [] },
      seats: this.seats.map((id, i) => seat(id, i + 1)),
      questions: [],
      columns: [{ place, notes: notes.map(({ event }) => event.note) }],
      texts,
      sign_offs: [],
      messages: [],
    };
  }

  #writers(key: string): Record<string, number> {
    const edits = this.log.map(({ event }) => event).filter(({ place }) => place);
    const of = edits.filter(({ place }) => placeKey(place as Place) === key);
    return Object.fromEntries(of.map(({ writer, counter }) => [writer, counter]));
  }

  // --- ends --------------------------------------------------------------------------------------

  // What was not durable is lost; everything else is read again from the log.
  crash(): void {
    this.crashes += 1;
    this.log = this.log.slice(0, this.durable);
    this.#held = [];
    this.#documents.clear();
    this.#sessions.clear();
    this.#ids = new Map();
    for (const commit of this.log) this.#take(commit);
    if (this.faults.forgetsIdsAtRestart) this.#ids.clear();
    this.#framed = this.head;
  }

  // A restart that is announced: everybody gets a moment of their own to come back.
  shutDown(): void {
    this.sync();
    let place = 0;
    for (const { peer } of this.#sessions) peer.close(1012, `restart retry_ms=${place++ * 700}`);
    this.crash();
  }
}
