// The summaries a room writes together: one co-writer per text in sight, fed from the session and
// sending through it. What is typed and not yet on the server outlives a reload.
import { untrack } from 'svelte';
import { fromSections } from '../text/changeJson.ts';
import type { Change } from '../text/changeSet.ts';
import { CoWriter } from '../text/coWriter.ts';
import type { Id, WireEvent } from '../link/wire.ts';
import { takeName } from '../link/tabs.ts';
import type { Desk } from './desk.svelte.ts';
import { lateWordsOf, type LateWords } from './late_words.ts';
import { placeKey, placeOf, type Place } from './model.ts';
import { keepUnsent, readUnsent, unsentKey, unsentTexts, type UnsentText } from './unsent_texts.ts';

export type OpenText = {
  key: string;
  place: Place;
  writer: CoWriter;
  state: { unsaved: boolean; savedAt?: number; words: number; tooMany: number; refused?: string };
};

const countWords = (text: string) => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu)?.length ?? 0;

export class TextDesk {
  // Bumped whenever a writer has moved on, so that views read its state anew.
  #moved = $state.raw(0);
  #texts = new Map<string, OpenText>();
  // Texts of tabs that died, until their words are on the server.
  #left: (OpenText & { free(): void })[] = [];
  // A snapshot has been asked for and has not come yet.
  #asking = false;
  #closed = false;

  readonly desk: Desk;
  // A seat may be moved while words of this room are on their way.
  readonly room: number | undefined;

