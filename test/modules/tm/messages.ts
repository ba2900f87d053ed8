/** The messages of the peers, and how messages are told: without what differs from run to run. */

export interface RequestFacts {
  readonly method: string;
  readonly uri: string;
  readonly row: string;
  readonly callerPort: number;
  readonly branch: string;
  readonly toTag: string | undefined;
  /** Header lines behind those that every request has. */
  readonly headers: readonly string[];
  readonly body: string;
}

export function requestText(facts: RequestFacts): string {
  const { method, row, callerPort, toTag } = facts;
  return [
    `${method} ${facts.uri} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${callerPort};branch=${facts.branch};rport`,
    'Max-Forwards: 70',
    `From: "Alice" <sip:alice@example.com>;tag=fa`,
    `To: <sip:bob@example.com>${toTag === undefined ? '' : `;tag=${toTag}`}`,
    `Call-ID: ${row}@a`,
    `CSeq: 7 ${method}`,
    `Contact: <sip:alice@127.0.0.1:${callerPort}>`,
    `X-Row: ${row}`,
    ...facts.headers,
    `Content-Length: ${facts.body.length}`,
    '',
    facts.body,
  ].join('\r\n');
}

const reasons: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  302: 'Moved Temporarily',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  480: 'Temporarily Unavailable',
  484: 'Address Incomplete',
  486: 'Busy Here',
  487: 'Request Terminated',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
  600: 'Busy Everywhere',
  603: 'Decline',
};

/** What a peer answers to a request that it got. */
export function replyText(request: string, code: number, tag: string, headers: readonly string[]): string {
  const kept = request
    .split('\r\n')
    .filter((line) => /^(Via|From|To|Call-ID|CSeq|Record-Route):/i.test(line))
    .map((line) =>
      code > 100 && /^To:/i.test(line) && !line.includes(';tag=') ? `${line};tag=${tag}` : line,
    );
  return [
    `SIP/2.0 ${code} ${reasons[code] ?? 'Whatever'}`,
    ...kept,
    ...headers,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

export function headerOf(message: string, name: string): string | undefined {
  return new RegExp(`^${name}: *(.*?)\\r?$`, 'im').exec(message)?.[1];
}

export const toTagOf = (message: string) => /;tag=([^;\s]*)/.exec(headerOf(message, 'To') ?? '')?.[1];

/** `INVITE sip:bob@{b}` of a request, `INVITE 180 Ringing` of a reply. */
export function inShort(message: string): string {
  const [line = ''] = message.split(/\r?\n/);
  if (!line.startsWith('SIP/2.0 ')) return line.replace(/ SIP\/2\.0$/, '');
  return `${headerOf(message, 'CSeq')?.split(' ')[1]} ${line.slice('SIP/2.0 '.length)}`;
}

/** Names for what every run makes anew: branches, tags, Call-IDs in the order in which they are met. */
export class Names {
  readonly #known = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  of(kind: string, value: string): string {
    const known = this.#known.get(kind + value);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const name = `${kind}${count}`;
    this.#known.set(kind + value, name);
    return name;
  }
}

/** The tags and Call-IDs that the peers choose stay as they are. */
const ownTag = /^(fa|t[a-d])$/;

/** @param ports What stands for a port of 127.0.0.1: `b` makes it `{b}`. */
export function plain(text: string, row: string, ports: ReadonlyMap<number, string>, names: Names): string {
  return text
    .replace(/\r\nX-Row: [^\r]*/g, '')
    .replace(/127\.0\.0\.1:(\d+)/g, (all, port) => named(ports.get(Number(port))) ?? all)
    .replace(/rport=(\d+)/g, (all, port) => `rport=${named(ports.get(Number(port))) ?? all}`)
    .replace(/;branch=([^;,\s]*)/g, (_all, branch) => `;branch=${names.of('B', branch)}`)
    .replace(/;tag=([^;\s>]*)/g, (all, tag) => (ownTag.test(tag) ? all : `;tag=${names.of('T', tag)}`))
    .replace(/^(Call-ID: )(.*)$/gim, (all, name, id) =>
      id.startsWith(row) ? all : `${name}${names.of('C', id.trim())}`,
    )
    .replaceAll('\r\n', '\n')
    .replace(new RegExp(`\\b${row}\\b`, 'g'), 'ROW')
    .trimEnd();
}

const named = (name: string | undefined) => name && `{${name}}`;
