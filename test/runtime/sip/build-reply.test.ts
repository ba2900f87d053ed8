/** Rules of replies that the recorded ones do not show: RFC 3261 §8.2.6, §8.2.7, §18.2.1, RFC 3581 §4. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildReply } from '../../../runtime/sip/build-reply.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { createStatelessTag } from '../../../runtime/sip/stateless-tag.ts';
import { requestText } from './messages.ts';
import { sourceFrom } from './sources.ts';

function viaOfReply(via: string, address: string, port: number, forceRport = false): string | undefined {
  const request = parseMessage(requestText({ Via: `Via: ${via}` }), sourceFrom(address, port));
  request.forceRport = forceRport;
  return /^Via: (.*)$/m.exec(buildReply(request, 200, 'OK'))?.[1]?.trimEnd();
}

const stamped: readonly (readonly [rule: string, via: string, address: string, stamped: string])[] = [
  [
    'RFC 3261 §18.2.1 a name',
    'SIP/2.0/WS x.invalid;branch=z',
    '127.0.0.1',
    'SIP/2.0/WS x.invalid;received=127.0.0.1;branch=z',
  ],
  ['§18.2.1 the same address', 'SIP/2.0/WS 127.0.0.1;branch=z', '127.0.0.1', 'SIP/2.0/WS 127.0.0.1;branch=z'],
  [
    '§18.2.1 an IPv6 source',
    'SIP/2.0/WS x.invalid',
    '2001:db8::1',
    'SIP/2.0/WS x.invalid;received=2001:DB8:0:0:0:0:0:1',
  ],
  [
    '§18.2.1 the same IPv6 address',
    'SIP/2.0/WS [2001:db8::1]:5060',
    '2001:db8::1',
    'SIP/2.0/WS [2001:db8::1]:5060',
  ],
  [
    '§18.2.1 the same, spelt differently',
    'SIP/2.0/WS [2001:0DB8:0::1]',
    '2001:db8::1',
    'SIP/2.0/WS [2001:0DB8:0::1]',
  ],
  [
    '§18.2.1 another IPv6 address',
    'SIP/2.0/WS [2001:db8::2]',
    '2001:db8::1',
    'SIP/2.0/WS [2001:db8::2];received=2001:DB8:0:0:0:0:0:1',
  ],
  ['§18.2.1 no address in brackets', 'SIP/2.0/WS [1:2]', '127.0.0.1', 'SIP/2.0/WS [1:2];received=127.0.0.1'],
  [
    '§18.2.1 a received of the client is replaced',
    'SIP/2.0/WS x.invalid;a;received=9.9.9.9;branch=z',
    '127.0.0.1',
    'SIP/2.0/WS x.invalid;received=127.0.0.1;a;branch=z',
  ],
  [
    '§18.2.1 also with the source address',
    'SIP/2.0/WS 127.0.0.1;received=9.9.9.9',
    '127.0.0.1',
    'SIP/2.0/WS 127.0.0.1;received=127.0.0.1',
  ],
  [
    'RFC 3581 §4 rport behind received',
    'SIP/2.0/WS x;received=9.9.9.9;a;rport;b',
    '127.0.0.1',
    'SIP/2.0/WS x;received=127.0.0.1;a;rport=4711;b',
  ],
  [
    'RFC 3581 §4 rport before received',
    'SIP/2.0/WS x;rport=1;a;received=9.9.9.9;b',
    '127.0.0.1',
    'SIP/2.0/WS x;received=127.0.0.1;rport=4711;a;b',
  ],
  [
    'RFC 3581 §4 white space around rport',
    'SIP/2.0/WS x ; a ; rport ; b',
    '127.0.0.1',
    'SIP/2.0/WS x;received=127.0.0.1 ; a ;rport=4711 ; b',
  ],
];

for (const [rule, via, address, expected] of stamped) {
  test(`${rule}: ${via}`, () => {
    assert.equal(viaOfReply(via, address, 4711), expected);
  });
}

test('force_rport: rport behind received where the client did not ask, once where it did', () => {
  const forced = (via: string) => viaOfReply(via, '127.0.0.1', 4711, true);
  assert.equal(
    forced('SIP/2.0/WS 127.0.0.1;branch=z'),
    'SIP/2.0/WS 127.0.0.1;received=127.0.0.1;rport=4711;branch=z',
  );
  assert.equal(forced('SIP/2.0/WS x;branch=z;rport'), 'SIP/2.0/WS x;received=127.0.0.1;branch=z;rport=4711');
});

test('without a source the Via list is copied as it is', () => {
  const reply = buildReply(parseMessage(requestText()), 200, 'OK');
  assert.match(reply, /^Via: SIP\/2\.0\/WS client\.invalid;branch=z9hG4bK-1\r$/m);
});

test('the source of the options counts before that of the message', () => {
  const request = parseMessage(requestText(), sourceFrom('192.0.2.1', 1));
  const reply = buildReply(request, 200, 'OK', { source: sourceFrom('192.0.2.2', 2) });
  assert.match(reply, /client\.invalid;received=192\.0\.2\.2;branch/);
});

test('RFC 3261 §8.2.6.1 Timestamp is copied into a 100 only', () => {
  const request = parseMessage(requestText({ a: 'Timestamp: 54.21' }));
  assert.match(buildReply(request, 100, 'Trying'), /\r\nTimestamp: 54\.21\r\n/);
  assert.doesNotMatch(buildReply(request, 200, 'OK'), /Timestamp/);
});

test('RFC 3261 §8.2.6.2 the tag of To: none in a 100, one in all others, none where there is one', () => {
  const to = (code: number, line = 'To: <sip:a@b>') =>
    /^To: (.*)\r$/m.exec(
      buildReply(parseMessage(requestText({ To: line })), code, 'X', { toTag: 'new' }),
    )?.[1];
  assert.equal(to(100), '<sip:a@b>');
  assert.equal(to(101), '<sip:a@b>;tag=new');
  assert.equal(to(404), '<sip:a@b>;tag=new');
  assert.equal(to(200, 'To: <sip:a@b>;tag=old'), '<sip:a@b>;tag=old');
});

test('the order of lines: copied, appended by the script, options, Server, Content-Type, Content-Length', () => {
  const request = parseMessage(requestText());
  request.edits.appendToReply('X-1: a\r\n');
  request.edits.appendToReply('X-2: b\r\n');
  const reply = buildReply(request, 200, 'OK', {
    headers: 'Contact: <sip:a@b>\r\n',
    serverHeader: 'Server: test',
    contentType: 'text/plain',
    body: 'J\xf6rg',
  });
  assert.equal(
    reply,
    'SIP/2.0 200 OK\r\nVia: SIP/2.0/WS client.invalid;branch=z9hG4bK-1\r\nTo: <sip:alice@example.com>\r\n' +
      'From: "Bob" <sip:bob@example.com>;tag=f1\r\nCall-ID: abc-1@client.invalid\r\nCSeq: 7 OPTIONS\r\n' +
      'X-1: a\r\nX-2: b\r\nContact: <sip:a@b>\r\nServer: test\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nJ\xf6rg',
  );
});

test('lines of a request with lone LFs end with CRLF in its reply', () => {
  const request = parseMessage(requestText({ a: 'Record-Route: <sip:p>' }).replaceAll('\r\n', '\n'));
  assert.doesNotMatch(buildReply(request, 200, 'OK', { toTag: 'x' }), /(^|[^\r])\n/);
});

test('RFC 3261 §8.2.7 stateless tags: the same for a retransmission and its ACK, else different', () => {
  const tagOf = createStatelessTag();
  const invite = { first: 'INVITE sip:a@b SIP/2.0', CSeq: 'CSeq: 7 INVITE' };
  const tag = tagOf(parseMessage(requestText(invite)));
  assert.match(tag, /^[0-9a-f]{32}\.[0-9a-f]{8}$/);
  assert.equal(tagOf(parseMessage(requestText({ ...invite, Via: 'Via: SIP/2.0/WS other;branch=z2' }))), tag);
  const ack = {
    first: 'ACK sip:a@b SIP/2.0',
    CSeq: 'CSeq: 7 ACK',
    To: `To: <sip:alice@example.com>;tag=${tag}`,
  };
  assert.equal(tagOf(parseMessage(requestText(ack))), tag);
  for (const change of [
    { 'Call-ID': 'Call-ID: other' },
    { CSeq: 'CSeq: 8 OPTIONS' },
    { From: 'From: <sip:bob@example.com>;tag=f2' },
  ]) {
    assert.notEqual(tagOf(parseMessage(requestText(change))), tag);
  }
  assert.notEqual(createStatelessTag()(parseMessage(requestText(invite))), tag);
  assert.equal(
    createStatelessTag('s')(parseMessage(requestText())),
    createStatelessTag('s')(parseMessage(requestText())),
  );
});
