// A line between one browser and the server that can be made as bad as Wi-Fi gets: a SOCKS proxy
// that delays, throttles, goes silent (a black hole), cuts and refuses. What it does to a line it
// does to all its connections. (SOCKS, so that pages keep the server's own address.)
import { connect, createServer } from 'node:net';

const hello = Buffer.from([5, 0]);
const connected = Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);

export async function openLine(target) {
  const port = Number(new URL(target).port);
  const pairs = new Set();
  let weather = { is: 'fine' };

  async function accept(near) {
    near.on('error', () => near.destroy());
    if (weather.is === 'cut') return near.resetAndDestroy();
    await bytesOf(near);
    near.write(hello);
    await bytesOf(near);
    const far = connect(port, '127.0.0.1');
    const pair = { near, far, end: () => (near.resetAndDestroy(), far.resetAndDestroy()) };
    pairs.add(pair);
    far.on('error', () => pair.end());
    near.on('close', () => (pairs.delete(pair), far.end()));
    far.on('close', () => near.end());
    near.write(connected);
    near.on('data', (bytes) => carry(bytes, near, far, () => weather));
    far.on('data', (bytes) => carry(bytes, far, near, () => weather));
    if (weather.is === 'silent') freeze(pair);
  }
  const server = createServer((near) => void accept(near));
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));

  return {
    proxy: { server: `socks5://127.0.0.1:${server.address().port}` },
    // fine · slow (each piece waits delay_ms, then bytes_per_ms pass) · silent · cut
    turn(next) {
      weather = next;
      if (next.is === 'cut') for (const pair of [...pairs]) pair.end();
      else for (const pair of pairs) (next.is === 'silent' ? freeze : thaw)(pair);
    },
    close() {
      for (const pair of [...pairs]) pair.end();
      return new Promise((closed) => server.close(closed));
    },
  };
}

const bytesOf = (socket) => new Promise((come) => socket.once('data', come));
const freeze = ({ near, far }) => (near.pause(), far.pause());
const thaw = ({ near, far }) => (near.resume(), far.resume());

// One piece at a time, so that bytes stay in order.
function carry(bytes, from, to, weather) {
  const { is, delay_ms = 0, bytes_per_ms = Infinity } = weather();
  if (is !== 'slow') return void to.write(bytes);
  from.pause();
  const pass = () => {
    if (to.writable) to.write(bytes);
    if (weather().is !== 'silent') from.resume();
  };
  setTimeout(pass, delay_ms + bytes.length / bytes_per_ms);
}
