/** What holds for any edits of any message: printing them, and reading what was printed (RFC 3261 §7.3, §7.4). */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SipMessage } from '../../../runtime/module-exports.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { printMessage } from '../../../runtime/sip/print-message.ts';
import { readSubstitution, replacementsIn } from '../../../runtime/variables/substitution.ts';

/** A header line as it stands in the message, with its folds and its line end. */
interface Line {
  readonly name: string;
  readonly raw: string;
  /** The message cannot do without it. */
  readonly needed: boolean;
}

type Edit =
  | { readonly kind: 'append'; readonly lines: string; readonly beside: string | undefined }
  | { readonly kind: 'insert'; readonly lines: string; readonly beside: string | undefined }
  | { readonly kind: 'remove'; readonly at: number }
  | { readonly kind: 'replace'; readonly at: number; readonly lines: string }
  | { readonly kind: 'subst'; readonly pattern: string; readonly replacement: string };

interface Written {
  readonly lines: readonly Line[];
  readonly body: string;
}

const needed = [
  'Via: SIP/2.0/WS client.invalid;branch=z9hG4bK-1',
  'f:\t"Bob" <sip:bob@example.com>;tag=f1 ',
  'To  : <sip:alice@example.com>',
  'CALL-ID: abc-1@client.invalid',
  'cseq: 7\r\n OPTIONS',
].map((line): Line => ({ name: nameOf(line), raw: `${line}\r\n`, needed: true }));

const byte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const plainText = fc
  .string({ unit: byte, maxLength: 20 })
  .map((text) => text.replace(/[\r\n]/g, '').replace(/mark|\$/g, '-'));
/** What a subst finds: `mark0` … `mark9`. */
const mark = fc.nat(9).map((digit) => `mark${digit}`);
const valuePiece = fc.oneof({ weight: 4, arbitrary: plainText }, { weight: 1, arbitrary: mark });
const names = [
  'X-A',
  'x-a',
  'X-B',
  'Subject',
  's',
  'Supported',
  'k',
  'Contact',
  'm',
  'Warning',
  'User-Agent',
];
const spaces = fc.constantFrom('', ' ', '\t', '  ', ' \r\n\t');

const optionalLine: fc.Arbitrary<Line> = fc
  .tuple(fc.constantFrom(...names), fc.constantFrom('', ' ', '\t '), spaces, valuePiece, valuePiece, spaces)
  .map(([name, before, after, one, other, fold]) => ({
    name,
    raw: `${name}${before}:${after}v${one}${fold}${other}w\r\n`,
    needed: false,
  }));

const body = fc.array(valuePiece, { maxLength: 3 }).map((pieces) => pieces.join('\r\n'));

const written: fc.Arbitrary<Written> = fc
  .tuple(fc.array(optionalLine, { maxLength: 8 }), body, fc.boolean())
  .chain(([lines, text, hasLength]) => {
    const length: Line = { name: 'l', raw: `l : ${text.length}\t\r\n`, needed: true };
    const all = [...needed, ...lines, ...(hasLength ? [length] : [])];
    return fc
      .shuffledSubarray(all, { minLength: all.length, maxLength: all.length })
      .map((shuffled) => ({ lines: shuffled, body: text }));
  });

const newLines = fc
  .array(fc.tuple(fc.constantFrom('New-A', 'New-B', 'X-A'), fc.constantFrom('1', 'mark1', 'a, b')), {
    minLength: 1,
    maxLength: 2,
  })
  .map((lines) => lines.map(([name, value]) => `${name}: ${value}\r\n`).join(''));
const beside = fc.constantFrom(undefined, 'x-a', 'Contact', 'Via', 'Content-Length', 'X-Absent');
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('append' as const), lines: newLines, beside }),
  fc.record({ kind: fc.constant('insert' as const), lines: newLines, beside }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(15) }),
  fc.record({ kind: fc.constant('replace' as const), at: fc.nat(15), lines: newLines }),
);
const subst: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constant('subst' as const),
  pattern: fc.constantFrom('mark[0-9]', 'mark[0-4]', 'mark7'),
  replacement: fc.constantFrom('', 'changed', 'longer than it was'),
});
/** One subst at most: what two of them do to the same text is not the concern of the message. */
const edits = fc
  .tuple(fc.array(edit, { maxLength: 8 }), fc.option(subst, { nil: undefined }))
  .map(([some, last]): readonly Edit[] => (last ? [...some, last] : some));

function nameOf(line: string): string {
  return line.slice(0, line.indexOf(':')).trim();
}

const compactNames: Readonly<Record<string, string>> = {
  f: 'from',
  s: 'subject',
  k: 'supported',
  m: 'contact',
  l: 'content-length',
};

function longName(name: string): string {
  const lower = name.toLowerCase();
  return compactNames[lower] ?? lower;
}

function textOf({ lines, body: text }: Written): string {
  return `OPTIONS sip:alice@example.com SIP/2.0\r\n${lines.map(({ raw }) => raw).join('')}\r\n${text}`;
}

/** The places that edits may take away: a message without From is none. */
function mayGo(lines: readonly Line[], at: number): boolean {
  return lines[at]?.needed === false;
}

