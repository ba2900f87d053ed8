/** Every variable of the core answers for every message that can be read, and takes or refuses every value. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MessageSource, ScriptValue, SipMessage } from '../../../runtime/module-exports.ts';
import { createRun } from '../../../runtime/script/index.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { createCoreVariables } from '../../../runtime/variables/core-variables.ts';
import { createScriptMarks } from '../../../runtime/variables/marks.ts';

const source: MessageSource = {
  protocol: 'ws',
  socket: {
    protocol: 'ws',
    host: 'localhost',
    address: '::1',
    port: 8080,
    family: 6,
    advertisedHost: 'example.com',
    advertisedPort: 443,
    tag: 'web',
  },
  remoteAddress: '::1',
  remotePort: 40000,
  connectionId: 1,
  send: () => true,
};

const lines = [
  'MESSAGE sip:bob:pw@example.com:5070;transport=ws;lr?a=b SIP/2.0',
  'Via: SIP/2.0/WS x.invalid;branch=z9hG4bK1',
  'From: "Alice" <sip:alice@a.example>;tag=1',
  'To: <sip:bob@b.example>;tag=2',
  'Call-ID: 1@x',
  'CSeq: 7 MESSAGE',
  'Contact: "C" <sip:c@1.1.1.1;transport=ws>;expires=60, <sip:d@2.2.2.2>',
  'Contact: *',
  'Authorization: Digest username="alice@r", realm="r", nonce="n"',
  'P-Asserted-Identity: "P" <sip:p@x>',
  'Diversion: <sip:d@x>;reason=busy',
  'Content-Type: multipart/mixed;boundary=b',
  'Content-Length: 40',
  '',
  '--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b--',
];

const variables = createCoreVariables({
  marks: createScriptMarks(),
  startTime: 1,
  argv: new Map([['name', 'value']]),
  colours: true,
  logLevels: { level: undefined, xlogLevel: undefined },
  socketNamed: () => undefined,
  warn: () => undefined,
});

const inners = ['', 'From', 'x', '0', '1', '-1', 'name', 'uri', 'rg', '%H', 'ip', 'text/plain', 'port'];

/** A message with pieces cut out, doubled or overwritten; undefined where it cannot be read any more. */
const mutated: fc.Arbitrary<SipMessage | undefined> = fc
  .record({
    at: fc.array(fc.nat(700), { maxLength: 6 }),
    bytes: fc.string({
      unit: fc.constantFrom(...'<>";,=:@ \r\n%$a\0\xff'.split('')),
      minLength: 6,
      maxLength: 6,
    }),
    cut: fc.nat(3),
  })
  .map(({ at, bytes, cut }) => {
    let text = lines.join('\r\n');
    for (const [index, place] of at.entries()) {
      text = text.slice(0, place) + (bytes[index] ?? '') + text.slice(place + cut);
    }
    try {
      return parseMessage(text);
    } catch {
      return undefined;
    }
  });

function isValue(value: ScriptValue): boolean {
  if (typeof value === 'number') return value === (value | 0);
  return value === null || typeof value === 'string';
}

for (const [name, { behaviour }] of variables) {
  test(`$${name} answers for any message`, () => {
    fc.assert(
      fc.property(
        mutated,
        fc.constantFrom(...inners),
        fc.constantFrom(undefined, 0, 1, -1, 9),
        (message, inner, index) => {
          if (!message) return;
          const run = createRun(message, source, 'R');
          assert.ok(isValue(behaviour.get(run, inner, index)));
          for (const value of behaviour.getAll?.(run, inner) ?? []) assert.ok(isValue(value));
        },
      ),
      { numRuns: 60 },
    );
  });
}

for (const [name, { behaviour }] of variables) {
  if (!behaviour.set) continue;
  test(`$${name} takes a value, or refuses it with an Error`, () => {
    const value = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.integer(),
      fc.constant(null),
      fc.constant('x'.repeat(2000)),
    );
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 0, 5, -1), fc.boolean(), (given, index, replaceAll) => {
        const run = createRun(parseMessage(lines.join('\r\n')), source, 'R');
        try {
          behaviour.set?.(run, 'name', given, index, replaceAll);
        } catch (error) {
          assert.ok(
            error instanceof Error && !(error instanceof TypeError) && !(error instanceof RangeError),
            String(error),
          );
        }
        assert.ok(isValue(behaviour.get(run, 'name', index)));
      }),
      { numRuns: 40 },
    );
  });
}
