import { connect, type Socket } from 'node:net';
import { connect as connectSecure, TLSSocket } from 'node:tls';
import type { LoadTask } from './driver-tasks.ts';

export type Server = Pick<LoadTask, 'protocol' | 'port'>;

/** OpenSIPS wants one. */
const origin = 'https://bench.example.com';

const upgrade =
  `GET / HTTP/1.1\r\nHost: bench.example.com\r\nOrigin: ${origin}\r\n` +
  'Upgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: sip\r\nSec-WebSocket-Version: 13\r\n\r\n';

export interface Opening {
  /** The address of this machine that it comes from. */
  readonly localAddress?: string;
  /** A TLS session that has to be resumed. */
  readonly session?: Buffer;
}

/** A stream to the server; what it sends first waits until it is connected. */
export function streamTo({ protocol, port }: Server, { localAddress, session }: Opening = {}): Socket {
  const place = { port, host: '127.0.0.1', ...(localAddress !== undefined && { localAddress }) };
  return protocol === 'ws'
    ? connect(place)
    : connectSecure({ ...place, rejectUnauthorized: false, ...(session && { session }) });
}

/** A stream that the server has upgraded to a WebSocket; RFC 6455 §4.1. */
export function openStream(server: Server, opening: Opening = {}): Promise<Socket> {
  const socket = streamTo(server, opening);
  let head = '';
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      if (!head.endsWith('\r\n\r\n')) return;
      const mustResume = opening.session !== undefined;
      if (!head.startsWith('HTTP/1.1 101 ')) socket.destroy(new Error(head));
      else if (mustResume && !(socket instanceof TLSSocket && socket.isSessionReused())) {
        socket.destroy(new Error('the TLS session was not resumed'));
      } else {
        socket.off('data', onData).off('error', reject);
        resolve(socket);
      }
    };
    socket.on('data', onData).on('error', reject);
    socket.setNoDelay(true).write(upgrade);
  });
}

/**
 * One WebSocket of the driver: it does as little for a message as can be, so that the server is what is waited for. What
 * may be sent at one moment goes out in one write, as a pipelining client does.
 */
export class DrivenConnection {
  readonly #stream: Socket;
  /** The begin of a frame whose end has not come. */
  #rest: Buffer | undefined;

  constructor(stream: Socket) {
    this.#stream = stream;
  }

  /** Calls back with how many messages a read has brought; fails where one begins with none of these texts. */
  receive(begins: readonly string[], messages: (count: number) => void): void {
    this.#stream.removeAllListeners('data').on('data', (chunk: Buffer) => {
      const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
      const { count, end } = countFrames(bytes, begins);
      this.#rest = end < bytes.length ? bytes.subarray(end) : undefined;
      if (count > 0) messages(count);
    });
  }

  send(frames: Buffer): void {
    this.#stream.write(frames);
  }
}

/** RFC 6455 §5.2: whole frames of a server, which are not masked. */
function countFrames(bytes: Buffer, begins: readonly string[]): { count: number; end: number } {
  let count = 0;
  let end = 0;
  while (end + 4 <= bytes.length) {
    const length = bytes.readUInt8(end + 1);
    const start = length < 126 ? end + 2 : end + 4;
    const stop = start + (length < 126 ? length : bytes.readUInt16BE(end + 2));
    if (stop > bytes.length) break;
    if (!begins.some((begin) => bytes.toString('latin1', start, start + begin.length) === begin)) {
      throw new Error(`not what was asked for: ${bytes.toString('latin1', start, stop)}`);
    }
    end = stop;
    count++;
  }
  return { count, end };
}
