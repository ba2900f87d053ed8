/** What holds for any message: properties over random texts, mutations and headers. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SipMessage } from '../../../runtime/module-exports.ts';
import { buildReply } from '../../../runtime/sip/build-reply.ts';
import { SipParseError } from '../../../runtime/sip/errors.ts';
import { knownHeaders } from '../../../runtime/sip/header-names.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { parseNameAddress } from '../../../runtime/sip/name-address.ts';
import { printMessage } from '../../../runtime/sip/print-message.ts';
import { parseUri } from '../../../runtime/sip/uri.ts';
import { parseVia } from '../../../runtime/sip/via.ts';
import { requestText } from './messages.ts';
import { sourceFrom } from './sources.ts';

const byte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const bytes = fc.string({ unit: byte, maxLength: 300 });
/** Characters that mean something somewhere in a message. */
const marks = fc.constantFrom(...'\r\n\t :;,=<>"\\/@?[]%*.SIP2;tag'.split(''));
const sipLike = fc.string({ unit: fc.oneof(marks, byte), maxLength: 200 });
const lineText = fc.string({ unit: byte, maxLength: 80 }).map((text) => text.replace(/[\r\n]/g, '').trim());
const token = fc.string({
  unit: fc.constantFrom(..."abcXYZ019-.!%*_+`'~".split('')),
  minLength: 1,
  maxLength: 20,
});
const source = sourceFrom('192.0.2.1', 4711);

const valid = requestText(
  {
    Via: 'Via: SIP/2.0/WS a.invalid;branch=z9hG4bK1;rport, SIP/2.0/WS b.invalid\r\nv: SIP/2.0/TCP [::1]:5060',
    a: 'Contact: "A, \\"B" <sip:a@b;x=y>;q=0.5\r\n ,<sip:c@d>',
    b: 'Route: <sip:p;lr>,<sip:q;lr>',
    c: 'Subject: folded\r\n  line',
  },
  'v=0\r\n',
);

/** Everything that can be asked of a message is asked. */
function touchAll(message: SipMessage): void {
  for (let place = 0; place < message.headerCount; place++) {
    const name = message.headerName(place);
    assert.ok(message.findHeader(name) >= 0 && message.findHeader(name) <= place);
    assert.equal(typeof message.headerValue(place), 'string');
    for (const value of message.headerValues(name)) parseUri(value);
  }
  for (const address of [message.from, message.to]) {
    if (address) parseUri(`${address.uri}${address.displayName}${address.tag}${address.params.size}`);
  }
  parseUri(
    `${message.requestUri}${message.topVia?.branch}${message.topVia?.params.size}${message.cseq?.method}`,
  );
  assert.equal(typeof (message.reasonPhrase + message.callId + message.body), 'string');
}

/** Parses, touches everything, prints and replies; only a SipParseError may come out of the parser. */
function survive(text: string): void {
  let message: SipMessage | undefined;
  let status = 200;
  try {
    message = parseMessage(text, source);
    assert.ok(text.includes(printMessage(message)));
  } catch (error) {
    if (!(error instanceof SipParseError)) throw error;
    status = error.status;
    message = error.answerable ? error.salvaged : undefined;
    if (error.salvaged) touchAll(error.salvaged);
  }
  if (message === undefined) return;
  touchAll(message);
  if (!message.isRequest) return;
  const reply = buildReply(message, status, 'Reason', { toTag: 'tag', serverHeader: 'Server: x' });
  assert.match(reply, /^SIP\/2\.0 \d{3} Reason\r\nv/i);
  if (status === 200) assert.equal(parseMessage(reply).statusCode, 200);
}

test('any bytes are parsed or refused by a SipParseError', () => {
  fc.assert(fc.property(fc.oneof(bytes, sipLike), survive), { numRuns: 2000 });
});

test('any bytes within a message are parsed or refused by a SipParseError', () => {
  const splice = fc.tuple(fc.nat(valid.length), fc.nat(40), fc.oneof(sipLike, fc.constant('')));
  fc.assert(
    fc.property(fc.array(splice, { minLength: 1, maxLength: 4 }), (splices) => {
      let text = valid;
      for (const [at, length, put] of splices) text = text.slice(0, at) + put + text.slice(at + length);
      survive(text);
    }),
    { numRuns: 3000 },
  );
});

