/** Messages that are made to cost time: what is read of them takes time in proportion to their length. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildReply } from '../../../runtime/sip/build-reply.ts';
import { SipParseError } from '../../../runtime/sip/errors.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { printMessage } from '../../../runtime/sip/print-message.ts';
import { requestText } from './messages.ts';
import { sourceFrom } from './sources.ts';

const source = sourceFrom('192.0.2.1', 4711);
const limits = { maxMessageBytes: 2_000_000, maxHeaders: 100_000 };
const blanks = ' '.repeat(500_000);

const rows: readonly (readonly [name: string, change: Readonly<Record<string, string>>])[] = [
  ['blanks before a fold', { a: `X-A: a${blanks}b\r\n c` }],
  ['blanks behind a fold', { a: `X-A: a\r\n c${blanks}b` }],
  ['many folds', { a: `X-A: a${'\r\n b'.repeat(100_000)}` }],
  ['empty folds', { a: `X-A: a${'\r\n '.repeat(100_000)}` }],
  ['a folded display name', { To: `To: a${blanks}b\r\n c <sip:b@c>` }],
  ['many commas', { a: `Contact: ${'a,'.repeat(200_000)}` }],
  ['many open brackets', { a: `Contact: ${'<a,'.repeat(200_000)}` }],
  ['many quotes', { a: `Contact: ${'"a,'.repeat(200_000)}` }],
  ['backslashes in quotes', { To: `To: "${'\\'.repeat(400_000)}" <sip:b@c>` }],
  ['parameters without end', { Via: `Via: SIP/2.0/WS a${';b=c'.repeat(100_000)}` }],
  ['blanks in a Via', { Via: `Via: SIP/2.0/WS${blanks}a${blanks};b${blanks}=${blanks}c` }],
  ['many parameters of To', { To: `To: <sip:b@c>${';d=e'.repeat(100_000)}` }],
  ['many headers', { a: 'X-A: b\r\n'.repeat(80_000).trimEnd() }],
  ['many Vias', { a: 'Via: SIP/2.0/WS b\r\n'.repeat(50_000).trimEnd() }],
  ['lone carriage returns', { a: `X-A: ${'\r'.repeat(400_000)}` }],
  ['a long number', { CSeq: `CSeq: ${'0'.repeat(400_000)}1 OPTIONS` }],
];

describe('time in proportion', () => {
  for (const [name, change] of rows) {
    // What is quadratic takes minutes here.
    test(name, { timeout: 20_000 }, () => {
      const start = performance.now();
      readAll(requestText(change));
      assert.ok(performance.now() - start < 10_000);
    });
  }
});

function readAll(text: string): void {
  const message = messageOf(text);
  if (!message) return;
  for (const name of ['Via', 'To', 'X-A', 'Contact']) {
    message.header(name);
    message.headerValues(name);
  }
  assert.ok(message.to && message.topVia?.params && message.to.params);
  assert.notEqual(message.to.displayName, undefined);
  message.edits.append('X-B: c\r\n');
  assert.ok(printMessage(message).includes('X-B: c'));
  assert.ok(buildReply(message, 200, 'OK', { source, toTag: 'x' }).startsWith('SIP/2.0 200'));
}

/** What is refused counts too: the time until it is. */
function messageOf(text: string): ReturnType<typeof parseMessage> | undefined {
  try {
    return parseMessage(text, source, limits);
  } catch (error) {
    assert.ok(error instanceof SipParseError);
    return undefined;
  }
}
