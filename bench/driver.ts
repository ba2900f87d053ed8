// The process that drives a server: gets one task by IPC, tells when it has warmed up, goes on when it is told to.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { DrivenConnection, openStream, type Server, streamTo } from './driven-connection.ts';
import type { HoldTask, LoadTask, PassTask, SetUpTask, Task, Told } from './driver-tasks.ts';
import { MaskedFrames } from './masked-frames.ts';
import { messageParts } from './messages.ts';

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
  const streams = await openAll(connections, { protocol, port });
  const lanes = streams.map((stream, at): Lane => {
    const connection = new DrivenConnection(stream);
    const frames = new MaskedFrames(messageParts({ method: 'OPTIONS', user: `user${at}`, protocol, bytes }));
    return { frames, sender: connection, receiver: connection };
  });
  await exchange(lanes, inFlight, warmUp);
  await readyToGo();
  return exchange(lanes, inFlight, messages);
}

async function pass(task: PassTask): Promise<number> {
  const { pairs, inFlight, warmUp, messages, bytes, protocol, port } = task;
  const lanes: Lane[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const receiver = await openStream({ protocol, port });
    const sender = await openStream({ protocol, port });
    const host = `127.0.0.1:${receiver.localPort};transport=${protocol}`;
    const parts = messageParts({ method: 'MESSAGE', user: `user${pair}`, host, protocol, bytes });
    lanes.push({
      frames: new MaskedFrames(parts),
      sender: new DrivenConnection(sender),
      receiver: new DrivenConnection(receiver),
    });
  }
  await exchange(lanes, inFlight, warmUp);
  await readyToGo();
  return exchange(lanes, inFlight, messages);
}

/** Where messages go in, and where what becomes of them comes out. */
interface Lane {
  readonly frames: MaskedFrames;
  readonly sender: DrivenConnection;
  readonly receiver: DrivenConnection;
}

/** A closed loop: so many messages of each lane are on their way, and each that comes out lets one more go. */
function exchange(lanes: readonly Lane[], inFlight: number, total: number): Promise<number> {
  let sent = 0;
  let received = 0;
  return new Promise((resolve) => {
    for (const { frames, sender, receiver } of lanes) {
      const send = (wanted: number) => {
        const count = Math.min(wanted, total - sent);
        if (count <= 0) return;
        sender.send(frames.from(sent, count));
        sent += count;
      };
      receiver.receive(expected, (count) => {
        received += count;
        send(count);
        if (received === total) resolve(total);
      });
      send(inFlight);
    }
  });
}

/** An answer, or what was passed on. */
const expected = ['SIP/2.0 200', 'MESSAGE sip'];

async function openAll(count: number, server: Server): Promise<Socket[]> {
  const streams: Socket[] = [];
  while (streams.length < count) {
    const some = Array.from({ length: Math.min(50, count - streams.length) }, (_unused, at) =>
      // Some 500 of each address of this machine.
      openStream(server, { localAddress: `127.0.0.${2 + Math.floor((streams.length + at) / 500)}` }),
    );
    streams.push(...(await Promise.all(some)));
  }
  return streams;
}

async function hold({ connections, ...server }: HoldTask): Promise<number> {
  const streams = await openAll(connections, server);
  for (const stream of streams) stream.resume();
  await readyToGo();
  return streams.filter(({ readyState }) => readyState === 'open').length;
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

/** A masked close frame with the code 1000; RFC 6455 §5.5.1. */
const closeFrame = Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8]);

async function handshake(server: Server, session?: Buffer): Promise<void> {
  const socket = await openStream(server, session && { session });
  const closed = new Promise<void>((resolve) => {
    // A server may reset what it has been told to close.
    socket.once('close', resolve).on('error', () => undefined);
  });
  socket.resume().end(closeFrame);
  await closed;
}

async function firstSession(server: Server): Promise<Buffer> {
  const socket = streamTo(server);
  const [session]: Buffer[] = await once(socket, 'session');
  socket.destroy();
  if (!session) throw new Error('no TLS session came');
  return session;
}