  constructor(desk: Desk) {
    this.desk = desk;
    this.room = desk.number;
    const { session } = desk;
    session.told.add(this.#told);
    session.refreshed.add(this.#refreshed);
    session.opened.add(this.#reconnected);
  }

  // The room is left: nothing more is heard or sent; what is unsent is kept in storage.
  close(): void {
    const { session } = this.desk;
    this.#closed = true;
    this.#letGo(() => true);
    session.unsavedTexts = 0;
    session.told.delete(this.#told);
    session.refreshed.delete(this.#refreshed);
    session.opened.delete(this.#reconnected);
  }

  open(place: Place): OpenText {
    const key = placeKey(place);
    const known = this.#texts.get(key);
    if (known) return known;
    const text = this.#openAs({ key, writer: this.#me });
    this.#texts.set(key, text);
    return text;
  }

  #openAs(unsent: UnsentText): OpenText {
    const { key, writer: name } = unsent;
    const writer = this.#restored(unsent) ?? new CoWriter(name, this.#start(key, name));
    const state = { unsaved: false, words: 0, tooMany: 0 };
    const text: OpenText = { key, place: placeOf(key), writer, state };
    writer.subscribe(() => this.#look(text));
    this.#look(text);
    if (writer.unsaved) this.flush(text);
    return text;
  }

  state(text: OpenText): OpenText['state'] {
    void this.#moved;
    return text.state;
  }

  get unsaved(): number {
    void this.#moved;
    return this.#all.filter((text) => text.state.unsaved).length;
  }

  // Should the text be closed: what only this device has.
  get late(): LateWords[] {
    void this.#moved;
    return this.#all
      .filter((text) => text.state.unsaved)
      .map(({ key, writer }) => lateWordsOf(key, writer))
      .filter(({ words }) => words.length > 0);
  }

  get #all(): OpenText[] {
    return [...this.#texts.values(), ...this.#left];
  }

  flush(text: OpenText): void {
    const edit = text.writer.take();
    if (!edit) return this.#askIfNeeded(text);
    // Before it goes: a tab that dies now must know in its next life that it has sent this.
    this.#keep(text);
    const { session, me } = this.desk;
    const fields = { room: this.room, place: text.place, writer: text.writer.writer, ...edit };
    void session.do('edit_text', fields, me).then((outcome) => {
      if (outcome.ok) return;
      text.writer.rejected(edit.counter, outcome.rejected.code);
      this.#askIfNeeded(text);
    });
  }

  get #channel(): string {
    return `room/${this.room}`;
  }

  get #me(): Id {
    return this.desk.session.tab.client;
  }

  #start(key: string, writer: Id) {
    const known = this.desk.room.texts.get(key);
    const counter = known?.writers[writer] ?? 0;
    return { version: known?.version ?? 0, text: known?.text ?? '', counter };
  }

  #told = (channel: string, event: WireEvent, at: number): void => {
    if (event.event !== 'text_changed' || channel !== this.#channel) return;
    const change = fromSections(event.change);
    const key = placeKey(event.place as Place);
    if (!change) return;
    const here = this.#all.filter((text) => text.key === key);
    for (const text of here) this.#hear(text, event, change, at);
  };

  #hear(text: OpenText, event: WireEvent, change: Change, at: number): void {
    const { version, writer, counter, hash } = event as unknown as {
      version: number;
      writer: Id;
      counter: number;
      hash?: string;
    };
    text.state = { ...text.state, savedAt: at };
    text.writer.receive({ version, writer, counter, change, hash });
    this.#askIfNeeded(text);
    // The one in flight has landed: what was typed meanwhile goes now.
    if (writer === text.writer.writer) this.flush(text);
    this.#letGo((one) => !one.writer.unsaved);
  }

  #refreshed = (channel: string): void => {
    this.#asking = false;
    if (channel !== this.#channel) return;
    for (const text of this.#all) {
      text.writer.snapshot(this.#start(text.key, text.writer.writer));
      this.flush(text);
    }
  };

  #reconnected = (): void => {
    this.#asking = false;
    for (const text of this.#all) {
      text.writer.disconnected();
      this.flush(text);
    }
  };

  #askIfNeeded(text: OpenText): void {
    if (!text.writer.needsSnapshot || this.#asking) return;
    this.#asking = true;
    this.desk.session.refetch(this.#channel);
  }

  #look(text: OpenText): void {
    const { writer } = text;
    text.state = {
      ...text.state,
      unsaved: writer.unsaved,
      words: countWords(writer.text),
      tooMany: writer.unitsTooMany,
      refused: writer.refused ?? undefined,
    };
    this.#keep(text);
    this.#moved++;
    this.desk.session.unsavedTexts = untrack(() => this.unsaved);
  }

  #keep(text: OpenText): void {
    const saved = text.writer.unsaved ? JSON.stringify(text.writer.save()) : '';
    keepUnsent(this.#keyOf({ key: text.key, writer: text.writer.writer }), saved);
  }

  #keyOf(unsent: UnsentText): string {
    return unsentKey(this.desk.session.workshop, this.room, unsent);
  }

  #restored(unsent: UnsentText): CoWriter | undefined {
    const saved = readUnsent(this.#keyOf(unsent));
    if (!saved) return undefined;
    try {
      const writer = CoWriter.restore(unsent.writer, JSON.parse(saved));
      writer.snapshot(this.#start(unsent.key, unsent.writer));
      return writer;
    } catch {
      // Kept by another version of this program: it cannot go on, and must not stop the page.
      keepUnsent(this.#keyOf(unsent), '');
      return undefined;
    }
  }

  // What this tab left before a reload, and what a tab that died has left, goes out by itself; a
  // writer keeps its name, so that what had arrived after all is not taken twice (TX4).
  async resume(): Promise<void> {
    for (const unsent of unsentTexts(this.desk.session.workshop, this.room)) {
      if (unsent.writer === this.#me) this.open(placeOf(unsent.key));
      else await this.#adopt(unsent);
    }
  }

  // One of a dead tab's texts at a time: its name is taken until its words are on the server.
  async #adopt(unsent: UnsentText): Promise<void> {
    const free = await takeName(unsent.writer);
    if (!free) return;
    if (this.#closed || !readUnsent(this.#keyOf(unsent))) return free();
    this.#left.push(Object.assign(this.#openAs(unsent), { free }));
    this.desk.session.adopted.forEach((tell) => tell(1));
  }

  #letGo(done: (text: OpenText) => boolean): void {
    this.#left.filter(done).forEach((text) => text.free());
    this.#left = this.#left.filter((text) => !done(text));
  }
}
