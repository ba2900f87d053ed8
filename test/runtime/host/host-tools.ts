import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { createHost, createLog, type Host, type HostOptions, type Log } from '../../../runtime/index.ts';

/** The folder of modules that tests load by mpath, seen from the compiled test. */
export const fixtureMpath = fileURLToPath(new URL('../../../../test/fixtures/mpath', import.meta.url));

export interface CollectedLog {
  readonly log: Log;
  /** `LEVEL module caller: message`, without their line ends. */
  readonly lines: string[];
  /** The messages of one caller. */
  from(caller: string): string[];
}

/** A log that keeps its lines. */
export function collectLog(level = 2): CollectedLog {
  const kept: { caller: string | undefined; text: string }[] = [];
  const lines: string[] = [];
  const done = () => Promise.resolve();
  const log = createLog({
    settings: { ...createLog().settings, level, xlogLevel: level },
    stderr: {
      write(line) {
        const text = line.message.trimEnd();
        kept.push({ caller: line.caller, text });
        lines.push(`${line.module ?? 'xlog'} ${line.caller ?? ''}: ${text}`);
      },
      flush: done,
      flushSync: () => undefined,
      close: done,
    },
  });
  return {
    log,
    lines,
    from: (caller) => kept.filter((line) => line.caller === caller).map(({ text }) => text),
  };
}

/** A host of a config text; every socket goes to a free port of 127.0.0.1. */
export function hostOf(config: string, options: HostOptions = {}): Promise<Host> {
  return createHost({
    config,
    name: 'test.cfg',
    listenOn: () => '127.0.0.1:0',
    log: collectLog().log,
    ...options,
  });
}

/** The smallest config around a script: proto_ws, sl, and the modules of the fixtures that are named. */
export function configAround(script: string, modules: readonly string[] = [], more = ''): string {
  return [
    'socket=ws:127.0.0.1:8080',
    `mpath="${fixtureMpath}"`,
    'loadmodule "proto_ws.so"',
    'loadmodule "sl.so"',
    ...modules.map((name) => `loadmodule "${name}.so"`),
    more,
    script,
    '',
  ].join('\n');
}

let requests = 0;

/** A request that RFC 3261 accepts, and that differs from all others. */
export function requestText(method = 'OPTIONS', more: readonly string[] = []): string {
  requests += 1;
  return [
    `${method} sip:alice@example.com SIP/2.0`,
    `Via: SIP/2.0/WS client.invalid;branch=z9hG4bK${requests}`,
    'Max-Forwards: 70',
    `From: <sip:bob@example.com>;tag=f${requests}`,
    'To: <sip:alice@example.com>',
    `Call-ID: call-${requests}`,
    `CSeq: 1 ${method}`,
    ...more,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

export const statusOf = (reply: string | undefined) => Number(/^SIP\/2\.0 (\d+)/.exec(reply ?? '')?.[1]);

/** A WebSocket client of a host's first socket, after its handshake. */
export async function connect(host: Host): Promise<WebSocket> {
  const listener = host.listeners.find(({ protocol }) => protocol === 'ws');
  const place = listener?.family === 6 ? `[${listener.address}]` : listener?.address;
  const client = new WebSocket(`ws://${place}:${listener?.port}/`, 'sip', {
    origin: 'http://localhost',
  });
  await new Promise<void>((resolve, reject) => {
    client.once('open', resolve);
    client.once('error', reject);
  });
  return client;
}

/** Sends one message and waits for the one that comes back. */
export function ask(client: WebSocket, message: string): Promise<string> {
  return new Promise((resolve, reject) => {
    client.once('message', (data) => resolve(data.toString()));
    client.once('close', () => reject(new Error('closed instead of answered')));
    client.send(message);
  });
}
