import { once } from 'node:events';
import { connect } from 'node:tls';
import { parentPort, Worker, workerData } from 'node:worker_threads';

/** What a client in a thread of its own sends over TLS. */
export interface Sending {
  readonly port: number;
  readonly ca: string;
  /** Sent first; its answer ends with an empty line. */
  readonly hello: Buffer | undefined;
  /** Sent so often, each time in one write. */
  readonly message: Buffer;
  readonly count: number;
  /** What comes back for each of them. */
  readonly answer: Buffer;
  /** So many may be under way at once. */
  readonly window: number;
}

/** Sends from another thread, whose turns are not those of the host; answers how many were answered. */
export async function sendFromOtherThread(sending: Sending): Promise<number> {
  const worker = new Worker(new URL(import.meta.url), { workerData: sending });
  const [answered] = await once(worker, 'message');
  await worker.terminate();
  return answered;
}

async function send({ port, ca, hello, message, count, answer, window }: Sending): Promise<number> {
  const socket = connect({ host: '127.0.0.1', port, ca: [ca] });
  await once(socket, 'secureConnect');
  if (hello) {
    socket.write(hello);
    await once(socket, 'data');
  }
  let sent = 0;
  let bytes = 0;
  const answered = () => Math.floor(bytes / answer.length);
  return new Promise((resolve) => {
    const next = (): void => {
      while (sent < count && sent - answered() < window) {
        socket.write(message);
        sent++;
      }
      if (answered() === count) socket.end();
    };
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      next();
    });
    socket.on('error', () => undefined).on('close', () => resolve(answered()));
    next();
  });
}

if (parentPort) parentPort.postMessage(await send(workerData));
