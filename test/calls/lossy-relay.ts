import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { SipText } from './sip-text.ts';

/** A datagram relay between one client and one server that loses some of what passes. */
export interface LossyRelay {
  /** Where the client sends to. */
  readonly port: number;
  readonly passed: number;
  readonly lost: number;
  close(): void;
}

export interface LossOptions {
  /** Of one: 0.02 loses two in a hundred. */
  readonly loss: number;
  readonly seed: number;
  /** The server's, on 127.0.0.1. */
  readonly to: number;
}

/**
 * Whether a packet is lost depends on the seed and on what it is (the third 200 to the INVITE of call 17, on its way
 * up), and not on when it comes: every run with one seed loses the same packets.
 */
export async function openLossyRelay({ loss, seed, to }: LossOptions): Promise<LossyRelay> {
  const [client, server] = [await bound(), await bound()];
  const times = new Map<string, number>();
  const counts = { passed: 0, lost: 0 };
  let clientPort = 0;

  const isLost = (data: Buffer, direction: string): boolean => {
    const key = `${direction} ${nameOf(data)}`;
    const time = (times.get(key) ?? 0) + 1;
    times.set(key, time);
    const digest = createHash('sha1').update(`${seed} ${key} ${time}`).digest();
    return digest.readUInt32BE(0) / 2 ** 32 < loss;
  };
  const pass = (data: Buffer, direction: string, by: Socket, port: number): void => {
    if (isLost(data, direction)) counts.lost += 1;
    else {
      counts.passed += 1;
      by.send(data, port, '127.0.0.1');
    }
  };
  client.on('message', (data, { port }) => {
    clientPort = port;
    pass(data, 'up', server, to);
  });
  server.on('message', (data) => pass(data, 'down', client, clientPort));
  return {
    port: client.address().port,
    get passed() {
      return counts.passed;
    },
    get lost() {
      return counts.lost;
    },
    close() {
      client.close();
      server.close();
    },
  };
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  for (const size of ['Recv', 'Send'] as const) socket[`set${size}BufferSize`](4 * 1024 * 1024);
  return socket;
}

/** `17 200 INVITE`: sipp counts its calls in front of the Call-ID, whose rest is another one in each run. */
function nameOf(data: Buffer): string {
  const message = new SipText(data.toString('latin1'));
  return `${message.header('Call-ID')?.split('-')[0]} ${message.kind}`;
}
