// The job all peers do, as a careful team would write it in Node: people in rooms write notes, each
// note is checked, done once, numbered, stored, answered with `ok`, and told to the room in frames
// that are encoded once. What differs between peers is only how bytes travel and how they are kept.
import { parseArgs } from 'node:util';

const noteBytesMax = 16 * 1024;

export function readOptions() {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      store: { type: 'string', default: 'none' },
      'frame-ms': { type: 'string', default: '20' },
    },
  });
  return { data: values.data, store: values.store, frameMs: Number(values['frame-ms']) };
}

// The first note after silence goes at once; those of the next `frameMs` go together.
class Channel {
  constructor(name, frameMs, tell) {
    Object.assign(this, { name, frameMs, tell, commits: [], after: 0, to: 0, lastCut: 0 });
    this.timer = null;
  }

  publish(seq, commit) {
    this.commits.push(commit);
    this.to = seq;
    const wait = this.lastCut + this.frameMs - performance.now();
    if (wait <= 0) this.cut();
    else this.timer ??= setTimeout(() => this.cut(), wait);
  }

  cut() {
    clearTimeout(this.timer);
    this.timer = null;
    const { name: channel, after, to, commits } = this;
    this.tell({ type: 'frame', channel, after, to, commits });
    this.commits = [];
    this.after = this.to;
    this.lastCut = performance.now();
  }
}

export class Hall {
  // tell(channel, frame) sends to everybody on a channel.
  constructor(store, frameMs, tell) {
    Object.assign(this, { store, frameMs, tell, seq: 0, done: new Map(), channels: new Map() });
  }

  channel(name) {
    let channel = this.channels.get(name);
    if (!channel) {
      channel = new Channel(name, this.frameMs, (frame) => this.tell(name, frame));
      this.channels.set(name, channel);
    }
    return channel;
  }

  snapshot(name) {
    return { type: 'snapshot', channel: name, seq: this.channel(name).to, state: {} };
  }

  // answer(message) is called once: with `ok` after the note is stored, or with `rejected`.
  take(command, answer) {
    const { id, seat, fields } = command;
    if (!isNote(command)) return answer({ type: 'rejected', id: String(id) });
    const repeated = this.done.get(id);
    if (repeated) return answer(okOf(id, repeated));
    const seq = ++this.seq;
    this.done.set(id, seq);
    const note = { id: fields.note, room: fields.room, place: fields.place, kind: fields.kind };
    Object.assign(note, { text: fields.text, author: seat, written: Date.now(), version: 1 });
    const commit = { seq, at: note.written, events: [{ event: 'note_written', note }] };
    this.store.append(seq, id, commit, () => {
      answer(okOf(id, seq));
      this.channel(`room/${fields.room}`).publish(seq, commit);
      if (this.wall) this.channel('wall/1.1').publish(seq, commit);
    });
  }
}

function okOf(id, seq) {
  return { type: 'ok', id, seq };
}

function isNote({ id, seat, name, fields }) {
  return (
    name === 'write_note' &&
    isId(id) &&
    isId(seat) &&
    isId(fields?.note) &&
    Number.isInteger(fields.room) &&
    typeof fields.text === 'string' &&
    Buffer.byteLength(fields.text) <= noteBytesMax
  );
}

function isId(id) {
  return typeof id === 'string' && id.length === 22;
}