test('lines cut, doubled and swapped are parsed or refused by a SipParseError', () => {
  const lines = valid.split('\r\n');
  const place = fc.nat(lines.length - 1);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('cut', 'double', 'swap'), place, place), { maxLength: 4 }),
      (edits) => {
        const changed = [...lines];
        for (const [edit, one, other] of edits) {
          const line = changed[one] ?? '';
          if (edit === 'cut') changed.splice(one, 1);
          else if (edit === 'double') changed.splice(other, 0, line);
          else changed.splice(one, 1, ...changed.splice(other, 1, line));
        }
        survive(changed.join('\r\n'));
      },
    ),
    { numRuns: 2000 },
  );
});

test('values of unknown headers and bodies survive byte for byte', () => {
  fc.assert(
    fc.property(token, lineText, bytes, (name, value, body) => {
      const text = requestText({ a: `X-${name}: ${value}` }, body);
      const message = parseMessage(text);
      assert.equal(message.header(`x-${name}`), value);
      assert.equal(message.body, body);
      assert.equal(printMessage(message), text);
    }),
    { numRuns: 1000 },
  );
});

test('a reply has the Via list, From, Call-ID and CSeq of its request, and the To with a tag', () => {
  const host = fc.domain();
  const via = fc
    .tuple(
      fc.constantFrom('WS', 'wss', 'UDP'),
      host,
      fc.constantFrom('', ':5060', ' : 99'),
      fc.constantFrom('', ';rport', ';a="b;c"'),
      token,
    )
    .map(
      ([transport, name, port, param, branch]) =>
        `SIP/2.0/${transport} ${name}${port}${param};branch=z9hG4bK${branch}`,
    );
  const display = fc.constantFrom('', 'Bob ', '"Bob, \\"x\\"" ', '"<sip:x@y>" ');
  fc.assert(
    fc.property(
      fc.array(via, { minLength: 1, maxLength: 4 }),
      display,
      token,
      token,
      fc.nat(),
      (vias, name, tag, id, number) => {
        const request = parseMessage(
          requestText({
            Via: `Via: ${vias.join(', ')}`,
            From: `From: ${name}<sip:a@b;x=y>;tag=${tag}`,
            'Call-ID': `Call-ID: ${id}`,
            CSeq: `CSeq: ${number} OPTIONS`,
          }),
          source,
        );
        const reply = parseMessage(buildReply(request, 200, 'OK', { toTag: 'new' }));
        const sentBy = (message: SipMessage) =>
          message.headerValues('Via').map((text) => {
            const value = parseVia(text);
            return [value?.protocol, value?.host, value?.port, value?.branch];
          });
        assert.deepEqual(sentBy(reply), sentBy(request));
        assert.equal(reply.headerValues('Via').slice(1).join(), request.headerValues('Via').slice(1).join());
        assert.equal(reply.topVia?.params.get('received'), '192.0.2.1');
        assert.equal(reply.header('From'), request.header('From'));
        assert.equal(reply.callId, request.callId);
        assert.deepEqual(reply.cseq, request.cseq);
        assert.equal(reply.to?.tag, 'new');
      },
    ),
    { numRuns: 500 },
  );
});

test('RFC 3261 §7.3.3 compact and long names are the same', () => {
  const compact = new Map(knownHeaders.flatMap(({ name, compact }) => (compact ? [[name, compact]] : [])));
  const shorten = (text: string) =>
    text.replace(/^([\w-]+):/gm, (line, name) => (compact.has(name) ? `${compact.get(name)}:` : line));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...compact.keys()), lineText), { maxLength: 6 }),
      (headers) => {
        const free = headers.filter(([name]) => !/^(Via|From|To|Call-ID|Content-Length)$/.test(name));
        const long = requestText(
          Object.fromEntries(free.map(([name, value], place) => [`h${place}`, `${name}: ${value}`])),
        );
        const one = parseMessage(long);
        const other = parseMessage(shorten(long));
        for (const name of compact.keys()) assert.deepEqual(other.headerValues(name), one.headerValues(name));
        assert.deepEqual(other.from?.uri, one.from?.uri);
        assert.equal(other.callId, one.callId);
      },
    ),
    { numRuns: 500 },
  );
});

test('an address that is read prints to one that is read the same', () => {
  fc.assert(
    fc.property(sipLike, token, (name, tag) => {
      const quoted = `"${name.replace(/[\r\n]/g, '').replace(/["\\]/g, '\\$&')}"`;
      const address = parseNameAddress(`${quoted} <sip:a@b>;tag=${tag}`);
      assert.equal(address?.displayName, name.replace(/[\r\n]/g, ''));
      assert.equal(address?.tag, tag);
    }),
    { numRuns: 1000 },
  );
});
