// Goal P7: the longest frame of a participant's page whose board holds 2,000 notes, while 50
// changes a second come in; first at rest, as what this machine itself costs. Prints figures and
// whether the goal is reached; wants a quiet machine, so it is part of no run and always exits 0.
// FRAMES_SECONDS sets how long each part lasts. `--planted-fault`: the page takes 60 ms to draw a
// change, and the goal must be missed.
import { openBrowser, sizes } from './browser.mjs';
import { api, startServer } from './server.mjs';

const seconds = Number(process.env.FRAMES_SECONDS ?? 20);
const changes_per_s = 50;
const notes_wanted = 2_000; // as many as a room may have
const room = 1;
const frame_max_ms = 50; // three refreshes, which Chromium's clock also gives as 50.1
const planted = process.argv.includes('--planted-fault');

const server = await startServer();
const browser = await openBrowser(server, () => undefined);
try {
  const made = await api(server, 'POST', '/api/v1/workshops', {
    template: 'dialogue-seminar',
    language: 'nb',
    title: 'Mange innspill',
    rooms: 1,
  });
  const writer = await browser.person('writer');
  await writer.goto(server.url);
  const secret = made.workshop_link.split('.').pop();
  await writer.evaluate(speak, made.id);
  await writer.evaluate(prepare, { code: made.code, secret, room, notes_wanted });
  const reader = await browser.person('reader', { size: sizes.laptop });
  await reader.addInitScript(recordFrames);
  if (planted) await reader.addInitScript(drawSlowly);
  await reader.goto(`${made.join_link}/${room}`);
  await reader.locator('form input').first().fill('Leser');
  await reader.locator('form button').first().click();
  const last = reader.locator('.card.note').nth(notes_wanted - 1);
  await last.waitFor({ state: 'attached' });
  await reader.bringToFront();
  await measure(reader, 'at rest');
  const longest = [await changed(writer, reader, 'reading the top')];
  await reader.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  longest.push(await changed(writer, reader, 'at the end'));
  const notes = await reader.locator('.card.note').count();
  const full = notes >= notes_wanted - 2;
  const reached = full && longest.every((ms) => Math.floor(ms) <= frame_max_ms);
  const said = `longest frame ${Math.max(...longest).toFixed(1)} ms, goal ${frame_max_ms} ms`;
  console.log(`P7 ${reached ? 'reached' : 'missed'}: ${said}; ${notes} notes at the end`);
} catch (error) {
  await browser.pictures();
  throw error;
} finally {
  await browser.close();
  await server.stop();
}

async function changed(writer, reader, what) {
  const writing = writer.evaluate(change, { room, per_s: changes_per_s, seconds });
  const longest = await measure(reader, what);
  console.log(`  ${await writing} changes were stored`);
  return longest;
}

async function measure(reader, what) {
  await reader.evaluate(() => globalThis.frames_seen.clear());
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const { gaps, tasks } = await reader.evaluate(() => globalThis.frames_seen.read());
  const sorted = [...gaps].sort((a, b) => a - b);
  const at = (part) => sorted[Math.floor((sorted.length - 1) * part)].toFixed(1);
  const over = (ms) => gaps.filter((gap) => gap > ms).length;
  console.log(
    `${what}: ${gaps.length} frames in ${seconds} s, p50 ${at(0.5)}, p99 ${at(0.99)}, longest ` +
      `${at(1)} ms; ${over(33.4)} over 33 ms, ${over(50)} over 50 ms; ` +
      `${tasks.length} long tasks, longest ${Math.max(0, ...tasks)} ms`,
  );
  return sorted.at(-1);
}

// --- in the pages --------------------------------------------------------------------------------

