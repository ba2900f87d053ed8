import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { ByteText } from '../encoding.ts';
import { facilities } from '../facilities.ts';
import { levelFacts } from '../levels.ts';
import type { LineFacts, LogLine } from '../log-line.ts';
import type { Sink, Trouble } from './sink.ts';

interface UdpSinkOptions {
  readonly host: string;
  readonly port: number;
  /** A name of the table of facilities. */
  readonly facility: string;
  readonly facts: () => LineFacts;
  readonly trouble: Trouble;
  /** Takes the lines that could not be sent. */
  readonly otherwise: (line: LogLine) => void;
  /** Bytes of one datagram, the rest is cut. Default 8192 (RFC 5424 §6.1: receivers should take 2048). */
  readonly maxDatagram?: number;
  /** Lines kept while the address is looked up. Default 10000. */
  readonly maxQueued?: number;
  /** Milliseconds that a flush waits for the system to take what was sent. Default 1000. */
  readonly patience?: number;
}

/** RFC 5426 §3.3. */
const SYSLOG_PORT = 514;

/** `host`, `host:port`, `[v6]:port` or a bare IPv6 address. */
export function parseSyslogServer(text: string): { host: string; port: number } {
  if (isIPv6(text)) return { host: text, port: SYSLOG_PORT };
  const match = /^(?:udp:)?(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/i.exec(text);
  const host = match?.[1] ?? match?.[2] ?? text;
  const port = Number(match?.[3] ?? SYSLOG_PORT);
  return { host, port: port > 0 && port < 65536 ? port : SYSLOG_PORT };
}

/** One line as RFC 5424 §6 has it; `message` without the newline at its end. */
export function syslogDatagram(
  line: LogLine,
  message: ByteText,
  facility: string,
  facts: LineFacts,
): ByteText {
  const code = facilities[facility]?.code ?? 3;
  const priority = code * 8 + levelFacts(line.level).severity;
  const time = new Date(line.time).toISOString();
  const body = message.endsWith('\n') ? message.slice(0, -1) : message;
  return `<${priority}>1 ${time} ${headerField(facts.hostname, 255)} ${headerField(facts.name, 48)} ${facts.pid} - - ${body}`;
}

/** PRINTUSASCII of RFC 5424 §6, `-` where nothing is left. */
function headerField(text: string, limit: number): string {
  return text.replace(/[^\x21-\x7e]/g, '').slice(0, limit) || '-';
}

/** Lines as datagrams to a syslog server; while it refuses them they also go to `otherwise`. */
export function createUdpSink(options: UdpSinkOptions): Sink {
  const maxDatagram = options.maxDatagram ?? 8192;
  const maxQueued = options.maxQueued ?? 10_000;
  const patience = options.patience ?? 1000;
  const place = `${options.host}:${options.port}`;
  let queue: { line: LogLine; bytes: Buffer }[] = [];
  let socket: Socket | undefined;
  let connected = false;
  let refused = false;
  let closed = false;
  let unsent = 0;
  let last: LogLine | undefined;

  function open(): void {
    const opening = createSocket(isIPv6(options.host) ? 'udp6' : 'udp4');
    socket = opening;
    opening.on('error', (error) => onError(error));
    opening.connect(options.port, options.host, (error?: Error) => {
      if (error) {
        giveUp(error);
        return;
      }
      connected = true;
      opening.unref();
      const waiting = queue;
      queue = [];
      for (const { line, bytes } of waiting) send(line, bytes);
    });
  }

  function onError(error: Error): void {
    if (connected) refuse(error);
    else giveUp(error);
  }

  function giveUp(error: Error): void {
    if (closed) return;
    closed = true;
    options.trouble(`cannot reach the syslog server ${place}: ${error.message}; lines go to standard error`);
    passOn();
    socket?.close();
  }

  /** A connected socket tells of an earlier datagram's refusal: that line was the last one sent. */
  function refuse(error: Error): void {
    if (!refused) {
      refused = true;
      options.trouble(
        `the syslog server ${place} takes no lines: ${error.message}; they go to standard error`,
      );
    }
    if (last !== undefined) options.otherwise(last);
    last = undefined;
  }

  function passOn(): void {
    const waiting = queue;
    queue = [];
    for (const { line } of waiting) options.otherwise(line);
  }

  function send(line: LogLine, bytes: Buffer): void {
    unsent++;
    socket?.send(bytes, (error) => {
      unsent--;
      if (error === null || error === undefined) {
        last = line;
        return;
      }
      refuse(error);
      options.otherwise(line);
    });
  }

  function write(line: LogLine, text: ByteText): void {
    if (closed || queue.length >= maxQueued) {
      options.otherwise(line);
      return;
    }
    const datagram = syslogDatagram(line, text, line.facility ?? options.facility, options.facts());
    const bytes = Buffer.from(datagram, 'latin1').subarray(0, maxDatagram);
    if (connected) send(line, bytes);
    else queue.push({ line, bytes });
  }

  function flushSync(): void {
    passOn();
  }

  async function flush(): Promise<void> {
    const end = Date.now() + patience;
    while ((queue.length > 0 || unsent > 0) && !closed && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    passOn();
  }

  async function close(): Promise<void> {
    await flush();
    if (closed) return;
    closed = true;
    await new Promise<void>((resolve) => (socket === undefined ? resolve() : socket.close(() => resolve())));
  }

  open();
  return { write, flush, flushSync, close };
}
