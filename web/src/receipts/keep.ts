// The receipts of this browser's notes (SPEC RC1, RC4), the newest for each note: kept in IndexedDB
// under the workshop, until somebody saves them as a file. Fetched with the first `ok`.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Command, Id } from '../link/wire.ts';
import type { Receipt } from '../verify/chain.ts';
import { withChecksum } from '../verify/sealed_json.ts';

export type Kept = Receipt & { note: Id };

interface Schema extends DBSchema {
  receipts: { key: [Id, Id]; value: Kept; indexes: { workshop: Id } };
}

let opening: Promise<IDBPDatabase<Schema> | undefined> | undefined;
// Where storage is refused they live as long as the page.
const memory = new Map<string, Kept>();

function database(): Promise<IDBPDatabase<Schema> | undefined> {
  opening ??= openDB<Schema>('rundbord-receipts', 1, {
    upgrade(made) {
      const receipts = made.createObjectStore('receipts', { keyPath: ['workshop', 'note'] });
      receipts.createIndex('workshop', 'workshop');
    },
  }).catch(() => undefined);
  return opening;
}

// The words as the server takes them (CM6).
const asStored = (text: string) => text.replace(/\r\n?/g, '\n');

export async function keep(
  workshop: Id,
  { fields }: Command,
  seq: number,
  chain: string,
): Promise<void> {
  const { note, text } = fields;
  if (typeof note !== 'string' || typeof text !== 'string') return;
  const kept = { workshop, note, seq, chain, text: asStored(text) };
  const older = memory.get(workshop + note);
  if (older && older.seq > seq) return;
  memory.set(workshop + note, kept);
  await (await database())?.put('receipts', kept).catch(() => undefined);
}

// In the order in which they were stored.
export async function receiptsOf(workshop: Id): Promise<Receipt[]> {
  const opened = await database();
  const stored = (await opened?.getAllFromIndex('receipts', 'workshop', workshop)) ?? [];
  const all = new Map([...stored, ...memory.values()].map((one) => [one.workshop + one.note, one]));
  return [...all.values()]
    .filter((one) => one.workshop === workshop)
    .sort((a, b) => a.seq - b.seq)
    .map(({ seq, chain, text }) => ({ workshop, seq, chain, text }));
}

export const receiptsFile = (receipts: Receipt[]): string =>
  withChecksum({ receipts_file: 1, receipts });
