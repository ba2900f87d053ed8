/** Edits kept beside a message, and the message printed with them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SipMessage } from '../../../runtime/module-exports.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { printMessage } from '../../../runtime/sip/print-message.ts';
import { replyText, requestText } from './messages.ts';

const odd = requestText({ a: 'x-ODD :  \ta\r\n  b ', b: 'm:<sip:1>' }, 'v=0\r\n\xff');

function edited(text: string, edit: (message: SipMessage) => void): string[] {
  const message = parseMessage(text);
  edit(message);
  assert.equal(message.text, text);
  return printMessage(message).split('\r\n');
}

test('without edits a message prints byte for byte, replies too', () => {
  assert.equal(printMessage(parseMessage(odd)), odd);
  const loneLf = requestText({ a: 'X-A: 1\r\n 2' }, 'v=0').replaceAll('\r\n', '\n');
  assert.equal(printMessage(parseMessage(loneLf)), loneLf);
  assert.equal(printMessage(parseMessage(replyText())), replyText());
  const looked = parseMessage(odd);
  assert.equal(looked.edits.isRemoved(0), false);
  assert.equal(printMessage(looked), odd);
});

test('RFC 3261 §7.5, §18.3 line ends in front and bytes behind the body are left out', () => {
  assert.equal(printMessage(parseMessage(`\r\n${odd}behind`)), odd);
});

test('the Request-URI as the script set it; the original one stays known', () => {
  const message = parseMessage(odd);
  message.requestUri = 'sip:new@example.com;lr';
  assert.equal(printMessage(message), odd.replace('sip:alice@example.com', 'sip:new@example.com;lr'));
  assert.equal(message.originalUri, 'sip:alice@example.com');
});

const lines = (change: Readonly<Record<string, string | undefined>>) => requestText(change).split('\r\n');

test('append: behind the last header, or behind a named one; in the order of the calls', () => {
  const got = edited(requestText(), ({ edits }) => {
    edits.append('X-1: a\r\n');
    edits.append('X-2: b\r\n', 'via');
    edits.append('X-3: c\r\nX-4: d\r\n', 'X-Absent');
    edits.append('X-5: e\r\n', 'Via');
  });
  const plain = lines({});
  assert.deepEqual(got, [
    ...plain.slice(0, 2),
    'X-2: b',
    'X-5: e',
    ...plain.slice(2, 8),
    'X-1: a',
    'X-3: c',
    'X-4: d',
    '',
    '',
  ]);
});

test('insert: in front of the first header, or of a named one', () => {
  const got = edited(requestText(), ({ edits }) => {
    edits.insert('X-1: a\r\n');
    edits.insert('X-2: b\r\n', 'CSeq');
    edits.insert('X-3: c\r\n', 'X-Absent');
  });
  const plain = lines({});
  assert.deepEqual(got, [plain[0], 'X-1: a', 'X-3: c', ...plain.slice(1, 6), 'X-2: b', ...plain.slice(6)]);
});

test('remove: one header with its folds, once; lines beside it stay', () => {
  const got = edited(requestText({ a: 'X-A: 1\r\n 2', b: 'X-A: 3' }), (message) => {
    const { edits } = message;
    const place = message.findHeader('X-A');
    edits.append('X-B: b\r\n', 'X-A');
    assert.equal(edits.remove(place), true);
    assert.equal(edits.remove(place), false);
    assert.equal(edits.isRemoved(place), true);
    assert.equal(edits.isRemoved(place + 1), false);
    assert.equal(edits.remove(-1), false);
    assert.equal(edits.remove(message.headerCount), false);
  });
  assert.deepEqual(got, lines({ a: 'X-B: b', b: 'X-A: 3' }));
});

test('replace: in the place of one header, the last one counts; none in the place of a removed one', () => {
  const got = edited(requestText({ a: 'X-A: 1\r\n 2', b: 'X-A: 3' }), (message) => {
    const { edits } = message;
    const place = message.findHeader('X-A');
    edits.insert('X-Before: b\r\n', 'X-A');
    edits.append('X-After: c\r\n', 'X-A');
    assert.equal(edits.replace(place, 'X-A: first\r\n'), true);
    assert.equal(edits.replace(place, 'X-A: second\r\n'), true);
    assert.equal(edits.isRemoved(place), false);
    assert.equal(message.headerValue(place), '1 2');
    assert.equal(edits.replace(place + 1, 'X-B: gone\r\n'), true);
    assert.equal(edits.remove(place + 1), true);
    assert.equal(edits.replace(place + 1, 'X-B: again\r\n'), false);
    assert.equal(edits.replace(-1, 'X-C: d\r\n'), false);
    assert.equal(edits.replace(message.headerCount, 'X-C: d\r\n'), false);
  });
  assert.deepEqual(got, lines({ a: 'X-Before: b\r\nX-A: second\r\nX-After: c' }).join('\r\n').split('\r\n'));
});

test('RFC 3261 §20.14 Content-Length follows a replaced body, where it was or at the end', () => {
  const body = 'new body\xff';
  assert.deepEqual(
    edited(requestText({ 'Content-Length': 'l :\t3 ' }, 'v=0'), ({ edits }) => {
      edits.body = body;
    }),
    requestText({ 'Content-Length': 'l :\t9 ' }, body).split('\r\n'),
  );
  assert.deepEqual(
    edited(requestText({ 'Content-Length': undefined }, 'v=0'), ({ edits }) => {
      edits.body = body;
    }),
    requestText({}, body).split('\r\n'),
  );
});

test('lines for replies are gathered in order', () => {
  const { edits } = parseMessage(odd);
  assert.equal(edits.replyLines, '');
  edits.appendToReply('X-1: a\r\n');
  edits.appendToReply('X-2: b\r\n');
  assert.equal(edits.replyLines, 'X-1: a\r\nX-2: b\r\n');
});

test('splice: a text in the place of received characters, in headers and body; Content-Length follows', () => {
  const message = parseMessage(requestText({ a: 'X-A: one' }, 'two'));
  const { text, edits, bodyStart } = message;
  const at = text.indexOf('one');
  edits.splice(at, at + 3, 'three');
  edits.splice(bodyStart, bodyStart, 'be');
  const wanted = text.replace('one', 'three').replace('\r\n\r\ntwo', '\r\n\r\nbetwo');
  assert.equal(printMessage(message), wanted.replace('Content-Length: 3', 'Content-Length: 5'));
});

test('splices that meet: both texts at the same place, none inside of what is gone', () => {
  const message = parseMessage(requestText({ a: 'X-A: one' }));
  const at = message.text.indexOf('one');
  message.edits.splice(at, at + 2, '1');
  message.edits.splice(at, at + 1, '2');
  message.edits.splice(at + 1, at + 3, '3');
  assert.equal(printMessage(message), message.text.replace('one', '12'));
});

test('splices beside whole headers that are removed and added', () => {
  const message = parseMessage(requestText({ a: 'X-A: one', b: 'X-B: two' }));
  const place = message.findHeader('X-A');
  const at = message.text.indexOf('one');
  message.edits.remove(place);
  message.edits.append('X-C: three\r\n', 'X-B');
  message.edits.splice(at, at + 3, 'gone');
  const two = message.text.indexOf('two');
  message.edits.splice(two, two + 3, '2');
  assert.equal(
    printMessage(message),
    message.text.replace('X-A: one\r\n', '').replace('X-B: two\r\n', 'X-B: 2\r\nX-C: three\r\n'),
  );
});
