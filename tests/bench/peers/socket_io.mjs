// The peer on Socket.IO, WebSocket only: usage socket_io.mjs --frame-ms N
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { Hall, readOptions } from './hall.mjs';
import { openStore } from './store.mjs';

const options = readOptions();
const server = createServer();
const io = new Server(server, { transports: ['websocket'], maxHttpBufferSize: 256 * 1024 });
const hall = new Hall(await openStore(options), options.frameMs, (channel, frame) => {
  io.to(channel).emit('frame', frame);
});

io.on('connection', (socket) => {
  socket.on('subscribe', (message) => {
    for (const { channel } of message.channels) {
      if (channel.startsWith('wall')) hall.wall = true;
      socket.join(channel);
      socket.emit('snapshot', hall.snapshot(channel));
    }
  });
  socket.on('command', (message) => hall.take(message, (answer) => socket.emit('answer', answer)));
  socket.on('ping_us', () => socket.emit('pong_you'));
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
  console.log(`listening on http://127.0.0.1:${server.address().port}`),
);
