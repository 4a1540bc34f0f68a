// Goal: one store turns what the server says into what a participant sees, and what a participant
// does into commands; through gaps, lost lines and others writing in the same text.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Desk } from '../../src/store/desk.svelte.ts';
import { Doer } from '../../src/store/do.ts';
import { Session } from '../../src/store/session.svelte.ts';
import { TextDesk } from '../../src/store/text_desk.svelte.ts';
import { diff } from '../../src/text/changeSet.ts';
import { column, note, seat } from './helpers.ts';

class FakeSocket {
  static OPEN = 1;
  static newest: FakeSocket;
  readyState = 1;
  sent: Record<string, never>[] = [];
  onmessage?: (event: { data: string }) => void;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor() {
    FakeSocket.newest = this;
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
  }
  say(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const socket = () => FakeSocket.newest;
const sent = (type: string) => socket().sent.filter((message) => message.type === type);
const commands = (name: string) =>
  sent('command').filter((command) => command.name === name) as unknown as {
    id: string;
    seat: string;
    fields: Record<string, unknown>;
  }[];
const subscribed = () =>
  sent('subscribe').flatMap(
    (message) => message.channels as unknown as { channel: string; seq?: number }[],
  );

const question = { number: 1, form: 'open', text: { nb: 'Hva?' }, earlier: [] };
const task = {
  number: 1,
  sitting: 1,
  title: { nb: 'Oppgave' },
  instructions: [],
  questions: [question],
  cycles: [{ questions: [1], steps: [{ step: 'lap', minutes: 9 }, { step: 'summary' }] }],
};
const role = { key: 'note_taker', name: { nb: 'Noterer' }, help: {}, rights: ['edit_any_note'] };
const plenary = {
  workshop: {
    id: 'w',
    settings: { title: { nb: 'Møte' }, language: 'nb', label: 'group' },
    programme: { sittings: [{ number: 1, title: {} }], tasks: [task], material: [] },
    roles: [role],
  },
  rooms: [{ number: 3, label: '', closed: false }],
  sittings: [{ sitting: 1, state: 'open', revision: 0, checksum: '' }],
  messages: [],
};
const place = { task: 1, question: 1 };
const room = {
  room: { number: 3, roles: {}, hands: [] },
  seats: [seat('a', 1), seat('b', 2)],
  questions: [],
  columns: [{ place, notes: [note('n1', { author: 'b' })] }],
  texts: [{ place, version: 2, text: 'Hei', writers: {}, hash: '' }],
  sign_offs: [],
  messages: [],
};

let session: Session;
let desk: Desk;
const snapshot = (channel: string, state: object, seq = 10) =>
  socket().say({ type: 'snapshot', channel, history: 'h', seq, state });
const frame = (channel: string, after: number, to: number, ...events: object[]) =>
  socket().say({ type: 'frame', channel, after, to, commits: [{ seq: to, at: 1_000, events }] });
// What came is folded with the next frame of the screen.
const drawn = () => new Promise((resolve) => setTimeout(resolve, 5));

async function greeted() {
  await vi.waitFor(() => expect(socket()?.readyState).toBe(1));
  socket().say({ type: 'welcome', history: 'h', now: Date.now(), seats: ['a'] });
}
async function inRoom() {
  await greeted();
  desk.follow();
  snapshot('plenary', plenary);
  snapshot('seat/a', { seat: seat('a', 1), notes: [] });
  await drawn();
  desk.follow();
  snapshot('room/3', room);
  await drawn();
}

// Enough of a Storage: its keys are its own, its methods are not.
function keptThings(): Storage {
  const methods = {
    getItem(this: Record<string, string>, key: string) {
      return Object.hasOwn(this, key) ? this[key] : null;
    },
    setItem(this: Record<string, string>, key: string, value: string) {
      this[key] = value;
    },
    removeItem(this: Record<string, string>, key: string) {
      delete this[key];
    },
  };
  return Object.create(methods) as Storage;
}

beforeEach(async () => {
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('location', { protocol: 'http:', host: 'h' });
  vi.stubGlobal('document', {
    hidden: false,
    visibilityState: 'visible',
    addEventListener() {},
    documentElement: {},
  });
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('requestAnimationFrame', (run: (at: number) => void) =>
    setTimeout(() => run(0), 0),
  );
  vi.stubGlobal('localStorage', keptThings());
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ ticket: 't' })));
  FakeSocket.newest = undefined as never;
  session = new Session('w', { client: 'tab', close() {} });
  desk = new Desk(session);
  session.start();
});

