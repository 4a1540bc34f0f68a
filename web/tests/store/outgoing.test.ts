// Goal: what a person does is sent once or shown as not sent, through reloads and lost lines.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Outbox, type Entry } from '../../src/link/outbox.ts';
import type { Command } from '../../src/link/wire.ts';
import { Outgoing } from '../../src/store/outgoing.ts';
import type { Pending } from '../../src/store/overlay.ts';

let sent: Command[];
let shown: Pending[];
let late: Entry[];
let online: boolean;
let taken: number[];
let durable: boolean[];
// A workshop of its own for each test: what one still writes is no other's.
let workshop: string;
let tests = 0;

const host = {
  send: (command: Command) => (online && sent.push(command), online),
  changed: (pending: Pending[]) => (shown = pending),
  tooLate: (entry: Entry) => late.push(entry),
  adopted: (count: number) => taken.push(count),
  kept: (lasting: boolean) => durable.push(lasting),
};
const tab = (client = 'tab') => new Outgoing(workshop, client, host, new Outbox());
const write = (outgoing: Outgoing, text = 'hei', seat = 's') =>
  outgoing.do({ name: 'write_note', fields: { note: `note ${text}`, text }, seat });
const stored = async () =>
  (await new Outbox().all(workshop)).map((entry) => entry.command.fields.text);

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  // No other tab lives: neither locks nor heartbeats.
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('localStorage', { getItem: () => null });
  [sent, shown, late, online] = [[], [], [], true];
  [taken, durable] = [[], []];
  workshop = `w${tests++}`;
});

describe('a command', () => {
  it('is sent at once and kept until the server has answered', async () => {
    const outgoing = tab();
    const answer = write(outgoing);
    expect(sent).toHaveLength(1);
    await vi.waitFor(async () => expect(await stored()).toEqual(['hei']));
    outgoing.ok(sent[0].id, 7);
    expect(await answer).toEqual({ ok: true, seq: 7 });
    await vi.waitFor(async () => expect(await stored()).toEqual([]));
  });

  it('stays laid over the board until the room’s own frame has it', () => {
    const outgoing = tab();
    void write(outgoing);
    outgoing.ok(sent[0].id, 7);
    outgoing.seen(6);
    expect(shown).toHaveLength(1);
    outgoing.seen(7);
    expect(shown).toEqual([]);
  });

  it('CM3: goes again under the same id after a lost line, in order', () => {
    const outgoing = tab();
    online = false;
    void write(outgoing, 'one');
    void write(outgoing, 'two');
    expect([sent.length, outgoing.unsent]).toEqual([0, 2]);
    online = true;
    outgoing.resend();
    outgoing.resend();
    expect(sent.map((command) => command.fields.text)).toEqual(['one', 'two', 'one', 'two']);
    expect(new Set(sent.map((command) => command.id)).size).toBe(2);
  });

  it('meant for a moment is not done minutes later', () => {
    vi.useFakeTimers();
    const outgoing = tab();
    online = false;
    void outgoing.do({ name: 'end_turn', fields: {}, seat: 's' });
    void write(outgoing);
    vi.advanceTimersByTime(31_000);
    online = true;
    outgoing.resend();
    vi.useRealTimers();
    expect(sent.map((command) => command.name)).toEqual(['write_note']);
    expect(late.map((entry) => entry.command.name)).toEqual(['end_turn']);
  });

  it('refused as a text stays in sight, otherwise it is told and gone', async () => {
    const outgoing = tab();
    const note = write(outgoing, 'long');
    const turn = outgoing.do({ name: 'end_turn', fields: {}, seat: 's' });
    for (const { id } of sent) outgoing.rejected({ type: 'rejected', id, code: 'note_too_long' });
    expect([(await note).ok, (await turn).ok]).toEqual([false, false]);
    expect(shown.map(({ entry }) => entry.refused?.code)).toEqual(['note_too_long']);
    expect(outgoing.unsent).toBe(0);
    outgoing.resend();
    expect(sent).toHaveLength(2);
    outgoing.discard(shown[0].entry.id);
    expect(shown).toEqual([]);
  });

  it('CM8: is tried again when the server was busy', () => {
    vi.useFakeTimers();
    const outgoing = tab();
    void write(outgoing);
    outgoing.rejected({ type: 'rejected', id: sent[0].id, code: 'busy', facts: { retry_ms: 400 } });
    vi.advanceTimersByTime(399);
    expect(sent).toHaveLength(1);
    // Not all at the same moment: any time within as long again.
    vi.advanceTimersByTime(401);
    vi.useRealTimers();
    expect(sent).toHaveLength(2);
  });

  it('that changes a text is left to the text’s desk when the line is lost', () => {
    vi.useFakeTimers();
    const outgoing = tab();
    void outgoing.do({ name: 'edit_text', fields: {}, seat: 's' });
    vi.advanceTimersByTime(31_000);
    outgoing.resend();
    vi.useRealTimers();
    expect([sent.length, shown, late]).toEqual([1, [], []]);
  });

  it('waits for the next connection when the disk failed', () => {
    const outgoing = tab();
    void write(outgoing);
    outgoing.rejected({ type: 'rejected', id: sent[0].id, code: 'not_stored' });
    expect(outgoing.unsent).toBe(1);
  });
});

