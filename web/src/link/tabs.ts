// Which tab a command came from. A tab that lives is known by a Web Lock it holds; on plain http,
// where locks do not exist, by a heartbeat in localStorage, taken back when the page goes. What a
// dead tab left unsent, a living tab adopts.
import { freshId } from './ids.ts';
import type { Id } from './wire.ts';

const beat_every_ms = 4_000;
// The timers of a hidden tab may run only once a minute.
export const dead_after_ms = 90_000;
const lockName = (client: Id) => `rundbord.tab.${client}`;

export type Tab = { client: Id; close(): void };

// A duplicated tab copies sessionStorage: the lock (or the beat) shows that the id is taken.
export async function openTab(): Promise<Tab> {
  const kept = readSession();
  const client = kept && !(await isAlive(kept)) ? kept : freshId();
  writeSession(client);
  return { client, close: keepAlive(client) };
}

export async function isAlive(client: Id): Promise<boolean> {
  if (!('locks' in navigator)) return beatOf(client) > Date.now() - dead_after_ms;
  return navigator.locks.request(lockName(client), { ifAvailable: true }, (lock) => lock === null);
}

// Takes a dead tab's name, so that no other tab, and no new life of that one, writes under it;
// nothing when it lives. The name is free again when the answer is called.
export async function takeName(client: Id): Promise<(() => void) | undefined> {
  if (!('locks' in navigator)) return (await isAlive(client)) ? undefined : keepAlive(client);
  return new Promise((taken) => {
    void navigator.locks.request(lockName(client), { ifAvailable: true }, (lock) => {
      if (!lock) return taken(undefined);
      return new Promise<void>((free) => taken(free));
    });
  });
}

function keepAlive(client: Id): () => void {
  if ('locks' in navigator) return holdLock(client);
  const beat = () => writeBeat(client);
  beat();
  const timer = setInterval(beat, beat_every_ms);
  const gone = () => forgetBeat(client);
  // A reload finds its own name free, and another tab what this one left.
  addEventListener('pagehide', gone);
  addEventListener('pageshow', beat);
  return () => {
    clearInterval(timer);
    removeEventListener('pagehide', gone);
    removeEventListener('pageshow', beat);
    gone();
  };
}

function holdLock(client: Id): () => void {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  void navigator.locks.request(lockName(client), () => held);
  return () => release();
}

// Storage may be refused; then every load is a tab of its own and nothing can be adopted.
const beatKey = (client: Id) => `rundbord.beat.${client}`;
const guarded = <T>(read: () => T, otherwise: T): T => {
  try {
    return read();
  } catch {
    return otherwise;
  }
};
const readSession = () => guarded(() => sessionStorage.getItem('rundbord.tab'), null);
const writeSession = (client: Id) =>
  guarded(() => sessionStorage.setItem('rundbord.tab', client), undefined);
const beatOf = (client: Id) => guarded(() => Number(localStorage.getItem(beatKey(client))), 0);
const writeBeat = (client: Id) =>
  guarded(() => localStorage.setItem(beatKey(client), String(Date.now())), undefined);
const forgetBeat = (client: Id) =>
  guarded(() => localStorage.removeItem(beatKey(client)), undefined);