describe('a participant', () => {
  it('hears the plenary, their seat, and the room they are in', async () => {
    await inRoom();
    expect(subscribed().map(({ channel }) => channel)).toEqual(['plenary', 'seat/a', 'room/3']);
    expect([desk.ready, desk.number, desk.me, desk.people.length]).toEqual([true, 3, 'a', 2]);
    expect(desk.questions.map((one) => desk.say(one.text))).toEqual(['Hva?']);
  });

  it('sees the own note at once, marked until it is saved, and then once', async () => {
    await inRoom();
    void new Doer(desk).writeNote({ text: 'Mitt', place });
    const [{ id, fields, seat: by }] = commands('write_note');
    expect(by).toBe('a');
    const ghost = fields.note as string;
    expect(desk.board.unsaved.get(ghost)?.state).toBe('waiting');
    socket().say({ type: 'ok', id, seq: 11 });
    expect([column(desk.board.notes), desk.board.unsaved.size]).toEqual([['n1', ghost], 0]);
    frame('room/3', 10, 11, { event: 'note_written', note: note(ghost, { text: 'Mitt' }) });
    await drawn();
    expect([column(desk.board.notes), session.pending]).toEqual([['n1', ghost], []]);
  });

  it('FR1: asks anew over a gap, and shows what the snapshot says', async () => {
    await inRoom();
    frame('room/3', 12, 13, { event: 'note_deleted', note: 'n1' });
    await drawn();
    expect(column(desk.board.notes)).toEqual(['n1']);
    expect(subscribed().at(-1)).toEqual({ channel: 'room/3' });
    snapshot('room/3', { ...room, columns: [] }, 13);
    await drawn();
    expect(column(desk.board.notes)).toEqual([]);
  });

  it('SB2: comes back to where they were', async () => {
    await inRoom();
    frame('room/3', 10, 12, { event: 'help_asked' });
    await drawn();
    const old = socket();
    old.onclose?.({ code: 1006 });
    session.tryNow();
    await vi.waitFor(() => expect(socket()).not.toBe(old));
    socket().say({ type: 'welcome', history: 'h', now: Date.now(), seats: ['a'] });
    const wish = Object.fromEntries(subscribed().map(({ channel, seq }) => [channel, seq]));
    expect(wish).toEqual({ plenary: 10, 'seat/a': undefined, 'room/3': 12 });
  });

  it('follows when they are moved, and leaves the old room', async () => {
    await inRoom();
    frame('seat/a', 10, 11, { event: 'seat_moved', seat: 'a', from: 3, to: 4 });
    await drawn();
    desk.follow();
    expect(desk.number).toBe(4);
    expect(subscribed().at(-1)?.channel).toBe('room/4');
    expect(session.channels.names()).toEqual(['plenary', 'seat/a', 'room/4']);
  });

  it('keeps own private notes beside the room’s, until they are revealed', async () => {
    await inRoom();
    const mine = note('p', { private: true, written: 5 });
    frame('seat/a', 10, 11, { event: 'note_written', note: mine });
    await drawn();
    expect(column(desk.board.notes)).toEqual(['n1', 'p']);
    frame(
      'room/3',
      10,
      12,
      { event: 'notes_revealed', notes: [{ ...mine, private: false }] },
      { event: 'note_deleted', note: 'p' },
    );
    await drawn();
    expect(column(desk.board.notes)).toEqual(['n1']);
  });

  it('may change own notes, others’ only as note-taker', async () => {
    await inRoom();
    const others = desk.board.notes.byId.get('n1')!;
    expect([desk.mayEdit(others), desk.mayEdit(note('x'))]).toEqual([false, true]);
    frame('room/3', 10, 11, { event: 'role_assigned', role: 'note_taker', seat: 'a' });
    await drawn();
    expect(desk.mayEdit(others)).toBe(true);
  });
});

