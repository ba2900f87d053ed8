// The yardstick: a server of the package ws that answers a prepared string and knows nothing of SIP, or passes what
// comes on one of two connections to the other. Arguments: `answer` or `pass`, the port, and for wss the files of a
// certificate and its key.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type WebSocket, WebSocketServer } from 'ws';

const [mode, port, certificate, key] = process.argv.slice(2);
const server =
  certificate !== undefined && key !== undefined
    ? createSecureServer({ cert: readFileSync(certificate), key: readFileSync(key) })
    : createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false, handleProtocols: () => 'sip' });
sockets.on('connection', mode === 'pass' ? passOn : answer);
process.once('SIGTERM', () => process.exit(0));
server.listen(Number(port), '127.0.0.1', 4096);

const prepared =
  'SIP/2.0 200 OK\r\nVia: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bKbench0;rport=40000;received=127.0.0.1\r\n' +
  'From: <sip:user0@bench.example.com>;tag=user0tag\r\nTo: <sip:bench@bench.example.com>;tag=1a2b3c4d5e6f.7a8b9c0d\r\n' +
  'Call-ID: user0f81d4fae7dec11d0\r\nCSeq: 4711 OPTIONS\r\nServer: bench\r\nContent-Length: 0\r\n\r\n';

function answer(socket: WebSocket): void {
  socket.on('message', () => socket.send(prepared));
}

let waiting: WebSocket | undefined;

/** Connections come in pairs, the one that receives first. */
function passOn(socket: WebSocket): void {
  const receiver = waiting;
  waiting = receiver ? undefined : socket;
  if (receiver) socket.on('message', (data: Buffer) => receiver.send(data.toString('latin1')));
}
