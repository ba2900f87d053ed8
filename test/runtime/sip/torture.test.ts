/** Messages after those of RFC 4475 (SIP torture tests): taken or refused as that RFC allows, for the right reason. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { SipMessage } from '../../../runtime/module-exports.ts';
import { buildReply } from '../../../runtime/sip/build-reply.ts';
import { SipParseError } from '../../../runtime/sip/errors.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';

interface TortureCase {
  readonly section: string;
  /** What the RFC calls it. */
  readonly message: string;
  readonly name: string;
  readonly lines: readonly string[];
  readonly verdict: string;
  readonly expect?: Readonly<Record<string, string | number>>;
}

const fixtures = new URL('../../../../test/runtime/sip/fixtures/torture.json', import.meta.url);
const cases: readonly TortureCase[] = JSON.parse(readFileSync(fixtures, 'utf8'));

/** What the fixtures' names stand for; any other name is a header. */
const readers: Readonly<Record<string, (message: SipMessage) => unknown>> = {
  method: (message) => message.method,
  requestUri: (message) => message.requestUri,
  statusCode: (message) => message.statusCode,
  reasonPhrase: (message) => message.reasonPhrase,
  body: (message) => message.body,
  callId: (message) => message.callId,
  contacts: (message) => message.headerValues('Contact').length,
  accepts: (message) => message.headerValues('Accept').length,
  'cseq.number': (message) => message.cseq?.number,
  'to.tag': (message) => message.to?.tag,
  'to.uri': (message) => message.to?.uri,
  'from.tag': (message) => message.from?.tag,
  'from.uri': (message) => message.from?.uri,
  'from.displayName': (message) => message.from?.displayName,
  'topVia.host': (message) => message.topVia?.host,
  'topVia.branch': (message) => message.topVia?.branch,
  'topVia.protocol': (message) => message.topVia?.protocol,
};

function verdictOf(text: string): { readonly verdict: string; readonly message: SipMessage | undefined } {
  try {
    return { verdict: 'accepted', message: parseMessage(text) };
  } catch (error) {
    assert.ok(error instanceof SipParseError);
    return { verdict: error.code, message: error.answerable ? error.salvaged : undefined };
  }
}

for (const { section, message: called, name, lines, verdict, expect = {} } of cases) {
  test(`RFC 4475 §${section} ${called}, ${name}: ${verdict}`, () => {
    const result = verdictOf(lines.join('\r\n'));
    assert.equal(result.verdict, verdict);
    for (const [what, value] of Object.entries(expect)) {
      const read = readers[what] ?? ((message: SipMessage) => message.header(what));
      assert.equal(result.message && read(result.message), value, what);
    }
    if (result.message?.isRequest)
      assert.match(buildReply(result.message, 400, 'Bad'), /^SIP\/2\.0 400 Bad\r\n/);
  });
}

/** Its table of contents. */
const sections: Readonly<Record<string, number>> = {
  '3.1.1': 13,
  '3.1.2': 19,
  '3.2': 1,
  '3.3': 15,
  '3.4': 1,
};

test('RFC 4475: all 49 messages are here', () => {
  const wanted = Object.entries(sections).flatMap(([section, count]) =>
    Array.from({ length: count }, (_none, index) => `${section}.${index + 1}`),
  );
  assert.deepEqual([...new Set(cases.map(({ section }) => section))].sort(), wanted.sort());
});
