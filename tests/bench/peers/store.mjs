// Where a peer keeps notes: nowhere, or in SQLite with the same promise as ours (WAL, FULL), one
// commit for each note or one for all that came within two milliseconds.
import { join } from 'node:path';

const groupMs = 2;
const groupMax = 256;

export async function openStore({ store, data }) {
  if (store === 'none') return { append: (seq, id, commit, stored) => stored() };
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(join(data, 'peer.sqlite'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE commits(seq INTEGER PRIMARY KEY, command TEXT, body TEXT) STRICT');
  const insert = db.prepare('INSERT INTO commits(seq, command, body) VALUES (?, ?, ?)');
  if (store === 'each') {
    return {
      append(seq, id, commit, stored) {
        insert.run(seq, id, JSON.stringify(commit));
        stored();
      },
    };
  }
  return grouped(db.transaction((batch) => batch.forEach((note) => insert.run(...note.row))));
}

function grouped(insertAll) {
  let batch = [];
  let last = 0;
  let timer = null;
  const flush = () => {
    timer = null;
    last = performance.now();
    const now = batch.splice(0, groupMax);
    insertAll(now);
    for (const note of now) note.stored();
    if (batch.length > 0) timer = setImmediate(flush);
  };
  return {
    append(seq, id, commit, stored) {
      batch.push({ row: [seq, id, JSON.stringify(commit)], stored });
      if (timer) return;
      const wait = last + groupMs - performance.now();
      timer = wait > 0 ? setTimeout(flush, wait) : setImmediate(flush);
    },
  };
}
