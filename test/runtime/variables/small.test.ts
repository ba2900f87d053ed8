/** The small things of which variables are made. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SipMessage } from '../../../runtime/module-exports.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { bodyPartsOf } from '../../../runtime/variables/body-parts.ts';
import { colour } from '../../../runtime/variables/colour.ts';
import { createFlagNames } from '../../../runtime/variables/flag-names.ts';
import {
  compareText,
  leadingNumber,
  lowerAscii,
  sameText,
  wholeNumberOf,
} from '../../../runtime/variables/text.ts';
import { formatTime } from '../../../runtime/variables/time-text.ts';
import { readParamList } from '../../../runtime/variables/transformations/param.ts';
import { changeUri, maxUriLength } from '../../../runtime/variables/uri-edit.ts';

test('letter case is that of ASCII alone', () => {
  assert.equal(lowerAscii('AÀ\xdc'), 'aÀ\xdc');
  assert.equal(sameText('ÀB', 'Àb'), true);
  assert.equal(sameText('À', 'à'), false);
  assert.ok(compareText('abc', 'ABD') < 0);
});

test('numbers in texts', () => {
  assert.deepEqual(
    ['12ab', '-3', '+4', 'x', '', '0x10', '4294967296'].map(leadingNumber),
    [12, -3, 4, 0, 0, 0, 0],
  );
  assert.deepEqual(['12', '-3', '+4', '0x1F', '12a', '', '-'].map(wholeNumberOf), [
    12,
    -3,
    4,
    31,
    undefined,
    undefined,
    undefined,
  ]);
});

const noon = new Date(2026, 0, 4, 12, 5, 9);
const times: readonly (readonly [format: string, text: string])[] = [
  ['%Y-%m-%d %H:%M:%S', '2026-01-04 12:05:09'],
  ['%a %A %b %B', 'Sun Sunday Jan January'],
  ['%c', 'Sun Jan  4 12:05:09 2026'],
  ['%e|%k|%l|%I|%p', ' 4|12|12|12|PM'],
  ['%j|%u|%w|%U|%W|%V|%G', '004|7|0|01|00|01|2026'],
  ['%D|%F|%T|%R|%y|%C', '01/04/26|2026-01-04|12:05:09|12:05|26|20'],
  ['100%%|%Q', '100%|%Q'],
];

for (const [format, text] of times) {
  test(`C99 §7.23.3.5 strftime: ${format}`, () => assert.equal(formatTime(format, noon), text));
}

test('a URI that cannot be read, or would be too long, is not changed', () => {
  assert.equal(changeUri('nonsense', { part: 'user', text: 'a' }), undefined);
  assert.equal(changeUri('tel:+1', { part: 'host', text: 'a' }), undefined);
  assert.equal(changeUri('sip:a@b', { part: 'user', text: 'x'.repeat(maxUriLength) }), undefined);
});

test('a password stays with a new user, and goes with a new user and password', () => {
  assert.equal(changeUri('sip:a:p@h;x?y=z', { part: 'user', text: 'b' }), 'sip:b:p@h;x?y=z');
  assert.equal(changeUri('sip:a:p@h', { part: 'userpass', text: 'b:q' }), 'sip:b:q@h');
  assert.equal(changeUri('sips:a@[::1]:5061', { part: 'host', text: 'h' }), 'sips:a@h:5061');
});

test('a message has 32 flags with names', () => {
  const names = createFlagNames();
  for (let bit = 0; bit < 32; bit++) assert.equal(names.bit(`f${bit}`), bit);
  assert.equal(names.bit('one more'), undefined);
  assert.equal(names.bit('f3'), 3);
  assert.equal(names.names(0b1001), 'f3 f0');
});

test('colours are escape sequences of the terminal', () => {
  assert.equal(colour('rx'), '\x1b[0;31;49m');
  assert.equal(colour('Rg'), '\x1b[1;31;42m');
  assert.equal(colour('zz'), undefined);
});

function withBody(contentType: string, body: string) {
  return parseMessage(
    `MESSAGE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 MESSAGE\r\nContent-Type: ${contentType}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
}

/** Each part stands where it says that it does. */
function partsOf(message: SipMessage) {
  return bodyPartsOf(message, message.body).map(({ type, body, start }) => {
    assert.equal(message.body.slice(start, start + body.length), body);
    return { type, body };
  });
}

test('RFC 2046 §5.1: the parts of a multipart body', () => {
  const body =
    'preamble\r\n--b1\r\nContent-Type: application/SDP\r\n\r\nv=0\r\n\r\n--b1\r\n\r\nplain\r\n--b1--\r\nepilogue';
  assert.deepEqual(partsOf(withBody('multipart/mixed;boundary="b1"', body)), [
    { type: 'application/sdp', body: 'v=0\r\n' },
    { type: '', body: 'plain' },
  ]);
});

test('any other body is one part', () => {
  assert.deepEqual(partsOf(withBody('text/plain; charset=utf-8', 'hi')), [
    { type: 'text/plain', body: 'hi' },
  ]);
  assert.deepEqual(partsOf(withBody('text/plain', '')), []);
});

const paramLists: readonly (readonly [text: string, read: string | undefined])[] = [
  ['a=1;b', 'a=1 b'],
  [' ; a = 1 ; ;b= x y ;', 'a=1 b=x y'],
  ['a="x;\\"y" ; b=""', 'a=x;\\"y b='],
  ['a=', 'a='],
  ['a="x', undefined],
  ['a="x"y', undefined],
  ['a=x"y"', undefined],
  ['a b', undefined],
  ['=a', undefined],
  [';;', undefined],
];

for (const [text, read] of paramLists) {
  test(`{param…} of ${text}`, () => {
    const params = readParamList(text)?.map(({ name, value }) =>
      value === undefined ? name : `${name}=${value}`,
    );
    assert.equal(params?.join(' '), read);
  });
}
