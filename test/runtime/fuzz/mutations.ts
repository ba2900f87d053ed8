/** Messages for the fuzz: random bytes, and valid messages with something done to them. */

import type { Random } from './random.ts';
import { validMessages } from './valid-messages.ts';

type Mutation = (random: Random, text: string) => string;

/** What is done to a valid message; those in front are tried as often as those behind. */
const mutations: Readonly<Record<string, Mutation>> = {
  cutLine: (random, text) => withLines(text, (lines) => lines.splice(place(random, lines), 1)),
  doubleLine: (random, text) =>
    withLines(text, (lines) => lines.splice(place(random, lines), 0, lines[place(random, lines)] ?? '')),
  swapLines(random, text) {
    return withLines(text, (lines) => {
      const [one, other] = [place(random, lines), place(random, lines)];
      const kept = lines[one] ?? '';
      lines[one] = lines[other] ?? '';
      lines[other] = kept;
    });
  },
  flipBytes(random, text) {
    let flipped = text;
    for (let count = 1 + random.below(4); count > 0; count--) {
      const at = random.below(flipped.length);
      const code = (flipped.charCodeAt(at) ^ (1 << random.below(8))) & 255;
      flipped = flipped.slice(0, at) + String.fromCharCode(code) + flipped.slice(at + 1);
    }
    return flipped;
  },
  insertBytes(random, text) {
    const at = random.below(text.length);
    return text.slice(0, at) + random.bytes(1 + random.below(12)) + text.slice(at);
  },
  insertMarks(random, text) {
    const at = random.below(text.length);
    return text.slice(0, at) + random.pick(marks).repeat(1 + random.below(3)) + text.slice(at);
  },
  cutBytes(random, text) {
    const at = random.below(text.length);
    return text.slice(0, at) + text.slice(at + 1 + random.below(20));
  },
  cutEnd: (random, text) => text.slice(0, random.below(text.length)),
  newValue(random, text) {
    return withLines(text, (lines) => {
      const at = 1 + place(random, lines);
      const name = lines[at]?.split(':')[0] ?? 'X';
      if (name !== '') lines[at] = `${name}: ${random.pick(values)}`;
    });
  },
  addLine: (random, text) =>
    withLines(text, (lines) =>
      lines.splice(1 + place(random, lines), 0, `${random.pick(names)}: ${random.pick(values)}`),
    ),
  fold: (random, text) => {
    const spaces = [...text.matchAll(/[;,] ?/g)].map(({ index }) => index + 1);
    const at = spaces.length === 0 ? 0 : random.pick(spaces);
    return `${text.slice(0, at)}\r\n ${text.slice(at)}`;
  },
  changeCase: (random, text) =>
    withLines(text, (lines) => {
      const at = 1 + place(random, lines);
      const [name = '', ...value] = (lines[at] ?? '').split(':');
      lines[at] = [random.chance(0.5) ? name.toUpperCase() : name.toLowerCase(), ...value].join(':');
    }),
  addBody: (random, text) => text + random.bytes(random.below(2000)),
  loneLf: (_random, text) => text.replaceAll('\r\n', '\n'),
  longValue: (random, text) =>
    withLines(text, (lines) => {
      const at = 1 + place(random, lines);
      lines[at] += random.pick(['x', ';a=b', ',', ' ', '"', '<sip:a@b>,']).repeat(random.below(800));
    }),
  emptyLinesFirst: (random, text) => '\r\n'.repeat(1 + random.below(4)) + text,
};

const marks = [
  '\r',
  '\n',
  '\r\n',
  ' ',
  '\t',
  ':',
  ';',
  ',',
  '=',
  '<',
  '>',
  '"',
  '\\',
  '/',
  '@',
  '?',
  '[',
  ']',
  '%',
  '*',
  '\0',
  '\xff',
];
const names = [
  'X-Unknown',
  'Contact',
  'm',
  'Route',
  'Record-Route',
  'Via',
  'v',
  'Expires',
  'Subject',
  'From',
  'CSeq',
  'l',
  'Content-Length',
  'Max-Forwards',
  'Content-Type',
  'Authorization',
];
const values = [
  '',
  '0',
  '-1',
  '4294967296',
  '99999999999999999999',
  '*',
  ';;,,;',
  '"',
  '"\\',
  '<',
  '<sip:',
  '<sip:a@b>',
  '"x" <sip:a@b;lr>;q=0.1,<tel:+1>',
  'SIP/2.0/UDP',
  'SIP/2.0/TCP [::1]:5060;rport',
  'sip:%00%ff@[',
  '$ru $(hdr(X){s.int}) %s%n',
  '\xc3\xa9\xff\x00',
  'a\r\n b',
  'application/sdp',
];

/** Random bytes; some begin as a message would. */
export function randomMessage(random: Random): string {
  const bytes = random.bytes(random.below(random.chance(0.05) ? 5000 : 300));
  if (random.chance(0.8)) return bytes;
  return (
    random.pick([
      'SIP/2.0 ',
      'OPTIONS sip:',
      'INVITE sip:a@b SIP/2.0\r\n',
      '\r\n\r\n',
      'OPTIONS sip:a@b SIP/2.0\r\nVia:',
    ]) + bytes
  );
}

/** A valid message with one to three things done to it; one in twenty has nothing done. */
export function mutatedMessage(random: Random): string {
  let text = random.pick(validMessages)(random.below(1_000_000));
  if (random.chance(0.05)) return text;
  const kinds = Object.values(mutations);
  for (let count = random.pick([1, 1, 1, 2, 3]); count > 0; count--) text = random.pick(kinds)(random, text);
  return text;
}

function place(random: Random, lines: readonly string[]): number {
  return random.below(Math.max(lines.length - 2, 1));
}

function withLines(text: string, change: (lines: string[]) => void): string {
  const end = text.indexOf('\r\n\r\n');
  const lines = (end < 0 ? text : text.slice(0, end)).split('\r\n');
  change(lines);
  return lines.join('\r\n') + (end < 0 ? '' : text.slice(end));
}
