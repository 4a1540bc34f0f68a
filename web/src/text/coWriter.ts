// One text as this tab writes it together with others: what the server has, one edit on its way,
// and what is not sent yet. A machine without DOM, clock and socket, owned by the page's store: the
// link feeds `receive`, `acknowledged`, `rejected`, `snapshot` and `disconnected`, and sends what
// `take` gives; the textarea binding feeds `edit`, `undo`, `redo`, `hold` and `release`.
//
//   shown text = what the server has + edit in flight + pending edit
//
// Others' changes come one by one and are mapped over both own edits; only own unsent edits are
// ever composed. Nothing of one's own is dropped: a refused edit waits and goes with the next one.
import { fromSections, toSections, type Section } from './changeJson.ts';
import {
  applyChange, changesNothing, compose, diff, invert, mapChange, sameChange, type Change,
} from './changeSet.ts';
import { textHash } from './textHash.ts';
import { placesPerEditMax, summaryUnitsMax } from './textRules.ts';
import { UndoHistory } from './undoHistory.ts';

/** Changes kept back during a composition or while a snapshot is on its way. */
export const heldMax = 2_000;

/** A change as the server broadcasts it, one's own included. */
export interface ServerChange {
  version: number; // after it
  writer: string;
  counter: number;
  change: Change;
  hash?: string; // of the text after it, every 64 versions
}

/** The text as a whole, with the counter of the last edit the server took from this writer. */
export interface Snapshot {
  version: number;
  text: string;
  counter: number;
}

export interface OutgoingEdit {
  version: number;
  counter: number;
  change: Section[];
}

/** What survives a reload of the tab. */
export interface SavedWriter extends Snapshot {
  inFlight: { counter: number; change: Section[]; guessed: boolean } | null;
  pending: Section[] | null;
}

interface InFlight {
  counter: number;
  change: Change; // mapped over what has come in since
  sent: boolean; // on this connection
  accepted: boolean; // the server has it; it stays here until its broadcast comes in its turn
  // Mapped over a snapshot, so all at once; the server mapped it over the single changes, perhaps
  // to other places. Then its broadcast says where it stands.
  guessed: boolean;
}

/** Called after every step with what others, undo or redo changed in the shown text, as one. */
export type Listener = (shown: Change | null) => void;

export class CoWriter {
  readonly writer: string;
  #confirmed: string;
  #version: number;
  #counter: number;
  #inFlight: InFlight | null = null;
  #pending: Change | null = null;
  #text: string;
  #history = new UndoHistory();
  #holding = false;
  #held: ServerChange[] = [];
  #heldSnapshot: Snapshot | null = null;
  #needsSnapshot = false;
  #refused: string | null = null;
  #invalidCounter = 0; // the edit that was refused as invalid once and is tried again
  #copy: string | null = null;
  #shown: Change | null = null; // not told yet
  #listeners = new Set<Listener>();

  constructor(writer: string, start: Snapshot) {
    this.writer = writer;
    this.#confirmed = this.#text = start.text;
    this.#version = start.version;
    this.#counter = start.counter;
  }

  static restore(writer: string, saved: SavedWriter): CoWriter {
    const result = new CoWriter(writer, saved);
    const own = (sections: Section[] | null | undefined): Change | null => {
      const change = sections ? fromSections(sections) : null;
      if (change) result.#text = applyChange(change, result.#text);
      return change;
    };
    const flying = own(saved.inFlight?.change);
    if (saved.inFlight && flying) {
      result.#fly(saved.inFlight.counter, flying);
      result.#inFlight!.guessed = saved.inFlight.guessed;
      result.#counter = Math.max(saved.counter, saved.inFlight.counter);
    }
    result.#pending = own(saved.pending);
    return result;
  }

  save(): SavedWriter {
    const flying = this.#inFlight;
    return {
      version: this.#version,
      text: this.#confirmed,
      counter: this.#counter,
      inFlight: flying && { ...flying, change: toSections(flying.change) },
      pending: this.#pending && toSections(this.#pending),
    };
  }

