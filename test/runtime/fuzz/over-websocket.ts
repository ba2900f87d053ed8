/** The bad messages over a real WebSocket, in batches with a good request behind each. */

import { WebSocket } from 'ws';
import type { Host } from '../../../runtime/index.ts';
import { reachedCount } from './messages.ts';
import { mutatedMessage, randomMessage } from './mutations.ts';
import type { Random } from './random.ts';
import { validMessages } from './valid-messages.ts';

interface SentOverWebSocket {
  random: number;
  mutated: number;
  reachedScript: number;
  randomReachedScript: number;
  answers: number;
  closedConnections: number;
}

const batch = 200;

/** Sends batches of random and of mutated messages in turn, each on a connection of its own. */
export async function sendOverWebSocket(
  host: Host,
  random: Random,
  count: number,
): Promise<SentOverWebSocket> {
  const done: SentOverWebSocket = {
    random: 0,
    mutated: 0,
    reachedScript: 0,
    randomReachedScript: 0,
    answers: 0,
    closedConnections: 0,
  };
  for (let sent = 0; sent < count; sent += batch) {
    const size = Math.min(batch, count - sent);
    const isRandom = (sent / batch) % 2 === 0;
    const make = isRandom ? randomMessage : mutatedMessage;
    const before = reachedCount(host);
    const { answers, closed } = await sendBatch(
      host,
      Array.from({ length: size }, () => make(random)),
    );
    // The good request behind the batch reaches the script as well.
    const reached = reachedCount(host) - before - 1;
    done.answers += answers;
    if (closed) done.closedConnections++;
    if (isRandom) {
      done.random += size;
      done.randomReachedScript += reached;
    } else {
      done.mutated += size;
      done.reachedScript += reached;
    }
  }
  return done;
}

/** Sends a batch, then a good request, and waits for its answer; where the host closed, on a second connection. */
async function sendBatch(
  host: Host,
  messages: readonly string[],
): Promise<{ answers: number; closed: boolean }> {
  const client = await openClient(host);
  let answers = 0;
  client.on('message', () => {
    answers++;
  });
  for (const message of messages) client.send(Buffer.from(message, 'latin1'), { binary: true });
  const answered = await isAnswered(client);
  if (answered) await closeClient(client);
  else {
    const second = await openClient(host);
    if (!(await isAnswered(second))) throw new Error('the host does not answer any more');
    await closeClient(second);
  }
  await allGone(host);
  return { answers: answered ? answers - 1 : answers, closed: !answered };
}

async function openClient(host: Host): Promise<WebSocket> {
  const [listener] = host.listeners;
  const client = new WebSocket(`ws://${listener?.address}:${listener?.port}/`, 'sip', {
    origin: 'http://localhost',
  });
  client.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    client.once('open', resolve);
    client.once('close', () => reject(new Error('no connection')));
  });
  return client;
}

/** Sends a good request; false where the connection ends before its answer comes. */
function isAnswered(client: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    const isMine = (data: Buffer) => data.includes('behind-the-batch');
    client.on('message', (data: Buffer) => isMine(data) && resolve(true));
    if (client.readyState !== WebSocket.OPEN) resolve(false);
    client.once('close', () => resolve(false));
    client.send(
      validMessages[0]?.(1).replace(/Call-ID: .*/, 'Call-ID: behind-the-batch') ?? '',
      () => undefined,
    );
  });
}

async function closeClient(client: WebSocket): Promise<void> {
  const closed = new Promise((resolve) => client.once('close', resolve));
  client.close();
  await closed;
}

/** Waits until the host has forgotten every connection. */
async function allGone(host: Host): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (host.connections.length > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