function apply(message: SipMessage, lines: readonly Line[], changes: readonly Edit[]): void {
  for (const change of changes) {
    if (change.kind === 'append') message.edits.append(change.lines, change.beside);
    else if (change.kind === 'insert') message.edits.insert(change.lines, change.beside);
    else if (change.kind === 'subst') substitute(message, change);
    else if (mayGo(lines, change.at) && change.kind === 'remove') message.edits.remove(change.at);
    else if (mayGo(lines, change.at) && change.kind === 'replace')
      message.edits.replace(change.at, change.lines);
  }
}

/** As textops' subst(): over all behind the first line. */
function substitute(message: SipMessage, { pattern, replacement }: Extract<Edit, { kind: 'subst' }>): void {
  const text = message.text.slice(message.headersStart);
  const parts = readSubstitution(`/${pattern}/${replacement}/g`);
  for (const { start, end, text: put } of replacementsIn(parts, text, () => replacement) ?? []) {
    message.edits.splice(message.headersStart + start, message.headersStart + end, put);
  }
}

/** The lines that stand at each place, and what is to be read there, worked out without the code under test. */
function expected({ lines, body: text }: Written, changes: readonly Edit[]): string {
  const own = lines.map(({ raw }) => raw);
  const gone = new Set<number>();
  const replaced = new Set<number>();
  const added: string[] = new Array<string>(lines.length + 1).fill('');
  let newBody = text;
  for (const change of changes) {
    if (change.kind === 'append' || change.kind === 'insert') {
      const found = lines.findIndex(({ name }) => longName(name) === change.beside?.toLowerCase());
      const isAppend = change.kind === 'append';
      const place = found < 0 ? (isAppend ? lines.length : 0) : isAppend ? found + 1 : found;
      added[place] += change.lines;
    } else if (change.kind === 'subst') {
      const pattern = new RegExp(change.pattern, 'g');
      own.forEach((raw, at) => {
        if (!replaced.has(at)) own[at] = raw.replace(pattern, change.replacement);
      });
      newBody = text.replace(pattern, change.replacement);
    } else if (mayGo(lines, change.at) && !gone.has(change.at)) {
      if (change.kind === 'remove') gone.add(change.at);
      else {
        own[change.at] = change.lines;
        replaced.add(change.at);
      }
    }
  }
  const hasLength = lines.some(({ name }) => name === 'l');
  const length = hasLength || newBody === text ? '' : `Content-Length: ${newBody.length}\r\n`;
  const printed = own.map((raw, at) => {
    const kept = gone.has(at) ? '' : raw.startsWith('l :') ? `l : ${newBody.length}\t\r\n` : raw;
    return `${added[at]}${kept}`;
  });
  return `${printed.join('')}${added.at(-1)}${length}\r\n${newBody}`;
}

function behindFirstLine(text: string): string {
  return text.slice(text.indexOf('\n') + 1);
}

/** What anybody can ask of the headers and the body. */
function contentOf(message: SipMessage): unknown {
  const headers = Array.from({ length: message.headerCount }, (_none, at) => [
    message.headerName(at),
    message.headerValue(at),
  ]);
  return { uri: message.requestUri, headers, body: message.body };
}

test('without edits a message prints as it was received, byte for byte', () => {
  fc.assert(
    fc.property(written, (message) => {
      const text = textOf(message);
      assert.equal(printMessage(parseMessage(text)), text);
    }),
    { numRuns: 1000 },
  );
});

test('headers that no edit touches stay byte for byte and in their order; the others are as the edits say', () => {
  fc.assert(
    fc.property(written, edits, (message, changes) => {
      const parsed = parseMessage(textOf(message));
      apply(parsed, message.lines, changes);
      assert.equal(behindFirstLine(printMessage(parsed)), expected(message, changes));
    }),
    { numRuns: 3000 },
  );
});

test('a message that was edited, printed and read again is the same, and prints the same', () => {
  fc.assert(
    fc.property(written, edits, fc.option(body, { nil: undefined }), (message, changes, newBody) => {
      const parsed = parseMessage(textOf(message));
      apply(parsed, message.lines, changes);
      parsed.requestUri = 'sip:carol@example.com;lr';
      if (newBody !== undefined) parsed.edits.body = newBody;
      const printed = printMessage(parsed);
      const again = parseMessage(printed);
      assert.equal(again.requestUri, parsed.requestUri);
      if (newBody !== undefined) assert.equal(again.body, newBody);
      assert.equal(printMessage(again), printed);
      const third = parseMessage(printMessage(again));
      assert.deepEqual(contentOf(third), contentOf(again));
      assert.deepEqual(again.from, third.from);
      assert.equal(
        again.headerValues('Content-Length').every((value) => Number(value) === again.body.length),
        true,
      );
    }),
    { numRuns: 2000 },
  );
});

test('edits are not seen by what reads the message (OpenSIPS: lumps are applied when it leaves)', () => {
  fc.assert(
    fc.property(written, edits, (message, changes) => {
      const parsed = parseMessage(textOf(message));
      const before = contentOf(parsed);
      apply(parsed, message.lines, changes);
      assert.deepEqual(contentOf(parsed), before);
    }),
    { numRuns: 500 },
  );
});
