// deploy/up as an operator meets it: its help, its mistakes, a start with the sample seminar, a
// second start, Ctrl+C. Works on what tests/run has built, in a data folder of its own.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const up = fileURLToPath(new URL('../../deploy/up', import.meta.url));
const data = mkdtempSync(join(tmpdir(), 'rundbord-up-'));
const running = new Set();

// SIGTERM, not SIGKILL: the script must get to stop its server.
after(async () => {
  const ends = [...running].map((child) => new Promise((end) => child.once('close', end)));
  for (const child of running) child.kill('SIGTERM');
  await Promise.all(ends);
  rmSync(data, { recursive: true });
});

const ask = (...options) => spawnSync(up, options, { encoding: 'utf8' });

// Starts deploy/up; `saw(pattern)` waits for a line, `ended` for its exit code.
function start(listen) {
  const serve = ['--', '--metrics', 'off'];
  const options = ['--no-build', '--data', data, '--listen', listen, ...serve];
  const child = spawn(up, options, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let text = '';
  const waiting = new Set();
  const look = () => waiting.forEach((check) => check());
  const gather = (chunk) => {
    text += chunk;
    look();
  };
  child.stdout.setEncoding('utf8').on('data', gather);
  child.stderr.setEncoding('utf8').on('data', gather);
  let code;
  const ended = new Promise((resolve) => {
    child.on('close', (value) => {
      running.delete(child);
      code = value;
      look();
      resolve(value);
    });
  });
  const saw = (pattern) =>
    new Promise((resolve, reject) => {
      const check = () => {
        const match = pattern.exec(text);
        if (match) resolve(match);
        else if (code !== undefined) reject(new Error(`${code} before ${pattern}:\n${text}`));
        if (match || code !== undefined) waiting.delete(check);
      };
      waiting.add(check);
      check();
    });
  return { child, saw, ended, said: () => text };
}

async function ready(server) {
  const [, url] = await server.saw(/^listening on (http:\/\/\S+)$/m);
  await server.saw(/Ctrl\+C stops the server/);
  return url;
}

test('--help says the options and an example', () => {
  const { status, stdout } = ask('--help');
  assert.equal(status, 0);
  for (const word of ['--no-run', '--listen', '--public-url', 'Example']) {
    assert.ok(stdout.includes(word), `${word} is missing`);
  }
});

test('a wrong option is named and exits 2', () => {
  const unknown = ask('--colour');
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /unknown option --colour/);
  const lacking = ask('--listen');
  assert.equal(lacking.status, 2);
  assert.match(lacking.stderr, /--listen needs a value/);
});

test('the first start plays the sample, tells how to join, and stops cleanly', async () => {
  const server = start('127.0.0.1:0');
  const url = await ready(server);
  const page = await fetch(`${url}/`);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /<html/i);
  assert.match(server.said(), /[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}/, 'a join code');
  assert.match(server.said(), /[█▀▄]{4}/, 'a QR made of blocks');
  assert.match(server.said(), /--listen 0\.0\.0\.0:8080/, 'the way for phones');
  assert.equal(statSync(join(data, 'sample.json')).mode & 0o077, 0, 'its links are secrets');
  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 0, server.said());
  await assert.rejects(fetch(`${url}/`), 'nothing listens any more');
});

test('the second start keeps what was there and plays nothing again', async () => {
  const before = readFileSync(join(data, 'sample.json'), 'utf8');
  const server = start('127.0.0.1:0');
  await ready(server);
  assert.equal(readFileSync(join(data, 'sample.json'), 'utf8'), before);
  assert.doesNotMatch(server.said(), /== Sample seminar/);
  server.child.kill('SIGINT');
  assert.equal(await server.ended, 0, server.said());
});

test('a data folder that another server holds is refused with a sentence', async () => {
  const first = start('127.0.0.1:0');
  await ready(first);
  const second = start('127.0.0.1:0');
  assert.notEqual(await second.ended, 0);
  assert.match(second.said(), /Another Rundbord server is using/);
  first.child.kill('SIGTERM');
  assert.equal(await first.ended, 0);
});
