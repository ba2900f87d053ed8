/** What one message can make variables and transformations do grows with its length, not with the square of it. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MessageSource, ScriptValue, SipMessage } from '../../../runtime/module-exports.ts';
import { createRun } from '../../../runtime/script/index.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { createCoreVariables } from '../../../runtime/variables/core-variables.ts';
import { createScriptMarks } from '../../../runtime/variables/marks.ts';
import { findLast, findText } from '../../../runtime/variables/search.ts';
import { createCoreTransformations } from '../../../runtime/variables/transformations.ts';
import { plainSocket } from '../plain-socket.ts';

/** What a message can have. Linear work on it takes a few milliseconds, quadratic work seconds. */
const length = 65_000;
const bound = 500;

/** Errors: `work` is over the bound three times, so that one pause of the machine does not count. */
function assertQuick(work: () => unknown, what: string): void {
  let took = 0;
  for (let attempt = 0; attempt < 3; attempt++) {
    const start = performance.now();
    work();
    took = performance.now() - start;
    if (took < bound) return;
  }
  assert.fail(`${what} took ${Math.round(took)} ms`);
}

const units = [
  ...[' ', 'a', '1', '"', '\\', '<', ';', ',', '(', '=', '%', '/', ':', '.', '[', '@', '*'],
  ...['a=', '; ', ', ', 'a="', 'a;', '""', '1:', '\r\n ', 'm='],
];
const edges = [
  ['', 'x'],
  ['x', ''],
  ['"', ''],
  ['a=', '"'],
  ['<sip:', 'x'],
  ['Digest a', '"'],
] as const;

const shapes = units.flatMap((unit) =>
  edges.map(([front, end]) => ({
    name: `${front}${JSON.stringify(unit)}…${end}`,
    value: front + unit.repeat(length / unit.length) + end,
  })),
);

describe('RFC 4475 in spirit: hostile values', () => {
  for (const [name, { facts, apply }] of createCoreTransformations()) {
    test(`{${name}}`, () => {
      const args = facts.args.map((kind) => (kind === 'int' ? 1 : name === 're.subst' ? '/a/b/g' : 'name'));
      for (const shape of shapes) assertQuick(() => apply(shape.value, args), shape.name);
    });
  }
});

const source: MessageSource = {
  protocol: 'ws',
  socket: plainSocket('ws', { host: 'localhost', port: 8080 }),
  remoteAddress: '127.0.0.1',
  remotePort: 40000,
  connectionId: 1,
  send: () => true,
};

/** The headers in which variables look for something; `…` is the place of what makes them long. */
const headers = {
  Authorization: ['…', 'Digest …', 'Digest username="…'],
  From: ['…x <sip:a@x>;tag=1', '"…" <sip:a@x>', '<sip:a@x>;tag=…', '"a…'],
  Contact: ['…x <sip:a@x>', '…', '<sip:a@x>;…'],
  'P-Preferred-Identity': ['…', '…x <sip:a@x>'],
  Diversion: ['<sip:a@x>;…'],
  'Content-Type': ['…', 'multipart/mixed;…', 'multipart/mixed;boundary=…'],
  'X-Other': ['…'],
} as const;

const inners = ['', 'X-Other', 'uri', 'params', 'text/plain'];

function messageWith(name: string, value: string): SipMessage | undefined {
  const ordinary = {
    Via: 'SIP/2.0/WS x.invalid;branch=z9hG4bK1',
    From: '<sip:alice@a.example>;tag=1',
    To: '<sip:bob@b.example>',
    'Call-ID': '1',
    CSeq: '1 MESSAGE',
  };
  const lines = Object.entries({ ...ordinary, [name]: value }).map(([header, text]) => `${header}: ${text}`);
  const text = ['MESSAGE sip:bob@x SIP/2.0', ...lines, '', `--b${value}`].join('\r\n');
  try {
    return parseMessage(text, source, { maxMessageBytes: text.length, maxHeaders: 1024 });
  } catch {
    return undefined;
  }
}

describe('variables of a message with a hostile header', () => {
  const variables = createCoreVariables({
    marks: createScriptMarks(),
    startTime: 1,
    argv: new Map(),
    colours: false,
    logLevels: { level: undefined, xlogLevel: undefined },
    socketNamed: () => undefined,
    warn: () => undefined,
  });

  for (const [name, values] of Object.entries(headers)) {
    test(name, () => {
      let read = 0;
      for (const unit of units) {
        for (const value of values) {
          const message = messageWith(
            name,
            value.replace('…', () => `${unit.repeat(length / unit.length)}x`),
          );
          if (message) read += readAll(message, `${value} of ${JSON.stringify(unit)}`);
        }
      }
      assert.ok(read > 0);
    });
  }

  function readAll(message: SipMessage, shape: string): number {
    const run = createRun(message, source, 'R');
    for (const [name, { facts, behaviour }] of variables) {
      const names = facts.inner === undefined || facts.inner === 'none' ? [''] : inners;
      for (const inner of names) {
        assertQuick((): ScriptValue => behaviour.get(run, inner), `$${name}(${inner}) of ${shape}`);
        assertQuick(() => behaviour.getAll?.(run, inner), `$(${name}(${inner})[*]) of ${shape}`);
      }
    }
    return 1;
  }
});

describe('searching for a text that is long itself', () => {
  const text = 'a'.repeat(2 * length);
  const half = 'a'.repeat(length / 2);
  for (const needle of [`${half}b`, `b${half}`, `${half}b${half}`]) {
    test(`${needle.indexOf('b')} of ${needle.length}`, () => {
      assertQuick(() => assert.equal(findText(text, needle), -1), 'findText');
      assertQuick(() => assert.equal(findLast(text, needle), -1), 'findLast');
    });
  }

  test('long and short ones are found at the same places', () => {
    for (const size of [1, 2, 255, 256, 300]) {
      const needle = `${'ab'.repeat(size / 2)}c`;
      const hay = `ab${needle}x${needle}ab`;
      for (const from of [-1, 0, 2, 3, needle.length, hay.length - needle.length - 2, hay.length]) {
        assert.equal(findText(hay, needle, from), hay.indexOf(needle, from), `${size} from ${from}`);
        assert.equal(findLast(hay, needle, from), hay.lastIndexOf(needle, from), `${size} back from ${from}`);
      }
    }
  });
});
