// A server of the journeys' own: real binary, fresh data, free port on loopback.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const binary = process.env.RUNDBORD_BINARY ?? join(root, 'build/release/rundbord');

const built = process.env.RUNDBORD_WEB ?? join(root, 'web/dist');

export async function startServer({ web = built, options = [] } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'rundbord-e2e-'));
  const start = (listen) => {
    const given = ['--data', data, '--listen', listen, '--metrics', 'off', '--web', web];
    return spawn(binary, ['serve', ...given, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  };
  let child = start('127.0.0.1:0');
  const url = await ready(child);
  const secret = readFileSync(join(data, 'server-link'), 'utf8').trim().split('#').pop();
  return {
    url,
    secret,
    data,
    // On the same port, after it ended by this signal.
    restart: async (signal) => {
      await ended(child, signal);
      child = start(new URL(url).host);
      await ready(child);
    },
    stop: async () => {
      const code = await ended(child, 'SIGTERM');
      rmSync(data, { recursive: true, force: true });
      return code;
    },
  };
}

function ready(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
    child.stdout.on('data', (bytes) => {
      said += bytes;
      const url = /listening on (http:\/\/\S+)/.exec(said)?.[1];
      if (url) resolve(url);
    });
  });
}

function ended(child, signal) {
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', resolve);
    child.kill(signal);
  });
}

// An organiser's requests without a browser.
export async function api(server, method, path, body, secret = server.secret) {
  const response = await fetch(server.url + path, {
    method,
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}