function recordFrames() {
  let gaps = [];
  let tasks = [];
  let last;
  const frame = (at) => {
    if (last !== undefined) gaps.push(at - last);
    last = at;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const watch = new PerformanceObserver((list) =>
    tasks.push(...list.getEntries().map(({ duration }) => Math.round(duration))),
  );
  watch.observe({ type: 'longtask' });
  globalThis.frames_seen = {
    clear: () => ([gaps, tasks] = [[], []]),
    read: () => ({ gaps, tasks }),
  };
}

function drawSlowly() {
  const draw = () => {
    const until = performance.now() + 60;
    while (performance.now() < until);
  };
  const watch = new MutationObserver(draw);
  watch.observe(document, { subtree: true, childList: true, characterData: true });
}

// What the wire asks of a client: `post`, `draw` (128 bits), and `open`, which gives a function
// that sends one command and waits for its answer.
function speak(id) {
  globalThis.post = async (path, body, headers = {}) => {
    const init = { method: 'POST', body: JSON.stringify(body) };
    init.headers = { 'Content-Type': 'application/json', ...headers };
    return (await fetch(path, init)).json();
  };
  globalThis.draw = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const text = btoa(String.fromCharCode(...bytes)).replace(/=+$/, '');
    return text.replaceAll('+', '-').replaceAll('/', '_');
  };
  globalThis.open = async (as, headers) => {
    const { ticket } = await post(`/api/v1/workshops/${id}/ticket`, { as }, headers);
    const socket = new WebSocket(`ws://${location.host}/ws/${id}?ticket=${ticket}`, 'rundbord.v1');
    const waiting = new Map();
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    };
    await new Promise((resolve) => (socket.onopen = resolve));
    return (seat, name, fields) =>
      new Promise((resolve) => {
        const command = { type: 'command', id: draw(), seat, name, fields };
        waiting.set(command.id, resolve);
        socket.send(JSON.stringify(command));
      });
  };
}

// A sitting in its dialogue, a seat that writes, a full board.
async function prepare({ code, secret, room, notes_wanted }) {
  const organiser = await open('organiser', { Authorization: `Bearer ${secret}` });
  await organiser(undefined, 'open_sitting', { sitting: 1 });
  const { seat } = await post('/api/v1/join', { code, name: 'Skriver', room });
  const does = await open('seats');
  const step = { task: 1, cycle: 0, step: 1 };
  const answers = [await organiser(undefined, 'start_step', { rooms: [room], step })];
  const notes = [];
  const write = (_, i) => {
    const note = { note: draw(), version: 1 };
    notes.push(note);
    const text = `Innspill ${i}: flere møteplasser og en buss hjem`;
    const place = { task: 1, question: 1 };
    return does(seat, 'write_note', { note: note.note, room, place, kind: 'idea', text });
  };
  for (let i = 0; i < notes_wanted; i += 100) {
    answers.push(...(await Promise.all(Array.from({ length: 100 }, write))));
  }
  const refused = answers.find(({ type }) => type !== 'ok');
  if (refused) throw new Error(JSON.stringify(refused));
  let gone;
  const edit = async () => {
    const note = notes[Math.floor(Math.random() * notes.length)];
    const text = `Endret ${note.version}: åpne kvelder på skolen, og noen som låser opp`;
    const answer = await does(seat, 'edit_note', { ...note, text });
    if (answer.type === 'ok') note.version += 1;
    return answer;
  };
  const remove = () => does(seat, 'delete_note', { note: (gone = notes.pop()).note });
  const restore = () => does(seat, 'restore_note', { note: (notes.unshift(gone), gone.note) });
  globalThis.acts = { edit, remove, restore };
}

// Most changes are corrections; every tenth takes a note away or brings it back, in turns.
// Resolves with how many were stored.
async function change({ per_s, seconds }) {
  const { edit, remove, restore } = globalThis.acts;
  const nth = (i) => (i % 10 !== 0 ? edit() : i % 20 === 0 ? remove() : restore());
  const answers = [];
  const began = performance.now();
  while (answers.length < per_s * seconds) {
    const due = Math.floor(((performance.now() - began) / 1_000) * per_s);
    while (answers.length < Math.min(due, per_s * seconds)) {
      answers.push(nth(answers.length));
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const said = await Promise.all(answers);
  return said.filter(({ type }) => type === 'ok').length;
}
