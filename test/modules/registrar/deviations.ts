/** Where tsips answers otherwise than OpenSIPS 3.6.8 was measured to, by case and step, and why. */

interface Answer {
  readonly status?: string;
  readonly rc?: number;
  readonly lines: readonly string[];
}

interface Deviation {
  readonly why: string;
  readonly answers: Readonly<Record<number, Answer>>;
}

const ok = (...lines: readonly string[]): Answer => ({ status: '200 OK', rc: 1, lines });
const bad = (...lines: readonly string[]): Answer => ({ status: '400 Bad Request', rc: -2, lines });

const noOverflow = 'its seconds are added to the present time in 32 bits with a sign there, and overflow';
const unreadable = 'what cannot be read is a fault of the client (RFC 3261 §21.4.1), not of the server';
const together = 'all contacts of a request are changed, or none (RFC 3261 §10.3 step 7)';
const refusedPath = 'a registration that is refused leaves no contact behind, and save() says so';

const unsupportedPath: Deviation = {
  why: refusedPath,
  answers: {
    0: {
      status: '420 Bad Extension',
      rc: -2,
      lines: [
        'Unsupported: path',
        'Path: <sip:192.0.2.50;lr>',
        'P-Registrar-Error: No support for found Path indicated',
      ],
    },
  },
};

/** A lookup that finds nobody. */
function nobody(user: string): Answer {
  const none = ['X-Du', 'X-B0', 'X-B1', 'X-D0'].map((name) => `${name}: <null>`);
  return { status: '200 OK', lines: ['X-Rc: -1', `X-Ru: sip:${user}@example.com`, 'X-Q: -1', ...none] };
}

export const deviations: Readonly<Record<string, Deviation>> = {
  'expires 4294967295': {
    why: noOverflow,
    answers: { 0: ok('Contact: <sip:a@192.0.2.1>;expires=4294967295') },
  },
  'expires 4294967296': {
    why: 'a number of more than 32 bits is malformed, which means the default (RFC 3261 §20.10)',
    answers: { 0: ok('Contact: <sip:a@192.0.2.1>;expires=3600') },
  },
  'expires 99999999999': {
    why: 'a number of more than 32 bits is malformed, which means the default (RFC 3261 §20.10)',
    answers: { 0: ok('Contact: <sip:a@192.0.2.1>;expires=3600') },
  },
  'expires 2000000000': {
    why: noOverflow,
    answers: { 0: ok('Contact: <sip:a@192.0.2.1>;expires=2000000000') },
  },
  'q empty': {
    why: 'it counts as none',
    answers: { 0: ok('Contact: <sip:a@192.0.2.1>;expires=3600') },
  },
  'second contact with a bad q, AoR known': {
    why: together,
    answers: {
      1: bad('Contact: <sip:z@192.0.2.9>;expires=3600', 'P-Registrar-Error: Invalid q param in contact'),
      2: ok('Contact: <sip:z@192.0.2.9>;expires=3600'),
    },
  },
  'refresh with another q': {
    why: 'the contact goes to its place by q also when it is changed',
    answers: {
      1: ok(
        'Contact: <sip:c@192.0.2.3>;q=0.9;expires=3600, <sip:a@192.0.2.1>;q=0.5;expires=3600, <sip:b@192.0.2.2>;q=0.4;expires=3600',
      ),
    },
  },
  'star out of order': {
    why: 'an older request takes nothing away (RFC 3261 §10.3 step 6)',
    answers: {
      1: bad('Contact: <sip:a@192.0.2.1>;expires=3600', 'P-Registrar-Error: Invalid CSeq number'),
      2: ok('Contact: <sip:a@192.0.2.1>;expires=3600'),
    },
  },
  'the same contact twice, AoR known': {
    why: 'its last one counts, as for an AoR that is not known yet',
    answers: { 1: ok('Contact: <sip:z@192.0.2.9>;expires=3600, <sip:a@192.0.2.1>;expires=200') },
  },
  'contact that is no URI': {
    why: unreadable,
    answers: { 0: bad('P-Registrar-Error: Contact parse error') },
  },
  'contact with a bad port': {
    why: unreadable,
    answers: { 0: bad('P-Registrar-Error: Contact parse error') },
  },
  'contact mailto': { why: unreadable, answers: { 0: bad('P-Registrar-Error: Contact parse error') } },
  'contact of 256 bytes': {
    why: 'max_contact_len holds for the first Contact header too',
    answers: { 0: bad('P-Registrar-Error: Contact/received too long') },
  },
  'path-strict, not supported': {
    ...unsupportedPath,
    answers: { ...unsupportedPath.answers, 1: nobody('path-strict-not-supported') },
  },
  'path-strict, Supported without path': {
    ...unsupportedPath,
    answers: { ...unsupportedPath.answers, 1: nobody('path-strict-supported-without-path') },
  },
  'max_contacts, one goes and one comes': {
    why: together,
    answers: {
      1: ok('Contact: <sip:c@192.0.2.3>;q=0.3;expires=400, <sip:b@192.0.2.2>;q=0.3;expires=400'),
      2: ok('Contact: <sip:c@192.0.2.3>;q=0.3;expires=400, <sip:b@192.0.2.2>;q=0.3;expires=400'),
    },
  },
  'max_contacts, one comes and one goes': {
    why: together,
    answers: {
      1: ok('Contact: <sip:c@192.0.2.3>;q=0.3;expires=400, <sip:b@192.0.2.2>;q=0.3;expires=400'),
      2: ok('Contact: <sip:c@192.0.2.3>;q=0.3;expires=400, <sip:b@192.0.2.2>;q=0.3;expires=400'),
    },
  },
};
