import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { replyPort } from '../../../runtime/sip/reply-port.ts';
import { source } from '../script/support.ts';

/** The top Via, whether the script said force_rport(), the port: as measured with OpenSIPS 3.6. */
const rows: readonly (readonly [via: string, forced: boolean, port: number])[] = [
  ['127.0.0.1:4000;rport', false, source.remotePort],
  ['127.0.0.1:4000;rport=4001', false, source.remotePort],
  ['127.0.0.1:4000;RPORT', false, source.remotePort],
  ['127.0.0.1:4000', true, source.remotePort],
  ['127.0.0.1:4000', false, 4000],
  ['127.0.0.1', false, 5060],
  ['client.invalid', false, 5060],
  ['[::1]:4000', false, 4000],
  ['127.0.0.1:4000;maddr=192.0.2.1', false, 4000],
];

for (const [via, forced, port] of rows) {
  test(`RFC 3261 §18.2.2, RFC 3581 §4: ${via}${forced ? ' with force_rport()' : ''} → ${port}`, () => {
    const request = parseMessage(
      [
        'OPTIONS sip:bob@example.com SIP/2.0',
        `Via: SIP/2.0/UDP ${via};branch=z9hG4bK1`,
        'From: <sip:alice@a.example>;tag=1',
        'To: <sip:bob@b.example>',
        'Call-ID: 1',
        'CSeq: 1 OPTIONS',
        '',
        '',
      ].join('\r\n'),
      source,
    );
    request.forceRport = forced;
    assert.equal(replyPort(request, source), port);
  });
}
