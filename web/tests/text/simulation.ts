// Several CoWriters and one server on one seed: a network that delays, doubles and cuts, windows
// offline, late answers, undo, compositions, snapshots. No clock: a step is one random happening.
import { fromSections } from '../../src/text/changeJson.ts';
import { CoWriter, type OutgoingEdit, type ServerChange } from '../../src/text/coWriter.ts';
import { Random, randomChange } from './randomText.ts';
import { ServerDocument, type Edit } from './serverDocument.ts';

export interface SimulationOptions {
  seed: number;
  clients: number;
  steps: number;
  /** Changes the server keeps: few, so that snapshots are needed. */
  changesMax?: number;
  start?: string;
}

export interface Tally {
  accepted: number;
  repeated: number;
  snapshots: number;
  rejected: number;
  offline: number;
  undone: number;
}

type FromServer =
  | { kind: 'change'; change: ServerChange }
  | { kind: 'ok'; counter: number; version: number }
  | { kind: 'no'; counter: number; code: string }
  | { kind: 'snapshot'; version: number; text: string; counter: number };

class Client {
  readonly writer: CoWriter;
  online = true;
  holding = false;
  asked = false; // for a snapshot, on this connection
  up: OutgoingEdit[] = [];
  down: FromServer[] = [];
  constructor(name: string, text: string) {
    this.writer = new CoWriter(name, { text, version: 0, counter: 0 });
  }
}

export class Simulation {
  readonly server: ServerDocument;
  readonly clients: Client[];
  /** Everything the server was asked, in order: for replaying on the C++ one. */
  readonly asked: Edit[] = [];
  readonly tally: Tally = {
    accepted: 0, repeated: 0, snapshots: 0, rejected: 0, offline: 0, undone: 0,
  };
  readonly #random: Random;
  #log: ServerChange[] = [];

  constructor(readonly options: SimulationOptions) {
    const start = options.start ?? 'Vi møttes 😀\n';
    this.#random = new Random(options.seed);
    this.server = new ServerDocument(start, 0, options.changesMax);
    const names = Array.from({ length: options.clients }, (_, i) => `writer ${i + 1}`);
    this.clients = names.map((name) => new Client(name, start));
  }

  run(): void {
    for (let step = 0; step < this.options.steps; step += 1) {
      this.#happen(this.#random.pick(this.clients));
    }
    this.#comeToRest();
  }

  /** The same network, but each edit is one new word at the end, and nothing is taken back. */
  writeWords(write: (writer: CoWriter, word: string) => void): void {
    for (let step = 0; step < 800; step += 1) {
      const client = this.#random.pick(this.clients);
      if (this.#random.chance(5)) write(client.writer, `[${step}]`);
      else this.#travel(client, 25 + this.#random.below(75));
    }
    this.#comeToRest();
  }

  #happen(client: Client): void {
    const chance = this.#random.below(100);
    if (chance < 22) this.#write(client);
    else if (chance < 25) this.#takeBack(client);
    else this.#travel(client, chance);
  }

