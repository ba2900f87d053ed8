/** What is read from a message: RFC 3261 §7. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { replyText, requestText } from './messages.ts';

test('RFC 3261 §7.1 request line: method, Request-URI; both as received', () => {
  const message = parseMessage(
    requestText({ first: 'oPtions sip:Alice@Example.com;X=Y sip/2.0', CSeq: 'CSeq: 7 oPtions' }),
  );
  assert.equal(message.isRequest, true);
  assert.equal(message.method, 'oPtions');
  assert.equal(message.originalUri, 'sip:Alice@Example.com;X=Y');
  assert.equal(message.requestUri, 'sip:Alice@Example.com;X=Y');
  assert.equal(message.statusCode, 0);
});

test('RFC 3261 §7.2 status line: code, reason phrase; the method is that of CSeq', () => {
  const message = parseMessage(replyText().replace('200 OK', '486 Busy  Here'));
  assert.equal(message.isRequest, false);
  assert.equal(message.statusCode, 486);
  assert.equal(message.reasonPhrase, 'Busy  Here');
  assert.equal(message.method, 'OPTIONS');
  assert.equal(message.originalUri, '');
});

test('RFC 3261 §8.1.1 the fields of each message', () => {
  const message = parseMessage(requestText());
  assert.equal(message.callId, 'abc-1@client.invalid');
  assert.deepEqual(message.cseq, { number: 7, method: 'OPTIONS' });
  assert.equal(message.from?.displayName, 'Bob');
  assert.equal(message.from?.tag, 'f1');
  assert.equal(message.to?.uri, 'sip:alice@example.com');
  assert.equal(message.to?.tag, undefined);
  assert.equal(message.topVia?.protocol, 'WS');
  assert.equal(message.topVia?.branch, 'z9hG4bK-1');
});

test('RFC 3261 §7.3.1 names in any case, white space around the colon, empty values', () => {
  const message = parseMessage(requestText({ a: 'x-ODD \t:\t  a b \t', b: 'X-Empty:', c: 'X-Empty2:   ' }));
  assert.equal(message.header('X-Odd'), 'a b');
  assert.equal(message.headerName(message.findHeader('x-odd')), 'x-ODD');
  assert.equal(message.header('x-empty'), '');
  assert.equal(message.header('x-empty2'), '');
  assert.equal(message.header('X-Absent'), undefined);
  assert.equal(message.findHeader('X-Absent'), -1);
});

test('RFC 3261 §7.3.1 folded lines are joined with one space', () => {
  const message = parseMessage(
    requestText({ a: 'Subject: I know\r\n  you\t\r\n\tare there', b: 'X-F:\r\n here' }),
  );
  assert.equal(message.header('Subject'), 'I know you are there');
  assert.equal(message.header('X-F'), 'here');
});

test('RFC 3261 §7.3.1 several values: lines and commas, outside quotes and brackets', () => {
  const message = parseMessage(
    requestText({
      a: 'Route: "A, B" <sip:a,b@p1.invalid;lr>, <sip:p2.invalid;lr>;x="c,d"',
      b: 'Route: <sip:p3.invalid>',
      c: 'X-List: a,b , ,c',
    }),
  );
  assert.deepEqual(message.headerValues('route'), [
    '"A, B" <sip:a,b@p1.invalid;lr>',
    '<sip:p2.invalid;lr>;x="c,d"',
    '<sip:p3.invalid>',
  ]);
  assert.deepEqual(message.headerValues('X-List'), ['a', 'b', 'c']);
});

test('RFC 3261 §7.3.1 headers that are no lists keep their commas', () => {
  const message = parseMessage(
    requestText({
      a: 'Date: Sat, 13 Nov 2010 23:29:00 GMT',
      b: 'Authorization: Digest realm="a", nonce="b"',
    }),
  );
  assert.deepEqual(message.headerValues('Date'), ['Sat, 13 Nov 2010 23:29:00 GMT']);
  assert.deepEqual(message.headerValues('Authorization'), ['Digest realm="a", nonce="b"']);
});

test('findHeader goes on from a place, by long and compact name', () => {
  const message = parseMessage(
    requestText({ a: 'm: <sip:1>', b: 'X-A: x', c: 'Contact: <sip:2>', d: 'x-a: y' }),
  );
  const first = message.findHeader('Contact');
  const second = message.findHeader('M', first + 1);
  assert.deepEqual([message.headerValue(first), message.headerValue(second)], ['<sip:1>', '<sip:2>']);
  assert.equal(message.findHeader('contact', second + 1), -1);
  assert.equal(message.headerValue(message.findHeader('X-A', message.findHeader('X-A') + 1)), 'y');
});

test('RFC 3261 §7.5 line ends in front of the first line are skipped', () => {
  assert.equal(parseMessage(`\r\n\r\n\n${requestText()}`).method, 'OPTIONS');
});

test('lines may end with a lone LF, as in the original', () => {
  const message = parseMessage(requestText({}, 'v=0').replaceAll('\r\n', '\n'));
  assert.equal(message.callId, 'abc-1@client.invalid');
  assert.equal(message.body, 'v=0');
});

test('RFC 3261 §18.3, RFC 7118 §5.3 Content-Length: absent, right, smaller', () => {
  assert.equal(parseMessage(requestText({ 'Content-Length': undefined }, 'v=0\r\n')).body, 'v=0\r\n');
  assert.equal(parseMessage(requestText({}, 'v=0\r\n')).body, 'v=0\r\n');
  assert.equal(parseMessage(requestText({ 'Content-Length': 'l: 2' }, 'v=0\r\n')).body, 'v=');
});

test('bodies and unknown headers stay byte for byte', () => {
  const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');
  const value = bytes.replace(/[\r\n]/g, '').trim();
  const message = parseMessage(requestText({ a: `X-Bytes: ${value}` }, bytes));
  assert.equal(message.body, bytes);
  assert.equal(message.header('X-Bytes'), value);
  assert.equal(message.text, requestText({ a: `X-Bytes: ${value}` }, bytes));
});