describe('what was left unsent', () => {
  async function leave(client: string, seat = 's') {
    online = false;
    void write(tab(client), `from ${client}`, seat);
    await vi.waitFor(async () => expect(await stored()).toContain(`from ${client}`));
    online = true;
  }

  it('by this tab’s earlier life is sent', async () => {
    await leave('tab');
    await tab().load(['s']);
    expect(sent.map((command) => command.fields.text)).toEqual(['from tab']);
  });

  it('by a dead tab is adopted, once', async () => {
    await leave('dead');
    await tab().load(['s']);
    expect([sent.length, taken]).toEqual([1, [1]]);
    await vi.waitFor(async () =>
      expect((await new Outbox().all(workshop))[0].client).toBe('tab'),
    );
  });

  it('is taken up once, however often it is looked for', async () => {
    await leave('dead');
    const outgoing = tab();
    await Promise.all([outgoing.load(['s']), outgoing.load(['s'])]);
    outgoing.ok(sent[0].id, 4);
    await outgoing.load(['s']);
    expect([sent.length, outgoing.unsent]).toEqual([1, 0]);
  });

  it('and was let go by its author does not come back while it is looked for', async () => {
    await leave('tab');
    const outgoing = tab();
    await outgoing.load(['s']);
    const looking = outgoing.load(['s']);
    outgoing.discard(shown[0].entry.id);
    await looking;
    expect([shown, sent.length]).toEqual([[], 1]);
  });

  it('by a living tab is left alone', async () => {
    await leave('other');
    vi.stubGlobal('localStorage', { getItem: () => String(Date.now()) });
    await tab().load(['s']);
    expect(sent).toEqual([]);
  });

  it('for a seat this session has not is kept, not sent', async () => {
    await leave('dead', 'somebody');
    await tab().load(['s']);
    expect(sent).toEqual([]);
    expect(await stored()).toEqual(['from dead']);
  });
});

it('lives in memory where storage is refused, and says so', async () => {
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new Error('refused');
    },
  });
  const outbox = new Outbox();
  const outgoing = new Outgoing(workshop, 'tab', host, outbox);
  void write(outgoing);
  await vi.waitFor(() => expect(outbox.durable).toBe(false));
  expect((await outbox.all(workshop)).map((entry) => entry.command.fields.text)).toEqual(['hei']);
  expect(durable.at(-1)).toBe(false);
});

it('is kept as soon as storage is there after all', async () => {
  const real = globalThis.indexedDB;
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new Error('not now');
    },
  });
  const outgoing = new Outgoing(workshop, 'tab', host, new Outbox());
  void write(outgoing);
  await vi.waitFor(() => expect(durable).toEqual([false]));
  vi.stubGlobal('indexedDB', real);
  await outgoing.load(['s']);
  expect([durable.at(-1), await stored()]).toEqual([true, ['hei']]);
});
