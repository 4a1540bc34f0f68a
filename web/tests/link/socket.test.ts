// Goal: the link comes back by itself whatever happens to it, never in a storm, and stays away when
// it is told to.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  Attempts,
  attempts_per_minute_max,
  backoff_max_ms,
  retry_after_max_ms,
  settled_after_ms,
  waitBefore,
} from '../../src/link/backoff.ts';
import { Link, type LinkState } from '../../src/link/socket.ts';
import type { FromServer } from '../../src/link/wire.ts';

class FakeSocket {
  static OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 1;
  sent: string[] = [];
  onmessage?: (event: { data: string }) => void;
  onclose: ((event: { code: number; reason?: string }) => void) | null = null;
  constructor(
    readonly url: string,
    readonly protocol: string,
  ) {
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.readyState = 3;
  }
  say(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const welcome = { type: 'welcome', history: 'h', now: 1, seats: [] };
const newest = () => FakeSocket.all.at(-1)!;
let states: LinkState[];
let messages: FromServer[];
let answer: unknown;

function start(): Link {
  const listener = {
    onState: (state: LinkState) => void states.push(state),
    onMessage: (message: FromServer) => void messages.push(message),
  };
  const link = new Link('w', 'seats', listener, () => Promise.resolve(answer as never));
  link.start();
  return link;
}
const settle = () => vi.advanceTimersByTimeAsync(0);
const now = () => states.at(-1)!;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('location', { protocol: 'https:', host: 'h' });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  FakeSocket.all = [];
  states = [];
  messages = [];
  answer = { ok: true, body: { ticket: 'T' } };
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function live(): Promise<Link> {
  const link = start();
  await settle();
  newest().say(welcome);
  return link;
}

describe('the link', () => {
  it('CN1: opens with a ticket and the subprotocol, and is live when greeted', async () => {
    await live();
    expect([newest().url, newest().protocol]).toEqual(['wss://h/ws/w?ticket=T', 'rundbord.v1']);
    expect(now()).toEqual({ is: 'live' });
    expect(messages).toEqual([welcome]);
  });

  it('CN4: pings every 20 s', async () => {
    await live();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(newest().sent).toEqual(['{"type":"ping"}']);
  });

  it('gives an attempt 8 s', async () => {
    start();
    await settle();
    await vi.advanceTimersByTimeAsync(7_999);
    expect(now().is).toBe('opening');
    await vi.advanceTimersByTimeAsync(1);
    expect(now().is).toBe('waiting');
  });

  it('comes back after it was cut, with a new ticket each time', async () => {
    await live();
    newest().onclose?.({ code: 1006 });
    expect(now()).toMatchObject({ is: 'waiting', attempt: 1 });
    await vi.advanceTimersByTimeAsync(500);
    expect(FakeSocket.all).toHaveLength(2);
    newest().say(welcome);
    expect(now()).toEqual({ is: 'live' });
  });

  it('gives a line 8 s to answer, and knows a dead one by its silence', async () => {
    const link = await live();
    link.send({ type: 'ping' });
    await vi.advanceTimersByTimeAsync(7_999);
    expect(now()).toEqual({ is: 'live' });
    await vi.advanceTimersByTimeAsync(1);
    expect(now().is).toBe('waiting');
  });

  it('keeps a line that answers, whatever it says', async () => {
    const link = await live();
    for (let i = 0; i < 20; i++) {
      link.send({ type: 'ping' });
      await vi.advanceTimersByTimeAsync(7_000);
      newest().say({ type: 'pong', now: i });
    }
    expect(now()).toEqual({ is: 'live' });
    expect(FakeSocket.all).toHaveLength(1);
  });

  it('expects no answer to what is never answered', async () => {
    const link = await live();
    link.send({ type: 'unsubscribe', channels: ['room/1'] });
    link.send({ type: 'writing', seat: 's', room: 1, place: null });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(now()).toEqual({ is: 'live' });
  });

  it('gives a line in doubt less time', async () => {
    const link = await live();
    link.send({ type: 'ping' });
    link.doubt();
    await vi.advanceTimersByTimeAsync(2_500);
    expect(now().is).toBe('waiting');
  });

  it.each([
    [4501, 'protocol'],
    [4502, 'forbidden'],
    [4503, 'closed'],
    [4504, 'version'],
  ])('CN6: stays away after %i', async (code, why) => {
    await live();
    newest().onclose?.({ code });
    expect(now()).toEqual({ is: 'ended', why });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it('ends when the ticket is refused for good', async () => {
    answer = { ok: false, problem: { status: 403, code: 'forbidden', detail: '' } };
    start();
    await settle();
    expect(now()).toEqual({ is: 'ended', why: 'forbidden' });
  });

  it('waits at least as long as the server asks', async () => {
    answer = { ok: false, problem: { status: 503, code: 'busy', detail: '', retryMs: 7_000 } };
    start();
    await settle();
    expect(now()).toMatchObject({ is: 'waiting', until: Date.now() + 7_250 });
  });

  it('CN6: waits as long as the reason of the close asks, also when woken', async () => {
    const link = await live();
    newest().onclose?.({ code: 1012, reason: 'restart retry_ms=4000' });
    expect(now()).toMatchObject({ is: 'waiting', until: Date.now() + 4_250 });
    link.wake();
    await vi.advanceTimersByTimeAsync(3_999);
    expect(FakeSocket.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it.each([401, 403, 404])('is not sent away by a sign-in page that answers %i', async (status) => {
    answer = { ok: false, problem: { status, code: 'unknown', detail: '' } };
    start();
    await settle();
    expect(now().is).toBe('waiting');
  });

  it('slows down when each connection is lost right after it was won', async () => {
    await live();
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      await vi.advanceTimersByTimeAsync(settled_after_ms - 1);
      newest().onclose?.({ code: 1006 });
      const state = now() as LinkState & { is: 'waiting' };
      waits.push(state.until - Date.now());
      await vi.advanceTimersByTimeAsync(state.until - Date.now());
      newest().say(welcome);
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000]);
    await vi.advanceTimersByTimeAsync(settled_after_ms);
    newest().onclose?.({ code: 1006 });
    expect(now()).toMatchObject({ until: Date.now() + 250 });
  });

  it('makes no more attempts in a minute than its budget, whatever wakes it', async () => {
    const link = await live();
    for (let i = 0; i < 599; i++) {
      if (newest().readyState === 1) newest().onclose?.({ code: 1006 });
      link.wake();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(FakeSocket.all.length).toBe(attempts_per_minute_max);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.all.length).toBeGreaterThan(attempts_per_minute_max);
  });

  it('tries at once when woken while it waits', async () => {
    const link = await live();
    newest().onclose?.({ code: 1012 });
    link.wake();
    await settle();
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('hears nothing more from a socket it has given up', async () => {
    await live();
    const old = newest();
    old.onclose?.({ code: 1006 });
    await vi.advanceTimersByTimeAsync(500);
    old.say({ type: 'pong', now: 5 });
    expect(messages).toEqual([welcome]);
  });

  it('sends only while it is live', async () => {
    const link = start();
    expect(link.send({ type: 'ping' })).toBe(false);
    await settle();
    expect(link.send({ type: 'ping' })).toBe(false);
    newest().say(welcome);
    expect(link.send({ type: 'ping' })).toBe(true);
    link.stop();
    expect(link.send({ type: 'ping' })).toBe(false);
  });
});

describe('waiting', () => {
  it('is any time up to a doubling ceiling of 30 s', () => {
    expect([0, 1, 2, 20].map((attempt) => waitBefore(attempt, 1))).toEqual([
      500,
      1_000,
      2_000,
      backoff_max_ms,
    ]);
    expect(waitBefore(5, 0)).toBe(0);
  });
  it('spreads those who were all told the same time', () => {
    expect(new Attempts().failed(0, 0, 0, 5_000)).toBe(5_000);
    expect(new Attempts().failed(0, 0, 1, 5_000)).toBe(5_500);
  });
  it('believes no wish beyond its limit', () => {
    expect(new Attempts().failed(0, 0, 0, 86_400_000)).toBe(retry_after_max_ms);
  });
});
