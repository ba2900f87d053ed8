import type { Command, ModuleHost, ScriptRun, SipMessage, UriParts } from '../../runtime/module-exports.ts';
import { readSdp } from './sdp.ts';

/** Why a message does not pass: the return code, and words for the log or the peer. */
type Failure = readonly [code: number, reason: string];

interface Look {
  readonly message: SipMessage;
  readonly protocol: string;
  /** Letters of the first argument. */
  readonly flags: string;
  readonly routing: ModuleHost['routing'];
}

type Check = (look: Look) => Failure | undefined;

/** sipmsg_validate([flags[, $var(reason)]]): RFC 3261 §8.1.1, §20. Errors at the start: an unknown flag. */
export function validateCommand({ routing }: Pick<ModuleHost, 'routing'>): Command {
  return {
    prepare([flags, reason]) {
      const { constant } = flags ?? {};
      if (typeof constant === 'string') judgeFlags(constant);
      return (run) => {
        const letters = flags?.given ? String(flags.evaluate(run) ?? '') : '';
        const failure = firstFailure(run, letters, routing);
        if (!failure) return 1;
        reason?.variable?.set(run, failure[1]);
        return failure[0];
      };
    },
  };
}

function judgeFlags(flags: string): void {
  const unknown = /[^shmrftc]/i.exec(flags);
  if (unknown) throw new TypeError(`unknown flag ${unknown[0]}`);
}

function firstFailure(
  { message, source }: ScriptRun,
  flags: string,
  routing: ModuleHost['routing'],
): Failure | undefined {
  const look: Look = { message, protocol: source.protocol, flags: flags.toLowerCase(), routing };
  const byKind = message.isRequest ? requestChecks : replyChecks;
  for (const check of [...commonChecks, ...byKind, bodyType, headerBodies]) {
    const failure = check(look);
    if (failure) return failure;
  }
  return undefined;
}

function missing(name: string, code: number): Check {
  return ({ message }) => (message.findHeader(name) < 0 ? [code, `there is no ${name}`] : undefined);
}

const length: Check = ({ message, protocol }) => {
  const written = message.header('Content-Length');
  if (written === undefined) return protocol === 'udp' ? undefined : [-4, 'there is no Content-Length'];
  if (message.method === 'CANCEL' || Number(written) === message.body.length) return undefined;
  return [-5, `Content-Length is ${written}, the body has ${message.body.length} bytes`];
};

const sdp: Check = ({ message, flags }) => {
  const isSdp = /^\s*application\/sdp\b/i.test(message.header('Content-Type') ?? '');
  if (!flags.includes('s') || !isSdp || message.body === '') return undefined;
  const found = readSdp(message);
  const lines = found?.session.map(({ text }) => text.slice(0, 2)) ?? [];
  return lines[0] === 'v=' && lines.includes('o=') ? undefined : [-6, 'the SDP cannot be read'];
};

/** The codes for a URI that cannot be read, a host, and a user. */
type UriCodes = readonly [uri: number, host: number, user: number];

function uriFailure(name: string, uri: UriParts | undefined, codes: UriCodes): Failure | undefined {
  if (!uri) return [codes[0], `the URI of ${name} cannot be read`];
  if (/^sips?$/.test(uri.scheme) && !isHost(uri.host)) return [codes[1], `the host of ${name} is none`];
  return isUser(uri.user) ? undefined : [codes[2], `the user of ${name} is none`];
}

function isHost(host: string): boolean {
  return /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9-]|\.(?!\.))*)$/i.test(host) && !host.endsWith('-');
}

