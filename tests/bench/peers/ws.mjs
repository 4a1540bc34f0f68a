// The peer on `ws`: usage ws.mjs --store none|each|grouped --frame-ms N [--data FOLDER]
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { Hall, readOptions } from './hall.mjs';
import { openStore } from './store.mjs';

const options = readOptions();
const members = new Map();
const hall = new Hall(await openStore(options), options.frameMs, (channel, frame) => {
  const bytes = Buffer.from(JSON.stringify(frame));
  for (const socket of members.get(channel) ?? []) socket.send(bytes, { binary: false });
});

const hear = {
  subscribe(socket, message) {
    for (const { channel } of message.channels) {
      if (channel.startsWith('wall')) hall.wall = true;
      if (!members.has(channel)) members.set(channel, new Set());
      members.get(channel).add(socket);
      socket.on('close', () => members.get(channel).delete(socket));
      socket.send(JSON.stringify(hall.snapshot(channel)));
    }
  },
  command: (socket, message) => hall.take(message, (answer) => socket.send(JSON.stringify(answer))),
  ping: (socket) => socket.send('{"type":"pong"}'),
};

const server = createServer((request, response) => response.writeHead(404).end());
const sockets = new WebSocketServer({
  server,
  perMessageDeflate: false,
  maxPayload: 256 * 1024,
});
sockets.on('connection', (socket) => {
  socket.on('message', (bytes) => {
    let message;
    try {
      message = JSON.parse(bytes);
    } catch {
      return socket.close(1007);
    }
    hear[message.type]?.(socket, message);
  });
  socket.on('error', () => socket.terminate());
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
  console.log(`listening on http://127.0.0.1:${server.address().port}`),
);
