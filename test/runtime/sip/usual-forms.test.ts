/** What nearly all clients send is read in one go; it means the same as where a detail sends it the long way. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { NameAddress, Via } from '../../../runtime/module-exports.ts';
import { SipParseError } from '../../../runtime/sip/errors.ts';
import { headerId, knownHeaders } from '../../../runtime/sip/header-names.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { parseNameAddress } from '../../../runtime/sip/name-address.ts';
import { ReceivedMessage } from '../../../runtime/sip/received-message.ts';
import { parseVia } from '../../../runtime/sip/via.ts';
import { requestText } from './messages.ts';

/** Pieces of the usual forms, and what breaks them. */
const textOf = (...pieces: string[]) =>
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((chosen) => chosen.join(''));

function withoutX(params: ReadonlyMap<string, string>): [string, string][] {
  return [...params].filter(([name]) => name !== 'x');
}

function valuesOfVia({ protocol, host, port, branch, params }: Via) {
  return { protocol, host, port, branch, params: withoutX(params) };
}

test('RFC 3261 §20.42: a Via with one more parameter is the same Via', () => {
  const rest = textOf(
    '.invalid',
    'a-1',
    '_',
    ':5060',
    ':0',
    ':70000',
    ' ',
    ',',
    ';rport',
    ';rport=1',
    ';alias',
  );
  const branch = textOf(';branch=', 'z9hG4bK', '-._~*+', '%', '=', '"', ';branch', ';rport', ' ', '[::1]');
  const protocol = fc.constantFrom(
    'SIP/2.0/WS ',
    'sip/2.0/wss ',
    'SIP/2.0/TCP  ',
    'SIP/2.0/',
    'SIP / 2.0/UDP ',
  );
  fc.assert(
    fc.property(protocol, rest, branch, (begin, middle, end) => {
      const text = `${begin}h${middle}${end}`;
      if (text.includes(',')) return;
      const via = parseVia(text);
      const longWay = parseVia(`${text};x`);
      assert.deepEqual(via && valuesOfVia(via), longWay && valuesOfVia(longWay));
      if (!via || !longWay) return;
      const { sentByEnd, rportStart, rportEnd, receivedStart } = via;
      assert.deepEqual(
        { sentByEnd, rportStart, rportEnd, receivedStart },
        {
          sentByEnd: longWay.sentByEnd,
          rportStart: longWay.rportStart,
          rportEnd: longWay.rportEnd,
          receivedStart: longWay.receivedStart,
        },
      );
    }),
    { numRuns: 3000 },
  );
});

function valuesOfAddress({ displayName, uri, tag, params }: NameAddress) {
  return { displayName, uri, tag, params: withoutX(params) };
}

test('RFC 3261 §20.20: an address with one more parameter is the same address', () => {
  const name = fc.constantFrom('', '"A" ', '"<b>" ', 'Alice ', '"');
  const uri = textOf('sip:', 'tel:', 'a', '@h', ':1', ';lr', '>', '<', ' ', '"', 'é', '?x=y');
  const tag = textOf(';tag=', 'a1', '.-_~', '%', '"', ';Tag=', ';tag', ' ', '=', '>');
  fc.assert(
    fc.property(name, uri, tag, (display, inside, end) => {
      const text = `${display}<sip:${inside}>${end}`;
      const address = parseNameAddress(text);
      const longWay = parseNameAddress(`${text};x`);
      assert.deepEqual(address && valuesOfAddress(address), longWay && valuesOfAddress(longWay));
    }),
    { numRuns: 3000 },
  );
});

test('RFC 3261 §7.1: a request line is read alike whatever its line end', () => {
  const line = textOf(
    'OPTIONS',
    ' ',
    'sip:a@b',
    'SIP/2.0',
    'SIP/1.0',
    'INVITE',
    '\t',
    'é',
    ':',
    ';x',
    'tel:1',
  );
  fc.assert(
    fc.property(line, (text) => {
      const rest = requestText().slice(requestText().indexOf('\r\n') + 2);
      for (const whole of [text, `OPTIONS ${text} SIP/2.0`]) {
        assert.deepEqual(firstLineOf(`${whole}\r\n${rest}`), firstLineOf(`${whole}\n${rest}`), whole);
      }
    }),
    { numRuns: 2000 },
  );
});

function firstLineOf(text: string) {
  try {
    const { method, requestUri, isRequest } = parseMessage(text);
    return { method, requestUri, isRequest };
  } catch (error) {
    assert.ok(error instanceof SipParseError);
    return error.code;
  }
}

test('RFC 3261 §7.3.1: names like those that are known are other names', () => {
  const known = knownHeaders.flatMap(({ name, compact }) =>
    compact === undefined ? [name] : [name, compact],
  );
  const almost = fc
    .tuple(fc.constantFrom(...known), fc.constantFrom('', 'x', '-', 'a', '%', '1'), fc.nat(20), fc.boolean())
    .map(([name, more, cut, isUpper]) => {
      const changed = name.slice(0, Math.max(1, name.length - cut)) + more;
      return isUpper ? changed.toUpperCase() : changed;
    });
  fc.assert(
    fc.property(almost, (name) => {
      const text = `OPTIONS sip:a@b SIP/2.0\r\n${name}: value\r\n\r\n`;
      let message: unknown;
      try {
        message = parseMessage(text);
      } catch (error) {
        message = error instanceof SipParseError ? error.salvaged : undefined;
      }
      assert.ok(message instanceof ReceivedMessage);
      assert.equal(message.parts.idOf(0), headerId(name), name);
    }),
    { numRuns: 2000 },
  );
});
