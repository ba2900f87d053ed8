import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between a TLS client and a host, and passes the client's bytes on in pieces of its own. */
export interface TlsRelay {
  readonly port: number;
  /** Records with application data that the client has sent (in TLS 1.3 the end of its handshake is one, too). */
  readonly records: number;
  /** From now on nothing is passed on. */
  hold(): void;
  /** What was held is passed on in one write. */
  release(): void;
  close(): Promise<void>;
}

const APPLICATION_DATA = 23;

/** `size`: bytes of a piece; each is a turn of its own. Default: as they come. */
export async function openTlsRelay(to: number, size = Number.POSITIVE_INFINITY): Promise<TlsRelay> {
  let records = 0;
  let held: Buffer[] | undefined;
  let toHost: Socket | undefined;
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const host = connect({ port: to, host: '127.0.0.1', noDelay: true });
    for (const each of [client, host]) {
      open.add(each);
      each.on('error', () => each.destroy());
    }
    toHost = host;
    const count = recordCounter(() => records++);
    void passOn(client, size, {
      look: count,
      write: (bytes) => (held ? held.push(bytes) : host.write(bytes)),
      end: () => host.end(),
    });
    host.pipe(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    get records() {
      return records;
    },
    hold() {
      held = [];
    },
    release() {
      toHost?.write(Buffer.concat(held ?? []));
      held = undefined;
    },
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Onwards {
  look(bytes: Buffer): void;
  write(bytes: Buffer): void;
  end(): void;
}

async function passOn(from: Socket, size: number, { look, write, end }: Onwards): Promise<void> {
  try {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      look(chunk);
      for (let at = 0; at < chunk.length; at += size) {
        write(chunk.subarray(at, Math.min(at + size, chunk.length)));
        await new Promise(setImmediate);
      }
    }
  } catch {
    // A client that breaks off is at its end, too.
  }
  end();
}

/** RFC 8446 §5.1: a byte of type, two of version, two of length. */
function recordCounter(found: () => void): (bytes: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= 5 && rest.length >= 5 + rest.readUInt16BE(3)) {
      if (rest[0] === APPLICATION_DATA) found();
      rest = rest.subarray(5 + rest.readUInt16BE(3));
    }
  };
}
