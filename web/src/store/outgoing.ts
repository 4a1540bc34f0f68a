// Everything this tab has asked for and not yet seen done: sent at once, kept until answered, sent
// again after a lost connection. Owned by the session; answers come from the link.
import { freshId } from '../link/ids.ts';
import { Outbox, type Entry } from '../link/outbox.ts';
import { isAlive } from '../link/tabs.ts';
import type { Command, Id, Rejected } from '../link/wire.ts';
import { stillPending, type Pending } from './overlay.ts';

// What is meant for this moment (a turn, a step) is not done minutes later behind people's backs.
const momentary_max_ms = 30_000;
const written = new Set([
  'write_note',
  'edit_note',
  'delete_note',
  'restore_note',
  'move_note',
  'mark_note',
  'add_member',
  'rename_seat',
  'mark_absent',
  'sign_off',
  'withdraw_sign_off',
  'confirm_message',
  'add_question',
]);
// Words in a text are kept and sent again by their desk, mapped over what others wrote meanwhile.
const fromDesk = 'edit_text';
// A refused text stays in sight; everything else refused is told and forgotten.
const keepsText = new Set(['write_note', 'edit_note']);

export const isKept = (name: string): boolean => written.has(name);
export const isUnsent = ({ entry, seq }: Pending): boolean =>
  seq === undefined && !entry.refused && entry.command.name !== fromDesk;

export type Outcome = { ok: true; seq: number } | { ok: false; rejected: Rejected };
type Wait = (outcome: Outcome) => void;

export type OutgoingHost = {
  send(command: Command): boolean;
  changed(pending: Pending[]): void;
  tooLate(entry: Entry): void;
  // Things that another tab left are sent by this one now.
  adopted(count: number): void;
  // Whether what is unsent would outlive the page.
  kept(durable: boolean): void;
};

export class Outgoing {
  pending: Pending[] = [];
  #waits = new Map<Id, Wait>();
  // Everything this tab has ever sent or taken over: what is settled here is never taken up again.
  #known = new Set<Id>();
  #order = 0;

  constructor(
    readonly workshop: Id,
    readonly client: Id,
    readonly host: OutgoingHost,
    readonly outbox = new Outbox(),
  ) {}

  // What an earlier life of this tab, or a tab that died, has left unsent.
  async load(seats: Id[]): Promise<void> {
    const mine: Entry[] = [];
    for (const entry of await this.outbox.all(this.workshop)) {
      if (!seats.includes(entry.command.seat ?? '')) continue;
      const free = entry.client === this.client || !(await isAlive(entry.client));
      if (!free || this.#known.has(entry.id)) continue;
      this.#known.add(entry.id);
      mine.push(entry);
    }
    this.host.kept(this.outbox.durable);
    if (!mine.length) return;
    const others = mine.filter((entry) => entry.client !== this.client);
    this.#set([...mine.map((entry) => ({ entry })), ...this.pending]);
    for (const entry of mine) if (!entry.refused) this.host.send(entry.command);
    if (others.length) this.host.adopted(others.length);
    // Ours from here on; what has been answered meanwhile is not put back.
    for (const entry of others) {
      if (this.#entry(entry.id)) await this.outbox.put({ ...entry, client: this.client });
    }
  }

  do(command: Omit<Command, 'type' | 'id'>): Promise<Outcome> {
    const id = freshId();
    const entry: Entry = {
      id,
      client: this.client,
      workshop: this.workshop,
      order: this.#order++,
      made: Date.now(),
      command: { type: 'command', id, ...command },
    };
    this.#known.add(id);
    if (isKept(command.name)) void this.#keep(entry);
    this.#set([...this.pending, { entry }]);
    this.host.send(entry.command);
    return new Promise((resolve) => this.#waits.set(id, resolve));
  }

  // After a (re)connection, in the order in which they were made (CM3 makes repeats harmless).
  resend(): void {
    const now = Date.now();
    for (const { entry, seq } of [...this.pending]) {
      if (seq !== undefined || entry.refused) continue;
      if (entry.command.name === fromDesk) {
        this.#forget(entry.id);
      } else if (!isKept(entry.command.name) && now - entry.made > momentary_max_ms) {
        this.#forget(entry.id);
        this.host.tooLate(entry);
      } else {
        this.host.send(entry.command);
      }
    }
  }

  ok(id: Id, seq: number): void {
    void this.outbox.remove(id);
    this.#settle(id, { ok: true, seq });
    const shown = (entry: Entry) =>
      entry.id !== id || typeof entry.command.fields.note === 'string';
    const pending = this.pending.filter(({ entry }) => shown(entry));
    this.#set(pending.map((one) => (one.entry.id === id ? { ...one, seq } : one)));
  }

  rejected(answer: Rejected): void {
    const id = answer.id ?? '';
    const entry = this.#entry(id);
    if (!entry) return;
    if (answer.code === 'busy') return this.#later(entry, answer.facts?.retry_ms ?? 1_000);
    if (answer.code === 'not_stored') return; // the connection ends and everything is sent again
    if (keepsText.has(entry.command.name)) this.#refuse(entry, answer);
    else this.#forget(id);
    this.#settle(id, { ok: false, rejected: answer });
  }

  // The author has taken the text back into the composer, or let it go.
  discard(id: Id): void {
    this.#forget(id);
  }

  // The room's view has caught up: what it now shows itself needs no overlay.
  seen(seq: number): void {
    const still = stillPending(this.pending, seq);
    if (still.length !== this.pending.length) this.#set(still);
  }

  get unsent(): number {
    return this.pending.filter(isUnsent).length;
  }

  #entry = (id: Id) => this.pending.find(({ entry }) => entry.id === id)?.entry;

  // Spread over as long again: everybody was told the same time.
  #later(entry: Entry, ms: number): void {
    const wait = ms * (1 + Math.random());
    setTimeout(() => this.#entry(entry.id) && this.host.send(entry.command), wait);
  }

  async #keep(entry: Entry): Promise<void> {
    await this.outbox.put(entry);
    this.host.kept(this.outbox.durable);
  }

  #refuse(entry: Entry, { code, detail, facts }: Rejected): void {
    const refused = { ...entry, refused: { code, detail, facts } };
    void this.#keep(refused);
    this.#set(this.pending.map((one) => (one.entry.id === entry.id ? { entry: refused } : one)));
  }

  #forget(id: Id): void {
    void this.outbox.remove(id);
    this.#set(this.pending.filter(({ entry }) => entry.id !== id));
  }

  #settle(id: Id, outcome: Outcome): void {
    this.#waits.get(id)?.(outcome);
    this.#waits.delete(id);
  }

  #set(pending: Pending[]): void {
    this.pending = pending;
    this.host.changed(pending);
  }
}