  #travel(client: Client, chance: number): void {
    if (chance < 28) this.#compose(client);
    else if (chance < 30) this.#cut(client);
    else if (chance < 33) this.#connect(client);
    else if (chance < 50) this.#flush(client);
    else if (chance < 72) this.#arriveAtServer(client);
    else this.#arriveAtClient(client);
  }

  #write({ writer }: Client): void {
    writer.edit(randomChange(this.#random, writer.text, 2), this.#random.chance(3));
  }

  #takeBack({ writer }: Client): void {
    const done = this.#random.chance(3) ? writer.redo() : writer.undo();
    if (done) this.tally.undone += 1;
  }

  #compose(client: Client): void {
    if (!client.holding && !this.#random.chance(4)) return;
    client.holding = !client.holding;
    if (client.holding) client.writer.hold();
    else client.writer.release();
  }

  /** What is on the way may or may not have arrived: the part still queued is lost. */
  #cut(client: Client): void {
    if (!client.online || this.#random.chance(2)) return;
    this.tally.offline += 1;
    client.online = false;
    client.up.splice(this.#random.below(client.up.length + 1));
    while (client.up.length > 0) this.#arriveAtServer(client);
    client.down = [];
    client.asked = false;
    client.writer.disconnected();
  }

  #connect(client: Client): void {
    if (client.online) return;
    client.online = true;
    const missed = this.server.version - client.writer.version;
    if (missed > 30 || this.#random.chance(3)) return this.#sendSnapshot(client);
    const first = this.#log.length - missed;
    // A resume may give again what is known.
    const again = Math.max(0, first - this.#random.below(3));
    for (const change of this.#log.slice(again)) client.down.push({ kind: 'change', change });
  }

  #flush(client: Client): void {
    if (!client.online) return;
    const edit = client.writer.take();
    if (edit) client.up.push(edit);
    if (edit && this.#random.chance(6)) client.up.push(edit);
    if (client.writer.needsSnapshot && !client.asked) this.#sendSnapshot(client);
  }

  #arriveAtServer(client: Client): void {
    const sent = client.up.shift();
    if (!sent) return;
    const { writer } = client.writer;
    const edit: Edit = { ...sent, writer, change: fromSections(sent.change)! };
    this.asked.push(edit);
    const answer = this.server.receive(edit);
    const { counter } = sent;
    if ('accepted' in answer) {
      this.#accept(edit, answer.change);
      this.#answer(client, { kind: 'ok', counter, version: answer.accepted });
    } else if ('repeated' in answer) {
      this.tally.repeated += 1;
      this.#answer(client, { kind: 'ok', counter, version: answer.repeated });
    } else if ('tooOld' in answer) {
      this.#answer(client, { kind: 'no', counter, code: 'text_version_too_old' });
    } else {
      this.tally.rejected += 1;
      this.#answer(client, { kind: 'no', counter, code: answer.rejected });
    }
  }

  #accept(edit: Edit, change: ServerChange['change']): void {
    this.tally.accepted += 1;
    this.server.apply(edit, change);
    const { version } = this.server;
    const hash = this.server.hash();
    const { writer, counter } = edit;
    const event: ServerChange = { version, writer, counter, change, ...(hash ? { hash } : {}) };
    this.#log.push(event);
    for (const client of this.clients) this.#answer(client, { kind: 'change', change: event });
  }

  /** An answer overtakes some broadcasts, as `ok` does while frames gather. */
  #answer(client: Client, message: FromServer): void {
    if (!client.online) return;
    const late = message.kind === 'ok' ? this.#random.below(3) : 0;
    let at = client.down.length;
    for (let i = 0; i < late && client.down[at - 1]?.kind === 'change'; i += 1) at -= 1;
    client.down.splice(at, 0, message);
  }

  #sendSnapshot(client: Client): void {
    this.tally.snapshots += 1;
    client.asked = true;
    const { version, text } = this.server;
    const counter = this.server.lastCounter(client.writer.writer);
    client.down.push({ kind: 'snapshot', version, text, counter });
  }

  #arriveAtClient(client: Client): void {
    const message = client.down.shift();
    if (!message) return;
    const { writer } = client;
    if (message.kind === 'change') writer.receive(message.change);
    else if (message.kind === 'ok') writer.acknowledged(message.counter, message.version);
    else if (message.kind === 'no') writer.rejected(message.counter, message.code);
    else {
      client.asked = false;
      writer.snapshot(message);
    }
  }

  #comeToRest(): void {
    for (let round = 0; round < 10_000; round += 1) {
      let busy = false;
      for (const client of this.clients) {
        if (client.holding) this.#compose(client);
        this.#connect(client);
        this.#flush(client);
        busy ||= client.up.length + client.down.length > 0 || client.writer.unsaved;
        while (client.up.length > 0) this.#arriveAtServer(client);
        while (client.down.length > 0) this.#arriveAtClient(client);
      }
      if (!busy) return;
    }
    throw new Error(`seed ${this.options.seed}: the texts do not come to rest`);
  }
}
