/** Changes of `$sdp` in the message that goes on (RFC 3261 §7.4: Content-Length tells the body). */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printMessage } from '../../../runtime/sip/print-message.ts';
import { script } from './support.ts';

const head = [
  'INVITE sip:bob@example.com SIP/2.0',
  'Via: SIP/2.0/UDP 127.0.0.1:17651;branch=z9hG4bK1',
  'From: <sip:alice@a.example>;tag=1',
  'To: <sip:bob@b.example>',
  'Call-ID: 1',
  'CSeq: 1 INVITE',
];

const sdp = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nm=audio 1 RTP/AVP 0\r\n';

function messageWith(type: string | undefined, body: string): string {
  const more = [...(type ? [`Content-Type: ${type}`] : []), `Content-Length: ${body.length}`];
  return `${[...head, ...more].join('\r\n')}\r\n\r\n${body}`;
}

function printedAfter(statements: string, message: string) {
  const compiled = script(`route { ${statements} }`);
  const run = compiled.newRun('R', message);
  compiled.routes.run('R', undefined, run);
  return { printed: printMessage(run.message), complaints: compiled.complaints, lines: compiled.lines };
}

test('a changed line goes on, the rest stays byte for byte, and Content-Length fits', () => {
  const { printed } = printedAfter('$sdp.line(s=) = "s=a longer name";', messageWith('application/sdp', sdp));
  assert.equal(printed, messageWith('application/sdp', sdp.replace('s=-', 's=a longer name')));
});

test('RFC 2046 §5.1: in a multipart body only the part of the session description changes', () => {
  const multipart = (part: string) =>
    `preamble\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Type: application/sdp\r\n\r\n${part}\r\n--b--\r\n`;
  const type = 'multipart/mixed;boundary=b';
  const { printed, lines } = printedAfter(
    '$sdp.line(s=) = "s=x"; $sdp.line(m=) = NULL; xlog("$(rb(text/plain))|$(rb(application/sdp){s.len})");',
    messageWith(type, multipart(sdp)),
  );
  const changed = sdp.replace('s=-', 's=x').replace(/m=.*\r\n/, '');
  assert.equal(printed, messageWith(type, multipart(changed)));
  assert.deepEqual(lines, [`hello|${changed.length}`]);
});

test('a message without a body gets one', () => {
  const { printed } = printedAfter(
    '$sdp = "v=0\\r\\no=- 1 1 IN IP4 192.0.2.1\\r\\ns=-\\r\\n";',
    messageWith(undefined, ''),
  );
  assert.match(printed, /Content-Length: 36\r\nContent-Type: application\/sdp\r\n\r\nv=0\r\n/);
});

test('NULL takes the description away', () => {
  const { printed } = printedAfter('$sdp = NULL;', messageWith('application/sdp', sdp));
  assert.equal(printed, messageWith('application/sdp', ''));
});

const refused = [
  [
    '$sdp = "v=0\\r\\no=- 1 1 IN IP4 192.0.2.1\\r\\n";',
    'text/plain',
    'hello',
    /the body of the message is no SDP/,
  ],
  ['$sdp.line(m=/[1]) = "9";', 'application/sdp', sdp, /a word of an SDP line cannot be set/],
  ['$sdp.line(s=) = "s=x";', 'application/sdp', 'no line end', /has no SDP part/],
  ['$sdp.line(s=) = "s=x";', 'application/sdp', 'a=1\n'.repeat(501), /has no SDP part/],
] as const;

for (const [statement, type, body, why] of refused) {
  test(`${statement} on ${JSON.stringify(body.slice(0, 20))} is refused`, () => {
    const { printed, complaints } = printedAfter(statement, messageWith(type, body));
    assert.equal(printed, messageWith(type, body));
    assert.match(complaints.join('\n'), why);
  });
}

test('line ends of one character stay', () => {
  const { printed } = printedAfter(
    '$(sdp.line(s=)[insertAfter]) = "c=x";',
    messageWith('application/sdp', 'v=0\ns=-\nt=0 0'),
  );
  assert.equal(printed, messageWith('application/sdp', 'v=0\ns=-\nc=x\nt=0 0\n'));
});
