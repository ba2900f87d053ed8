// The process that drives a server: gets one task by IPC, tells when it has warmed up, goes on when it is told to.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectSecure, TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import type { HoldTask, LoadTask, PassTask, SetUpTask, Task, Told } from './driver-tasks.ts';
import { messageParts, numbered, type WantedMessage } from './messages.ts';

const tell = (told: Told): void => void process.send?.(told);

process.once('message', (task: Task) => {
  run(task).then(
    (answered) => tell({ told: 'done', answered }),
    (error: unknown) => tell({ told: 'failed', why: String(error) }),
  );
});

function run(task: Task): Promise<number> {
  switch (task.kind) {
    case 'load':
      return load(task);
    case 'pass':
      return pass(task);
    case 'set up':
      return setUp(task);
    case 'hold':
      return hold(task);
  }
}

async function readyToGo(): Promise<void> {
  const go = once(process, 'message');
  tell({ told: 'ready' });
  await go;
}

async function load(task: LoadTask): Promise<number> {
  const { connections, inFlight, warmUp, messages, bytes, protocol, port } = task;
  const sockets = await openAll(connections, { protocol, port });
  const senders = sockets.map((socket, at) =>
    senderOn(socket, { method: 'OPTIONS', user: `user${at}`, protocol, bytes }),
  );
  const exchange = (total: number) => inTurns(senders, inFlight, total, sockets);
  await exchange(warmUp);
  await readyToGo();
  return exchange(messages);
}

async function pass(task: PassTask): Promise<number> {
  const { pairs, inFlight, warmUp, messages, bytes, protocol, port } = task;
  const receivers: WebSocket[] = [];
  const senders: Send[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    let portOfReceiver = 0;
    const receiver = await open({ protocol, port }, undefined, (at) => {
      portOfReceiver = at;
    });
    receivers.push(receiver);
    const host = `127.0.0.1:${portOfReceiver};transport=${protocol}`;
    const sender = await open({ protocol, port });
    senders.push(senderOn(sender, { method: 'MESSAGE', user: `user${pair}`, host, protocol, bytes }));
  }
  const exchange = (total: number) => inTurns(senders, inFlight, total, receivers);
  await exchange(warmUp);
  await readyToGo();
  return exchange(messages);
}

type Send = (number: number) => void;

function senderOn(socket: WebSocket, wanted: WantedMessage): Send {
  const parts = messageParts(wanted);
  return (number) => socket.send(numbered(parts, number));
}

/** `receivers` has the connection that hears what each of `senders` has sent, in the same order. */
function inTurns(
  senders: readonly Send[],
  inFlight: number,
  total: number,
  receivers: readonly WebSocket[],
): Promise<number> {
  let sent = 0;
  let answered = 0;
  return new Promise((resolve, reject) => {
    for (const [at, send] of senders.entries()) {
      const receiver = receivers[at];
      const next = () => {
        if (sent < total) send(sent++);
      };
      receiver?.removeAllListeners('message').on('message', (data: Buffer) => {
        if (!isExpected(data)) reject(new Error(`not what was asked for: ${data.toString('latin1')}`));
        answered++;
        next();
        if (answered === total) resolve(answered);
      });
      for (let one = 0; one < inFlight; one++) next();
    }
  });
}

/** `SIP/2.0 200`, or a MESSAGE that was passed on. */
function isExpected(data: Buffer): boolean {
  return data.toString('latin1', 0, 11) === 'SIP/2.0 200' || data.toString('latin1', 0, 8) === 'MESSAGE ';
}

/** OpenSIPS wants one. */
const origin = 'https://bench.example.com';

type Server = Pick<LoadTask, 'protocol' | 'port'>;

function open(
  { protocol, port }: Server,
  localAddress?: string,
  from?: (port: number) => void,
): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${protocol}://127.0.0.1:${port}/`, 'sip', {
      perMessageDeflate: false,
      origin,
      rejectUnauthorized: false,
      ...(localAddress !== undefined && { localAddress }),
    });
    socket.once('upgrade', ({ socket: { localPort = 0 } }) => from?.(localPort));
    socket.once('open', () => resolve(socket)).once('error', reject);
  });
}

async function openAll(count: number, server: Server): Promise<WebSocket[]> {
  const sockets: WebSocket[] = [];
  while (sockets.length < count) {
    const some = Array.from({ length: Math.min(50, count - sockets.length) }, (_unused, at) =>
      // Some 500 of each address of this machine.
      open(server, `127.0.0.${2 + Math.floor((sockets.length + at) / 500)}`),
    );
    sockets.push(...(await Promise.all(some)));
  }
  return sockets;
}

async function hold({ connections, ...server }: HoldTask): Promise<number> {
  const sockets = await openAll(connections, server);
  await readyToGo();
  return sockets.filter(({ readyState }) => readyState === WebSocket.OPEN).length;
}

async function setUp({ atOnce, warmUp, connections, resume, ...server }: SetUpTask): Promise<number> {
  const session = resume ? await firstSession(server) : undefined;
  const openSome = async (total: number) => {
    let begun = 0;
    const worker = async () => {
      while (begun++ < total) await handshake(server, session);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return total;
  };
  await openSome(warmUp);
  await readyToGo();
  return openSome(connections);
}

const upgrade =
  `GET / HTTP/1.1\r\nHost: bench.example.com\r\nOrigin: ${origin}\r\n` +
  'Upgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: sip\r\nSec-WebSocket-Version: 13\r\n\r\n';
/** A masked close frame with the code 1000; RFC 6455 §5.5.1. */
const closeFrame = Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8]);

function stream({ protocol, port }: Server, session?: Buffer): Socket {
  return protocol === 'ws'
    ? connect(port, '127.0.0.1')
    : connectSecure({ port, host: '127.0.0.1', rejectUnauthorized: false, ...(session && { session }) });
}

async function handshake(server: Server, session?: Buffer): Promise<void> {
  const socket = stream(server, session);
  let head = '';
  let isUpgraded = false;
  const closed = new Promise<void>((resolve, reject) => {
    // A server may reset what it has been told to close.
    socket.once('close', () => resolve()).once('error', (error) => !isUpgraded && reject(error));
  });
  socket.on('data', (chunk: Buffer) => {
    if (isUpgraded) return;
    head += chunk.toString('latin1');
    if (!head.includes('\r\n\r\n')) return;
    if (!head.startsWith('HTTP/1.1 101 ')) socket.destroy(new Error(head));
    else if (session && socket instanceof TLSSocket && !socket.isSessionReused()) {
      socket.destroy(new Error('the TLS session was not resumed'));
    } else {
      isUpgraded = true;
      socket.end(closeFrame);
    }
  });
  socket.write(upgrade);
  await closed;
}

async function firstSession(server: Server): Promise<Buffer> {
  const socket = stream(server);
  const [session]: Buffer[] = await once(socket, 'session');
  socket.destroy();
  if (!session) throw new Error('no TLS session came');
  return session;
}