  get text(): string { return this.#text; }
  get version(): number { return this.#version; }
  /** Something of one's own is not on the server yet. */
  get unsaved(): boolean {
    return this.#pending !== null || (this.#inFlight !== null && !this.#inFlight.accepted);
  }
  /** The link is to fetch one and hand it to `snapshot`. */
  get needsSnapshot(): boolean { return this.#needsSnapshot; }
  /** The code with which the server refused; own edits wait until the next one or a snapshot. */
  get refused(): string | null { return this.#refused; }
  get unitsTooMany(): number { return Math.max(0, this.#text.length - summaryUnitsMax); }
  /** The shown text as it was when it turned out to differ from the server's. */
  get keptCopy(): string | null { return this.#copy; }
  get canUndo(): boolean { return this.#history.canUndo; }
  get canRedo(): boolean { return this.#history.canRedo; }
  /** What this tab inserted and the server has not: a late addition, should the text be closed. */
  get unsentTexts(): string[] {
    const flying = this.#inFlight?.change ?? null;
    const pending = this.#pending;
    const own = flying && pending ? compose(flying, pending) : (flying ?? pending);
    return own ? own.splices.map((splice) => splice.text).filter((text) => text !== '') : [];
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // --- the person writes ----------------------------------------------------------------------

  /** The person changed the shown text; with `joins` it is undone together with the edit before. */
  edit(change: Change, joins = false): void {
    if (changesNothing(change)) return;
    this.#history.record(invert(change, this.#text), joins);
    this.#own(change);
    this.#tell();
  }

  /** An own edit that did not come from the textarea, such as picked notes: it is shown there. */
  write(change: Change): void {
    if (!changesNothing(change)) this.#show(change);
    this.edit(change);
  }

  undo(): boolean { return this.#redone(this.#history.undo(this.#text)); }
  redo(): boolean { return this.#redone(this.#history.redo(this.#text)); }

  /** An input method is composing: others' changes wait. */
  hold(): void { this.#holding = true; }
  release(): void {
    this.#holding = false;
    const snapshot = this.#heldSnapshot;
    this.#heldSnapshot = null;
    if (snapshot) this.snapshot(snapshot);
    else this.#drain();
  }

  // --- the link -------------------------------------------------------------------------------

  /** What to send now; null when an edit is on its way or there is nothing to send. */
  take(): OutgoingEdit | null {
    if (this.#needsSnapshot || this.#refused) return null;
    if (!this.#inFlight) this.#launch();
    const flying = this.#inFlight;
    if (!flying || flying.sent) return null;
    flying.sent = true;
    const change = toSections(flying.change);
    return { version: this.#version, counter: flying.counter, change };
  }

  /** The edit in flight may be lost: `take` gives it again, under its old counter. */
  disconnected(): void {
    if (this.#inFlight) this.#inFlight.sent = false;
  }

  receive(event: ServerChange): void {
    this.#held.push(event);
    if (this.#held.length > heldMax) {
      this.#held = [];
      this.#needsSnapshot = true;
    }
    this.#drain();
  }

  /** The answer to an edit, new or repeated: it is saved. Its place comes with its broadcast. */
  acknowledged(counter: number, version: number): void {
    if (this.#inFlight?.counter !== counter) return;
    this.#inFlight.accepted = true;
    // A version seen already was somebody else's change: another tab used this counter.
    if (version <= this.#version) this.#withdraw();
    this.#tell();
  }

  rejected(counter: number, code: string): void {
    if (this.#inFlight?.counter !== counter) return;
    // It keeps its counter: should an earlier copy of it have been accepted, that one is it.
    this.#inFlight.sent = false;
    const invalid = code === 'invalid_change' && this.#invalidCounter !== counter;
    if (invalid) this.#invalidCounter = counter;
    if (invalid || code === 'text_version_too_old') this.#needsSnapshot = true;
    else this.#refused = code;
    this.#tell();
  }

  snapshot(snapshot: Snapshot): void {
    if (this.#holding) {
      this.#heldSnapshot = snapshot;
      return;
    }
    if (snapshot.version < this.#version && !this.#needsSnapshot) return;
    if (this.#inFlight && snapshot.counter >= this.#inFlight.counter) this.#settle();
    if (this.#inFlight) this.#inFlight.guessed = true;
    this.disconnected();
    this.#needsSnapshot = false;
    this.#refused = null;
    this.#counter = Math.max(this.#counter, snapshot.counter);
    this.#integrate(diff(this.#confirmed, snapshot.text));
    this.#version = snapshot.version;
    this.#drain();
  }

  // --- inside ---------------------------------------------------------------------------------

  #own(change: Change): void {
    // Perhaps it is this change that makes the refused edit acceptable: they go together.
    if (this.#refused && this.#inFlight) this.#withdraw();
    this.#pending = this.#pending ? compose(this.#pending, change) : change;
    if (changesNothing(this.#pending)) this.#pending = null;
    this.#text = applyChange(change, this.#text);
    this.#refused = null;
  }

  #redone(change: Change | null): boolean {
    if (!change) return false;
    this.#own(change);
    this.#show(change);
    this.#tell();
    return true;
  }

  /** The first places of the pending edit go out; the server bounds how many one edit may have. */
  #launch(): void {
    if (!this.#pending) return;
    if (this.unitsTooMany > 0) {
      this.#refused = 'text_too_long';
      this.#tell();
      return;
    }
    const { length, splices } = this.#pending;
    const first: Change = { length, splices: splices.slice(0, placesPerEditMax) };
    const rest: Change = { length, splices: splices.slice(placesPerEditMax) };
    this.#counter += 1;
    this.#fly(this.#counter, first);
    this.#pending = changesNothing(rest) ? null : mapChange(rest, first, 'after');
  }

  #fly(counter: number, change: Change): void {
    this.#inFlight = { counter, change, sent: false, accepted: false, guessed: false };
  }

  /** The edit in flight goes back to what is not sent, and will get a new counter. */
  #withdraw(): void {
    const flying = this.#inFlight!.change;
    this.#pending = this.#pending ? compose(flying, this.#pending) : flying;
    if (changesNothing(this.#pending)) this.#pending = null;
    this.#inFlight = null;
  }

  #drain(): void {
    while (!this.#holding && !this.#needsSnapshot && this.#held.length > 0) {
      if (this.#held[0]!.version > this.#version + 1) this.#needsSnapshot = true;
      else this.#take(this.#held.shift()!);
    }
    this.#tell();
  }

  #take(event: ServerChange): void {
    if (event.version === this.#version + 1) {
      if (event.change.length !== this.#confirmed.length) return this.#diverged();
      const own = event.writer === this.writer;
      if (own) this.#counter = Math.max(this.#counter, event.counter);
      if (own && this.#inFlight?.counter === event.counter) this.#land(event.change);
      else this.#integrate(event.change);
      this.#version = event.version;
    }
    const here = event.version === this.#version;
    if (here && event.hash && event.hash !== textHash(this.#confirmed)) this.#diverged();
  }

  /** The broadcast of the edit in flight. */
  #land(change: Change): void {
    const flying = this.#inFlight!;
    if (sameChange(flying.change, change)) {
      this.#settle();
    } else if (flying.guessed) {
      const landed = applyChange(change, this.#confirmed);
      this.#settle();
      this.#integrate(diff(this.#confirmed, landed));
    } else {
      this.#integrate(change); // another tab used this counter
      this.#withdraw();
    }
  }

  /** The edit in flight is now part of what the server has. */
  #settle(): void {
    this.#confirmed = applyChange(this.#inFlight!.change, this.#confirmed);
    this.#inFlight = null;
    this.#refused = null;
  }

  #integrate(remote: Change): void {
    this.#confirmed = applyChange(remote, this.#confirmed);
    let shown = remote;
    if (this.#inFlight) {
      const { change } = this.#inFlight;
      this.#inFlight.change = mapChange(change, shown, 'after');
      shown = mapChange(shown, change, 'before');
    }
    if (this.#pending) {
      const change = this.#pending;
      this.#pending = mapChange(change, shown, 'after');
      shown = mapChange(shown, change, 'before');
      if (changesNothing(this.#pending)) this.#pending = null;
    }
    if (changesNothing(shown)) return;
    this.#text = applyChange(shown, this.#text);
    this.#history.moveOver(shown);
    this.#show(shown);
    if (this.#refused === 'text_too_long') this.#refused = null; // perhaps there is room now
  }

  #diverged(): void {
    this.#copy = this.#text;
    this.#needsSnapshot = true;
  }

  #show(change: Change): void {
    this.#shown = this.#shown ? compose(this.#shown, change) : change;
  }

  #tell(): void {
    const shown = this.#shown;
    this.#shown = null;
    for (const listener of this.#listeners) listener(shown);
  }
}
