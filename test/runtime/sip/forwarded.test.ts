/** Requests and replies as a proxy passes them on. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageSource, SipMessage } from '../../../runtime/module-exports.ts';
import { createConnectionMark } from '../../../runtime/sip/connection-mark.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { hopOfText, hopOfUri, hopOfVia, listeningHopOfVia } from '../../../runtime/sip/next-hop.ts';
import {
  printForwardedReply,
  printForwardedRequest,
  secondVia,
} from '../../../runtime/sip/print-forwarded.ts';
import { statelessBranch } from '../../../runtime/sip/stateless-branch.ts';
import { parseUri } from '../../../runtime/sip/uri.ts';
import { parseVia } from '../../../runtime/sip/via.ts';
import { plainSocket } from '../plain-socket.ts';
import { replyText, requestText } from './messages.ts';

const socket = plainSocket('ws', { port: 80 });
const source: MessageSource = {
  protocol: 'ws',
  socket,
  remoteAddress: '192.0.2.9',
  remotePort: 4711,
  connectionId: 1,
  send: () => true,
};
const way = { receivedBy: socket, sentBy: socket };
const own = 'SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKx.0';

const forwarded = (text: string, change: (message: SipMessage) => void = () => undefined) => {
  const message = parseMessage(text, source);
  change(message);
  return printForwardedRequest(message, own, source, way);
};

test('RFC 3261 §16.6: our Via in front, received in the next one, the rest byte for byte', () => {
  const text = requestText({ a: 'x-ODD :  \ta\r\n  b ', b: 'm:<sip:1>' }, 'v=0\r\n\xff');
  const via = 'Via: SIP/2.0/WS client.invalid;branch=z9hG4bK-1';
  const stamped = 'Via: SIP/2.0/WS client.invalid;received=192.0.2.9;branch=z9hG4bK-1';
  assert.equal(forwarded(text), text.replace(via, `Via: ${own}\r\n${stamped}`));
});

test('RFC 3261 §18.2.1: a Via that names the source address is left as it is', () => {
  const text = requestText({ Via: 'v :SIP/2.0/WS 192.0.2.9:4711;branch=z9hG4bK-1 , SIP/2.0/UDP b.example' });
  assert.equal(forwarded(text), text.replace('v :SIP', `Via: ${own}\r\nv :SIP`));
});

test('RFC 3581 §4: rport is filled in on the way on as well, also where the script asks for it', () => {
  const text = requestText({ Via: 'Via: SIP/2.0/WS 192.0.2.9;rport;branch=z9hG4bK-1' });
  assert.match(forwarded(text), /192\.0\.2\.9;received=192\.0\.2\.9;rport=4711;branch/);
  const without = requestText({ Via: 'Via: SIP/2.0/WS 192.0.2.9;branch=z9hG4bK-1' });
  const forced = forwarded(without, (message) => {
    message.forceRport = true;
  });
  assert.match(forced, /192\.0\.2\.9;received=192\.0\.2\.9;rport=4711;branch/);
});

test('a text change of the first Via goes on beside received and rport, which win where they meet', () => {
  const via = 'Via: SIP/2.0/WS a.example;rport;branch=z9hG4bK-1;x=y';
  const stamp = ';received=192.0.2.9;rport=4711';
  for (const [from, to, expected] of [
    ['x=y', 'x=z', `Via: SIP/2.0/WS a.example${stamp};branch=z9hG4bK-1;x=z`],
    ['a.example', 'b.example', `Via: SIP/2.0/WS b.example${stamp};branch=z9hG4bK-1;x=y`],
    [';rport', '', `Via: SIP/2.0/WS a.example${stamp};branch=z9hG4bK-1;x=y`],
    [';rport;branch=z9hG4bK-1', '', `Via: SIP/2.0/WS a.example${stamp};x=y`],
    ['Via', 'v', `v: SIP/2.0/WS a.example${stamp};branch=z9hG4bK-1;x=y`],
  ] as const) {
    const text = requestText({ Via: via });
    const sent = forwarded(text, (message) => {
      const start = message.text.indexOf(from, message.headersStart);
      message.edits.splice(start, start + from.length, to);
    });
    assert.equal(sent, text.replace(via, `Via: ${own}\r\n${expected}`), from);
  }
});

test('RFC 3261 §16.7: what the script changes in the second Via value of a reply goes on', () => {
  const text = requestText({
    first: 'SIP/2.0 200 OK',
    Via: 'Via: SIP/2.0/WS own.example, SIP/2.0/WS a.example;x=y',
  });
  const reply = parseMessage(text, source);
  for (const [from, to] of [
    ['own', 'other'],
    ['x=y', 'x=z'],
  ] as const) {
    const start = reply.text.indexOf(from);
    reply.edits.splice(start, start + from.length, to);
  }
  assert.match(printForwardedReply(reply, way), /\r\nVia: SIP\/2\.0\/WS a\.example;x=z\r\n/);
});

test('RFC 3327 §5.3: the path of the Request-URI goes in front of the Route headers, else behind the last Via', () => {
  const path = (message: SipMessage) => {
    message.path = '<sip:p1@example.com;lr>';
  };
  const route = 'Route: <sip:p1@example.com;lr>\r\n';
  const routed = forwarded(requestText({ A: 'X-A: 1', Route: 'Route: <sip:r@example.com;lr>' }), path);
  assert.ok(routed.includes(`X-A: 1\r\n${route}Route: <sip:r@example.com;lr>`), routed);
  const bare = forwarded(requestText({ A: 'X-A: 1' }), path);
  assert.match(bare, /\r\nVia: SIP\/2\.0\/WS [^\r]*\r\nRoute: <sip:p1@example\.com;lr>\r\n/);
  assert.equal(bare.replace(route, ''), forwarded(requestText({ A: 'X-A: 1' })));
});

test('edits and the Request-URI of the script go on; lines that ask for the way are told it', () => {
  const text = requestText({ 'X-A': 'X-A: 1' });
  const printed = forwarded(text, (message) => {
    message.requestUri = 'sip:new@example.com';
    message.edits.remove(message.findHeader('X-A'));
    message.edits.append('X-B: 2\r\n');
    message.edits.insert(({ sentBy }) => `Record-Route: <sip:${sentBy.address};lr>\r\n`);
  });
  assert.deepEqual(printed.split('\r\n').slice(0, 4), [
    'OPTIONS sip:new@example.com SIP/2.0',
    'Record-Route: <sip:127.0.0.1;lr>',
    `Via: ${own}`,
    'Via: SIP/2.0/WS client.invalid;received=192.0.2.9;branch=z9hG4bK-1',
  ]);
  assert.doesNotMatch(printed, /X-A/);
  assert.match(printed, /Content-Length: 0\r\nX-B: 2\r\n\r\n$/);
});

test('a first Via that the script removed stays away, ours stands in its place', () => {
  const printed = forwarded(requestText(), (message) => {
    message.edits.remove(message.findHeader('Via'));
  });
  assert.deepEqual(printed.match(/^Via:.*$/gim), [`Via: ${own}`]);
});

const replyWith = (...vias: string[]) =>
  replyText().replace(/Via: .*\r\n/, vias.map((via) => `${via}\r\n`).join(''));

const viaCases: [what: string, vias: string[], left: string[], second: string | undefined][] = [
  ['a header each', ['Via: SIP/2.0/WS a', 'Via: SIP/2.0/UDP b:1'], ['Via: SIP/2.0/UDP b:1'], 'b'],
  [
    'one header',
    ['v: SIP/2.0/WS a ,\r\n SIP/2.0/UDP b , SIP/2.0/TCP c'],
    ['v: SIP/2.0/UDP b , SIP/2.0/TCP c'],
    'b',
  ],
  [
    'mixed',
    ['Via: SIP/2.0/WS a;x="," , SIP/2.0/UDP b', 'Via: SIP/2.0/TCP c'],
    ['Via: SIP/2.0/UDP b', 'Via: SIP/2.0/TCP c'],
    'b',
  ],
  ['alone', ['Via: SIP/2.0/WS a'], [], undefined],
  ['a second one that cannot be read', ['Via: SIP/2.0/WS a', 'Via: nonsense'], ['Via: nonsense'], undefined],
];

for (const [what, vias, left, second] of viaCases) {
  test(`RFC 3261 §16.7 step 3: the first Via value of a reply is taken off: ${what}`, () => {
    const reply = parseMessage(replyWith(...vias), source);
    assert.equal(secondVia(reply)?.host, second);
    assert.equal(printForwardedReply(reply, way), replyWith(...left));
  });
}

test('RFC 3261 §16.11: one branch for a request, its retransmissions, CANCEL and ACK', () => {
  const branchOf = (change: Readonly<Record<string, string>>) =>
    statelessBranch(parseMessage(requestText(change), source));
  const branch = branchOf({});
  assert.match(branch, /^z9hG4bK[0-9a-f]{4}\.[0-9a-f]{32}\.0$/);
  assert.equal(branchOf({}), branch);
  const ack = {
    first: 'ACK sip:alice@example.com SIP/2.0',
    CSeq: 'CSeq: 7 ACK',
    To: 'To: <sip:alice@example.com>;tag=2',
  };
  assert.equal(branchOf(ack), branch);
  assert.notEqual(branchOf({ Via: 'Via: SIP/2.0/WS client.invalid;branch=z9hG4bK-2' }), branch);
  assert.notEqual(branchOf({ CSeq: 'CSeq: 8 OPTIONS' }), branch);
});

test('RFC 3261 §16.11: without the cookie of RFC 3261 the parts of the request stand for its transaction', () => {
  const branchOf = (change: Readonly<Record<string, string>>) =>
    statelessBranch(parseMessage(requestText({ Via: 'Via: SIP/2.0/UDP a;branch=1', ...change }), source));
  const branch = branchOf({});
  assert.equal(branchOf({ To: 'To: <sip:alice@example.com>;tag=2' }), branch);
  const others: Readonly<Record<string, string>>[] = [
    { Via: 'Via: SIP/2.0/UDP b;branch=1' },
    { Via: 'Via: SIP/2.0/UDP a;branch=2' },
    { From: 'From: <sip:bob@example.com>;tag=f2' },
    { first: 'OPTIONS sip:carol@example.com SIP/2.0' },
    { 'Call-ID': 'Call-ID: other' },
  ];
  for (const other of others) {
    assert.notEqual(branchOf(other), branch);
  }
});

test('the number of a connection comes back with the reply; a number of somebody else’s making does not count', () => {
  const mark = createConnectionMark('secret');
  const request = parseMessage(requestText(), source);
  const written = mark.write(request, 0x1f);
  assert.match(written, /^;i=1f\.[0-9a-f]{16}$/);
  const reply = (params: string, callId = 'abc-1@client.invalid') =>
    parseMessage(replyWith(`Via: SIP/2.0/WS a${params}`).replace('abc-1@client.invalid', callId), source);
  assert.equal(mark.read(reply(written)), 0x1f);
  assert.equal(mark.read(reply(written, 'other')), undefined);
  assert.equal(mark.read(reply(written.replace('1f', '1e'))), undefined);
  assert.equal(mark.read(reply(';i=1f')), undefined);
  assert.equal(mark.read(reply('')), undefined);
  assert.equal(createConnectionMark('another').read(reply(written)), undefined);
  assert.equal(mark.write(request, 0), '');
});

const hops: [uri: string, protocol: string, host: string, port: number][] = [
  ['sip:a.example', 'udp', 'a.example', 0],
  ['sip:bob@[2001:db8::1]:5070;transport=TCP', 'tcp', '[2001:db8::1]', 5070],
  ['sip:a.example;maddr=192.0.2.1;transport=ws', 'ws', '192.0.2.1', 0],
  ['sips:a.example', 'tls', 'a.example', 0],
  ['sips:a.example;transport=tcp', 'tls', 'a.example', 0],
  ['sips:a.example;transport=ws', 'wss', 'a.example', 0],
];

for (const [uri, protocol, host, port] of hops) {
  test(`RFC 3261 §19.1.1, §26.2.2: where ${uri} leads`, () => {
    const parsed = parseUri(uri);
    const anyTransport = !uri.includes('transport=');
    const hop = { protocol, host, port, ...(anyTransport && { anyTransport }) };
    assert.deepEqual(parsed && hopOfUri(parsed), hop);
  });
}

test('a tel: URI leads nowhere', () => {
  const tel = parseUri('tel:+123');
  assert.equal(tel && hopOfUri(tel), undefined);
});

const texts: [text: string, hop: ReturnType<typeof hopOfText>][] = [
  ['192.0.2.1', { protocol: 'udp', host: '192.0.2.1', port: 0, anyTransport: true }],
  ['tcp:a.example:5070', { protocol: 'tcp', host: 'a.example', port: 5070 }],
  ['WS:[::1]:80', { protocol: 'ws', host: '[::1]', port: 80 }],
  ['a.example:99999', undefined],
  ['sip:bob@a.example', undefined],
  ['', undefined],
];

for (const [text, hop] of texts) {
  test(`OpenSIPS's form of a destination: ${text}`, () => assert.deepEqual(hopOfText(text), hop));
}

const replies: [via: string, hop: string, listening: string][] = [
  ['SIP/2.0/UDP a.example', 'udp a.example 0', 'udp a.example 0'],
  ['SIP/2.0/UDP a.example:5070;received=192.0.2.1', 'udp 192.0.2.1 5070', 'udp 192.0.2.1 5070'],
  ['SIP/2.0/UDP a.example:5070;received=192.0.2.1;rport=9', 'udp 192.0.2.1 9', 'udp 192.0.2.1 5070'],
  ['SIP/2.0/UDP a.example;maddr=192.0.2.7;received=192.0.2.1', 'udp 192.0.2.7 5060', 'udp 192.0.2.1 0'],
  ['SIP/2.0/TCP [2001:db8::1]:5070;rport', 'tcp [2001:db8::1] 5070', 'tcp [2001:db8::1] 5070'],
];

for (const [text, hop, listening] of replies) {
  test(`RFC 3261 §18.2.2, RFC 3581 §4: where a reply goes for ${text}`, () => {
    const via = parseVia(text);
    assert.ok(via);
    const words = ({ protocol, host, port }: ReturnType<typeof hopOfVia>) => `${protocol} ${host} ${port}`;
    assert.equal(words(hopOfVia(via)), hop);
    assert.equal(words(listeningHopOfVia(via)), listening);
  });
}
