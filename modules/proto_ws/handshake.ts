import { createHash } from 'node:crypto';
import type { Limits } from './context.ts';
import { hasToken, headerValues, listValues, pathOf, type RequestHead } from './http-head.ts';
import { Refusal } from './refusals.ts';

/** RFC 6455 §1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/**
 * 16 bytes in base64; or 24 characters without padding, which is what OpenSIPS 2.x sends when it dials: it
 * draws 24 random characters of the alphabet.
 */
const key = /^(?:[+/0-9A-Za-z]{22}==|[+/0-9A-Za-z]{24})$/;

/** What the parameters of the module say about upgrade requests. */
type HandshakeRules = Pick<Limits, 'requireOrigin' | 'allowedOrigins' | 'allowedResources'>;

/** A check of one request: returns where it holds, throws a Refusal where it does not. */
type Check = (head: RequestHead, rules: HandshakeRules) => void;

/** In the order of RFC 6455 §4.2.1, the method first. Texts are those of OpenSIPS's log. */
const checks: readonly Check[] = [
  method,
  httpVersion,
  resource,
  host,
  upgrade,
  connection,
  origin,
  oneKey,
  version,
  subprotocol,
];

/** Judges an upgrade request and answers its key. Errors: Refusal. RFC 6455 §4.2, RFC 7118 §4. */
export function checkUpgrade(head: RequestHead, rules: HandshakeRules): string {
  for (const check of checks) check(head, rules);
  return headerValues(head, 'sec-websocket-key')[0] ?? '';
}

/** The answer to a good request, in the bytes and the order of OpenSIPS. */
export function acceptResponse(requestKey: string): string {
  return (
    'HTTP/1.1 101 Switching Protocols\r\n' +
    'Upgrade: websocket\r\n' +
    'Connection: Upgrade\r\n' +
    'Sec-WebSocket-Protocol: sip\r\n' +
    `Sec-WebSocket-Accept: ${acceptKey(requestKey)}\r\n\r\n`
  );
}

/** RFC 6455 §4.2.2, item 5.4. */
export function acceptKey(requestKey: string): string {
  return createHash('sha1').update(`${requestKey}${GUID}`, 'latin1').digest('base64');
}

function method(head: RequestHead): void {
  if (head.method !== 'GET') throw new Refusal('method', `invalid first line: method <${head.method}>`);
}

function httpVersion({ versionMajor, versionMinor }: RequestHead): void {
  if (versionMajor > 1 || (versionMajor === 1 && versionMinor >= 1)) return;
  throw new Refusal('http-version', `Invalid HTTP version: ${versionMajor}.${versionMinor}`);
}

function resource(head: RequestHead, rules: HandshakeRules): void {
  const path = pathOf(head.target);
  if (!rules.allowedResources(path)) throw new Refusal('resource', `resource not allowed <${path}>`);
}

function host(head: RequestHead): void {
  const hosts = headerValues(head, 'host').length;
  if (hosts === 0) throw new Refusal('host', 'Host header not present!');
  if (hosts > 1) throw new Refusal('host', 'more than one Host header!');
}

function upgrade(head: RequestHead): void {
  const values = listValues(head, 'upgrade');
  if (values.length === 0) throw new Refusal('upgrade', 'Upgrade header not present!');
  if (hasToken(head, 'upgrade', 'websocket')) return;
  throw new Refusal('upgrade', `Invalid Upgrade header <${values.join(', ')}>`);
}

function connection(head: RequestHead): void {
  const values = listValues(head, 'connection');
  if (values.length === 0) throw new Refusal('connection', 'Connection header not present!');
  if (hasToken(head, 'connection', 'upgrade')) return;
  throw new Refusal('connection', `Invalid Connection header <${values.join(', ')}>`);
}

function origin(head: RequestHead, rules: HandshakeRules): void {
  const values = headerValues(head, 'origin');
  if (rules.requireOrigin && values.length === 0) throw new Refusal('origin', 'Origin header not present!');
  const foreign = values.find((value) => !rules.allowedOrigins(value));
  if (foreign !== undefined) throw new Refusal('foreign-origin', `origin not allowed <${foreign}>`);
}

function oneKey(head: RequestHead): void {
  const [first, ...more] = headerValues(head, 'sec-websocket-key');
  if (first !== undefined && more.length === 0 && key.test(first)) return;
  throw new Refusal('key', 'Sec-WebSocket-Key header not present or does not have the desired length (24)!');
}

function version(head: RequestHead): void {
  const values = headerValues(head, 'sec-websocket-version');
  if (values.length === 0) throw new Refusal('version', 'Sec-WebSocket-Version header not present!');
  if (values.length === 1 && values[0] === '13') return;
  // The misspelling is OpenSIPS's; tools look for the line.
  throw new Refusal('version', `Invalid or unsported version <${values.join(', ')}>`);
}

function subprotocol(head: RequestHead): void {
  const values = listValues(head, 'sec-websocket-protocol');
  if (values.length === 0) throw new Refusal('subprotocol', 'Sec-WebSocket-Protocol header not present!');
  // Any case, as OpenSIPS takes it; RFC 7118 §4 writes `sip`, which is also what is answered.
  if (hasToken(head, 'sec-websocket-protocol', 'sip')) return;
  throw new Refusal('subprotocol', `Invalid Protocol <${values.join(', ')}>`);
}
