// What a person has done and the server has not yet answered: kept in IndexedDB, so that a reload,
// a crash or an empty battery loses nothing. Where storage is refused it lives in memory, and says
// so.
import type { DBSchema, IDBPDatabase } from 'idb';
import type { Command, Id, Rejected } from './wire.ts';

export type Entry = {
  id: Id;
  client: Id;
  workshop: Id;
  order: number;
  made: number;
  command: Command;
  // A refused text stays until its author has corrected or discarded it.
  refused?: Pick<Rejected, 'code' | 'detail' | 'facts'>;
};

interface Schema extends DBSchema {
  entries: { key: Id; value: Entry; indexes: { workshop: Id } };
}

// The library comes apart from the page: nothing has to be stored before something is written.
async function open(): Promise<IDBPDatabase<Schema>> {
  const { openDB } = await import('idb');
  return openDB<Schema>('rundbord', 1, {
    upgrade(database) {
      const entries = database.createObjectStore('entries', { keyPath: 'id' });
      entries.createIndex('workshop', 'workshop');
    },
  });
}

export class Outbox {
  // False: a reload would lose what is unsent (private window, storage full).
  durable = true;
  #opening: Promise<IDBPDatabase<Schema> | undefined> | undefined;
  #memory = new Map<Id, Entry>();
  // What the database has not taken yet: tried again with each step.
  #unkept = new Set<Id>();

  #database(): Promise<IDBPDatabase<Schema> | undefined> {
    this.#opening ??= open().catch(() => (this.#opening = undefined));
    return this.#opening;
  }

  async put(entry: Entry): Promise<void> {
    this.#memory.set(entry.id, entry);
    this.#unkept.add(entry.id);
    await this.#keep();
  }

  async remove(id: Id): Promise<void> {
    this.#memory.delete(id);
    this.#unkept.delete(id);
    const database = await this.#database();
    // Left behind it is only sent again, and answered from what is stored (CM3).
    await database?.delete('entries', id).catch(() => undefined);
  }

  // In the order in which they were made.
  async all(workshop: Id): Promise<Entry[]> {
    await this.#keep();
    const database = await this.#database();
    const kept = await database?.getAllFromIndex('entries', 'workshop', workshop).catch(() => []);
    const known = [...(kept ?? []), ...this.#memory.values()];
    const entries = new Map(known.map((entry) => [entry.id, entry]));
    return [...entries.values()]
      .filter((entry) => entry.workshop === workshop)
      .sort((a, b) => a.made - b.made || a.order - b.order);
  }

  async #keep(): Promise<void> {
    const database = this.#unkept.size ? await this.#database() : undefined;
    let failed = false;
    for (const id of this.#unkept) {
      const entry = this.#memory.get(id);
      if (!entry) continue;
      const put = database?.put('entries', entry).then(
        () => true,
        () => false,
      );
      if (!(await put)) failed = true;
      else if (this.#memory.get(id) === entry) this.#unkept.delete(id);
    }
    // The browser may have closed it under us; the next step opens it anew.
    if (failed) this.#opening = undefined;
    this.durable = !failed;
  }
}