describe('a text written together', () => {
  it('goes out change by change, and takes in what others write', async () => {
    await inRoom();
    const texts = new TextDesk(desk);
    const open = texts.open(place);
    expect(open.writer.text).toBe('Hei');
    open.writer.edit(diff('Hei', 'Hei!'));
    expect(texts.unsaved).toBe(1);
    texts.flush(open);
    const [{ fields }] = commands('edit_text');
    expect(fields).toMatchObject({ room: 3, place, version: 2, counter: 1, writer: 'tab' });
    frame(
      'room/3',
      10,
      12,
      {
        event: 'text_changed',
        room: 3,
        place,
        version: 3,
        writer: 'other',
        counter: 1,
        change: [[0, 'Å, '], 3],
      },
      {
        event: 'text_changed',
        room: 3,
        place,
        version: 4,
        writer: 'tab',
        counter: 1,
        change: [6, [0, '!']],
      },
    );
    await drawn();
    expect([open.writer.text, texts.unsaved]).toEqual(['Å, Hei!', 0]);
    expect(texts.state(open).savedAt).toBe(1_000);
    expect(desk.room.texts.get('1.1')?.text).toBe('Å, Hei!');
  });

  it('sends again what a lost line swallowed, under its old counter', async () => {
    await inRoom();
    const texts = new TextDesk(desk);
    const open = texts.open(place);
    open.writer.edit(diff('Hei', 'Hei du'));
    texts.flush(open);
    const old = socket();
    old.onclose?.({ code: 1006 });
    session.tryNow();
    await vi.waitFor(() => expect(socket()).not.toBe(old));
    socket().say({ type: 'welcome', history: 'h', now: Date.now(), seats: ['a'] });
    await vi.waitFor(() => expect(commands('edit_text').length).toBeGreaterThan(0));
    expect(commands('edit_text').every(({ fields }) => fields.counter === 1)).toBe(true);
  });

  it('outlives a reload with words that were not sent', async () => {
    await inRoom();
    const before = new TextDesk(desk);
    before.open(place).writer.edit(diff('Hei', 'Hei alle'));
    before.close();
    const after = new TextDesk(desk);
    await after.resume();
    expect(after.unsaved).toBe(1);
    expect(after.open(place).writer.text).toBe('Hei alle');
  });

  it('TX4: what was sent and not heard of is not sent as new after a reload', async () => {
    await inRoom();
    const before = new TextDesk(desk);
    const open = before.open(place);
    open.writer.edit(diff('Hei', 'Hei alle'));
    before.flush(open);
    before.close();
    // The server has it, as the next life's snapshot says: nothing is left to send.
    const text = { place, version: 3, text: 'Hei alle', writers: { tab: 1 }, hash: '' };
    snapshot('room/3', { ...room, texts: [text] }, 12);
    await drawn();
    const after = new TextDesk(desk);
    await after.resume();
    expect([after.open(place).writer.text, after.unsaved]).toEqual(['Hei alle', 0]);
    expect(commands('edit_text')).toHaveLength(1);
  });

  it('TX4: what a dead tab left unsent goes out under its own name', async () => {
    await inRoom();
    const { tab } = session;
    const fresh = { task: 1 };
    Object.assign(session, { tab: { ...tab, client: 'dead' } });
    const before = new TextDesk(desk);
    before.open(fresh).writer.edit(diff('', 'Etterlatt'));
    before.close();
    Object.assign(session, { tab });
    await new TextDesk(desk).resume();
    expect(commands('edit_text')[0].fields).toMatchObject({
      place: fresh,
      writer: 'dead',
      version: 0,
    });
  });
});
