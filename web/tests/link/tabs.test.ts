// Goal: on plain http, where tabs hold no locks, a living tab is never taken for dead, a tab that
// went is known to be gone at once, and one that crashed after a while.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dead_after_ms, isAlive, openTab } from '../../src/link/tabs.ts';

let page: EventTarget;
const storage = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
};

beforeEach(() => {
  vi.useFakeTimers();
  page = new EventTarget();
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('localStorage', storage());
  vi.stubGlobal('sessionStorage', storage());
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a tab without locks', () => {
  it('lives, also when its hidden timers run only once a minute', async () => {
    const { client } = await openTab();
    vi.advanceTimersByTime(4_000);
    vi.setSystemTime(Date.now() + 61_000);
    expect(await isAlive(client)).toBe(true);
  });

  it('keeps its name over a reload', async () => {
    const { client } = await openTab();
    page.dispatchEvent(new Event('pagehide'));
    expect((await openTab()).client).toBe(client);
  });

  it('gives its copy another name', async () => {
    const { client } = await openTab();
    expect((await openTab()).client).not.toBe(client);
  });

  it('is gone at once when it was closed, and lives again when it is shown again', async () => {
    const { client } = await openTab();
    page.dispatchEvent(new Event('pagehide'));
    expect(await isAlive(client)).toBe(false);
    page.dispatchEvent(new Event('pageshow'));
    expect(await isAlive(client)).toBe(true);
  });

  it('is given up some time after it crashed', async () => {
    const { client } = await openTab();
    vi.clearAllTimers();
    vi.setSystemTime(Date.now() + dead_after_ms - 1);
    expect(await isAlive(client)).toBe(true);
    vi.setSystemTime(Date.now() + 1);
    expect(await isAlive(client)).toBe(false);
  });
});
