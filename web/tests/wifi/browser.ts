// One person's browser in virtual time: what it stores outlives its tabs, its tabs may crash, close
// and come back, and what is typed in them is remembered for the audit. The pages' own store, link
// and texts run in it; only storage and network are stand-ins. For tests only.
import { setMaxListeners } from 'node:events';
import { vi } from 'vitest';
import { ticketFor } from '../../src/link/http.ts';
import type { Entry, Outbox } from '../../src/link/outbox.ts';
import { Desk } from '../../src/store/desk.svelte.ts';
import { Doer } from '../../src/store/do.ts';
import { Session } from '../../src/store/session.svelte.ts';
import { TextDesk, type OpenText } from '../../src/store/text_desk.svelte.ts';
import { unsentTexts } from '../../src/store/unsent_texts.ts';
import { changeOf } from '../../src/text/changeSet.ts';
import type { Random } from '../text/randomText.ts';
import { Socket, type Network } from './network.ts';

const place = { task: 1, question: 1 };
// Characters left to private use; enough for the longest run.
const first_word = 0xe000;
let words_written = 0;
// A write takes the disk some time; a crash before that loses it.
const store_ms = 20;
const flush_ms = 300;

// What a browser keeps of what is unsent, as link/outbox.ts does.
class Store {
  durable = true;
  kept = new Map<string, Entry>();
  crashed = false;
  async put(entry: Entry): Promise<void> {
    await this.#written(() => this.kept.set(entry.id, entry));
  }
  async remove(id: string): Promise<void> {
    await this.#written(() => this.kept.delete(id));
  }
  async all(): Promise<Entry[]> {
    await this.#written(() => undefined);
    return [...this.kept.values()].sort((a, b) => a.made - b.made || a.order - b.order);
  }
  async #written(write: () => void): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, store_ms));
    if (!this.crashed) write();
  }
}

// Names of living tabs, as Web Locks know them.
export const held = new Set<string>();

class Tab {
  readonly session: Session;
  readonly desk: Desk;
  readonly store: Store;
  texts: TextDesk | undefined;
  text: OpenText | undefined;
  #looking: ReturnType<typeof setInterval>;

  constructor(
    readonly browser: Browser,
    readonly client: string,
    network: Network,
  ) {
    held.add(client);
    this.store = Object.assign(new Store(), { kept: browser.kept });
    const number = network.tabs.push({ attempts: [], notBefore: 0, tooEarly: 0 }) - 1;
    const ticket = (workshop: string) => {
      asking.number = number;
      return ticketFor(workshop, 'seats');
    };
    const tab = { client, close: () => held.delete(client) };
    const outbox = this.store as unknown as Outbox;
    this.session = new Session(browser.workshop, tab, 'seats', { ticket, outbox });
    this.desk = new Desk(this.session);
    this.session.refreshed.add(() => this.#follow());
    this.desk.follow();
    this.session.opened.add(() => this.#follow());
    this.session.start();
    this.#looking = setInterval(() => void this.texts?.resume(), 30_000);
  }

  // What the page's effects do.
  #follow(): void {
    if (this.store.crashed) return;
    this.desk.follow();
    if (this.texts || !this.desk.ready || this.desk.number === undefined) return;
    this.texts = new TextDesk(this.desk);
    void this.texts.resume();
    this.text = this.texts.open(place);
  }

  // It is gone from one moment to the next: nothing it was about to do is done.
  crash(): void {
    this.store.crashed = true;
    clearInterval(this.#looking);
    this.session.stop();
    this.texts?.close();
  }

  // Shown as not saved, and so fresh that the disk may not have them.
  justTyped(): string[] {
    const fresh = Date.now() - store_ms;
    const { pending } = this.session;
    const unsaved = pending.filter(({ entry, seq }) => seq === undefined && entry.made >= fresh);
    return unsaved.map(({ entry }) => String(entry.command.fields.text));
  }
}

// Whose ticket is being asked for: fetch is one for all.
export const asking = { number: 0 };

export class Browser {
  kept = new Map<string, Entry>();
  tabs: Tab[] = [];
  // Everything ever typed, and the notes that a crash took while they were shown as not saved and
  // the disk had not taken them.
  notes: string[] = [];
  words: string[] = [];
  lost = new Set<string>();
  #typed = 0;
  #opened = 0;
  #last = '';

  constructor(
    readonly workshop: string,
    readonly network: Network,
    readonly random: Random,
  ) {}

  open(): void {
    // A restored tab keeps its name, a new one gets another.
    const restored = this.#last && !held.has(this.#last) && this.random.chance(2);
    this.#last = restored ? this.#last : `${this.workshop}-${this.#opened++}`;
    this.tabs.push(new Tab(this, this.#last, this.network));
  }

  crash(): void {
    const [tab] = this.tabs.splice(this.random.below(this.tabs.length), 1);
    if (!tab) return;
    for (const text of tab.justTyped()) this.lost.add(text);
    tab.crash();
  }

  writeNote(): void {
    const tab = this.#pick();
    if (!tab?.desk.ready) return;
    const text = `note ${this.workshop}.${this.#typed++}`;
    this.notes.push(text);
    void new Doer(tab.desk).writeNote({ text, place });
  }

  // A word somewhere in the text: one character that nobody else writes, so that it is found
  // wherever it came to stand. (Two words typed at one place may come to stand in one another.)
  writeWord(): void {
    const tab = this.#pick();
    if (!tab?.text || !tab.texts) return;
    const { writer } = tab.text;
    const word = String.fromCharCode(first_word + words_written++);
    const splice = { at: this.random.below(writer.text.length + 1), cut: 0, text: word };
    this.words.push(word);
    writer.edit(changeOf(writer.text.length, [splice]));
    const { texts, text } = tab;
    setTimeout(() => tab.store.crashed || texts.flush(text), flush_ms);
  }

  #pick(): Tab | undefined {
    return this.tabs.length ? this.random.pick(this.tabs) : undefined;
  }

  // Nothing waits any more, and what is shown is what the tab says it is.
  get atRest(): boolean {
    const waits = this.kept.size + unsentTexts(this.workshop, 3).length;
    const live = this.tabs.every(({ session }) => session.link.is === 'live' && !session.unsent);
    return this.tabs.length > 0 && waits === 0 && live;
  }
}

// The globals that pages find in a browser.
export function furnish(network: Network): EventTarget {
  words_written = 0;
  const page = new EventTarget();
  setMaxListeners(100, page);
  Socket.network = network;
  const kept = new Map<string, string>();
  const storage = new Proxy(
    {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    },
    {
      ownKeys: () => [...kept.keys()],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    },
  );
  type Then = (lock: object | null) => unknown;
  const request = async (lock: string, _options: object, then: Then) => {
    const name = lock.replace('rundbord.tab.', '');
    if (held.has(name)) return then(null);
    held.add(name);
    await then({});
    held.delete(name);
  };
  vi.stubGlobal('WebSocket', Socket);
  vi.stubGlobal('location', { protocol: 'http:', host: 'h' });
  vi.stubGlobal('document', { hidden: false, addEventListener() {}, removeEventListener() {} });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('requestAnimationFrame', (run: (at: number) => void) =>
    setTimeout(() => run(Date.now()), 16),
  );
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal('navigator', { locks: { request } });
  vi.stubGlobal('fetch', (path: string) => network.ticket(path.split('/')[4]!, asking.number));
  return page;
}
