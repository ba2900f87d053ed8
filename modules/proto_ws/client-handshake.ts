import { randomBytes } from 'node:crypto';
import { hostAndPort } from './context.ts';
import { DialFailure } from './dial-failures.ts';
import { acceptKey } from './handshake.ts';
import { hasToken, headerValues, listValues, parseResponseHead, type ResponseHead } from './http-head.ts';

/** What an upgrade request asks for. */
export interface UpgradeTarget {
  readonly address: string;
  readonly port: number;
  /** The path, with the query where there is one. */
  readonly resource: string;
  /** Whole lines, each with its CRLF, that go behind our own; an Origin among them stands in the place of ours. */
  readonly headers: string;
}

/** A key that was not used before: 16 random bytes in base64. RFC 6455 §4.1, item 7. */
export function newKey(): string {
  return randomBytes(16).toString('base64');
}

/** Our upgrade request, in the bytes and the order of OpenSIPS. RFC 6455 §4.1, RFC 7118 §4. */
export function upgradeRequest({ address, port, resource, headers }: UpgradeTarget, key: string): string {
  const authority = hostAndPort(address, port);
  const origin = /^origin:/im.test(headers) ? '' : `Origin: ${authority}\r\n`;
  return (
    `GET ${resource} HTTP/1.1\r\n` +
    `Host: ${authority}\r\n` +
    origin +
    `Sec-WebSocket-Key: ${key}\r\n` +
    'Upgrade: websocket\r\n' +
    'Connection: upgrade\r\n' +
    'Sec-WebSocket-Version: 13\r\n' +
    `Sec-WebSocket-Protocol: sip\r\n${headers}\r\n`
  );
}

/** A check of the answer to our request: returns where it holds, throws a DialFailure where it does not. */
type Check = (head: ResponseHead, key: string) => void;

/** RFC 6455 §4.1, "the client MUST validate the server's response". */
const checks: readonly Check[] = [status, upgrade, connection, accept, extensions, subprotocol];

/**
 * Judges the answer to our upgrade request: its lines without the empty one, one character a byte. Errors:
 * DialFailure; Refusal where it is not HTTP.
 */
export function checkAnswer(text: string, key: string): void {
  const head = parseResponseHead(text);
  for (const check of checks) check(head, key);
}

/** `Deviation:` OpenSIPS wants the words "Switching Protocols"; RFC 9112 §4 has nobody look at them. */
function status({ status: code, phrase }: ResponseHead): void {
  if (code !== 101) throw new DialFailure('status', `${code} ${phrase}`.trim());
}

function upgrade(head: ResponseHead): void {
  const values = listValues(head, 'upgrade');
  if (values.length === 1 && values[0]?.toLowerCase() === 'websocket') return;
  throw new DialFailure('upgrade', `<${values.join(', ')}>`);
}

function connection(head: ResponseHead): void {
  if (hasToken(head, 'connection', 'upgrade')) return;
  throw new DialFailure('connection', `<${listValues(head, 'connection').join(', ')}>`);
}

function accept(head: ResponseHead, key: string): void {
  const values = headerValues(head, 'sec-websocket-accept');
  if (values.length === 1 && values[0] === acceptKey(key)) return;
  throw new DialFailure('accept', `<${values.join(', ')}>`);
}

function extensions(head: ResponseHead): void {
  const values = listValues(head, 'sec-websocket-extensions');
  if (values.length > 0) throw new DialFailure('extensions', `<${values.join(', ')}>`);
}

/**
 * In any case, as servers echo it. `Deviation:` none at all is taken too, where OpenSIPS fails: RFC 6455 §4.1 lets a
 * server leave it out, and what comes next shows whether it speaks SIP.
 */
function subprotocol(head: ResponseHead): void {
  const values = headerValues(head, 'sec-websocket-protocol');
  if (values.length === 0 || (values.length === 1 && values[0]?.toLowerCase() === 'sip')) return;
  throw new DialFailure('subprotocol', `<${values.join(', ')}>`);
}
