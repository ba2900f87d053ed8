import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';

export type Transport = 'udp' | 'tcp' | 'ws' | 'wss';

/** A way between a phone and a proxy, by which whole messages go, one character a byte. */
export interface Link {
  readonly transport: Transport;
  /** The phone's own. */
  readonly port: number;
  /** What is sent when it is gone is lost. */
  send(text: string): void;
  /** Gone at once, as if somebody had pulled the plug; resolves when it is. */
  close(): Promise<void>;
}

export interface LinkTarget {
  readonly port: number;
  /** Whom a wss link trusts, as PEM. */
  readonly authority?: string | undefined;
}

type Hear = (text: string) => void;

/** Opens a link to a port of 127.0.0.1; each message that comes is handed to `hear`. */
export function openLink(transport: Transport, target: LinkTarget, hear: Hear): Promise<Link> {
  if (transport === 'udp') return openUdp(target, hear);
  if (transport === 'tcp') return openTcp(target, hear);
  return openWebSocket(transport, target, hear);
}

async function openUdp({ port }: LinkTarget, hear: Hear): Promise<Link> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  // A port that another test has had may still get what was meant for that one.
  socket.on('message', (data, from) => from.port === port && hear(data.toString('latin1')));
  let isOpen = true;
  return {
    transport: 'udp',
    port: socket.address().port,
    send(text) {
      if (isOpen) socket.send(Buffer.from(text, 'latin1'), port, '127.0.0.1');
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      socket.close();
      await once(socket, 'close');
    },
  };
}

async function openTcp({ port }: LinkTarget, hear: Hear): Promise<Link> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.setNoDelay(true).setEncoding('latin1');
  let waiting = '';
  socket.on('data', (text: string) => {
    waiting += text;
    for (let end = wholeMessage(waiting); end > 0; end = wholeMessage(waiting)) {
      hear(waiting.slice(0, end));
      waiting = waiting.slice(end);
    }
  });
  socket.on('error', () => undefined);
  return {
    transport: 'tcp',
    port: socket.localPort ?? 0,
    send: (text) => void socket.write(text, 'latin1'),
    async close() {
      if (socket.closed) return;
      socket.destroy();
      await once(socket, 'close');
    },
  };
}

/** Where the first message ends; 0 while it has not come. */
function wholeMessage(text: string): number {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return 0;
  const length = Number(/^Content-Length:\s*(\d+)/im.exec(text.slice(0, end))?.[1] ?? 0);
  return text.length >= end + 4 + length ? end + 4 + length : 0;
}

async function openWebSocket(
  transport: 'ws' | 'wss',
  { port, authority }: LinkTarget,
  hear: Hear,
): Promise<Link> {
  const client = new WebSocket(`${transport}://127.0.0.1:${port}/`, 'sip', {
    origin: 'http://localhost',
    ...(authority === undefined ? {} : { ca: [authority] }),
  });
  let ownPort = 0;
  client.on('upgrade', ({ socket }) => {
    ownPort = socket.localPort ?? 0;
  });
  client.on('message', (data: Buffer) => hear(data.toString('latin1')));
  await once(client, 'open');
  client.on('error', () => undefined);
  return {
    transport,
    port: ownPort,
    send: (text) => client.send(Buffer.from(text, 'latin1'), { binary: false }),
    async close() {
      if (client.readyState === WebSocket.CLOSED) return;
      client.terminate();
      await once(client, 'close');
    },
  };
}