function isUser(user: string): boolean {
  return /^(?:[a-z0-9\-_.!~*'()&=+$,;?/]|%[0-9a-f]{2})*$/i.test(user);
}

const toUri: Check = ({ message, flags, routing }) =>
  flags.includes('t') ? uriFailure('To', routing.uri(message.to?.uri ?? ''), [-22, -23, -29]) : undefined;

const fromUri: Check = ({ message, flags, routing }) =>
  flags.includes('f') ? uriFailure('From', routing.uri(message.from?.uri ?? ''), [-24, -25, -28]) : undefined;

const requestUri: Check = ({ message, flags, routing }) =>
  flags.includes('r')
    ? uriFailure('the Request-URI', routing.uri(message.requestUri), [-11, -12, -27])
    : undefined;

const maxForwards: Check = (look) =>
  look.flags.includes('m') ? undefined : missing('Max-Forwards', -13)(look);

const withContact = new Set(['INVITE', 'REGISTER', 'UPDATE', 'SUBSCRIBE', 'REFER']);

const contacts: Check = ({ message, flags, routing }) => {
  const { method, statusCode, isRequest } = message;
  const asked = flags.includes('c') && withContact.has(method);
  if (!asked || (!isRequest && (statusCode < 200 || statusCode > 399))) return undefined;
  if (message.findHeader('Contact') < 0) return [-14, 'there is no Contact'];
  for (const value of message.headerValues('Contact')) {
    if (value.trim() === '*') {
      const ends =
        method === 'REGISTER' && isRequest && Number(message.header('Expires') ?? Number.NaN) === 0;
      if (!ends) return [-30, 'Contact is * in another message than a REGISTER with Expires 0'];
    } else if (!routing.uri(routing.nameAddress(value)?.uri ?? '')) return [-26, 'a Contact cannot be read'];
  }
  return undefined;
};

const path: Check = ({ message }) =>
  message.method !== 'REGISTER' && message.findHeader('Path') >= 0
    ? [-15, 'Path stands in REGISTER alone']
    : undefined;

/** Headers that a reply of a status has (RFC 3261 §8.2.1, §8.2.2.3, §21.4, §22). */
const replyHeaders: Readonly<Record<number, Check>> = {
  401: missing('WWW-Authenticate', -20),
  405: missing('Allow', -16),
  407: missing('Proxy-Authenticate', -18),
  420: missing('Unsupported', -19),
  423: (look) => (look.message.method === 'REGISTER' ? missing('Min-Expires', -17)(look) : undefined),
};

const replyHeader: Check = (look) =>
  look.message.method === 'CANCEL' ? undefined : replyHeaders[look.message.statusCode]?.(look);

const bodyType: Check = (look) =>
  look.message.method === 'CANCEL' || look.message.body === ''
    ? undefined
    : missing('Content-Type', -21)(look);

/** How the values of headers look, by name; those of any other are not looked at. */
const headerForms: readonly (readonly [names: readonly string[], form: RegExp])[] = [
  [
    ['Max-Forwards', 'Expires', 'Min-Expires', 'Content-Length', 'Min-SE', 'Session-Expires'],
    /^\d+\s*(?:;.*)?$/s,
  ],
  [['Content-Type', 'Accept'], /^$|^[^\s/;]+\s*\/\s*[^\s/;]+/],
  [['RAck'], /^\d+\s+\d+\s+\S+$/],
  [['Proxy-Authenticate', 'WWW-Authenticate', 'Proxy-Authorization', 'Authorization'], /^\S+\s+\S/],
  [
    [
      'Call-ID',
      'Event',
      'Subject',
      'User-Agent',
      'Organization',
      'Priority',
      'Retry-After',
      'Unsupported',
      'Proxy-Require',
      'Accept-Language',
    ],
    /\S/,
  ],
];

const addressHeaders = [
  'Route',
  'Record-Route',
  'Path',
  'P-Asserted-Identity',
  'P-Preferred-Identity',
  'Refer-To',
];

const headerBodies: Check = ({ message, flags, routing }) => {
  if (!flags.includes('h')) return undefined;
  for (const [names, form] of headerForms) {
    const bad = names.find((name) => {
      const value = message.header(name);
      return value !== undefined && !form.test(value);
    });
    if (bad !== undefined) return [-2, `${bad} cannot be read`];
  }
  const bad = addressHeaders.find((name) =>
    message.headerValues(name).some((value) => routing.nameAddress(value) === undefined),
  );
  return bad === undefined ? undefined : [-2, `${bad} cannot be read`];
};

/** In the order in which OpenSIPS looks; the first that fails is told. */
const commonChecks: readonly Check[] = [
  missing('Call-ID', -3),
  length,
  sdp,
  missing('CSeq', -7),
  missing('From', -8),
  missing('To', -9),
  missing('Via', -10),
  toUri,
  fromUri,
];
const requestChecks: readonly Check[] = [requestUri, maxForwards, contacts, path];
const replyChecks: readonly Check[] = [replyHeader, contacts];
