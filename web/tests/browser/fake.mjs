// A small stand-in for the server, for looking at pages before or without one: serves web/dist with
// the headers of the real thing, one workshop with one room, answers every command with ok.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = process.env.DIST ?? fileURLToPath(new URL('../../dist/', import.meta.url));
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};
const id = (text) => `${text}_`.padEnd(21, '0') + 'A';
export const workshop = id('workshop');

function policyOf(name) {
  const { styleHashes, trustedTypes } = JSON.parse(readFileSync(join(dist, 'csp.json')));
  const own = ['script', 'connect', 'img', 'font', 'worker', 'manifest'];
  const hashes = (styleHashes[name] ?? []).map((hash) => `'${hash}'`).join(' ');
  return (
    `default-src 'none'; ${own.map((what) => `${what}-src 'self'`).join('; ')}; ` +
    `style-src ${hashes || "'none'"}; base-uri 'none'; frame-ancestors 'none'; ` +
    `require-trusted-types-for 'script'; trusted-types ${trustedTypes.join(' ')}`
  );
}

export function serveDist() {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    const page = { '/': 'index.html', '/room': 'room.html' }[path];
    let name = page ?? path.slice(1);
    if (!existsSync(join(dist, name))) name = 'index.html';
    const headers = { 'Content-Type': types[extname(name)] ?? 'application/octet-stream' };
    if (name.endsWith('.html')) headers['Content-Security-Policy'] = policyOf(name);
    response.writeHead(200, headers);
    response.end(readFileSync(join(dist, name)));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const names = ['Kari', 'Amir', 'Liv', 'Jonas', 'Siri'];
export const seats = names.map((person, i) => ({
  id: id(`seat${i}`),
  room: 12,
  number: i + 1,
  absent: false,
  away: i === 3,
  heard: 0,
  name_version: 1,
  person,
  organisation: i === 1 ? 'Fjordvik kommune' : '',
  ...(i === 4 ? { host: id('seat0') } : {}),
}));

const question = (number, nb, en) => ({ number, form: 'open', text: { nb, en }, earlier: [] });
const programme = {
  sittings: [{ number: 1, title: { nb: 'Økt 1' } }],
  material: [],
  tasks: [
    {
      number: 1,
      sitting: 1,
      title: { nb: 'Ungdom og frivillighet', en: 'Youth and volunteering' },
      instructions: [{ nb: 'Snakk om det dere selv har sett. Skriv korte innspill.' }],
      questions: [
        question(
          1,
          'Hva skal til for at flere unge blir med i frivillig arbeid?',
          'What would make more young people volunteer?',
        ),
        question(2, 'Hva hindrer dere i dag?', 'What holds you back today?'),
        question(3, 'Hvem bør gjøre hva til neste år?', 'Who should do what next year?'),
      ],
      cycles: [
        {
          questions: [1],
          steps: [
            { step: 'silent', minutes: 5 },
            { step: 'lap', minutes: 10 },
            { step: 'dialogue', minutes: 15 },
            { step: 'summary', minutes: 10 },
          ],
        },
        {
          questions: [2, 3],
          steps: [
            { step: 'lap', minutes: 10 },
            { step: 'dialogue', minutes: 15 },
            { step: 'summary' },
          ],
        },
      ],
    },
  ],
};
const roles = [
  {
    key: 'facilitator',
    name: { nb: 'Ordstyrer', en: 'Facilitator' },
    help: { nb: 'Leder gruppa og holder tida.', en: 'Leads the room and keeps the time.' },
    rights: ['lead_steps', 'run_clock', 'give_turns', 'manage_members'],
  },
  {
    key: 'note_taker',
    name: { nb: 'Den som noterer', en: 'Note-taker' },
    help: { nb: 'Skriver oppsummeringen.', en: 'Writes the summary.' },
    rights: ['edit_any_note', 'manage_members'],
  },
  {
    key: 'topic_keeper',
    name: { nb: 'Viddevakt', en: 'Topic keeper' },
    help: { nb: 'Passer på at gruppa holder seg til saken.', en: 'Keeps to the matter.' },
    rights: [],
  },
];

const words = [
  [
    0,
    'Ungdomsrådet burde få en fast plass i kommunestyret, ikke bare bli spurt når saken er ferdig.',
  ],
  [3, 'Åpne kvelder på skolen – uten påmelding.'],
  [1, 'Skriv innkallinger på et språk folk forstår.'],
  [4, 'Mange vet ikke hvem de skal spørre.'],
  [2, 'Vi trenger voksne som er til stede, men ikke styrer.'],
];
const note = (n, place, author, text, more = {}) => ({
  id: id(`note${n}`),
  room: 12,
  place,
  written_in: place,
  kind: n % 4 === 2 ? 'action' : 'idea',
  text,
  author: seats[author].id,
  from_organisation: '',
  written: 0,
  version: 1,
  edited_by_other: n === 3,
  author_shown: true,
  private: false,
  ...more,
});

const steps = {
  lap: (now) => ({
    at: { task: 1, cycle: 0, step: 1 },
    kind: 'lap',
    started: now,
    clock: { is: 'running', ends_at: now + 402_000, total: 600_000 },
    lap: {
      round: 1,
      order: seats.map((seat, i) => ({
        seat: seat.id,
        state: ['spoke', 'speaking', 'waiting', 'absent', 'waiting'][i],
      })),
      turn_clock: { is: 'running', ends_at: now + 52_000, total: 90_000 },
    },
  }),
  myturn: (now) => ({
    ...steps.lap(now),
    lap: {
      ...steps.lap(now).lap,
      order: seats.map((seat, i) => ({
        seat: seat.id,
        state: ['speaking', 'waiting', 'waiting', 'absent', 'waiting'][i],
      })),
    },
  }),
  dialogue: (now) => ({
    at: { task: 1, cycle: 1, step: 1 },
    kind: 'dialogue',
    started: now,
    clock: { is: 'paused', left: 42_000, total: 900_000 },
  }),
  summary: (now) => ({
    at: { task: 1, cycle: 1, step: 2 },
    kind: 'summary',
    started: now,
    clock: { is: 'none' },
  }),
  silent: (now) => ({
    at: { task: 1, cycle: 0, step: 0 },
    kind: 'silent',
    started: now,
    clock: { is: 'running', ends_at: now + 185_000, total: 300_000 },
  }),
};

const settings = {
  title: { nb: 'Dialogmøte 2026', en: 'Dialogue meeting 2026' },
  language: 'nb',
  label: 'group',
  authorship: 'shown',
  facilitator_turn: 'last',
  assignment: 'choose',
};

function plenaryState(kind, closed, now) {
  const text = 'Husk å skrive forslagene så andre kan bruke dem.';
  return {
    workshop: { id: workshop, settings, programme, roles, rooms_locked: false, started: true },
    rooms: [11, 12, 13].map((number) => ({ number, label: '', closed: closed && number === 12 })),
    sittings: [{ sitting: 1, state: 'open', revision: 0, checksum: '' }],
    messages: kind === 'dialogue' ? [{ id: id('message'), text, sent: now }] : [],
  };
}

const holder = (n) => ({ seat: seats[n].id, stand_in: false });
const hands = (now) => [
  { seat: seats[2].id, raised: now },
  { seat: seats[1].id, raised: now - 5 },
];
const summaryText =
  'Det viktigste hinderet er at tilbudene ligger langt fra der de unge bor.\n\n' +
  'Gruppa er enig om at busstilbudet om kvelden må bli bedre.';

function columnsOf(kind, notes) {
  const place = { task: 1, question: kind === 'dialogue' || kind === 'summary' ? 2 : 1 };
  const many = Array.from({ length: notes }, (_, n) => {
    const [author, text] = words[n % words.length];
    return note(n, place, author, n < words.length ? text : `${n}. ${text}`);
  });
  const loose = note(900, { task: 1 }, 2, 'Buss etter klokka ti om kvelden.');
  return [
    { place, notes: many },
    { place: { task: 1 }, notes: notes ? [loose] : [] },
  ];
}

function roomState(kind, lead, notes, now) {
  const leading = { facilitator: holder(0), note_taker: holder(0) };
  const dissent = 'Jeg mener pengene bør gå til lokaler, ikke til buss.';
  return {
    room: {
      number: 12,
      label: '',
      closed: false,
      roles: lead ? leading : { facilitator: holder(1) },
      ...(kind ? { step: steps[kind](now) } : {}),
      hands: kind === 'dialogue' ? hands(now) : [],
    },
    seats,
    questions: [],
    columns: columnsOf(kind, notes),
    texts: [
      { place: { task: 1, question: 2 }, version: 1, text: summaryText, writers: {}, hash: '' },
    ],
    sign_offs: [{ seat: seats[1].id, task: 1, dissent, at: now }],
    messages: [],
    private_notes: 2,
    private_writers: 2,
  };
}

// The states of the channels; `kind` is the step, none before the first.
export function states({ kind, lead = true, notes = 5, closed = false } = {}) {
  const now = Date.now();
  const own = note(500, { task: 1, question: 1 }, 0, 'Noe jeg har tenkt selv.', { private: true });
  return {
    plenary: plenaryState(kind, closed, now),
    room: roomState(kind, lead, notes, now),
    seat: { seat: seats[0], notes: kind === 'silent' ? [own] : [] },
  };
}

// Answers the page's requests and its socket. `state` as from states().
export async function fakeServer(page, state) {
  await page.route('**/api/v1/**', (route) => {
    const url = route.request().url();
    const json = (body, status = 200) => route.fulfill({ status, json: body });
    if (url.endsWith('/ticket')) return json({ ticket: 't' });
    if (url.includes('/code/7KQ4M2XB'))
      return json({
        workshop,
        title: { nb: 'Dialogmøte 2026', en: 'Dialogue meeting 2026' },
        language: 'nb',
        label: 'group',
        assignment: 'choose',
        locked: false,
        rooms: Array.from({ length: 16 }, (_, i) => ({
          number: i + 1,
          label: i === 4 ? 'Fjordrommet' : '',
          closed: i === 6,
          people: i % 5,
        })),
      });
    if (url.includes('/code/'))
      return json({ code: 'unknown_code', detail: 'No workshop has this code.' }, 404);
    if (url.endsWith('/join'))
      return json({
        workshop,
        seat: seats[0].id,
        room: 12,
        seat_link: `/room#${workshop}.${id('secret')}`,
      });
    if (url.endsWith('/sessions'))
      return json({ workshop, organiser: false, projector: false, seats: [seats[0].id] });
    return json({ code: 'not_found' }, 404);
  });
  const sent = [];
  let socket;
  await page.routeWebSocket(/\/ws\//, (ws) => {
    socket = ws;
    const say = (message) => ws.send(JSON.stringify(message));
    let seq = 10;
    say({ type: 'welcome', history: 'h', now: Date.now(), seats: [seats[0].id], limits: {} });
    ws.onMessage((data) => {
      const message = JSON.parse(data);
      sent.push(message);
      if (message.type === 'ping') say({ type: 'pong', now: Date.now() });
      if (message.type === 'command') say({ type: 'ok', id: message.id, seq: ++seq });
      if (message.type !== 'subscribe') return;
      for (const { channel } of message.channels) {
        const what = channel.split('/')[0];
        say({ type: 'snapshot', channel, history: 'h', seq: 10, state: state[what] ?? {} });
      }
      say({
        type: 'presence',
        room: 12,
        online: seats.slice(0, 3).map((seat) => seat.id),
        writing: [{ seat: seats[1].id, task: 1, question: 2 }],
      });
    });
  });
  return {
    sent,
    say: (message) => socket.send(JSON.stringify(message)),
    cut: () => socket.close({ code: 1012 }),
  };
}
