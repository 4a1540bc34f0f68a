// People writing on bad Wi-Fi, from one seed, in virtual time: an hour of cuts takes seconds. Ends
// with an audit of every word. For tests only.
import { createHash } from 'node:crypto';
import { vi } from 'vitest';
import { attempts_per_minute_max } from '../../src/link/backoff.ts';
import type { Room } from '../../src/store/model.ts';
import { readRoom } from '../../src/store/room.ts';
import { Random } from '../text/randomText.ts';
import { Browser, furnish, held } from './browser.ts';
import { ModelServer, type Faults } from './model_server.ts';
import { Network, type Line } from './network.ts';

export type Chaos = { seed: number; people?: number; cuts: number; faults?: Faults };
export type Audit = {
  faults: string[];
  cuts: number;
  crashes: number;
  restarts: number;
  notes: number;
  words: number;
  lostUnsaved: number;
  minutes: number;
  server: ModelServer;
};

// 1 s to 10 min, as many short ones as long ones.
const cutLength = (random: Random) => 1_000 * 600 ** (random.below(1_000) / 1_000);

class Run {
  readonly random: Random;
  readonly server: ModelServer;
  readonly network: Network;
  readonly browsers: Browser[];
  readonly page: EventTarget;
  readonly began = Date.now();
  cuts = 0;
  crashes = 0;
  calm = false;

  constructor(readonly chaos: Chaos) {
    this.random = new Random(chaos.seed);
    held.clear();
    const names = Array.from({ length: chaos.people ?? 10 }, (_, i) => `w${i}`);
    const seats = names.map((name) => `seat-${name}`);
    const oneIn = (many: number) => !this.calm && this.random.chance(many);
    this.server = new ModelServer(seats, chaos.faults, oneIn);
    this.network = new Network(this.server, this.random);
    this.page = furnish(this.network);
    this.browsers = names.map((name) => new Browser(name, this.network, this.random));
  }

  async play(): Promise<Audit> {
    for (const browser of this.browsers) browser.open();
    await vi.advanceTimersByTimeAsync(5_000);
    while (this.cuts < this.chaos.cuts) {
      this.#happen(this.random.pick(this.browsers));
      await vi.advanceTimersByTimeAsync(this.random.below(1_200));
    }
    const rested = await this.#comeToRest();
    // A frame that went missing shows in the next one: everybody hears a last note.
    this.calm = true;
    this.browsers[0]!.writeNote();
    return this.#audit((await this.#comeToRest()) && rested);
  }

  #happen(browser: Browser): void {
    const chance = this.random.below(100);
    if (chance < 10) browser.writeNote();
    else if (chance < 20) browser.writeWord();
    else if (chance < 88) this.#turn(this.network.line(browser.workshop));
    else if (chance < 91) this.#crashTab(browser);
    else if (chance < 93 && browser.tabs.length < 3) browser.open();
    else if (chance < 94) this.#restart();
    else if (chance < 97) this.page.dispatchEvent(new Event('online'));
  }

  // The weather of one line, and its end.
  #turn(line: Line): void {
    if (line.weather !== 'fine') return;
    this.cuts += 1;
    line.turn(this.random.pick(['cut', 'cut', 'silent', 'slow']));
    setTimeout(() => line.turn('fine'), cutLength(this.random));
  }

  #crashTab(browser: Browser): void {
    this.crashes += 1;
    browser.crash();
    if (!browser.tabs.length) setTimeout(() => browser.open(), 1_000 + this.random.below(60_000));
  }

  #restart(): void {
    if (!this.network.serverUp) return;
    if (this.random.chance(2)) this.server.crash();
    else this.server.shutDown();
    this.network.serverUp = false;
    for (const line of this.network.lines.values()) {
      for (const socket of [...line.sockets]) socket.cut();
    }
    setTimeout(() => (this.network.serverUp = true), 200 + this.random.below(5_000));
  }

  // The weather clears; how long until everybody is back and nothing waits.
  async #comeToRest(): Promise<boolean> {
    for (const line of this.network.lines.values()) line.turn('fine');
    for (let i = 0; i < 60; i++) {
      await vi.advanceTimersByTimeAsync(10_000);
      for (const line of this.network.lines.values()) line.turn('fine');
      if (this.browsers.every((browser) => browser.atRest)) return true;
    }
    return false;
  }

  #audit(rested: boolean): Audit {
    const faults = rested ? [] : ['somebody’s words still wait after ten minutes of fine weather'];
    const stored = this.server.log.map(({ event }) => event);
    const notes = stored.flatMap(({ note }) => (note ? [(note as { text: string }).text] : []));
    const room = readRoom(3, this.server.state());
    const text = room.texts.get('1.1')?.text ?? '';
    let lost = 0;
    for (const browser of this.browsers) {
      for (const note of browser.notes) {
        const times = notes.filter((one) => one === note).length;
        if (times === 0 && browser.lost.has(note)) lost += 1;
        else if (times !== 1) faults.push(`${note} is stored ${times} times`);
      }
      for (const word of browser.words) {
        const times = text.split(word).length - 1;
        if (times !== 1) faults.push(`word ${word.charCodeAt(0)} is in the text ${times} times`);
      }
      faults.push(...this.#different(browser, stateHash(room), text));
    }
    faults.push(...this.#impatient());
    return {
      faults,
      cuts: this.cuts,
      crashes: this.crashes,
      restarts: this.server.crashes,
      notes: notes.length,
      words: this.browsers.reduce((sum, { words }) => sum + words.length, 0),
      lostUnsaved: lost,
      minutes: Math.round((Date.now() - this.began) / 60_000),
      server: this.server,
    };
  }

  // R8: every tab has the server's state.
  #different(browser: Browser, hash: string, text: string): string[] {
    return browser.tabs.flatMap((tab) => {
      const shown = tab.session.view<Room>('room/3');
      const same = shown && stateHash(shown) === hash && (tab.text?.writer.text ?? text) === text;
      return same ? [] : [`${tab.client} does not show what the server has`];
    });
  }

  // The reconnect budget, and the server's wishes.
  #impatient(): string[] {
    return this.network.tabs.flatMap(({ attempts, tooEarly }, tab) => {
      const wild = attempts.some(
        (at, i) => (attempts[i + attempts_per_minute_max] ?? Infinity) - at < 60_000,
      );
      const early = tooEarly ? [`tab ${tab} came back ${tooEarly} times too early`] : [];
      return wild ? [...early, `tab ${tab} broke its reconnect budget`] : early;
    });
  }
}

export function stateHash(room: Room): string {
  const columns = [...room.notes.columns].map(([key, ids]) => [
    key,
    ids.map((id) => [id, room.notes.byId.get(id)!.text, room.notes.byId.get(id)!.author]),
  ]);
  const texts = [...room.texts].map(([key, { version, text, writers }]) => [
    key,
    version,
    text,
    Object.entries(writers).sort(),
  ]);
  return createHash('sha256').update(JSON.stringify([columns, texts])).digest('hex');
}

export async function play(chaos: Chaos): Promise<Audit> {
  vi.useFakeTimers({
    now: 1_700_000_000_000,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  const random = new Random(chaos.seed + 1);
  vi.spyOn(Math, 'random').mockImplementation(() => random.below(1_000_000) / 1_000_000);
  try {
    return await new Run(chaos).play();
  } finally {
    vi.clearAllTimers();
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  }
}
